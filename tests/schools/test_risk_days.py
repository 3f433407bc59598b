"""Risk profiles «на дату»: what stood on a past day stays as it was, whatever is decided later."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from opora.programmes.models import RiskFactor
from opora.schools.actions import verify_risks
from opora.schools.models import SchoolRisk
from opora.schools.risks import factors_of, profiles_of
from tests.appointments.town import AT, TODAY, Town, browser_for, open_as
from tests.schools.risk_town import add_factors, choose, complete, fields_of, part_of, save, text_of

MAY, JUNE = date(2022, 5, 4), date(2022, 6, 1)


@pytest.fixture
def factors(town: Town) -> list[RiskFactor]:
    return add_factors(town)


def looking_at(who: Any, day: date) -> Client:
    """A browser of a person on a day."""
    client = browser_for(who)
    client.day = day
    return client


def told_on(town: Town, day: date) -> list[tuple[str, bool | None, bool]]:
    """Level, choice and verification of the first school's cells as they stood on a day."""
    (profile,) = profiles_of([part_of(town.schools[0])], factors_of(town.programme), day)
    return [(one.level, one.is_chosen, bool(one.risk and one.risk.verified_on)) for one in profile.cells]


def test_each_day_tells_its_own_choice_and_verification(town: Town, factors: list[RiskFactor]) -> None:
    complete(town, town.schools[0])
    verify_risks(participation=part_of(town.schools[0]), by=town.curator, at=AT, on=MAY)
    choose(town, town.schools[0], {1: ("low", "left", "Оснастили"), 4: ("high", "chosen", "")}, on=JUNE)

    assert told_on(town, date(2022, 2, 1)) == [("none", None, False)] * 4
    before, verified = told_on(town, date(2022, 3, 2)), told_on(town, MAY)
    assert before == [
        ("high", True, False),
        ("middle", True, False),
        ("high", False, False),
        ("none", None, False),
    ]
    assert verified[:3] == [(level, choice, True) for level, choice, _ in before[:3]]
    assert told_on(town, TODAY) == [
        ("low", False, False), ("middle", True, False), ("high", False, False), ("high", True, False)
    ]  # fmt: skip


def test_what_stands_now_is_what_the_last_day_says(town: Town, factors: list[RiskFactor]) -> None:
    complete(town, town.schools[0])
    choose(town, town.schools[0], {2: ("low", "open", "")}, on=JUNE)
    choose(town, town.schools[0], {2: ("high", "chosen", "")}, on=MAY)

    now = SchoolRisk.objects.order_by("factor__number").values_list("level", "is_chosen")
    assert [one[:2] for one in told_on(town, TODAY)[:3]] == list(now)
    assert told_on(town, MAY)[1][:2] == ("high", True), "told later about an earlier day"


def test_pages_of_a_past_day_show_what_stood_then(town: Town, factors: list[RiskFactor]) -> None:
    complete(town, town.schools[0])
    verify_risks(participation=part_of(town.schools[0]), by=town.curator, at=AT, on=MAY)
    choose(town, town.schools[0], {4: ("high", "chosen", "")}, on=JUNE)
    then, now = looking_at(town.coordinator, MAY), browser_for(town.coordinator)

    card = f"/schools/{town.schools[0].pk}/"
    assert "4. Низкая учебная мотивация" not in open_as(then, card)
    assert "4. Низкая учебная мотивация" in open_as(now, card)
    assert "Подтверждено" in open_as(then, "/risks/")
    assert "Подтверждено" not in open_as(now, "/risks/")
    for day, high in ((then, "2"), (now, "3")):
        page = open_as(day, "/risks/matrix/")
        assert page.count('class="sum num">1</td>') >= 1
        assert page.count('class="h3') == int(high)


def test_writing_on_a_past_day_over_what_came_later_asks_first(town: Town, factors: list[RiskFactor]) -> None:
    complete(town, town.schools[0])
    choose(town, town.schools[0], {1: ("low", "chosen", "")}, on=JUNE)
    then = looking_at(town.coordinator, MAY)

    asked = save(then, town.schools[0], fields_of(then, town.schools[0]) | {"1-level": "middle"})
    again = save(then, town.schools[0], fields_of_answer(asked) | {"1-level": "middle"})

    assert (asked.status_code, again.status_code) == (409, 302)
    assert "запись изменил другой человек" in text_of(asked)
    assert SchoolRisk.objects.get(factor__number=1).level == "middle"


def fields_of_answer(answer: Any) -> dict[str, str]:
    """The form as it came back."""
    import lxml.html

    forms = lxml.html.fromstring(answer.content.decode()).xpath("//form[contains(@action, '/save/')]")
    return {name: value or "" for name, value in forms[0].form_values() if name != "csrfmiddlewaretoken"}
