"""Forms of signing in: what a person types at the door."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password

from opora.accounts.models import User

GOOD_LENGTH = "Не короче 12 знаков. Удобно взять три-четыре слова подряд: заглавные и цифры не обязательны."
TWO_PASSWORDS = "Пароли не совпали. Наберите второй ещё раз."


def say(form: forms.Form, name: str, label: str, hint: str = "") -> None:
    """Give a field of allauth our words: label above, hint below it, nothing inside."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc]  # -- allauth brings no types
    """Mail and password."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        say(self, "login", "Электронная почта")
        say(self, "password", "Пароль")
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ChangeForm(ChangePasswordForm):  # type: ignore[misc]  # -- allauth brings no types
    """The present password and the new one twice."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        say(self, "oldpassword", "Нынешний пароль")
        say(self, "password1", "Новый пароль", GOOD_LENGTH)
        say(self, "password2", "Новый пароль ещё раз")


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]  # -- allauth brings no types
    """A new password twice, by a link from a letter."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        say(self, "password1", "Новый пароль", GOOD_LENGTH)
        say(self, "password2", "Новый пароль ещё раз")


class ConfirmForm(ReauthenticateForm):  # type: ignore[misc]  # -- allauth brings no types
    """The password once more before a deed that matters."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        say(self, "password", "Пароль")


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # -- allauth brings no types
    """The code of the second step."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        say(self, "code", "Код", "Шесть цифр из приложения или один из запасных кодов.")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class SecondStepForm(ActivateTOTPForm):  # type: ignore[misc]  # -- allauth brings no types
    """The first code, which proves that the application is set."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        say(self, "code", "Код из приложения", "Шесть цифр; новые появляются каждые полминуты.")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ForgottenForm(forms.Form):
    """Where to send the link for a new password."""

    email = forms.EmailField(
        label="Электронная почта", widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class FirstPasswordForm(forms.Form):
    """The first password twice, by an invitation."""

    password1 = forms.CharField(
        label="Пароль",
        help_text=GOOD_LENGTH,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Пароль ещё раз",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *arguments: Any, person: User, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.person = person

    def clean_password1(self) -> str:
        """The rules of passwords."""
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.person)
        return password

    def clean_password2(self) -> str:
        """Typed twice the same."""
        password: str = self.cleaned_data["password2"]
        first = self.cleaned_data.get("password1")
        if first is not None and password != first:
            raise forms.ValidationError(TWO_PASSWORDS)
        return password


class OwnPasswordForm(forms.Form):
    """The present password, asked before all sessions end."""

    password = forms.CharField(
        label="Нынешний пароль",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
