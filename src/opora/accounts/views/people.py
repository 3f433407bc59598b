"""People: the list, adding, changing, inviting one and many."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.accounts import actions
from opora.accounts.forms.people import ChangePersonForm, InviteForm, PersonForm, initial_of
from opora.accounts.invited import invited, undelivered_among
from opora.accounts.letters import address_of_invitation, send_invitation
from opora.accounts.models import User
from opora.accounts.queries import Likeness, found_among, has_second_step
from opora.accounts.refused_files import Burst, bursts_of
from opora.appointments.guard import may
from opora.appointments.models import Appointment
from opora.appointments.queries import appointments_of, in_force, is_led_elsewhere, people_of, where_may
from opora.core import mail
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.desk.versions import as_seen, status_of

PAGE = 50
ELSEWHERE = (
    "{} работает и в другом муниципалитете: почту, вход и приглашение меняет сам человек или его центр."
)


@may("people.edit")
@require_GET
def people(request: Request) -> HttpResponse:
    """People by name, fifty a page, with their duties today; search by any part of a name or mail."""
    asked = found_among(_people(request), request.GET.get("q", ""))
    if request.GET.get("show") == "waiting":
        asked = _waiting(asked)
    now = Appointment.objects.filter(in_force(request.as_of)).select_related(
        "school", "municipality", "region"
    )
    rows = asked.order_by("folded_name", "pk").prefetch_related(
        Prefetch("appointments", now, to_attr="duties_now")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "undelivered": undelivered_among(page.object_list),
        "is_post_set": mail.is_set(),
        "q": request.GET.get("q", ""),
        "show": request.GET.get("show", ""),
        "waiting": _waiting(_people(request)).count(),
        "bursts": _bursts(request),
    }
    return render(request, "accounts/people.html", context)


@may("people.edit")
@require_http_methods(["GET", "POST"])
def add_person(request: Request) -> HttpResponse:
    """Enter a person; somebody written otherwise is shown before a second row is made."""
    form = PersonForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        found = Likeness(_people(request)).alike(told["last_name"], told["first_name"], told["middle_name"])
        if found and request.POST.get("is_new") != "yes":
            context["alike"] = found
        else:
            try:
                made = actions.add_person(by=request.user, at=timezone.now(), **told)
            except Refused as refusal:
                form.add_error("email", refusal.words)
            else:
                messages.success(request, f"Человек внесён: {made.full_name}.", extra_tags="done")
                return redirect("accounts:person", made.pk)
    return render(request, "accounts/person_add.html", context)


@may("people.edit")
@require_http_methods(["GET", "POST"])
@never_cache
def person(request: Request, pk: int) -> HttpResponse:
    """One person: what is known, duties now and before, inviting."""
    one = get_object_or_404(_people(request), pk=pk)
    form = ChangePersonForm(request.POST or None, initial=initial_of(one))
    if request.method == "POST" and form.is_valid():
        try:
            _refuse_foreign(request, one, form.cleaned_data)
            with as_seen(form, one, initial_of):
                actions.change_person(person=one, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, "Сведения о человеке сохранены.", extra_tags="done")
            return redirect("accounts:person", pk)
    return _person_page(request, get_object_or_404(_people(request), pk=pk), form)


@may("people.edit")
@require_POST
@never_cache
def invite(request: Request, pk: int) -> HttpResponse:
    """A one-time link to copy, shown once, or a letter with it."""
    one = get_object_or_404(_people(request), pk=pk)
    _refuse_foreign(request, one)
    if request.POST.get("how") == "letter" and mail.is_set():
        _send(request, [one])
        return redirect("accounts:person", pk)
    return _person_page(request, one, ChangePersonForm(initial=initial_of(one)), _link_for(request, one))


@may("people.edit")
@require_POST
@never_cache
def invite_many(request: Request) -> HttpResponse:
    """Letters to all marked people, or links to hand over where there is no post; who cannot be invited is named."""
    form = InviteForm(request.POST, people=_people(request))
    if not form.is_valid():
        messages.warning(request, "Отметьте, кого пригласить.", extra_tags="wait")
        return redirect("/people/?show=waiting")
    asked = list(form.cleaned_data["people"])
    if mail.is_set():
        _send(request, asked)
        return redirect("accounts:people")
    chosen = _chosen(request, asked)
    return render(request, "accounts/links.html", {"links": [_link_for(request, one) for one in chosen]})


@may("people.edit")
@require_POST
def drop_second_step(request: Request, pk: int) -> HttpResponse:
    """Help somebody who lost the phone: the second step is off until they set it again."""
    one = get_object_or_404(_people(request), pk=pk)
    _refuse_foreign(request, one)
    actions.drop_second_step(person=one, by=request.user, at=timezone.now())
    messages.success(request, f"{one.short_name}: второй шаг входа снят.", extra_tags="done")
    return redirect("accounts:person", pk)


def _people(request: Request) -> QuerySet[User]:
    return people_of(where_may(request.access, "people.edit"))


def _bursts(request: Request) -> list[Burst]:
    """Those who were refused files time after time, for whoever may see it."""
    narrow = where_may(request.access, "files.refused")
    return bursts_of(people_of(narrow), timezone.now())


def _waiting(found: QuerySet[User]) -> QuerySet[User]:
    """Those who have a mail and have never set a password."""
    return found.filter(email__isnull=False, is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)


def _send(request: Request, asked: list[User]) -> None:
    at, chosen = timezone.now(), _chosen(request, asked)
    for one in chosen:
        send_invitation.enqueue(
            key=uuid4().hex, at=at, about=one, person=one.pk, by=request.user.pk, moment=at.isoformat()
        )
    if chosen:
        words = counted(len(chosen), "письмо", "письма", "писем")
        messages.success(
            request,
            f"Отправляем {words} с приглашением. Прежние ссылки перестанут действовать; если письмо не дойдёт,"
            " это будет видно здесь.",
            extra_tags="done",
        )


def _chosen(request: Request, asked: list[User]) -> list[User]:
    """Those of the people who can be invited from here; the others are named in a message."""
    led = where_may(request.access, "people.edit")
    chosen = [
        one for one in asked if one.email and one.is_active and not is_led_elsewhere(one, led, request.today)
    ]
    left = [one.short_name for one in asked if one not in chosen]
    if left:
        words = "нет почты, вход закрыт или человек работает в другом муниципалитете"
        messages.warning(request, f"Не приглашены: {', '.join(left)} — {words}.", extra_tags="wait")
    return chosen


def _link_for(request: Request, one: User) -> dict[str, Any]:
    """A new one-time link of a person, to be shown once."""
    made, secret = actions.invite(person=one, by=request.user, at=timezone.now())
    return {
        "person": one,
        "address": address_of_invitation(secret),
        "expires_on": made.expires_at.date(),
    }


def _refuse_foreign(request: Request, one: User, told: dict[str, Any] | None = None) -> None:
    """A mail is a key to the account: whose duties lie elsewhere too is not re-keyed from here."""
    is_key = told is None or told["email"] != (one.email or "") or told["is_active"] != one.is_active
    if is_key and is_led_elsewhere(one, where_may(request.access, "people.edit"), request.today):
        raise Refused(ELSEWHERE.format(one.short_name))


def _person_page(
    request: Request, one: User, form: ChangePersonForm, link: dict[str, Any] | None = None
) -> HttpResponse:
    context = {
        "person": one,
        "form": form,
        "link": link,
        "invited": invited(one),
        "is_post_set": mail.is_set(),
        "duties": appointments_of(where_may(request.access, "people.edit"))
        .filter(person=one)
        .order_by("-since"),
        "has_second_step": has_second_step(one),
    }
    return render(request, "accounts/person.html", context, status=status_of(form))
