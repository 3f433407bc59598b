"""A programme of the next year made from this one's: the same catalogues, every day a year later."""

from __future__ import annotations

import calendar
from datetime import date, datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.programmes.models import DocumentKind, Programme, RiskFactor, Stage


def year_later(day: date) -> date:
    """The same day of the next year; the last day of February stays the last one (29.02.2024 → 28.02.2025)."""
    last = calendar.monthrange(day.year + 1, day.month)[1]
    is_last_of_february = day.month == 2 and day.day == calendar.monthrange(day.year, 2)[1]
    return date(day.year + 1, day.month, last if is_last_of_february else min(day.day, last))


def code_of_next(programme: Programme) -> str:
    """The code that the programme of the next year bears."""
    this, following = str(programme.year), str(programme.year + 1)
    return (
        programme.code.replace(this, following) if this in programme.code else f"{programme.code}-{following}"
    )


def next_of(programme: Programme) -> Programme | None:
    """The programme of the next year, when there is one. One query."""
    return Programme.objects.filter(code=code_of_next(programme)).first()


@transaction.atomic
def make_next_year(*, programme: Programme, by: User, at: datetime) -> Programme:
    """Make the programme of the next year: stages, factors, kinds and forms as they are. Refused when it exists."""
    there = next_of(programme)
    if there is not None:
        raise Refused(f"Программа на {programme.year + 1} год уже есть: {there}.")
    made = Programme.objects.create(
        code=code_of_next(programme),
        name=_renamed(programme.name, programme.year),
        short_name=_renamed(programme.short_name, programme.year),
        year=programme.year + 1,
        starts_on=year_later(programme.starts_on),
        ends_on=year_later(programme.ends_on),
        factor_words=programme.factor_words,
        least_risks=programme.least_risks,
        most_risks=programme.most_risks,
        forms=programme.forms,
    )
    Stage.objects.bulk_create(
        Stage(
            programme=made,
            number=one.number,
            name=_renamed(one.name, programme.year),
            starts_on=year_later(one.starts_on),
            ends_on=year_later(one.ends_on),
        )
        for one in programme.stages.all()
    )
    RiskFactor.objects.bulk_create(
        RiskFactor(programme=made, number=one.number, name=one.name) for one in programme.risk_factors.all()
    )
    DocumentKind.objects.bulk_create(
        DocumentKind(programme=made, code=one.code, name=one.name, position=one.position)
        for one in programme.document_kinds.all()
    )
    record(made, "programme.made_from", by=by, at=at, words=str(programme))
    return made


def _renamed(words: str, year: int) -> str:
    return words.replace(str(year), str(year + 1))
