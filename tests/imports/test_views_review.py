"""The review page through the door: lines corrected in place, remarks decided, nothing lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from opora.accounts.models import User
from opora.imports.content import live_lines
from opora.imports.forms import initial_of
from opora.imports.models import ImportDraft
from tests.imports.conftest import address, open_draft
from tests.imports.ground import Ground, draft, line


def typed(waiting: ImportDraft, key: str, **changes: Any) -> dict[str, Any]:
    """What the form of a line sends, with some fields changed."""
    found = next(one for one in waiting.content["lines"] if one["key"] == key)
    values = initial_of(found) | changes
    sent = {f"{key}-{name}": value for name, value in values.items() if value not in (None, False)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in sent.items()}


def line_of(waiting: ImportDraft, key: str) -> dict[str, Any]:
    waiting.refresh_from_db()
    return next(one for one in waiting.content["lines"] if one["key"] == key)


def test_the_page_shows_lines_beside_what_was_printed(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground)

    page = coordinator.get(address(waiting), {"show": "all"}).content.decode()

    assert "Утвердить карту: 3\u00a0пункта" in page
    assert "1–\u206031\u00a0декабря\u00a02021" in page
    assert "Документы размещены" in page


def test_a_changed_term_is_read_again_at_once(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground)

    coordinator.post(address(waiting, "lines", "l2"), typed(waiting, "l2", period_text="май-июнь 2022"))

    period = line_of(waiting, "l2")["period"]
    assert (period["start"], period["end"]) == ("2022-05-01", "2022-06-30")
    shown = coordinator.get(address(waiting), {"show": "all"}).content.decode()
    assert "1\u00a0мая – 30\u00a0июня\u00a02022" in shown
    assert "в приказе: март 2022" in shown


def test_days_set_by_hand_stand_over_the_words(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground)

    coordinator.post(address(waiting, "lines", "l2"), typed(waiting, "l2", end="2022-04-15"))

    period = line_of(waiting, "l2")["period"]
    assert (period["text"], period["end"], period["is_by_hand"]) == ("март 2022", "2022-04-15", True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"period_text": "31.02.2022"}, "не существует"),
        ({"start": "31.02.2022"}, "Такого дня нет"),
        ({"start": "2022-05-01", "end": "2022-04-01"}, "Окончание раньше начала"),
        ({"text": "а\x00б"}, "недопустимые символы (позиция 2)"),
        ({"text": "а" * 10_001}, "Слишком длинно: 10001"),
        ({"text": ""}, "Обязательное поле"),
        ({"amount": "0"}, "больше либо равно 1"),
        ({"section": "77"}, "Выберите корректный вариант"),
    ],
)
def test_what_cannot_be_saved_is_explained_and_kept_in_the_fields(
    ground: Ground, coordinator: Client, changes: dict[str, Any], words: str
) -> None:
    waiting = open_draft(ground)
    before = line_of(waiting, "l1")

    sent = typed(waiting, "l1", promise="Набрано вручную", **changes)
    answer = coordinator.post(address(waiting, "lines", "l1"), sent)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Набрано вручную" in answer.content.decode()
    assert line_of(waiting, "l1") == before


def test_two_coordinators_at_one_line_both_see_both_versions(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground)
    mine = typed(waiting, "l1", text="Мои слова")
    theirs = Client()
    theirs.force_login(ground.colleague)
    theirs.post(address(waiting, "lines", "l1"), typed(waiting, "l1", text="Слова коллеги"))

    answer = coordinator.post(address(waiting, "lines", "l1"), mine)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "R-CONFLICT" in page
    assert "Мои слова" in page
    assert "<dd>Слова коллеги</dd>" in page
    assert line_of(waiting, "l1")["text"] == "Слова коллеги"
    again = mine | {"l1-version": "2"}
    assert coordinator.post(address(waiting, "lines", "l1"), again).status_code == 302
    assert line_of(waiting, "l1")["text"] == "Мои слова"


def test_two_coordinators_at_different_lines_do_not_meet(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground)
    first, second = typed(waiting, "l1", text="Первый"), typed(waiting, "l2", text="Второй")

    coordinator.post(address(waiting, "lines", "l1"), first)
    answer = coordinator.post(address(waiting, "lines", "l2"), second)

    assert answer.status_code == 302
    assert (line_of(waiting, "l1")["text"], line_of(waiting, "l2")["text"]) == ("Первый", "Второй")


def test_a_line_is_deleted_and_brought_back(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground)

    coordinator.post(address(waiting, "lines", "l1", "remove"))
    gone = len(live_lines(ImportDraft.objects.get().content))
    coordinator.post(address(waiting, "lines", "l1", "remove"), {"do": "restore"})

    assert (gone, len(live_lines(ImportDraft.objects.get().content))) == (2, 3)


def test_a_line_is_added_at_the_end_of_its_section(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground)
    sent = {
        "new-version": "0",
        "new-number": "1.3",
        "new-section": "1",
        "new-text": "Проведение вебинара",
        "new-period_text": "апрель",
        "new-promise": "Вебинар проведён",
    }

    coordinator.post(address(waiting, "lines"), sent)

    added = ImportDraft.objects.get().content["lines"][2]
    assert (added["number"], added["period"]["start"]) == ("1.3", "2022-04-01")
    assert added["targets"][0][0] == "events_held"


def test_a_line_moved_to_another_section_stands_at_its_end(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground)

    coordinator.post(address(waiting, "lines", "l1"), typed(waiting, "l1", section=2))

    lines = ImportDraft.objects.get().content["lines"]
    assert [(one["key"], one["section"]) for one in lines] == [("l2", 1), ("l3", 2), ("l1", 2)]


def test_ticking_no_end_takes_the_old_end_away(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground)

    coordinator.post(address(waiting, "lines", "l2"), typed(waiting, "l2", is_open_ended="on"))

    period = line_of(waiting, "l2")["period"]
    assert (period["start"], period["end"], period["open_ended"]) == ("2022-03-01", None, True)


NUMBER_LOST = {"code": "number_missing", "level": "warning", "line": 3, "message": "У пункта нет номера"}


def test_a_suggested_number_is_accepted_and_taken_back(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground, draft(problems=[NUMBER_LOST]))
    assert "Осталось решить 1\u00a0замечание" in coordinator.get(address(waiting)).content.decode()

    coordinator.post(address(waiting, "remarks", "p1"), {"do": "number"})
    accepted = line_of(waiting, "l3")["number"]
    page = coordinator.get(address(waiting)).content.decode()
    coordinator.post(address(waiting, "remarks", "p1"), {"do": "back"})

    assert accepted == "2.1"
    assert "Всё решено" in page
    assert line_of(waiting, "l3")["number"] is None


def test_what_was_typed_over_a_decision_stays_when_it_is_taken_back(
    ground: Ground, coordinator: Client
) -> None:
    waiting = open_draft(ground, draft(problems=[NUMBER_LOST]))
    coordinator.post(address(waiting, "remarks", "p1"), {"do": "number"})
    waiting.refresh_from_db()
    coordinator.post(address(waiting, "lines", "l3"), typed(waiting, "l3", number="2.7"))

    coordinator.post(address(waiting, "remarks", "p1"), {"do": "back"})

    assert line_of(waiting, "l3")["number"] == "2.7"


def test_a_repeated_number_of_any_letters_can_be_decided(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground, draft(line("1/2 б", "Одно"), line("1/2 б", "Другое")))

    page = coordinator.get(address(waiting)).content.decode()
    coordinator.post(address(waiting, "remarks", "d:1/2 б"), {"do": "keep"})

    assert "Номер 1/2 б повторяется" in page
    assert "d:1/2 б" in ImportDraft.objects.get().decided


def test_cut_words_are_completed_by_a_like_line(ground: Ground, coordinator: Client) -> None:
    whole = "Размещение результатов анализа в сети интернет (на странице проекта)."
    cut = "Размещение результатов анализа в сети"
    problem = {"code": "text_cut", "level": "warning", "line": "4.9", "message": "Показатель обрывается"}
    waiting = open_draft(
        ground,
        draft(line("4.8", "Анализ", promise=whole), line("4.9", "Анализ 2", promise=cut), problems=[problem]),
    )
    shown = coordinator.get(address(waiting)).content.decode()

    coordinator.post(address(waiting, "remarks", "p1"), {"do": "complete"})

    assert "Дописать по 4.8" in shown
    assert "<mark>в сети</mark>" in shown
    assert line_of(waiting, "l2")["promise"] == whole


def test_permanent_work_loses_its_end(ground: Ground, coordinator: Client) -> None:
    problem = {"code": "term_is_permanent", "level": "warning", "line": "1.2", "message": "Постоянная работа"}
    waiting = open_draft(ground, draft(problems=[problem]))

    coordinator.post(address(waiting, "remarks", "p1"), {"do": "permanent"})

    period = line_of(waiting, "l2")["period"]
    assert (period["start"], period["end"], period["open_ended"]) == ("2022-03-01", None, True)


def test_a_remark_is_not_decided_in_a_way_it_does_not_offer(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground, draft(problems=[NUMBER_LOST]))

    assert coordinator.post(address(waiting, "remarks", "p1"), {"do": "swap"}).status_code == 409
    assert coordinator.post(address(waiting, "remarks", "d:none"), {"do": "keep"}).status_code == 409


def test_the_order_is_corrected_and_another_year_reads_assumed_terms_again(
    ground: Ground, coordinator: Client
) -> None:
    assumed = line("1.1", "Совещание", "март")
    assumed["period"]["confidence"] = "assumed"
    waiting = open_draft(ground, draft(assumed))
    sent = {
        "version": "1",
        "number": "12",
        "signed_on": "2021-01-15",
        "title": "Карта",
        "year": "2021",
        "programme": ground.programme.pk,
    }

    coordinator.post(address(waiting, "order"), sent)

    content = ImportDraft.objects.get().content
    assert content["order"] == {"number": "12", "date": "2021-01-15", "issuer": None, "signed_by": None}
    assert content["lines"][0]["period"]["start"] == "2021-03-01"
    stale = coordinator.post(address(waiting, "order"), sent | {"number": "13"})
    assert stale.status_code == 409
    assert "<dd>12</dd>" in stale.content.decode()


def test_an_order_of_a_day_to_come_is_refused(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground)
    sent = {"version": "1", "number": "1", "signed_on": "2099-01-01", "title": "К", "year": "2022"}

    answer = coordinator.post(address(waiting, "order"), sent | {"programme": ground.programme.pk})

    assert answer.status_code == 422
    assert "будущим днём" in answer.content.decode()


@pytest.mark.parametrize("lines", [3, 300])
def test_the_page_costs_the_same_for_any_number_of_lines(
    ground: Ground, coordinator: Client, lines: int, django_assert_num_queries: Any
) -> None:
    waiting = open_draft(ground, draft(*(line(f"1.{n}", f"Дело {n}") for n in range(lines))))

    with django_assert_num_queries(7):
        coordinator.get(address(waiting), {"show": "all"})


def test_two_thousand_lines_are_shown_by_hundreds(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground, draft(*(line(f"1.{n}", f"Дело {n}") for n in range(2000))))

    page = coordinator.get(address(waiting), {"show": "all", "page": "20"}).content.decode()
    opened = coordinator.get(address(waiting), {"show": "all", "edit": "l1950"}).content.decode()

    assert page.count("Уверенно") == 100
    assert "Страница 20 из 20" in page
    assert 'name="l1950-text"' in opened


def test_a_term_is_told_while_it_is_typed(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground)

    answer = coordinator.get(address(waiting, "term"), {"l1-period_text": "до 15 апреля"})

    assert answer.content.decode().strip() == "Понят как: до 15\u00a0апреля\u00a02022"


DOORS = [
    ("get", ""),
    ("post", "order"),
    ("get", "term"),
    ("post", "lines"),
    ("post", "lines/l1"),
    ("post", "lines/l1/remove"),
    ("post", "remarks/p1"),
    ("post", "adopt"),
    ("post", "discard"),
    ("post", "reopen"),
    ("get", "original"),
    ("get", "difference"),
]


@pytest.mark.parametrize(("method", "rest"), DOORS)
def test_doors_are_shut_to_strangers_curators_and_other_towns(
    ground: Ground, client: Client, method: str, rest: str
) -> None:
    waiting = open_draft(ground)
    foreign = open_draft(ground, municipality=ground.other)
    door = f"/imports/{waiting.pk}/{rest}/" if rest else f"/imports/{waiting.pk}/"
    stranger = getattr(client, method)(door)

    client.force_login(User.objects.get(pk=ground.curator.pk))
    curator = getattr(client, method)(door)
    client.force_login(ground.coordinator)
    neighbour = getattr(client, method)(door.replace(f"/{waiting.pk}/", f"/{foreign.pk}/", 1))

    assert (stranger.status_code, curator.status_code, neighbour.status_code) == (302, 403, 404)
    assert stranger["Location"].startswith("/login/")
