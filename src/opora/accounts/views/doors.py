"""The door: signing in and out, a forgotten password, an invitation."""

from __future__ import annotations

from uuid import uuid4

from allauth.account.internal.flows.logout import logout
from allauth.account.utils import perform_login
from allauth.account.views import LoginView, PasswordResetFromKeyView
from allauth.core import ratelimit
from allauth.mfa.base.views import AuthenticateView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from opora.accounts.actions import USED_LINK, accept_invitation
from opora.accounts.forms.doors import CodeForm, FirstPasswordForm, ForgottenForm, NewPasswordForm, SignInForm
from opora.accounts.known_browser import mark_known
from opora.accounts.letters import send_new_password_link
from opora.accounts.queries import invitation_of
from opora.appointments.guard import open_to_all
from opora.core import mail
from opora.core.refusal import Refused


def _remembered(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.user.is_authenticated:
        mark_known(request, response)
    return response


class SignIn(LoginView):  # type: ignore[misc]  # -- allauth brings no types
    """Mail and password; the second step follows where it is on."""

    form_class = SignInForm
    template_name = "accounts/login.html"

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Go in, or on to the second step; this browser is known from now on."""
        return _remembered(self.request, super().form_valid(form))


class SecondStep(AuthenticateView):  # type: ignore[misc]  # -- allauth brings no types
    """The code of the second step, between the password and the day."""

    form_class = CodeForm
    template_name = "accounts/login_code.html"

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """Go in; this browser is known from now on."""
        return _remembered(self.request, super().form_valid(form))


class NewPassword(PasswordResetFromKeyView):  # type: ignore[misc]  # -- allauth brings no types
    """A new password by the link from a letter."""

    form_class = NewPasswordForm
    template_name = "accounts/password_new.html"
    success_url = reverse_lazy("account_login")


sign_in = open_to_all(SignIn.as_view())
second_step = open_to_all(SecondStep.as_view())
new_password = open_to_all(NewPassword.as_view())


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; the portal stays open."""
    logout(request, show_message=False)
    return redirect("/")


@open_to_all
@require_http_methods(["GET", "POST"])
@never_cache
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link to a new password; the answer is the same for known and unknown addresses."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].strip().lower()
        too_often = ratelimit.consume_or_429(request, action="reset_password", key=email)
        if too_often:
            answer: HttpResponse = too_often
            return answer
        send_new_password_link.enqueue(key=uuid4().hex, at=timezone.now(), email=email)
        return redirect("accounts:password_sent")
    return render(request, "accounts/password_forgotten.html", {"form": form, "is_post_set": mail.is_set()})


@open_to_all
def password_sent(request: HttpRequest) -> HttpResponse:
    """What to do next: look into the mail."""
    return render(request, "accounts/password_sent.html", {"is_post_set": mail.is_set()})


@open_to_all
@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Set the first password by a one-time link and go in."""
    too_often: HttpResponse | None = ratelimit.consume_or_429(request, action="reset_password_from_key")
    if too_often is not None:
        return too_often
    found = invitation_of(secret, timezone.now())
    if found is None:
        return render(request, "accounts/invitation_void.html", {"words": USED_LINK}, status=404)
    form = FirstPasswordForm(request.POST or None, person=found.person)
    if request.method == "POST" and form.is_valid():
        try:
            person = accept_invitation(
                secret=secret, password=form.cleaned_data["password1"], at=timezone.now()
            )
        except Refused as refusal:
            return render(request, "accounts/invitation_void.html", {"words": refusal.words}, status=404)
        # By the steps of the door, not past them: whoever has the second step on is asked for the code.
        inside: HttpResponse = perform_login(request, person, redirect_url="/today/")
        return _remembered(request, inside)
    return render(request, "accounts/invitation.html", {"form": form, "person": found.person})
