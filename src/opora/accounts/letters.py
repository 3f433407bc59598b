"""Letters of the room: put down as jobs, so that a silent mail server never breaks a page.

The one-time secret of a letter is made when the letter is sent and stands nowhere but in the letter.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.template.loader import render_to_string
from django.urls import reverse

from opora.accounts.actions import invite
from opora.accounts.models import User
from opora.accounts.queries import person_to_remind
from opora.core import mail
from opora.core.addresses import full_address
from opora.core.jobs import task

# Each step of a talk with the mail server has its deadline; the whole talk has this one.
_LIMIT = timedelta(minutes=2)


@task(title="Письмо: приглашение", limit=_LIMIT, is_letter=True)
def send_invitation(*, person: int, by: int, moment: str) -> None:
    """Make a new one-time link and send it to the person; earlier links stop working."""
    invited = User.objects.get(pk=person)
    inviter = User.objects.get(pk=by)
    # The line is opened first: while the server is silent the earlier link goes on working.
    with mail.post() as line:
        invitation, secret = invite(person=invited, by=inviter, at=datetime.fromisoformat(moment))
        facts = {
            "inviter": inviter,
            "address": address_of_invitation(secret),
            "expires_on": invitation.expires_at.date(),
        }
        _send(line, invited, "Приглашение в «Опору»", "accounts/letter_invitation.txt", facts)


@task(title="Письмо: новый пароль", limit=_LIMIT, is_letter=True)
def send_new_password_link(*, email: str) -> None:
    """Send the link by which a forgotten password is replaced; nothing is sent to an unknown address."""
    person = person_to_remind(email)
    if person is None:
        return
    key = default_token_generator.make_token(person)
    place = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key}
    )
    with mail.post() as line:
        _send(
            line,
            person,
            "Новый пароль в «Опоре»",
            "accounts/letter_password.txt",
            {"address": full_address(place)},
        )


def address_of_invitation(secret: str) -> str:
    """The full address that is copied or sent."""
    return full_address(reverse("accounts:invitation", args=[secret]))


def _send(line: Any, person: User, subject: str, template: str, facts: dict[str, object]) -> None:
    body = render_to_string(template, {"person": person, "site": full_address(""), **facts})
    mail.send(line, to=str(person.email), subject=subject, body=body)
