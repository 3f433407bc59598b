"""The draft order «О назначении координаторов и кураторов»: frozen values for the paper, names in the accusative."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opora.accounts.models import User
from opora.appointments.models import Appointment, Duty, NameForm
from opora.core.russian import day_words, full_name_in, initials, post_in
from opora.programmes.models import Programme
from opora.schools.models import Municipality

# Duty → how the order names those appointed, many and one; the order of the points is that of the rows.
WORDS = {
    Duty.MUNICIPAL_COORDINATOR: ("муниципальными координаторами", "муниципальным координатором"),
    Duty.HEAD: ("руководителями работ", "руководителем работ"),
    Duty.SCHOOL_COORDINATOR: ("школьными координаторами", "школьным координатором"),
    Duty.CURATOR: ("кураторами школ", "куратором школы"),
    Duty.EXPERT: ("экспертами", "экспертом"),
    Duty.REGIONAL_COORDINATOR: ("региональными координаторами", "региональным координатором"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the order as the paper says it."""

    place: str
    name: str
    post: str
    since: str


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the order with its people."""

    words: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """Everything the paper prints."""

    centre_name: str
    centre_address: str
    place: str
    number: str
    day: str
    title: str
    preamble: str
    points: tuple[Point, ...]
    head_post: str
    head_name: str
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forms:
    """How one person will stand in the order, for the page where it is mended."""

    person: User
    name: str
    post: str


def mended_forms() -> dict[str, str]:
    """Words and posts as people mended them. One query."""
    return dict(NameForm.objects.filter(case=NameForm.Case.ACCUSATIVE).values_list("original", "form"))


def forms_of(people: Iterable[User], mended: Mapping[str, str]) -> list[Forms]:
    """The accusative of each person, once each, in the order given."""
    once = {person.pk: person for person in people}
    return [Forms(one, _name(one, mended), _post(one.post, mended)) for one in once.values()]


def differences(shown: Forms, name: str, post: str) -> dict[str, str]:
    """What a person mended in the shown forms: words of the name, the whole post; nothing when nothing."""
    told = {}
    words, forms = shown.person.full_name.split(), name.split()
    if len(words) == len(forms):
        told = {
            word: form
            for word, form, was in zip(words, forms, shown.name.split(), strict=True)
            if form != was
        }
    if shown.person.post and post.strip() and post.strip() != shown.post:
        told[shown.person.post] = post.strip()
    return told


def build(
    municipality: Municipality,
    programme: Programme,
    appointments: Sequence[Appointment],
    *,
    number: str = "",
    order_date: date | None = None,
    mended: Mapping[str, str],
) -> Order:
    """The order of these appointments; a number or a day that is not known yet is left blank."""
    days = {one.since for one in appointments}
    common = days.pop() if len(days) == 1 else None
    points = tuple(
        _point(duty, held, programme, common, mended)
        for duty in WORDS
        if (held := [one for one in appointments if one.duty == duty])
    )
    readers = {one.person_id: initials(one.person.full_name) for one in appointments}
    return Order(
        centre_name=municipality.centre_name,
        centre_address=municipality.centre_address,
        place=municipality.place,
        number=number or "________",
        day=day_words(order_date) if order_date else "«___» ______________ 20___ года",
        title=f"О назначении координаторов и кураторов: {programme.short_name}, {programme.year} год",
        preamble=f"В целях реализации в {programme.year} году программы «{_unquoted(programme.name)}» ({municipality.name})",
        points=points,
        head_post=municipality.head_post,
        head_name=initials(municipality.head_name, is_surname_first=False),
        readers=tuple(sorted(readers.values())),
    )


def _point(
    duty: Duty,
    held: Sequence[Appointment],
    programme: Programme,
    common: date | None,
    mended: Mapping[str, str],
) -> Point:
    many, one = WORDS[duty]
    since = f" с {day_words(common)}" if common else ""
    lines = tuple(
        Line(
            place=row.place,
            name=_name(row.person, mended),
            post=_post(row.person.post, mended),
            since="" if common else f", с {day_words(row.since)}",
        )
        for row in held
    )
    return Point(f"Назначить {one if len(held) == 1 else many}{since}:", lines)


def _name(person: User, mended: Mapping[str, str]) -> str:
    return full_name_in(
        "accusative", person.last_name, person.first_name, person.middle_name, exceptions=mended
    )


def _post(post: str, mended: Mapping[str, str]) -> str:
    return post_in("accusative", post, exceptions=mended) if post else ""


def _unquoted(name: str) -> str:
    return name.replace("«", "„").replace("»", "“")
