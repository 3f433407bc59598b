"""How allauth behaves here: nobody signs up by themselves; people come by invitation."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from opora.accounts.actions import set_password
from opora.accounts.known_browser import known_key
from opora.accounts.models import User
from opora.core.client_address import client_address

log = logging.getLogger(__name__)

# By allauth's own template name: what it wants to say → what we say.
MESSAGES = {
    "account/messages/password_changed.txt": "Пароль сохранён.",
    "mfa/messages/totp_activated.txt": "Второй шаг входа включён. Сохраните запасные коды.",
    "mfa/messages/totp_deactivated.txt": "Второй шаг входа выключен.",
    "mfa/messages/recovery_codes_generated.txt": "Запасные коды обновлены: прежние больше не действуют.",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # -- allauth brings no types
    """Closes the public sign-up, speaks Russian and leaves a line of history for each new password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Почта и пароль не подошли друг к другу. Проверьте раскладку и попробуйте ещё раз.",
        "too_many_login_attempts": "Слишком много попыток входа подряд. Подождите пять минут и попробуйте ещё раз.",
        "enter_current_password": "Пароль не подошёл. Наберите нынешний пароль.",
        "incorrect_password": "Пароль не подошёл. Попробуйте ещё раз.",
        "incorrect_code": "Код не подошёл. Наберите шесть цифр, которые приложение показывает сейчас.",
        "rate_limited": "Слишком много попыток подряд. Подождите немного.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether a person may be sent there after signing in: addresses of this site only."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None) and url.startswith("/")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The day of the person is the first page."""
        return "/today/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the own account."""
        return resolve_url("accounts:account")

    def set_password(self, user: User, password: str) -> None:
        """Keep the new password by the room's own action."""
        at = timezone.now()  # noqa: TID251 -- the adapter is the face by which allauth writes
        set_password(person=user, password=password, by=user, at=at)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Before a deed that matters the password is asked, nothing else."""
        return [
            {"id": "reauthenticate", "description": "Пароль", "url": resolve_url("account_reauthenticate")}
        ]

    def get_client_ip(self, request: HttpRequest) -> str:
        """The person's own address behind the proxies that the operator has named."""
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try: apart for a browser where the person has been, else by address and by account."""
        key = known_key(request, str(credentials.get("email", "")))
        if not key:
            super().pre_authenticate(request, **credentials)
            return
        self._login_failed_rl_usage = ratelimit.consume(
            request, app="allauth.account", action="login_known", key=key
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave a line in the log of the server: from where, and which account, told by a mark and not by the mail."""
        mail = str(credentials.get("email", "")).strip().lower()
        # Keyed: the same account bears the same mark, and a log that is read by others tells no mails.
        mark = salted_hmac("opora.accounts.failed", mail).hexdigest()[:12]
        log.warning("sign-in failed: address %s, account %s", client_address(request), mark)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """The password was right, but the coordinator has closed the account."""
        words = (
            "Вход для этой почты закрыт. Если он нужен вам в работе, напишите муниципальному координатору."
        )
        messages.error(request, words, extra_tags="late")
        return redirect("account_login")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *_: Any, **__: Any
    ) -> None:
        """A message of allauth in our words; those we have no words for are not shown."""
        words = MESSAGES.get(message_template or "", "")
        if words:
            messages.add_message(request, level, words, extra_tags="done")


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # -- allauth brings no types
    """The second step of signing in, in Russian."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Код не подошёл. Наберите шесть цифр, которые приложение показывает сейчас.",
        "cannot_generate_recovery_codes": "Сначала включите второй шаг входа: без него запасные коды не нужны.",
    }
