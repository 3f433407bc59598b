"""«Мой день» of each duty: rows that wait, each with its one action; the same queries for 3 schools and for 300."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.accounts.models import User
from opora.appointments.models import Appointment
from opora.dashboard.queries import MOST
from opora.dashboard.today_deeds import MOST_EACH
from opora.programmes.models import RiskFactor
from opora.schools.models import Participation, School, SchoolRiskChange
from opora.visits import actions
from opora.visits.models import CuratorReport, Step, Visit
from tests.dashboard.test_today import day_of
from tests.indicators.town import AT, BEGAN, TODAY, Town, browser_of, make_person
from tests.visits.town import agree, fresh, hold, make_stages, make_visited_town, plan, report

TOMORROW = TODAY + timedelta(days=1)
AUGUST = date(2022, 8, 5)
EARLIER = date(2022, 9, 5)
# Four queries of the frame, one of what waits; the lines of the centre are counted by eleven, of a curator by seven.
QUERIES = {"coordinator": 16, "head": 16, "curator": 12, "school": 12, "regional": 7}
ALL_KINDS = (
    [("people_appointed", "schools", 1)],
    [("documents_ready", "one", 1), ("documents_published", "one", 1)],
    [("documents_ready", "curators", 1)],
    [("visits_scheduled", "schools", 1), ("visits_held", "schools", 1)],
    [("forms_filled", "curators", 1)],
    [("risks_chosen", "schools", 1)],
    [("attested", "schools", 1)],
)


@pytest.fixture
def visited(db: None) -> Town:
    town = make_visited_town()
    town.plan([("attested", "one", 1)])
    return town


def in_september(town: Town, day: date = TOMORROW, school: int = 0) -> Visit:
    return plan(town, town.schools[school], on=AUGUST, day=day)


def keeper_of(town: Town, school: int = 0) -> User:
    person = make_person("Хранителева")
    town.appoint("school_coordinator", town.schools[school], person)
    return person


def regional_of(town: Town) -> User:
    person = make_person("Областная")
    Appointment.objects.create(
        person=person, duty="regional_coordinator", programme=town.programme,
        region=town.municipality.region, since=BEGAN,
    )  # fmt: skip
    return person


def take_risk(town: Town, school: School, verified_on: date | None = None) -> None:
    factor, _ = RiskFactor.objects.get_or_create(
        programme=town.programme, number=1, defaults={"name": "Дефицит педагогических кадров"}
    )
    part = Participation.objects.get(school=school)
    SchoolRiskChange.objects.create(
        participation=part, factor=factor, on=verified_on or AUGUST, is_chosen=True, chosen_on=AUGUST,
        verified_on=verified_on, version=1, changed_at=AT,
    )  # fmt: skip


def test_a_curators_day_begins_with_the_next_visit_and_its_buttons(visited: Town) -> None:
    visit = in_september(visited)
    in_september(visited, TODAY + timedelta(days=9), school=1)

    shown = day_of(visited.curators[0])

    assert "Завтра — Школа № 101" in shown
    assert f'href="/visits/{visit.pk}/sheet/"' in shown
    assert f'href="/visits/{visit.pk}/move/"' in shown
    assert 'id="d2022-09-24"' in shown
    assert "Посещение 24" in shown


def test_steps_agreed_there_stand_under_the_next_visit_and_school_sees_its_own(visited: Town) -> None:
    earlier = hold(visited, in_september(visited, EARLIER), on=EARLIER)
    step = actions.add_step(
        visit=earlier, side="school", text="Анкета о мотивации", due_on=date(2022, 9, 12),
        by=visited.curators[0], at=AT,
    )  # fmt: skip
    keeper = keeper_of(visited)
    assert "Спросить: Анкета о мотивации" in day_of(visited.curators[0])
    in_september(visited)

    assert "Спросить: Анкета" not in day_of(visited.curators[0])
    assert "спросите об этом" in day_of(visited.curators[0])
    assert f"/visits/{earlier.pk}/steps/{step.pk}/done/" in day_of(visited.curators[0])
    assert "Договорились: Анкета о мотивации" in day_of(keeper)

    actions.close_step(step=step, done_on=TODAY, words="", by=visited.curators[0], at=AT)
    assert "Анкета о мотивации" not in day_of(visited.curators[0])
    assert "Анкета о мотивации" not in day_of(keeper)


def test_a_visit_without_a_word_and_a_sheet_without_a_report_wait_for_the_curator(visited: Town) -> None:
    forgotten = in_september(visited, EARLIER)
    held = hold(visited, in_september(visited, EARLIER, school=1), on=EARLIER)

    shown = day_of(visited.curators[0])

    assert "Отметить посещение: Школа № 101" in shown.split("Срок прошёл")[1]
    assert f'href="/visits/{forgotten.pk}/sheet/"' in shown
    assert "Сдать отчёт о посещении: Школа № 102" in shown

    report(visited, held, on=TODAY)
    assert "Сдать отчёт о посещении" not in day_of(visited.curators[0])


def test_a_curator_is_told_of_a_school_without_a_visit_until_it_is_planned(visited: Town) -> None:
    for school in (1, 2):
        in_september(visited, school=school)
    assert f"/visits/plan/add/?school={visited.schools[0].pk}" in day_of(visited.curators[0])

    in_september(visited)
    assert "Наметить посещение" not in day_of(visited.curators[0])


def test_a_school_confirms_a_day_or_proposes_another(visited: Town) -> None:
    visit = in_september(visited)
    other = in_september(visited, school=1)
    keeper = keeper_of(visited)

    shown = day_of(keeper)

    assert f'href="/visits/{visit.pk}/agree/"' in shown
    assert f'href="/visits/{visit.pk}/propose/"' in shown
    assert f"/visits/{other.pk}/" not in shown

    agree(visited, visit, on=TODAY)
    assert "Подтвердить посещение" not in day_of(keeper)


def test_a_day_that_the_school_asks_for_waits_for_the_curators_answer(visited: Town) -> None:
    visit = in_september(visited)
    actions.propose_day(
        visit=visit, day=date(2022, 9, 20), reason="Педсовет", by=keeper_of(visited), at=AT, on=TODAY
    )

    shown = day_of(visited.curators[0])

    assert "Ответить школе: Школа № 101" in shown
    assert "Просит 20" in shown
    assert "Педсовет" in shown


def test_the_choice_of_risks_waits_for_the_school_then_for_the_curator(visited: Town) -> None:
    keeper, curator, address = keeper_of(visited), visited.curators[0], f"/risks/{visited.schools[0].pk}/"
    assert "Выбрать риски: Школа № 101" in day_of(keeper)
    assert "Проверить риски" not in day_of(curator)

    take_risk(visited, visited.schools[0])

    assert "Выбрать риски" not in day_of(keeper)
    assert f'href="{address}"' in day_of(curator)
    assert f'href="{address}"' in day_of(visited.coordinator)

    take_risk(visited, visited.schools[0], verified_on=TODAY)
    assert "Проверить риски" not in day_of(curator)
    assert "Риски не проверены" not in day_of(visited.coordinator)


def test_a_past_day_speaks_of_the_choice_of_that_day(visited: Town) -> None:
    keeper, curator = keeper_of(visited), visited.curators[0]
    take_risk(visited, visited.schools[0])
    part, factor = Participation.objects.get(school=visited.schools[0]), RiskFactor.objects.get()
    SchoolRiskChange.objects.create(
        participation=part,
        factor=factor,
        on=TODAY + timedelta(days=5),
        is_chosen=False,
        version=2,
        changed_at=AT,
    )

    assert "Выбрать риски" not in day_of(keeper)
    assert "Проверить риски" in day_of(curator)
    later = TODAY + timedelta(days=5)
    assert "Выбрать риски" in day_of(keeper, later)
    assert "Проверить риски" not in day_of(curator, later)


def test_a_report_of_a_stage_waits_first_for_the_curator_then_for_the_centre(visited: Town) -> None:
    curator = visited.curators[0]
    first, _ = make_stages(visited)
    assert "Сдать отчёт куратора: 1 этап" in day_of(curator)

    told = CuratorReport.objects.create(
        programme=visited.programme, stage=first, curator=curator, begun_on=AUGUST, sent_on=EARLIER
    )

    assert "Сдать отчёт куратора" not in day_of(curator)
    for person in (visited.coordinator, visited.head):
        assert f'href="/curator-reports/{told.pk}/"' in day_of(person)

    CuratorReport.objects.update(returned_on=TODAY, question="Где третья школа?")
    assert "Принять отчёт куратора" not in day_of(visited.head)
    assert "Где третья школа?" in day_of(curator)


def test_the_centre_approves_reports_of_visits_and_sees_who_has_none(visited: Town) -> None:
    visit = report(visited, hold(visited, in_september(visited, EARLIER), on=EARLIER), on=EARLIER)

    shown = day_of(visited.coordinator)

    assert f'href="/visits/{visit.pk}/"' in shown
    assert "Принять отчёт о посещении: Школа № 101" in shown
    without = shown.split("Без посещения в этапе")[1].split("</section>")[0]
    assert "Школа № 102" in without
    assert "Школа № 101" not in without
    assert "Принять отчёт о посещении" not in day_of(visited.curators[0])
    assert "/visits/plan/add/" not in day_of(visited.head)


def test_the_day_looked_at_hides_what_came_later(visited: Town) -> None:
    in_september(visited)

    assert "Посещение: Школа № 101" in day_of(visited.curators[0], AUGUST + timedelta(days=35))
    assert "Школа № 101</a></dd>" not in day_of(visited.curators[0], AUGUST - timedelta(days=1))


def test_a_long_list_shows_some_and_leads_to_all(db: None) -> None:
    town = make_visited_town(MOST_EACH + 4)
    town.plan([("attested", "one", 1)])
    for place in range(MOST_EACH + 4):
        report(town, hold(town, in_september(town, EARLIER, place), on=EARLIER), on=EARLIER)

    shown = day_of(town.coordinator)

    assert shown.count("<b>Принять отчёт о посещении") == MOST_EACH
    assert "Ещё 4 отчёта о посещениях" in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert "/visits/?show=all&amp;state=reported" in shown


def test_a_region_sees_a_row_a_municipality(visited: Town) -> None:
    in_september(visited, EARLIER)
    hold(visited, in_september(visited, EARLIER, school=1), on=EARLIER)
    take_risk(visited, visited.schools[0])

    shown = day_of(regional_of(visited))

    row = shown.split("<tbody>")[1].split("</tbody>")[0]
    figures = [part.split("<")[0] for part in row.split('class="num">')[1:]]
    assert figures == ["3", "1", "1", "1", "1"]
    assert "замера пока нет" in row


def test_an_expert_is_not_asked_for_what_the_town_is_late_with(visited: Town) -> None:
    expert = make_person("Экспертова")
    told = {"duty": "expert", "programme": visited.programme, "municipality": visited.municipality}
    Appointment.objects.create(person=expert, since=BEGAN, **told)

    shown = day_of(expert)

    assert "Давно не слышно" not in shown
    assert "Срок прошёл" not in shown
    assert "дорожной карты" not in shown.split("<main")[1]
    assert "Давно не слышно" in day_of(visited.coordinator)


def test_visits_are_seen_without_a_roadmap(db: None) -> None:
    town = make_visited_town()
    visit = in_september(town)

    shown = day_of(town.curators[0])

    assert f'href="/visits/{visit.pk}/sheet/"' in shown
    assert "видны и без неё" in shown


@pytest.mark.parametrize("who", QUERIES)
@pytest.mark.parametrize("size", [3, 300])
def test_a_day_costs_the_same_queries_for_3_schools_and_300(db: None, size: int, who: str) -> None:
    town = make_visited_town(size)
    town.plan(*ALL_KINDS)
    furnish(town)
    people = {"coordinator": town.coordinator, "head": town.head, "curator": town.curators[0]}
    person = people.get(who) or {"school": keeper_of, "regional": regional_of}[who](town)
    client = browser_of(person)
    client.get("/today/")

    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/today/")

    assert answer.status_code == 200
    assert len(captured) == QUERIES[who]
    assert answer.content.count(b"<li>") <= MOST + 3 * size


def furnish(town: Town) -> None:
    """For every school a visit held, one ahead, a step and a risk."""
    _, stage = make_stages(town)
    told = {"programme": town.programme, "stage": stage, "curator": town.curators[0], "noted_on": AUGUST}
    held = Visit.objects.bulk_create(
        Visit(school=school, planned_on=EARLIER, held_on=EARLIER, reported_on=EARLIER, **told)
        for school in town.schools
    )
    Visit.objects.bulk_create(Visit(school=school, planned_on=TOMORROW, **told) for school in town.schools)
    Step.objects.bulk_create(Step(visit=visit, side="school", text="Шаг", due_on=TODAY) for visit in held)
    for school in town.schools:
        take_risk(town, school)
    assert fresh(held[0]).held_on == EARLIER
