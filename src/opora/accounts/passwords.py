"""Passwords that everybody guesses, in both keyboard layouts, are not taken."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбю.ё"
TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)


class NotCommonValidator(CommonPasswordValidator):
    """Django's list of common passwords, also when the word was typed in the Russian layout."""

    def validate(self, password: str, user: Any = None) -> None:
        typed = password.lower().strip()
        for spelling in (typed, typed.translate(TO_LATIN)):
            if spelling in self.passwords or len(set(spelling)) < 4:
                raise ValidationError(
                    "Такой пароль легко угадать: он из известного списка.", code="password_too_common"
                )
