"""People named for a duty by an order: coordinators, curators, mentors, working groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opora.indicators.kind import Kind, Mark

if TYPE_CHECKING:
    from opora.indicators.ground import Counted, Ground
    from opora.indicators.tally import Tally

KIND = Kind(
    code="people_appointed",
    title="Люди назначены",
    rule="Считаются действующие на дату назначения с обязанностью, местом и приказом.",
    unit="школ",
    marks=(
        Mark(
            "назнач куратор|координатор|ответственн|наставник|руководител|тьютор|оператор|эксперт|специалист",
            3.5,
        ),
        Mark(
            "определен|утвержден|=закреплен|=закреплены|=закреплена|=закрепление|=отбор|=отобраны|"
            "=подбор|=выбор куратор|координатор|ответственн|наставник|тьютор",
            3.0,
        ),
        Mark("приказ назнач|закрепл|ответственн|состав|координатор|куратор|наставник", 3.0, "promise"),
        Mark(
            "созда|формиров|сформиров|утвержд рабоч|проектн|экспертн|творческ|инициативн|команд "
            "групп|команд|офис",
            3.0,
        ),
        Mark(
            "созда|формиров|сформиров групп|=пул|корпус|команд|реестр куратор|тьютор|эксперт|"
            "наставник|методист",
            3.0,
        ),
        Mark("созда|формиров|сформиров|определ|утвержд команд|комисси|совет|штаб|оргкомитет", 2.2),
        Mark("состав групп|комисси|совет|команд|штаб|оргкомитет", 2.2),
        Mark("распредел школ|=оо куратор|наставник", 2.2),
        Mark("наставнич организ|внедр|реализ|развит", 1.6),
        Mark("организ|внедр|развит|реализ наставнич", 1.6),
        Mark(
            "=закреплен|=закреплены|=закрепление|=закреплена наставник|методист|школ|ответственн|педагог", 2.5
        ),
        Mark("пар|тройк наставнич|наставник", 2.2),
        Mark("назнач", 1.6),
    ),
    is_built=True,
    absorbs=("documents_ready",),
)


def count(lines: Sequence[Counted], ground: Ground) -> dict[int, Tally]:
    """Count the schools that have somebody in the duty on the day; without an order the appointment is only reported.

    A line that does not speak of every school is counted by its order or a confirmed word.
    """
    # Imported when counting: what stands above is read without Django (docs/decisions/0002).
    from opora.indicators.evidence import tally_of
    from opora.indicators.ground import school_key
    from opora.indicators.kinds import attested
    from opora.indicators.suggest import duty_named
    from opora.indicators.tally import Subject

    tallies = attested.count([line for line in lines if line.indicator.scope != "schools"], ground)
    for line in lines:
        if line.indicator.scope != "schools":
            continue
        duty = duty_named(line.activity.text, line.activity.promise)
        begun = [held for held in ground.appointments_for(line.activity) if held.duty == duty]
        covered = {held.school_id for held in begun if held.is_open}
        found = [
            Subject(
                school_key(held.school_id),
                held.person_name,
                held.since,
                held.since if held.has_order else None,
                proof=f"/schools/{held.school_id}/",
            )
            for held in begun
            if held.school_id in covered
        ]
        tallies[line.indicator.pk] = tally_of(line, ground, found, "Назначение")
    return tallies
