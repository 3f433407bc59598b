"""The pages of the roadmap: what they show on a day, their filters, who leads lines, and what they cost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.indicators.actions import change_rule, excuse, take_readings
from opora.indicators.queries import standings
from opora.plans.actions import assign_responsible
from opora.plans.models import Activity, Responsibility
from tests.indicators.town import AT, BEGAN, TODAY, Promised, Town, browser_of, make_person, make_town

MOST_QUERIES = 12
EVERYTHING: tuple[list[Promised], ...] = (
    [("people_appointed", "schools", 1)],
    [("documents_ready", "one", 1), ("documents_published", "one", 1)],
    [("attested", "curators", 1)],
)


@pytest.fixture
def town(db: None) -> Town:
    """Line 1 of each school, one there; line 2 done; line 3 of nothing yet."""
    made = make_town()
    made.plan([("documents_ready", "schools", 1)], [("documents_ready", "one", 1)], [("attested", "one", 1)])
    made.approved("График", school=made.schools[0])
    made.approved("Справка", activity=made.lines[1])
    return made


def shown(town: Town, path: str, on: date = TODAY) -> str:
    client = browser_of(town.coordinator)
    if on != TODAY:
        client.post("/look/", {"on": on.isoformat()})
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def plan_path(town: Town, rest: str = "") -> str:
    return f"/roadmaps/{town.roadmap.pk}/{rest}"


def line_path(town: Town, place: int = 0, rest: str = "") -> str:
    return plan_path(town, f"lines/{town.lines[place].pk}/{rest}")


def test_the_whole_roadmap_is_told_in_one_sentence(town: Town) -> None:
    page = shown(town, plan_path(town))

    assert "3 пункта. На 15 сентября срок наступил у 3: выполнен 1, у 2 срок прошёл" in page
    assert "1 из 3 школ" in page


def test_the_roadmap_on_an_earlier_day_is_as_it_was(town: Town) -> None:
    page = shown(town, plan_path(town), date(2022, 5, 4))

    assert "у 2 срок прошёл" not in page
    assert "0 из 3 школ" in page
    assert "Вы смотрите состояние на 4 мая 2022" in page


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("", [0, 1, 2]),
        ("?state=late", [0, 2]),
        ("?state=done", [1]),
        ("?section=2", [1]),
        ("?q=ШКОЛАМИ 3.1", [2]),
        ("?q=1.1", [0]),
        ("?month=2022-05", [0, 1, 2]),
        ("?month=2022-06", []),
        ("?q=нет таких слов", []),
        ("?state=wrong&section=x&month=99&who=y", [0, 1, 2]),
    ],
)
def test_lines_are_chosen_by_what_is_asked(town: Town, query: str, places: list[int]) -> None:
    page = shown(town, plan_path(town, query))

    assert [place for place in range(3) if line_path(town, place) in page] == places
    assert ("Таких пунктов нет" in page) == (places == [])


def test_only_the_lines_are_sent_to_a_quiet_search(town: Town) -> None:
    client = browser_of(town.coordinator)
    headers = {"HX-Request": "true", "HX-Target": "lines"}
    page = client.get(plan_path(town, "?state=done"), headers=headers).content.decode()

    assert "<html" not in page
    assert line_path(town, 1) in page
    assert line_path(town, 0) not in page


def test_a_line_names_who_is_lacking_and_opens_the_evidence(town: Town) -> None:
    page = shown(town, line_path(town))

    assert "Не хватает 2 школ" in page
    assert "<b>Школа № 102</b> — пока нет" in page
    assert 'class="y"><a href="#pschool-' in page
    assert "Считаются утверждённые документы" in page


def test_a_line_of_the_centre_offers_a_school_no_word_that_would_be_refused(town: Town) -> None:
    school = town.appoint("school_coordinator", town.schools[0]).person
    offered = f"/lines/{town.lines[2].pk}/word/"

    assert offered in shown(town, line_path(town, 2))
    assert offered not in browser_of(school, TODAY).get(line_path(town, 2)).content.decode()


def test_a_done_line_says_since_when_and_asks_nothing(town: Town) -> None:
    page = shown(town, line_path(town, 1))

    assert "подтверждено 5 мая 2022" in page
    assert 'id="miss"' not in page


def test_a_line_tells_its_history_in_russian(town: Town) -> None:
    assign_responsible(activities=town.lines[:1], person=town.head, since=BEGAN, by=town.coordinator, at=AT)
    page = shown(town, line_path(town))

    assert "назначен ответственный: Пролётова Анна Петровна, с 10.01.2022" in page
    assert "activity." not in page


def test_the_count_of_a_line_is_drawn_by_its_readings(town: Town) -> None:
    for day in (date(2022, 5, 1), date(2022, 5, 10)):
        take_readings(states=standings([town.roadmap], day)[town.roadmap.pk], on=day)

    page = shown(town, line_path(town))

    assert "Подтверждено 1 из 3; первый замер 01.05.2022." in page
    assert "polyline" not in shown(town, line_path(town), date(2022, 5, 5))


def test_paper_has_every_line_with_its_requisites(town: Town) -> None:
    page = shown(town, plan_path(town, "print/"))

    assert all(line.text in page for line in town.lines)
    assert "УТВЕРЖДЕНА" in page


@pytest.mark.parametrize("path", ["", "print/", "responsible/", "lines/{line}/", "lines/{line}/rule/"])
def test_a_roadmap_of_another_town_is_not_there(town: Town, path: str) -> None:
    other = make_town(name="г. о. Соседск")
    rest = path.format(line=town.lines[0].pk)

    assert browser_of(other.coordinator).get(plan_path(town, rest)).status_code == 404


def test_a_line_of_another_roadmap_is_not_there(town: Town) -> None:
    first = town.lines[0].pk
    town.plan([("attested", "one", 1)])

    assert browser_of(town.coordinator).get(plan_path(town, f"lines/{first}/")).status_code == 404


def test_the_roadmap_looked_at_last_is_opened_first(town: Town) -> None:
    first = town.roadmap.pk
    town.plan([("attested", "one", 1)])
    client = browser_of(town.coordinator)
    client.get(f"/roadmaps/{first}/")

    assert client.get("/roadmap/").headers["Location"] == f"/roadmaps/{first}/"
    assert "Загрузить приказ" in shown(make_town(name="Пустой"), "/roadmap/")


@pytest.mark.parametrize(("asked", "count"), [("lines", 2), ("section", 1)])
def test_lines_are_given_to_a_person_one_by_one_or_by_section(town: Town, asked: str, count: int) -> None:
    values = {"lines": [line.pk for line in town.lines[:2]], "section": "3"}
    typed = {"person": town.head.pk, "since": "2022-09-01", asked: values[asked]}

    answer = browser_of(town.coordinator).post(plan_path(town, "responsible/"), typed)

    assert answer.status_code == 302
    assert Responsibility.objects.filter(person=town.head, since=date(2022, 9, 1)).count() == count
    assert "Пролётова" in shown(town, plan_path(town))


def test_the_page_of_a_line_leads_to_naming_its_person_and_back(town: Town) -> None:
    line = town.lines[0]
    assert f"responsible/?line={line.pk}" in shown(town, line_path(town))
    form = shown(town, plan_path(town, f"responsible/?line={line.pk}"))
    assert f'name="lines" value="{line.pk}" checked' in form
    assert f'name="back" value="{line.pk}"' in form
    typed = {"person": town.head.pk, "since": "2022-09-01", "lines": line.pk, "back": line.pk}

    answer = browser_of(town.coordinator).post(plan_path(town, "responsible/"), typed)

    assert answer.headers["Location"] == line_path(town)
    assert "Пролётова" in shown(town, line_path(town))


def test_nothing_chosen_is_told_and_what_was_typed_stays(town: Town) -> None:
    typed = {"person": town.head.pk, "since": "2022-09-01"}
    answer = browser_of(town.coordinator).post(plan_path(town, "responsible/"), typed)

    assert answer.status_code == 422
    assert "Отметьте хотя бы один пункт" in answer.content.decode()
    assert f'<option value="{town.head.pk}" selected>' in answer.content.decode()


def test_a_person_is_released_from_a_line(town: Town) -> None:
    assign_responsible(activities=town.lines[:1], person=town.head, since=BEGAN, by=town.coordinator, at=AT)
    held = Responsibility.objects.get()

    browser_of(town.coordinator).post(f"/responsibilities/{held.pk}/release/")

    held.refresh_from_db()
    assert held.until == TODAY


def test_strangers_to_the_town_cannot_be_given_lines(town: Town) -> None:
    typed = {"person": make_person("Чужая").pk, "since": "2022-09-01", "lines": town.lines[0].pk}

    assert browser_of(town.coordinator).post(plan_path(town, "responsible/"), typed).status_code == 422


def test_the_rule_in_force_is_shown_and_changed(town: Town) -> None:
    client = browser_of(town.coordinator)
    assert 'value="documents_ready" selected' in client.get(line_path(town, 0, "rule/")).content.decode()

    typed = {
        "first_kind": "documents_published",
        "first_scope": "number",
        "first_number": "4",
        "second_kind": "attested",
        "second_scope": "one",
        "second_number": "1",
    }
    assert client.post(line_path(town, 0, "rule/"), typed).headers["Location"] == line_path(town)

    rules = list(town.lines[0].indicators.order_by("position").values_list("kind", "scope", "number"))
    assert rules == [("documents_published", "number", 4), ("attested", "one", 1)]
    assert "изменено правило счёта" in shown(town, line_path(town))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, "менять нечего"),
        ({"first_kind": "wrong"}, "first_kind"),
        ({"first_number": "0"}, "first_number"),
        ({"second_kind": "documents_ready"}, "назван дважды"),
    ],
)
def test_a_rule_that_cannot_be_is_told_and_nothing_changes(
    town: Town, change: dict[str, str], told: str
) -> None:
    typed = {"first_kind": "documents_ready", "first_scope": "schools", "first_number": "1", **change}
    answer = browser_of(town.coordinator).post(line_path(town, 0, "rule/"), typed)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert town.lines[0].indicators.get().kind == "documents_ready"


def test_a_school_is_excused_and_expected_again_by_pages(town: Town) -> None:
    client = browser_of(town.coordinator)
    school = town.schools[1]
    client.post(
        line_path(town, 0, "excuse/"), {"school": school.pk, "since": "2022-03-01", "reason": "Ремонт"}
    )
    assert town.state().expected == 2
    assert "не ожидается: Ремонт" in shown(town, line_path(town))

    made = town.lines[0].excuses.get()
    assert f"/excuses/{made.pk}/end/" in shown(town, line_path(town, 0, "excuse/"))
    client.post(f"/excuses/{made.pk}/end/", {"until": "2022-08-31"})
    assert town.state().expected == 3


@pytest.mark.parametrize("typed", [{"reason": ""}, {"reason": "Ремонт", "since": "31.02.2022"}])
def test_an_excuse_without_a_reason_or_a_day_is_refused(town: Town, typed: dict[str, str]) -> None:
    given = {"school": str(town.schools[1].pk), "since": "2022-03-01", **typed}

    assert browser_of(town.coordinator).post(line_path(town, 0, "excuse/"), given).status_code == 422
    assert not town.lines[0].excuses.exists()


def test_an_excuse_ends_not_before_it_begins(town: Town) -> None:
    made = excuse(
        activity=town.lines[0],
        school=town.schools[0],
        since=date(2022, 3, 1),
        reason="Ремонт",
        by=town.coordinator,
        at=AT,
    )
    answer = browser_of(town.coordinator).post(f"/excuses/{made.pk}/end/", {"until": "2022-02-01"})

    assert answer.status_code == 422
    assert "раньше первого" in answer.content.decode()


def test_markup_in_the_words_of_an_order_is_shown_as_words(town: Town) -> None:
    Activity.objects.filter(pk=town.lines[0].pk).update(text="<script>1</script>")

    for path in (plan_path(town), line_path(town), plan_path(town, "print/")):
        assert "<script>1" not in shown(town, path)


def test_pages_cost_the_same_for_three_lines_and_three_hundred(db: None) -> None:
    counts: dict[int, list[int]] = {}
    for size in (1, 100):
        town = make_town(name=f"Город {size}")
        town.plan(*EVERYTHING * size)
        change_rule(activity=town.lines[0], kinds=[("attested", "schools", 1)], by=town.head, at=AT)
        client = browser_of(town.coordinator)
        lines = [f"lines/{line.pk}/" for line in town.lines[:3]]
        for place, rest in enumerate(["", "print/", "responsible/", *lines]):
            client.get(plan_path(town, rest))
            with CaptureQueriesContext(connection) as captured:
                assert client.get(plan_path(town, rest)).status_code == 200
            counts.setdefault(place, []).append(len(captured))

    assert all(few == many <= MOST_QUERIES for few, many in counts.values()), counts


@pytest.mark.parametrize(
    ("kind", "words", "room"),
    [
        ("documents_published", "Собрать отчёт", "/reports/?line={line}"),
        ("sample_reviewed", "Завести экспертизу", "/reviews/add/?line={line}"),
        ("form_templates_ready", "Внести форму", "/forms/add/?line={line}"),
        ("documents_marked", "Отметки ИС МЭДК", "/marks/federal/"),
        ("forms_filled", "Завести сбор", "/collections/new/?line={line}"),
        ("visits_held", "Посещения", "/visits/"),
    ],
)
def test_a_line_leads_to_the_room_where_it_is_done(db: None, kind: str, words: str, room: str) -> None:
    town = make_town()
    town.plan([(kind, "one", 1)])

    page = shown(town, line_path(town))

    assert words in page
    assert f'href="{room.format(line=town.lines[0].pk)}"' in page
