"""The own account of a person: password, second step of signing in, sessions, consent to be named."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.views import PasswordChangeView, ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.internal.auth import get_totp_secret
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from qrcode.image.svg import SvgPathFillImage
from qrcode.main import make

from opora.accounts import actions
from opora.accounts.forms.doors import ChangeForm, ConfirmForm, OwnPasswordForm, SecondStepForm
from opora.accounts.queries import has_second_step
from opora.appointments.guard import signed_in
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.visits.actions import take_down_named


@signed_in
@never_cache
def account(request: Request) -> HttpResponse:
    """What is known of the person and what they may do with it."""
    return render(request, "accounts/account.html", {"has_second_step": has_second_step(request.user)})


@signed_in
@require_POST
def consent(request: Request) -> HttpResponse:
    """Give or take back the consent to stand by name on public pages."""
    gives = request.POST.get("consent") == "yes"
    if gives:
        actions.consent_to_be_named(
            person=request.user, since=request.today, by=request.user, at=timezone.now()
        )
        words = "Согласие записано. Отозвать его можно здесь в любой день."
    else:
        words = _take_consent_back(request)
    messages.success(request, words, extra_tags="done")
    return redirect("accounts:account")


@transaction.atomic
def _take_consent_back(request: Request) -> str:
    """The consent ends, and what bears the name comes down with it; the words of what was done."""
    person, day, now = request.user, request.today, timezone.now()
    actions.withdraw_consent(person=person, until=day, by=person, at=now)
    count = take_down_named(curator=person, on=day, by=person, at=now)
    words = "Согласие отозвано: вместо имени на открытых страницах стоят должность и организация."
    if not count:
        return words
    reports = counted(count, "отчёт куратора снят", "отчёта куратора сняты", "отчётов куратора сняты")
    return f"{words} {reports} с портала: центр сможет разместить их без имени."


@signed_in
@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
def sign_out_everywhere(request: Request) -> HttpResponse:
    """End all sessions of the person on all devices, this one too."""
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.sign_out_everywhere(
                person=request.user,
                password=form.cleaned_data["password"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error("password", refusal.words)
        else:
            request.session.flush()
            messages.success(request, "Все входы завершены. Войдите снова.", extra_tags="done")
            return redirect("account_login")
    return render(request, "accounts/sign_out_everywhere.html", {"form": form})


class Change(PasswordChangeView):  # type: ignore[misc]  # -- allauth brings no types
    """A new password for the old one."""

    form_class = ChangeForm
    template_name = "accounts/password_change.html"

    def dispatch(self, request: Request, *arguments: Any, **more: Any) -> HttpResponse:
        """Who has no password yet sets it by a letter."""
        if not request.user.has_usable_password():
            return redirect("account_reset_password")
        response: HttpResponse = super().dispatch(request, *arguments, **more)
        return response


class Confirm(ReauthenticateView):  # type: ignore[misc]  # -- allauth brings no types
    """The password once more before a deed that matters."""

    form_class = ConfirmForm
    template_name = "accounts/confirm.html"


class SecondStepOn(ActivateTOTPView):  # type: ignore[misc]  # -- allauth brings no types
    """Set an application that shows codes."""

    form_class = SecondStepForm
    template_name = "accounts/second_step_on.html"

    def get_success_url(self) -> str:
        """The spare codes are shown at once."""
        return reverse("mfa_view_recovery_codes")

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the key and leave a line of history."""
        response: HttpResponse = super().form_valid(form)
        actions.note_second_step(
            person=self.request.user, is_on=True, by=self.request.user, at=timezone.now()
        )
        return response


class SecondStepOff(DeactivateTOTPView):  # type: ignore[misc]  # -- allauth brings no types
    """Go back to the password alone."""

    template_name = "accounts/second_step_off.html"
    success_url = reverse_lazy("accounts:account")

    def form_valid(self, form: Any) -> HttpResponse:
        """Drop the key and leave a line of history."""
        response: HttpResponse = super().form_valid(form)
        actions.note_second_step(
            person=self.request.user, is_on=False, by=self.request.user, at=timezone.now()
        )
        return response


class Codes(ViewRecoveryCodesView):  # type: ignore[misc]  # -- allauth brings no types
    """Spare codes for a day without the phone."""

    template_name = "accounts/codes.html"


class NewCodes(GenerateRecoveryCodesView):  # type: ignore[misc]  # -- allauth brings no types
    """New spare codes instead of the old ones."""

    template_name = "accounts/codes_new.html"


@signed_in
@never_cache
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # -- allauth brings no types
def second_step_drawing(request: Request) -> HttpResponse:
    """The key as a picture for the camera; the key itself waits in the session."""
    address = get_adapter().build_totp_url(request.user, get_totp_secret(regenerate=False))
    drawn = BytesIO()
    make(address, image_factory=SvgPathFillImage, box_size=20).save(drawn)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


password_change = signed_in(Change.as_view())
confirm = signed_in(Confirm.as_view())
second_step_on = signed_in(SecondStepOn.as_view())
second_step_off = signed_in(SecondStepOff.as_view())
codes = signed_in(Codes.as_view())
codes_new = signed_in(NewCodes.as_view())
