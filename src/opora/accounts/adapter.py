"""How allauth behaves here: nobody signs up by themselves; people come by invitation."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Closes the public sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
