"""The plan: its grid, one visit more, a proposal that is agreed to, and everything that is typed wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opora.visits import actions
from opora.visits.models import Visit
from tests.indicators.town import Town
from tests.visitor import Page, Visitor
from tests.visits.town import AT, NOTED, make_visited_town, plan

pytestmark = pytest.mark.django_db
ON = "on=2022-02-01"
LATE = "/visits/plan/add/?on=2022-04-05"
ADD, PROPOSE = f"/visits/plan/add/?{ON}", f"/visits/plan/propose/?{ON}"


def add(town: Town, status: int = 200, address: str = ADD, **values: Any) -> Page:
    """The coordinator fills in the form of one visit to the first school."""
    visitor = Visitor(town.coordinator)
    said = {
        "school": town.schools[0].pk,
        "curator": town.curators[0].pk,
        "day": "2022-03-10",
        "how": "on_site",
    }
    return visitor.send(visitor.open(address), status=status, **{**said, **values})


def offered(page: Page) -> dict[str, str]:
    """Row → the day that is proposed."""
    return {
        field.get("name").removeprefix("day-"): field.get("value")
        for field in page.tree.iterfind(".//input[@type='date']")
        if field.get("name").startswith("day-")
    }


def test_a_visit_is_put_into_the_schedule() -> None:
    town = make_visited_town()
    page = add(town, starts_at="10:30", how="remote")
    visit = Visit.objects.get()
    assert page.address == f"/visits/{visit.pk}/"
    assert (visit.planned_on, visit.noted_on, visit.form) == (date(2022, 3, 10), NOTED, "remote")
    assert f"{visit.starts_at:%H:%M}" == "10:30"
    assert "внесено в график" in page.words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"day": "2022-07-10"}, "вне этапов программы"),
        ({"day": "31.02.2022"}, "Такого дня нет"),
        ({"day": ""}, "Укажите день посещения"),
        ({"on": "2099-01-01"}, "ещё не наступило"),
        ({"school": "987654"}, "Выберите корректный вариант"),
        ({"starts_at": "25:99"}, "Такого времени нет"),
        ({"curator": ""}, "Выберите куратора"),
    ],
)
def test_what_is_typed_wrong_is_told_and_kept(values: dict[str, Any], words: str) -> None:
    town = make_visited_town()
    town.appoint("curator", town.schools[1], town.curators[1])
    page = add(town, 422, **{"starts_at": "10:30", **values})
    assert words in page.words
    assert Visit.objects.count() == 0
    kept = dict(page.forms_to("")[0].form_values())
    assert kept["school"] == str(values.get("school", town.schools[0].pk)) or "school" in values
    assert kept["starts_at"] == values.get("starts_at", "10:30")
    assert kept["day"] == values.get("day", "2022-03-10")


def test_a_curator_of_the_own_school_is_refused() -> None:
    town = make_visited_town()
    curator = town.curators[0]
    curator.workplace = town.schools[0].name
    curator.save(update_fields=["workplace"])
    page = add(town, 422)
    assert "работает в этой школе" in page.words
    assert Visit.objects.count() == 0


def test_a_curator_who_is_not_appointed_there_is_refused() -> None:
    town = make_visited_town()
    town.appoint("curator", town.schools[1], town.curators[1])
    assert "не назначен куратором" in add(town, 422, curator=town.curators[1].pk).words


def test_a_day_off_is_a_remark_and_not_a_refusal() -> None:
    town = make_visited_town()
    assert "Международный женский день: проверьте" in add(town, day="2022-03-08").words
    assert Visit.objects.count() == 1


def test_a_day_that_has_passed_is_taken_with_a_remark() -> None:
    town = make_visited_town()
    page = add(town, address=LATE, day="2022-03-10")
    assert "задним числом" in page.words
    assert Visit.objects.get().noted_on == date(2022, 4, 5)


def test_a_schedule_made_earlier_is_entered_by_its_day_with_a_mark() -> None:
    town = make_visited_town()
    page = add(town, address=LATE, day="2022-03-10", on="2022-02-25")
    visit = Visit.objects.get()
    assert (visit.noted_on, visit.entered_on) == (date(2022, 2, 25), date(2022, 4, 5))
    assert "25 февраля 2022 (внесено 5 апреля 2022)" in page.words.replace("\xa0", " ")


def test_a_curator_has_no_field_for_an_earlier_day() -> None:
    town = make_visited_town()
    visitor = Visitor(town.curators[0])
    page = visitor.open(LATE)
    (form,) = page.forms_to("")
    assert "on" not in form.fields


def test_the_same_form_twice_makes_one_visit_and_leads_to_it() -> None:
    town = make_visited_town()
    add(town)
    again = add(town)
    assert Visit.objects.count() == 1
    assert again.address == f"/visits/{Visit.objects.get().pk}/"
    assert "уже в графике" in again.words


def test_a_curator_plans_own_visits_only() -> None:
    town = make_visited_town()
    other = town.appoint("curator", town.schools[1], town.curators[1]).person
    page = Visitor(other).open(ADD)
    form = page.forms_to("")[0]
    assert form.fields["school"] == str(town.schools[1].pk)
    assert form.inputs["school"].value_options == [str(town.schools[1].pk)]
    assert form.inputs["curator"].value_options == [str(other.pk)]
    grid = Visitor(other).open(f"/visits/plan/?{ON}").words
    assert other.short_name.replace("\xa0", " ") in grid
    assert town.curators[0].short_name.replace("\xa0", " ") not in grid


def test_the_grid_shows_visits_by_weeks_and_what_became_of_promises() -> None:
    town = make_visited_town()
    visit = plan(town)
    actions.move_visit(
        visit=visit,
        to_day=date(2022, 3, 17),
        reason="педсовет",
        by=town.coordinator,
        at=AT,
        on=date(2022, 3, 1),
    )
    page = Visitor(town.coordinator).open("/visits/plan/?on=2022-03-20")
    heads = [" ".join(head.text_content().split()) for head in page.tree.findall(".//table//thead//th")]
    cells = page.tree.findall(".//table//tbody/tr/td")
    filled = [heads[place + 1] for place, cell in enumerate(cells) if cell.find(".//a") is not None]
    assert filled == ["неделя с 14.03 (эта неделя)"]
    assert "переносов 1 (на 7 дней)" in page.words
    assert "без отметки 1" in page.words
    assert "Ждут дня: 2 школы" in page.words


def test_a_school_visited_by_one_of_two_curators_waits_no_more() -> None:
    town = make_visited_town(2)
    town.appoint("curator", town.schools[0], town.curators[1])
    assert "Ждут дня: 2 школы" in Visitor(town.coordinator).open(f"/visits/plan/?{ON}").words
    plan(town)
    page = Visitor(town.coordinator).open(f"/visits/plan/?{ON}")
    assert "Ждут дня: 1 школа" in page.words
    assert page.words.count("Ждут дня: Школа № 101") == 0


def test_a_proposal_is_agreed_to_with_rows_unticked_and_days_mended() -> None:
    town = make_visited_town(4)
    visitor = Visitor(town.coordinator)
    page = visitor.open(PROPOSE)
    days = offered(page)
    assert len(days) == 4
    assert Visit.objects.count() == 0
    keys = list(days)
    done = visitor.send(page, take=keys[1:], **{f"day-{keys[1]}": "2022-03-10"})
    assert "Внесено в график: 3 посещения" in done.words
    assert set(Visit.objects.values_list("planned_on", flat=True)) == {
        date(2022, 3, 10), date.fromisoformat(days[keys[2]]), date.fromisoformat(days[keys[3]]),
    }  # fmt: skip
    assert len(offered(visitor.open(PROPOSE))) == 1


def test_a_proposal_begins_tomorrow_and_a_past_stage_is_told_as_past() -> None:
    town = make_visited_town(4)
    days = offered(Visitor(town.coordinator).open("/visits/plan/propose/?on=2022-04-15")).values()
    assert min(days) > "2022-04-15"
    stage = town.programme.stages.get(number=1).pk
    past = Visitor(town.coordinator).open(f"/visits/plan/propose/?on=2022-06-15&stage={stage}")
    assert "задним числом" in past.words
    assert all("2022-02-01" <= day <= "2022-05-31" for day in offered(past).values())


def test_a_wrong_day_in_a_proposal_plans_nothing_and_loses_nothing() -> None:
    town = make_visited_town()
    visitor = Visitor(town.coordinator)
    page = visitor.open(PROPOSE)
    keys = list(offered(page))
    wrong = visitor.send(page, status=422, take=keys, **{f"day-{keys[0]}": "31.02.2022"})
    assert Visit.objects.count() == 0
    assert "Такого дня нет" in wrong.words
    assert offered(wrong)[keys[0]] == "31.02.2022"
    assert offered(wrong)[keys[1]] == offered(page)[keys[1]]
    outside = visitor.send(page, status=422, take=keys[:2], **{f"day-{keys[1]}": "2022-07-01"})
    assert "Строка 2" in outside.words
    assert "вне этапов" in outside.words
    assert Visit.objects.count() == 0
    assert len(outside.tree.xpath("//input[@name='take' and @checked]")) == 2


def test_a_proposal_with_nothing_ticked_is_told() -> None:
    town = make_visited_town()
    visitor = Visitor(town.coordinator)
    page = visitor.open(PROPOSE)
    assert "Не отмечено ни одного" in visitor.send(page, status=422, take=[]).words


def test_a_proposal_sent_twice_is_planned_once() -> None:
    town = make_visited_town()
    visitor = Visitor(town.coordinator)
    page = visitor.open(PROPOSE)
    visitor.send(page)
    assert "уже отправлена" in visitor.send(page).words
    assert "уже в графике" in visitor.send(page, _key="another window").words
    assert Visit.objects.count() == 3


def test_rows_of_others_in_a_proposal_are_left_out() -> None:
    town = make_visited_town()
    other = town.appoint("curator", town.schools[1], town.curators[1])
    foreign = town.schools[0].appointments.get(duty="curator")
    visitor = Visitor(other.person)
    page = visitor.open(PROPOSE)
    key = f"{foreign.pk}-0"
    form = page.forms_to("")[0]
    told = dict(form.form_values()) | {"row": [key], "take": [key], f"day-{key}": "2022-03-10"}
    answer = visitor.client.post(PROPOSE, told)
    assert answer.status_code == 422
    assert Visit.objects.count() == 0


def test_the_grid_and_the_proposal_cost_the_same_for_many() -> None:
    costs = []
    for schools, name in ((3, "г. о. Малый"), (30, "г. о. Большой")):
        town = make_visited_town(schools, name=name)
        for school in town.schools:
            plan(town, school)
        costs.append(
            [queries_of(town, address) for address in ("/visits/plan/", "/visits/plan/propose/?each=2")]
        )
    assert costs[0] == costs[1] == [8, 8]


def queries_of(town: Town, address: str) -> int:
    client = Client()
    client.force_login(town.coordinator)
    client.get(f"/visits/plan/?{ON}")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
