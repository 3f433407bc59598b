"""Dropping an order through the door: what cannot be read is refused clearly and leaves nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opora.core.models import StoredFile
from opora.core.uploads import content_of
from opora.imports.actions import adopt_draft
from opora.imports.models import ImportDraft
from opora.plans.models import Roadmap
from tests.imports.conftest import open_draft
from tests.imports.ground import NOW, Ground, make_person

TABLE = (
    "№ п/п\tОписание действий\tДата реализации\tПоказатель реализации\n"
    "1. Организация\t\t\t\n"
    "1.1\tНазначение координаторов\tмарт 2022\tКоординаторы назначены\n"
    "1.2\tПодготовка отчётов\tмай-июнь 2022\tОтчёты подготовлены\n"
)


def blank_pdf() -> bytes:
    """A page without a letter on it, as a scanner leaves it when the picture is taken away."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 4\n0000000000 65535 f \n%strailer << /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (table, len(data))
    )


def sent(
    ground: Ground, content: bytes | str = TABLE, name: str = "приказ.txt", **changes: Any
) -> dict[str, Any]:
    data = content.encode() if isinstance(content, str) else content
    return {
        "file": SimpleUploadedFile(name, data),
        "municipality": ground.municipality.pk,
        "programme": ground.programme.pk,
        "what": "new",
        **changes,
    }


def files() -> set[Path]:
    return {place for place in (Path(settings.DATA) / "files").rglob("*") if place.is_file()}


def test_an_order_becomes_a_draft_with_its_original_kept(ground: Ground, coordinator: Client) -> None:
    answer = coordinator.post("/imports/", sent(ground))

    waiting = ImportDraft.objects.get()
    assert answer["Location"] == f"/imports/{waiting.pk}/"
    assert [line["number"] for line in waiting.content["lines"]] == ["1.1", "1.2"]
    assert content_of(waiting.file).decode() == TABLE
    given = coordinator.get(f"/imports/{waiting.pk}/original/")
    assert b"".join(given).decode() == TABLE  # type: ignore[call-overload]  # -- a streaming answer
    assert given["Content-Disposition"].startswith("attachment")
    assert given["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    ("content", "name", "code", "words"),
    [
        (b"", "приказ.docx", "F-EMPTY", "пуст"),
        (b"MZ\x90\x00" + b"\0" * 200, "приказ.docx", "F-TYPE", "Формат"),
        ("Просто письмо без таблицы".encode(), "письмо.txt", "F-NOTABLE", "мероприятиями"),
        (blank_pdf(), "скан.pdf", "F-SCAN", "скан"),
        (b"PK\x03\x04broken", "приказ.docx", "F-BROKEN", "повреждён"),
    ],
)
def test_what_is_not_an_order_is_refused_and_leaves_nothing(
    ground: Ground, coordinator: Client, content: bytes, name: str, code: str, words: str
) -> None:
    before = files()

    answer = coordinator.post("/imports/", sent(ground, content, name))

    page = answer.content.decode()
    assert answer.status_code in (400, 413, 415, 422)
    assert code in page
    assert words in page
    assert not ImportDraft.objects.exists()
    assert not StoredFile.objects.exists()
    assert files() == before


def test_a_file_over_the_limit_is_refused(ground: Ground, coordinator: Client, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1024

    answer = coordinator.post("/imports/", sent(ground, TABLE * 20))

    assert answer.status_code == 413
    assert "F-SIZE" in answer.content.decode()
    assert not ImportDraft.objects.exists()


def test_choices_made_beside_a_refused_file_stay(ground: Ground, coordinator: Client) -> None:
    roadmap = adopt_draft(draft=open_draft(ground), version=1, by=ground.coordinator, at=NOW)

    answer = coordinator.post("/imports/", sent(ground, b"", what=str(roadmap.pk)))

    assert f'value="{roadmap.pk}" selected' in answer.content.decode()


def test_no_file_at_all_is_asked_for(ground: Ground, coordinator: Client) -> None:
    answer = coordinator.post("/imports/", {"what": "new"})

    assert answer.status_code == 422
    assert "Выберите файл приказа" in answer.content.decode()


def test_the_same_file_again_offers_the_draft_that_waits(ground: Ground, coordinator: Client) -> None:
    coordinator.post("/imports/", sent(ground))

    answer = coordinator.post("/imports/", sent(ground, name="копия.txt"))

    waiting = ImportDraft.objects.get()
    assert answer.status_code == 409
    assert f'href="/imports/{waiting.pk}/"' in answer.content.decode()


def test_the_file_of_an_adopted_order_is_refused_with_a_link(ground: Ground, coordinator: Client) -> None:
    coordinator.post("/imports/", sent(ground))
    adopt_draft(draft=ImportDraft.objects.get(), version=1, by=ground.coordinator, at=NOW)

    answer = coordinator.post("/imports/", sent(ground))

    assert answer.status_code == 409
    assert f'href="/roadmaps/{Roadmap.objects.get().pk}/"' in answer.content.decode()
    assert ImportDraft.objects.count() == 1


def test_changes_to_a_plan_lead_to_the_difference(ground: Ground, coordinator: Client) -> None:
    coordinator.post("/imports/", sent(ground))
    roadmap = adopt_draft(draft=ImportDraft.objects.get(), version=1, by=ground.coordinator, at=NOW)

    later = TABLE.replace("март 2022", "апрель 2022")
    answer = coordinator.post("/imports/", sent(ground, later, what=str(roadmap.pk)), follow=True)

    assert answer.status_code == 200
    assert "<del>март 2022</del> → <ins>апрель 2022</ins>" in answer.content.decode()


def test_a_draft_put_aside_is_brought_back(ground: Ground, coordinator: Client) -> None:
    waiting = open_draft(ground)

    coordinator.post(f"/imports/{waiting.pk}/discard/")
    aside = coordinator.get("/imports/").content.decode()
    shut = coordinator.post(f"/imports/{waiting.pk}/adopt/", {"version": "2"})
    back = coordinator.post(f"/imports/{waiting.pk}/reopen/")

    assert "Отложенные черновики: 1" in aside
    assert shut.status_code == 409
    assert back["Location"] == f"/imports/{waiting.pk}/"
    assert coordinator.get(back["Location"]).status_code == 200


def test_another_town_is_not_offered_and_not_taken(ground: Ground, coordinator: Client) -> None:
    page = coordinator.get("/imports/").content.decode()
    answer = coordinator.post("/imports/", sent(ground, municipality=ground.other.pk))

    assert "Соседск" not in page
    assert answer.status_code == 422
    assert not ImportDraft.objects.exists()


def test_the_door_is_shut_to_strangers_and_curators(ground: Ground, client: Client) -> None:
    stranger = client.get("/imports/")
    client.force_login(ground.curator)
    curator = client.get("/imports/")
    client.force_login(make_person("nobody@example.org", "Никто"))
    nobody = client.get("/imports/")

    assert (stranger.status_code, curator.status_code, nobody.status_code) == (302, 403, 403)


@pytest.mark.parametrize("drafts", [3, 30])
def test_the_list_of_drafts_costs_the_same(
    ground: Ground, coordinator: Client, drafts: int, django_assert_num_queries: Any
) -> None:
    for number in range(drafts):
        open_draft(ground, data=f"order {number}".encode())

    with django_assert_num_queries(10):
        coordinator.get("/imports/")
