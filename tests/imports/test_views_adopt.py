"""Adoption through the door: one plan for one order, whole or not at all."""

from __future__ import annotations

from datetime import date

from django.test import Client

from opora.documents.models import Document
from opora.indicators.models import Indicator, Reading
from opora.plans.models import Activity, Roadmap
from tests.documents.conftest import PDF
from tests.imports.conftest import address, open_draft
from tests.imports.ground import Ground, draft, line


def test_adoption_makes_the_plan_with_its_promises_once(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground)

    first = coordinator.post(address(waiting, "adopt"), {"version": "1"})
    second = coordinator.post(address(waiting, "adopt"), {"version": "1"})

    roadmap = Roadmap.objects.get()
    assert first["Location"] == second["Location"] == f"/roadmaps/{roadmap.pk}/"
    assert Activity.objects.count() == 3
    assert list(Indicator.objects.values_list("activity__number", "position", "kind").order_by("pk"))[:3] == [
        ("1.1", 1, "documents_ready"),
        ("1.2", 1, "documents_published"),
        ("1.2", 2, "documents_ready"),
    ]
    waiting.refresh_from_db()
    assert (waiting.state, waiting.roadmap) == ("adopted", roadmap)


def test_a_draft_changed_by_another_is_not_adopted_unseen(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground)
    coordinator.post(address(waiting, "lines", "l1", "remove"))

    answer = coordinator.post(address(waiting, "adopt"), {"version": "1"})

    assert answer.status_code == 409
    assert "R-CONFLICT" in answer.content.decode()
    assert not Roadmap.objects.exists()


def test_a_repeated_number_holds_adoption_until_it_is_decided(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground, draft(line("1.1", "Одно"), line("1.1", "Другое")))
    page = coordinator.get(address(waiting)).content.decode()
    held = coordinator.post(address(waiting, "adopt"), {"version": "1"})
    assert "Пока нельзя: номер 1.1 стоит у двух пунктов" in page
    assert held.status_code == 422

    coordinator.post(address(waiting, "remarks", "d:1.1"), {"do": "keep"})
    adopted = coordinator.post(address(waiting, "adopt"), {"version": "2"})

    assert adopted.status_code == 302
    assert Activity.objects.filter(number="1.1").count() == 2


def test_a_plan_without_lines_is_not_adopted(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground, draft(line("1.1", "Одно")))
    coordinator.post(address(waiting, "lines", "l1", "remove"))

    answer = coordinator.post(address(waiting, "adopt"), {"version": "2"})

    assert answer.status_code == 422
    assert "нет ни одного пункта" in answer.content.decode()


def test_the_same_order_from_another_file_is_refused_with_a_link(ground: Ground, coordinator: Client) -> None:
    first = open_draft(ground)
    coordinator.post(address(first, "adopt"), {"version": "1"})
    second = open_draft(ground, data=b"the same order, saved again")

    answer = coordinator.post(address(second, "adopt"), {"version": "1"})

    assert answer.status_code == 409
    assert f'href="/roadmaps/{Roadmap.objects.get().pk}/"' in answer.content.decode()


def test_the_order_enters_the_documents_and_the_first_readings_are_taken(
    ground: Ground, coordinator: Client
) -> None:
    waiting = open_draft(ground, data=PDF, kind="pdf", file_name="Приказ.pdf")

    coordinator.post(address(waiting, "adopt"), {"version": "1"})

    document = Document.objects.get()
    assert (document.number, document.dated_on, document.state) == (
        "04-06/06-2",
        date(2022, 2, 28),
        "approved",
    )
    assert Reading.objects.count() == 3


def test_an_order_in_a_format_that_documents_do_not_take_is_adopted_all_the_same(
    ground: Ground, coordinator: Client
) -> None:
    waiting = open_draft(ground, data=b"MZ not a document", kind="html", file_name="Приказ.html")

    answer = coordinator.post(address(waiting, "adopt"), {"version": "1"})

    assert answer.status_code == 302
    assert Roadmap.objects.get().file == waiting.file
    assert not Document.objects.exists()
