"""A pack: a programme of a year as a .toml file, read and checked before anything is written."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from opora.core.refusal import Refused

FOLDER = Path(__file__).resolve().parent / "packs"
OURS = ("500plus-2022", "school-of-ministry-2023")


@dataclass(frozen=True, slots=True)
class StageOfPack:
    """A stretch of the year."""

    number: int
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class KindOfPack:
    """A kind of document: who owes it (nobody, each school, each school by factor), whether it bears marks."""

    name: str
    owed_by: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything a programme brings with it."""

    code: str
    name: str
    short_name: str
    year: int
    starts_on: date
    ends_on: date
    stages: tuple[StageOfPack, ...]
    risk_factors: dict[int, str]
    document_kinds: dict[str, KindOfPack]
    national_projects: dict[str, str]
    forms: dict[str, Any]
    factor_words: str
    least_risks: int
    most_risks: int


def path_of(name: str) -> Path:
    """The file of one of our packs. Refused when there is none of this name."""
    if name not in OURS:
        raise Refused(f"Набора «{name}» нет. Есть: {', '.join(OURS)}.")
    return FOLDER / f"{name}.toml"


def read_pack(path: Path) -> Pack:
    """The pack of a file. Refused, with the place, when something is missing or contradicts itself."""
    try:
        told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refused(f"Набор «{path.name}» не читается: проверьте файл.") from error
    try:
        pack = Pack(
            code=str(told["code"]),
            name=str(told["name"]),
            short_name=str(told["short_name"]),
            year=int(told["year"]),
            starts_on=_day(told["starts_on"]),
            ends_on=_day(told["ends_on"]),
            stages=tuple(_stage(one) for one in told.get("stages", [])),
            risk_factors={int(number): str(name) for number, name in told.get("risk_factors", {}).items()},
            document_kinds={str(code): _kind(one) for code, one in told.get("document_kinds", {}).items()},
            national_projects={
                str(code): str(name) for code, name in told.get("national_projects", {}).items()
            },
            forms=_forms(told.get("forms", {})),
            factor_words=_three_words(told.get("factor_words", "риск,риска,рисков")),
            least_risks=int(told.get("risks_to_choose", {}).get("least", 2)),
            most_risks=int(told.get("risks_to_choose", {}).get("most", 5)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(f"Набор «{path.name}»: не хватает поля или значение не подходит ({error}).") from error
    stretches = [(pack.name, pack.starts_on, pack.ends_on)]
    stretches += [(stage.name, stage.starts_on, stage.ends_on) for stage in pack.stages]
    for words, start, end in stretches:
        if end < start:
            raise Refused(f"Набор «{path.name}»: «{words}» заканчивается раньше, чем начинается.")
    if not 0 < pack.least_risks <= pack.most_risks <= 1_000:
        raise Refused(f"Набор «{path.name}»: выбрать от {pack.least_risks} до {pack.most_risks} нельзя.")
    return pack


def _three_words(told: object) -> str:
    """How the factors are called for one, two and many: «риск,риска,рисков»."""
    words = [word.strip() for word in told.split(",")] if isinstance(told, str) else []
    if len(words) != 3 or not all(words):
        raise TypeError(f"factor_words — нужны три слова через запятую, а не «{told}»")
    return ",".join(words)


def _stage(told: dict[str, Any]) -> StageOfPack:
    return StageOfPack(
        number=int(told["number"]),
        name=str(told["name"]),
        starts_on=_day(told["starts_on"]),
        ends_on=_day(told["ends_on"]),
    )


def _kind(told: object) -> KindOfPack:
    """A kind of document: its name alone, or a table with `name`, `owed_by` and `is_marked`."""
    if isinstance(told, str):
        return KindOfPack(told, "", is_marked=False)
    if not isinstance(told, dict):
        raise TypeError(f"document_kinds — «{told}» не название и не таблица")
    owed_by = str(told.get("owed_by", ""))
    if owed_by not in ("", "school", "factor"):
        raise TypeError(f"document_kinds — owed_by может быть school или factor, а не «{owed_by}»")
    return KindOfPack(str(told["name"]), owed_by, is_marked=bool(told.get("is_marked", False)))


def _forms(told: Any) -> dict[str, Any]:
    """The questions of each form, in order; every question is a table with a code, a label and a kind."""
    if not isinstance(told, dict):
        raise TypeError("forms — не таблица")
    forms = {str(name): [dict(row) for row in rows] for name, rows in told.items()}
    for name, rows in forms.items():
        for row in rows:
            if not all(isinstance(row.get(part), str) and row[part] for part in ("code", "label", "kind")):
                raise TypeError(f"форма «{name}»: у вопроса нет code, label или kind")
    return forms


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"«{value}» — не дата")
    return value
