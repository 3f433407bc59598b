"""Everything that writes people and invitations."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.timezone import make_naive

from opora.accounts.models import Invitation, RefusedFile, User
from opora.accounts.person_data import namings, rows_naming, sessions_of
from opora.accounts.queries import hash_of_secret
from opora.core.history import ERASED_NAME, record
from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from opora.core.refused_files import FileNote
from opora.core.russian import clean, day_words, fold

INVITATION_LASTS = timedelta(days=14)
USED_LINK = "Ссылка больше не действует: приглашением можно воспользоваться один раз и в течение двух недель."


@transaction.atomic
def add_person(
    *,
    last_name: str,
    first_name: str,
    middle_name: str = "",
    email: str = "",
    post: str = "",
    workplace: str = "",
    by: User | None,
    at: datetime,
) -> User:
    """Enter a person; `by` is None only for the first coordinator. Refused when the mail is somebody else's."""
    person = User(added_by=by)
    _describe(person, last_name, first_name, middle_name, email, post, workplace)
    person.set_unusable_password()
    person.save()
    record(person, "person.added", by=by, at=at, name=person.full_name)
    return person


@transaction.atomic
def change_person(
    *,
    person: User,
    last_name: str,
    first_name: str,
    middle_name: str,
    email: str,
    post: str,
    workplace: str,
    is_active: bool = True,
    by: User,
    at: datetime,
) -> None:
    """Rewrite what is known of a person; the history keeps what changed. Refused when the mail is taken."""
    fields = ("last_name", "first_name", "middle_name", "email", "post", "workplace", "is_active")
    before = {name: getattr(person, name) for name in fields}
    _describe(person, last_name, first_name, middle_name, email, post, workplace)
    person.is_active = is_active
    changed = {name: before[name] for name in fields if getattr(person, name) != before[name]}
    if not changed:
        return
    person.save(update_fields=[*fields, "folded_name"])
    if "email" in changed:
        # A letter on its way to the old address must not open the account any more.
        _void_invitations(person, at)
    record(person, "person.changed", by=by, at=at, before=changed)


@transaction.atomic
def invite(*, person: User, by: User | None, at: datetime) -> tuple[Invitation, str]:
    """A one-time link for a first sign-in and its secret, told once: only its SHA-256 is kept.

    Earlier links of the person stop working. Refused when there is nobody to let in.
    """
    if not person.email:
        raise Refused(f"Сначала впишите электронную почту: {person.short_name} будет входить по ней.")
    if not person.is_active:
        raise Refused(f"{person.short_name}: вход закрыт. Откройте его и пригласите снова.")
    _void_invitations(person, at)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        person=person, secret_hash=hash_of_secret(secret), made_at=at, expires_at=at + INVITATION_LASTS
    )
    record(person, "person.invited", by=by, at=at, expires_at=invitation.expires_at)
    return invitation, secret


@transaction.atomic
def accept_invitation(*, secret: str, password: str, at: datetime) -> User:
    """Set the first password by a one-time link. Refused, always in the same words, when the link is no good."""
    invitation = (
        Invitation.objects.select_for_update()
        .select_related("person")
        .filter(
            secret_hash=hash_of_secret(secret),
            used_at__isnull=True,
            expires_at__gt=at,
            person__is_active=True,
        )
        .first()
    )
    if invitation is None:
        raise Refused(USED_LINK, status=404)
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    person = invitation.person
    set_password(person=person, password=password, by=person, at=at)
    return person


@transaction.atomic
def set_password(*, person: User, password: str, by: User | None, at: datetime) -> None:
    """Keep a new password; every open session of the person ends, every unused invitation is void."""
    person.set_password(password)
    person.save(update_fields=["password"])
    _void_invitations(person, at)
    record(person, "person.password_set", by=by, at=at)


@transaction.atomic
def sign_out_everywhere(*, person: User, password: str, by: User, at: datetime) -> None:
    """End all sessions of a person: the same password is salted anew. Refused when the password is not theirs."""
    if not person.check_password(password):
        raise Refused("Пароль не подошёл. Попробуйте ещё раз.")
    person.set_password(password)
    person.save(update_fields=["password"])
    record(person, "person.signed_out_everywhere", by=by, at=at)


@transaction.atomic
def consent_to_be_named(*, person: User, since: date, by: User, at: datetime) -> None:
    """Note the person's own consent to stand by name on public pages (152-ФЗ, article 10.1)."""
    if person != by:
        raise Refused("Согласие на имя в открытом доступе даёт только сам человек.")
    person.may_be_named_since, person.may_be_named_until = since, None
    person.save(update_fields=["may_be_named_since", "may_be_named_until"])
    record(person, "person.consented", by=by, at=at, since=since)


@transaction.atomic
def withdraw_consent(*, person: User, until: date, by: User, at: datetime) -> None:
    """Note that the consent is taken back. Refused when there was none."""
    since = person.may_be_named_since
    if since is None or person.may_be_named_until is not None:
        raise Refused("Согласия сейчас нет: отзывать нечего.")
    if until < since:
        raise Refused(f"Согласие дано {day_words(since)}: отозвать его раньше нельзя.")
    person.may_be_named_until = until
    person.save(update_fields=["may_be_named_until"])
    record(person, "person.consent_withdrawn", by=by, at=at, until=until)


@transaction.atomic
def note_second_step(*, person: User, is_on: bool, by: User, at: datetime) -> None:
    """Leave a line of history about the second step of signing in; allauth keeps the key itself."""
    record(person, "person.second_step_on" if is_on else "person.second_step_off", by=by, at=at)


@transaction.atomic
def drop_second_step(*, person: User, by: User, at: datetime) -> None:
    """Take the second step off for somebody who lost the phone. Refused when it is not on."""
    keys = Authenticator.objects.filter(user_id=person.pk)
    if not keys.exists():
        raise Refused(f"{person.short_name}: второй шаг входа не включён.")
    keys.delete()
    record(person, "person.second_step_dropped", by=by, at=at)


@transaction.atomic
def note_data_given(*, person: User, by: User | None, at: datetime) -> None:
    """Leave a line of history that everything kept of a person was given out (152-ФЗ, article 14)."""
    record(person, "person.data_given", by=by, at=at)


@transaction.atomic
def forget_person(*, person: User, ground: str, by: User, at: datetime) -> HistoryEntry:
    """Remove what may be removed of a person and make the rest nameless (152-ФЗ, article 21; order of РКН № 179).

    Rows that live and die with the person are deleted in every room; rows that stay name nobody any more. The line of
    history is the protocol of it: what was erased and what stays, in numbers. Whether the person may be forgotten is
    asked by `appointments.actions.erase_person`. Refused when it is done already.
    """
    row = User.objects.select_for_update().get(pk=person.pk)
    if row.erased_on is not None:
        raise Refused(f"Данные этого человека уже удалены {day_words(row.erased_on)}.", code="R-TWICE")
    erased: list[tuple[str, int]] = [("имя, почта, должность, место работы, пароль, согласия на имя", 1)]
    stays: list[tuple[str, int]] = []
    open_sessions = sessions_of(row, at)
    Session.objects.filter(pk__in=[one.pk for one in open_sessions]).delete()
    if open_sessions:
        erased.append(("открытые сеансы", len(open_sessions)))
    for naming in namings():
        rows = rows_naming(row, naming)
        count = rows.count()
        if count and naming.is_own:
            rows.delete()
            erased.append((naming.title, count))
        elif count:
            stays.append((f"{naming.title}: {naming.role}", count))
    _make_nameless(row, at)
    return record(row, "person.erased", by=by, at=at, ground=ground, erased=erased, stays=stays)


def _make_nameless(row: User, at: datetime) -> None:
    row.last_name, row.first_name, row.middle_name = ERASED_NAME, "", ""
    row.folded_name = fold(f"{ERASED_NAME} {row.pk}")
    row.email, row.post, row.workplace = None, "", ""
    row.may_be_named_since = row.may_be_named_until = row.last_login = None
    row.is_active, row.erased_on = False, make_naive(at).date()
    row.set_unusable_password()
    row.save()


@transaction.atomic
def note_refused_files(*, person: User | None, notes: Iterable[FileNote], at: datetime) -> None:
    """Keep what is noted of refused files. The rows are themselves the log: they leave no line of history."""
    RefusedFile.objects.bulk_create(
        RefusedFile(
            person=person,
            at=at,
            sha256=note.sha256,
            size=note.size,
            code=note.code,
            seconds=round(note.seconds, 3),
        )
        for note in notes
    )


def _describe(
    person: User, last_name: str, first_name: str, middle_name: str, email: str, post: str, workplace: str
) -> None:
    person.last_name, person.first_name = _line(last_name), _line(first_name)
    person.middle_name, person.post, person.workplace = _line(middle_name), _line(post), _line(workplace)
    if not person.last_name or not person.first_name:
        raise Refused("Нужны фамилия и имя.")
    person.email = _line(email).lower() or None
    person.folded_name = fold(person.full_name)
    if person.email and User.objects.filter(email=person.email).exclude(pk=person.pk).exists():
        raise Refused(
            f"С почтой {person.email} уже есть другой человек. Проверьте адрес или найдите его в списке."
        )


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _void_invitations(person: User, at: datetime) -> None:
    # An unused link that is void and a used one answer the same, so one field tells both.
    Invitation.objects.filter(person=person, used_at__isnull=True).update(used_at=at)
