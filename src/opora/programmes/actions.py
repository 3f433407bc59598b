"""Everything that writes programmes: they come from packs, the next year's from this one's."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models, transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.programmes.models import DocumentKind, NationalProject, Programme, RiskFactor, Stage
from opora.programmes.next_year import code_of_next, next_of, year_later
from opora.programmes.pack import OURS, Pack, path_of, read_pack


@transaction.atomic
def load_pack(*, name: str = "", path: Path | None = None, by: User | None, at: datetime) -> Programme:
    """Load a programme from one of our packs by name or from a file; loading again changes only what differs.

    What a newer pack no longer names stays: rows of schools and documents may speak of it. Refused when the file
    is no pack.
    """
    pack = read_pack(path or path_of(name))
    programme, is_new = Programme.objects.get_or_create(code=pack.code, defaults=_head(pack))
    changed = is_new or _bring_up(programme, _head(pack))
    for stage in pack.stages:
        told = {"name": stage.name, "starts_on": stage.starts_on, "ends_on": stage.ends_on}
        changed |= _keep(Stage, {"programme": programme, "number": stage.number}, told)
    for number, words in pack.risk_factors.items():
        changed |= _keep(RiskFactor, {"programme": programme, "number": number}, {"name": words})
    for position, (code, kind) in enumerate(pack.document_kinds.items(), start=1):
        told = {**asdict(kind), "position": position}
        changed |= _keep(DocumentKind, {"programme": programme, "code": code}, told)
    for position, (code, words) in enumerate(pack.national_projects.items(), start=1):
        told = {"name": words, "position": position}
        changed |= _keep(NationalProject, {"programme": programme, "code": code}, told)
    if changed:
        record(programme, "programme.loaded", by=by, at=at, code=pack.code)
    return programme


@transaction.atomic
def load_our_packs(*, by: User | None, at: datetime) -> list[Programme]:
    """Load every pack that ships with the product."""
    return [load_pack(name=name, by=by, at=at) for name in OURS]


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
        DocumentKind(
            programme=made,
            code=one.code,
            name=one.name,
            position=one.position,
            owed_by=one.owed_by,
            is_marked=one.is_marked,
        )
        for one in programme.document_kinds.all()
    )
    NationalProject.objects.bulk_create(
        NationalProject(programme=made, code=one.code, name=one.name, position=one.position)
        for one in programme.national_projects.all()
    )
    record(made, "programme.made_from", by=by, at=at, words=str(programme))
    return made


def _renamed(words: str, year: int) -> str:
    return words.replace(str(year), str(year + 1))


def _head(pack: Pack) -> dict[str, Any]:
    fields = (
        "name", "short_name", "year", "starts_on", "ends_on", "forms",
        "factor_words", "least_risks", "most_risks",
    )  # fmt: skip
    return {field: getattr(pack, field) for field in fields}


def _keep(model: type[models.Model], key: dict[str, Any], told: dict[str, Any]) -> bool:
    row, is_new = model._default_manager.get_or_create(**key, defaults=told)
    return is_new or _bring_up(row, told)


def _bring_up(row: models.Model, told: dict[str, Any]) -> bool:
    differing = [field for field, value in told.items() if getattr(row, field) != value]
    if not differing:
        return False
    for field in differing:
        setattr(row, field, told[field])
    row.save(update_fields=differing)
    return True
