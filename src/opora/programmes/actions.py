"""Everything that writes programmes: loading a pack of a year."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from opora.core.history import Person, record
from opora.core.refusal import Refused
from opora.programmes.models import DocumentKind, Programme, RiskFactor, Stage

PACKS = Path(__file__).resolve().parent / "packs"


def packs() -> list[str]:
    """The names of the packs that come with the product."""
    return sorted(place.stem for place in PACKS.glob("*.toml"))


@transaction.atomic
def load_pack(*, name: str, by: Person | None, at: datetime) -> Programme:
    """Make the programme that a pack describes, or bring an earlier one up to it; nothing in use is removed.

    Refused when there is no such pack or it cannot be read.
    """
    pack = _read(name)
    programme, is_new = Programme.objects.update_or_create(
        code=pack["code"],
        defaults={key: pack[key] for key in ("name", "short_name", "year", "starts_on", "ends_on")},
    )
    for stage in pack["stages"]:
        Stage.objects.update_or_create(
            programme=programme,
            number=stage["number"],
            defaults={key: stage[key] for key in ("name", "starts_on", "ends_on")},
        )
    for number, factor in pack["risk_factors"].items():
        RiskFactor.objects.update_or_create(
            programme=programme, number=int(number), defaults={"name": factor}
        )
    for position, (code, kind) in enumerate(pack["document_kinds"].items(), 1):
        DocumentKind.objects.update_or_create(
            programme=programme, code=code, defaults={"name": kind, "position": position}
        )
    record(programme, "programme.loaded" if is_new else "programme.reloaded", by=by, at=at, pack=name)
    return programme


def _read(name: str) -> dict[str, Any]:
    if name not in packs():
        raise Refused(f"Нет набора программы «{name}». Есть: {', '.join(packs())}.")
    try:
        return tomllib.loads((PACKS / f"{name}.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"Набор программы «{name}» не читается: {error}.") from error
