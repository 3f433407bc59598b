"""A later order through the door: its difference is shown, chosen from and accepted."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from opora.imports.actions import adopt_draft
from opora.imports.models import ImportDraft
from opora.indicators.models import Indicator
from opora.plans.models import Amendment, Change, Roadmap
from tests.imports.conftest import open_draft
from tests.imports.ground import NOW, Ground, draft, line

LATER = {"number": "05-01/9", "date": "2022-06-01"}
BASE = [
    line("1.1", "Назначение координаторов"),
    line("1.2", "Подготовка отчётов кураторов"),
    line("1.3", "Проведение итогового семинара"),
    line("1.4", "Анкетирование директоров школ"),
]
AFTER = [
    BASE[0],
    line("1.2", "Подготовка отчётов кураторов", "май 2022", "2022-05-01", "2022-05-31"),
    line("1.3", "Проведение большого итогового семинара"),
    line("1.5", "Совещание с директорами"),
]


@pytest.fixture
def roadmap(ground: Ground) -> Roadmap:
    return adopt_draft(draft=open_draft(ground, draft(*BASE)), version=1, by=ground.coordinator, at=NOW)


def amending(ground: Ground, roadmap: Roadmap, *lines: dict[str, Any], **other: Any) -> ImportDraft:
    content = draft(*(lines or AFTER), **{"order": LATER, **other})
    return open_draft(ground, content, amends=roadmap, data=b"a later order")


def test_the_difference_tells_what_is_added_moved_reworded_and_not_named(
    ground: Ground, roadmap: Roadmap, coordinator: Client
) -> None:
    waiting = amending(ground, roadmap)

    page = coordinator.get(f"/imports/{waiting.pk}/difference/").content.decode()

    assert "Сроки изменены: 1" in page
    assert "<del>март 2022</del> → <ins>май 2022</ins>" in page
    assert "Проведение<ins> большого</ins> итогового" in page
    assert "Новые пункты: 1" in page
    assert "В приказе не названы: 1" in page


def test_what_is_ticked_is_accepted_and_the_rest_stays(
    ground: Ground, roadmap: Roadmap, coordinator: Client
) -> None:
    waiting = amending(ground, roadmap)
    moved = roadmap.activities.get(number="1.2")

    answer = coordinator.post(
        f"/imports/{waiting.pk}/difference/", {"version": "1", "accept": [f"moved:{moved.pk}", "added:l4"]}
    )

    amendment = Amendment.objects.get()
    assert answer["Location"] == f"/imports/amendments/{amendment.pk}/"
    assert sorted(Change.objects.values_list("what", "activity__number")) == [
        ("added", "1.5"),
        ("moved", "1.2"),
    ]
    added = roadmap.activities.get(number="1.5")
    assert Indicator.objects.filter(activity=added).exists()
    assert roadmap.activities.get(number="1.3").text == "Проведение итогового семинара"
    assert roadmap.activities.get(number="1.4").dropped_on is None
    shown = coordinator.get(answer["Location"]).content.decode()
    assert "<del>март 2022</del> → <ins>май 2022</ins>" in shown


def test_a_short_order_leaves_lines_it_does_not_name(
    ground: Ground, roadmap: Roadmap, coordinator: Client
) -> None:
    waiting = amending(ground, roadmap, AFTER[1])

    page = coordinator.get(f"/imports/{waiting.pk}/difference/").content.decode()

    untouched = roadmap.activities.get(number="1.4")
    assert f'value="dropped:{untouched.pk}" id="c-dropped:{untouched.pk}" aria-label' in page
    assert "остальные пункты остаются" in page


def test_the_whole_plan_anew_ticks_what_it_does_not_name(
    ground: Ground, roadmap: Roadmap, coordinator: Client
) -> None:
    waiting = amending(ground, roadmap)

    page = coordinator.get(f"/imports/{waiting.pk}/difference/").content.decode()

    untouched = roadmap.activities.get(number="1.4")
    assert f'value="dropped:{untouched.pk}" id="c-dropped:{untouched.pk}" checked' in page


@pytest.mark.parametrize(
    ("order", "version", "status", "words"),
    [
        ({"number": None, "date": "2022-06-01"}, "1", 422, "Укажите номер и дату"),
        ({"number": "9", "date": "2021-06-01"}, "1", 422, "Проверьте дату приказа"),
        (LATER, "7", 409, "R-CONFLICT"),
        (LATER, "не число", 409, "R-CONFLICT"),
    ],
)
def test_a_refused_amendment_keeps_what_was_ticked(
    ground: Ground,
    roadmap: Roadmap,
    coordinator: Client,
    order: dict[str, Any],
    version: str,
    status: int,
    words: str,
) -> None:
    waiting = amending(ground, roadmap, order=order)

    answer = coordinator.post(
        f"/imports/{waiting.pk}/difference/", {"version": version, "accept": ["added:l4"]}
    )

    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert 'value="added:l4" id="c-added:l4" checked' in page
    assert page.count(" checked") - page.count("radio") <= 4
    assert not Amendment.objects.exists()


def test_accepting_twice_shows_the_plan(ground: Ground, roadmap: Roadmap, coordinator: Client) -> None:
    waiting = amending(ground, roadmap)
    sent = {"version": "1", "accept": ["added:l4"]}
    coordinator.post(f"/imports/{waiting.pk}/difference/", sent)

    again = coordinator.post(f"/imports/{waiting.pk}/difference/", sent)

    assert again["Location"] == f"/roadmaps/{roadmap.pk}/"
    assert Amendment.objects.count() == 1


def test_an_amendment_of_another_town_is_not_there(
    ground: Ground, roadmap: Roadmap, coordinator: Client
) -> None:
    waiting = amending(ground, roadmap)
    coordinator.post(f"/imports/{waiting.pk}/difference/", {"version": "1", "accept": ["added:l4"]})
    Roadmap.objects.update(municipality=ground.other)

    assert coordinator.get(f"/imports/amendments/{Amendment.objects.get().pk}/").status_code == 404


@pytest.mark.parametrize("lines", [3, 300])
def test_the_difference_costs_the_same_for_any_number_of_lines(
    ground: Ground, coordinator: Client, lines: int, django_assert_num_queries: Any
) -> None:
    first = [line(f"1.{n}", f"Дело номер {n}") for n in range(lines)]
    then = [line(f"1.{n}", f"Дело номер {n}", "май", None, None) for n in range(lines)]
    roadmap = adopt_draft(draft=open_draft(ground, draft(*first)), version=1, by=ground.coordinator, at=NOW)
    waiting = amending(ground, roadmap, *then)

    with django_assert_num_queries(7):
        coordinator.get(f"/imports/{waiting.pk}/difference/")


def test_an_order_of_some_sections_speaks_of_the_sections_of_the_plan(
    ground: Ground, coordinator: Client
) -> None:
    first = [line("1.1", "Назначение координаторов"), line("2.1", "Анкетирование директоров", section=2)]
    roadmap = adopt_draft(draft=open_draft(ground, draft(*first)), version=1, by=ground.coordinator, at=NOW)
    only_second = [{"number": 1, "title": "Мониторинг"}]
    waiting = amending(
        ground,
        roadmap,
        line("2.1", "Анкетирование директоров"),
        line("2.2", "Анкетирование родителей"),
        sections=only_second,
    )

    coordinator.post(f"/imports/{waiting.pk}/difference/", {"version": "1", "accept": ["added:l2"]})

    assert list(roadmap.activities.values_list("number", "section__number")) == [
        ("1.1", 1),
        ("2.1", 2),
        ("2.2", 2),
    ]
    assert roadmap.sections.count() == 2


def test_an_order_that_prints_no_sections_or_numbers_changes_none(
    ground: Ground, roadmap: Roadmap, coordinator: Client
) -> None:
    same = [{**one, "number": None, "section": 0} for one in BASE]
    waiting = amending(ground, roadmap, *same, sections=[])

    page = coordinator.get(f"/imports/{waiting.pk}/difference/").content.decode()

    assert "Приказ ничего не меняет" in page
