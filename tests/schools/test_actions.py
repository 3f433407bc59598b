"""Entering schools, their participation and the requisites of a centre."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from opora.schools import actions
from opora.schools.models import Participation, School
from tests.appointments.town import AT, Town


def add(town: Town, short_name: str = "Школа № 110") -> School:
    return actions.add_school(
        municipality=town.municipality,
        name=f"МОУ «{short_name}»",
        short_name=short_name,
        number=110,
        by=town.coordinator,
        at=AT,
    )


def test_a_school_is_found_by_either_name(town: Town) -> None:
    assert add(town).folded_name == "школа № 110 моу «школа № 110»"


def test_a_school_is_entered_once(town: Town) -> None:
    add(town)
    with pytest.raises(Refused, match="уже есть"):
        add(town)
    assert School.objects.filter(number=110).count() == 1


def test_a_change_keeps_what_it_was_in_the_history(town: Town) -> None:
    school = add(town)
    actions.change_school(
        school=school,
        name="МОУ «Школа № 110 имени моста»",
        short_name="Школа № 110",
        number=110,
        site="",
        address="ул. Опорная, 1",
        phone="",
        latitude=Decimal("56.8"),
        longitude=Decimal("60.6"),
        by=town.coordinator,
        at=AT,
    )
    school.refresh_from_db()
    assert (school.address, school.latitude) == ("ул. Опорная, 1", Decimal("56.8"))
    assert "МОУ «Школа № 110»" in HistoryEntry.objects.get(verb="school.changed").facts


def test_a_school_takes_part_leaves_with_a_reason_and_comes_back(town: Town) -> None:
    school = add(town)
    said = {"school": school, "programme": town.programme, "by": town.coordinator, "at": AT}
    part = actions.take_part(since=date(2022, 2, 1), **said)
    with pytest.raises(Refused, match="уже участвует"):
        actions.take_part(since=date(2022, 3, 1), **said)
    with pytest.raises(Refused, match="почему"):
        actions.leave(participation=part, until=date(2022, 5, 31), reason=" ", by=town.coordinator, at=AT)
    with pytest.raises(Refused, match="раньше нельзя"):
        actions.leave(participation=part, until=date(2022, 1, 1), reason="x", by=town.coordinator, at=AT)
    actions.leave(
        participation=part, until=date(2022, 5, 31), reason="реорганизация", by=town.coordinator, at=AT
    )
    again = actions.take_part(since=date(2022, 9, 1), **said)
    assert Participation.objects.filter(school=school).count() == 1
    assert (again.since, again.until, again.leave_reason) == (date(2022, 9, 1), None, "")
    assert "реорганизация" in HistoryEntry.objects.get(verb="participation.reopened").facts


def test_the_requisites_of_a_centre_are_rewritten_with_history(town: Town) -> None:
    actions.change_municipality(
        municipality=town.municipality,
        centre_name="муниципальное учреждение «Новый центр»",
        centre_short_name="Новый центр",
        centre_address="ул. Мостовая, 1",
        place="г. Примерск",
        head_post="Директор",
        head_name="Пролётова Анна Петровна",
        by=town.coordinator,
        at=AT,
    )
    town.municipality.refresh_from_db()
    assert town.municipality.centre_short_name == "Новый центр"
    assert "Методический центр" in HistoryEntry.objects.get(verb="municipality.changed").facts
