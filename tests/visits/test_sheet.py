"""The sheet of a visit through the client: drafts, agreed steps, one sending taken once, two versions, the blank."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pypdfium2
import pytest
from django.test import Client

from opora.core.refusal import Refused
from opora.programmes.pack import path_of, read_pack
from opora.schools.actions.risks import LEFT
from opora.visits.fields import USUAL, day_in, fields_of
from opora.visits.models import SheetSubmission, Visit
from opora.visits.views.blank import address_of, blank_of, code_of
from tests.visitor import Page, Visitor
from tests.visits.scene import Scene, choose_risk, held_before, make_scene

pytestmark = pytest.mark.django_db
KEY = UUID("7f000000-0000-4000-8000-000000000001")


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def curator(scene: Scene) -> Visitor:
    return scene.visitor("curator")


def sheet_of(scene: Scene, curator: Visitor) -> Page:
    return curator.open(f"{scene.address}sheet/")


def send_quietly(scene: Scene, visitor: Visitor, **values: Any) -> Any:
    """A sending of the page's own script."""
    client = Client()
    client.cookies = visitor.client.cookies
    told = {"version": 0, "deed": "draft", "key": str(uuid4()), "form": "on_site", **values}
    return client.post(f"{scene.address}sheet/", told, headers={"X-Opora-Sheet": "1"})


def test_what_is_known_stands_in_the_sheet(scene: Scene, curator: Visitor) -> None:
    choose_risk(scene, 8)
    held_before(scene, "Составить план", "Позвать родителей")
    page = sheet_of(scene, curator)
    for words in (
        "Школа № 101",
        "Низкая учебная мотивация обучающихся",
        "Составить план",
        "Позвать родителей",
    ):
        assert words in page.words
    assert page.words.index("О чём договаривались") < page.words.index("Когда состоялось")
    form = page.forms_to("")[-1]
    assert (form.fields["held_on"], form.fields["form"]) == ("2022-09-20", "on_site")


def test_the_sheet_asks_about_what_was_chosen_on_the_day(scene: Scene, curator: Visitor) -> None:
    choose_risk(scene, 8)
    choose_risk(scene, 8, LEFT, on=date(2022, 9, 25))
    choose_risk(scene, 3, on=date(2022, 9, 25))

    assert "risks-8" in sheet_of(scene, curator).forms_to("")[-1].fields
    later = curator.open(f"{scene.address}sheet/?on=2022-09-26").forms_to("")[-1]
    assert ("risks-8" in later.fields, "risks-3" in later.fields) == (False, True)


def test_words_about_a_risk_stay_in_the_sheet_when_the_school_lets_it_go(
    scene: Scene, curator: Visitor
) -> None:
    choose_risk(scene, 8)
    curator.send(sheet_of(scene, curator), **{"risks-8": "Дети скучают", "deed": "draft"})
    choose_risk(scene, 8, LEFT, on=date(2022, 9, 25))

    page = curator.open(f"{scene.address}sheet/?on=2022-09-26")
    curator.send(page, deed="draft")

    assert scene.again().sheet["risks"] == {"8": "Дети скучают"}


def test_an_unfinished_sheet_is_kept_as_it_was_typed(scene: Scene, curator: Visitor) -> None:
    page = curator.send(
        sheet_of(scene, curator),
        "",
        with_whom="Директор",
        findings="Две строки\r\nтекста",
        held_on="31.02.2022",
        **{"lessons-0-subject": "Физика", "lessons-0-grade": "8 «А»", "steps-0-text": "Без дня"},
    )
    assert "Лист сохранён" in page.words
    fields = page.forms_to("")[-1].fields
    assert fields["held_on"] == "31.02.2022"
    assert fields["lessons-0-grade"] == "8 «А»"
    assert "lessons-1-grade" in fields
    assert fields["steps-0-text"].strip() == "Без дня"
    kept = scene.again()
    assert (kept.held_on, kept.steps.count(), kept.sheet["findings"]) == (None, 0, "Две строки\nтекста")


def test_a_held_visit_has_its_steps_as_rows_and_follows_the_earlier_ones(
    scene: Scene, curator: Visitor
) -> None:
    done, moved, left = held_before(scene, "Составить план", "Позвать родителей", "Купить доску")
    page = sheet_of(scene, curator)
    page.forms_to("")[0].fields["form"] = "remote"
    page = curator.send(
        page,
        "",
        deed="hold",
        held_on="16.09.2022",
        findings="Хорошо",
        **{
            f"followed-{done.pk}-state": "done",
            f"followed-{done.pk}-words": "План есть",
            f"followed-{moved.pk}-state": "moved",
            f"followed-{moved.pk}-due_on": "2022-10-15",
            f"followed-{left.pk}-state": "open",
            f"followed-{left.pk}-words": "Ждут денег",
            "steps-0-side": "curator",
            "steps-0-text": "Прислать образец",
            "steps-0-responsible": "Куратор",
            "steps-0-due_on": "2022-10-01",
        },
    )
    kept = scene.again()
    for step in (done, moved, left):
        step.refresh_from_db()
    assert (kept.held_on, kept.form) == (date(2022, 9, 16), "remote")
    assert (done.done_on, done.done_words, done.followed_at) == (date(2022, 9, 16), "План есть", kept)
    assert (moved.due_on, moved.done_on) == (date(2022, 10, 15), None)
    assert left.done_on is None
    (made,) = kept.steps.all()
    assert (made.side, made.text, made.due_on) == ("curator", "Прислать образец", date(2022, 10, 1))
    assert "пока открыто, Ждут денег" in page.words
    assert "переносим, до 15.10.2022" in page.words


def test_a_step_marked_done_by_mistake_is_open_again(scene: Scene, curator: Visitor) -> None:
    (step,) = held_before(scene, "Составить план")
    name = f"followed-{step.pk}-state"
    curator.send(sheet_of(scene, curator), "", deed="hold", held_on="2022-09-16", **{name: "done"})
    curator.send(sheet_of(scene, curator), "", deed="save", **{name: "open"})
    step.refresh_from_db()
    assert step.done_on is None


@pytest.mark.parametrize(
    ("values", "words", "status"),
    [
        ({"held_on": "2099-01-01"}, "ещё не наступило", 422),
        ({"held_on": ""}, "Укажите день, когда состоялось", 422),
        ({"held_on": "31.02.2022"}, "Дня «31.02.2022» нет", 422),
        ({"held_on": "2022-07-01"}, "2 этап начинается", 422),
        ({"steps-0-text": "Без дня"}, "Договорённость 1: укажите, до какого дня", 422),
        ({"steps-0-text": "Не тот день", "steps-0-due_on": "32.13.2022"}, "дня «32.13.2022» нет", 422),
        ({"steps-0-text": "Рано", "steps-0-due_on": "2022-09-01"}, "Договорённость 1: Посещение", 422),
        ({"steps-0-due_on": "2022-10-01"}, "Договорённость 1: напишите, что сделать", 422),
        ({"with_whom": "а\x01б"}, "недопустимые символы", 400),
        ({"documents": "ы" * 60_000}, "Лист слишком велик", 413),
    ],
)
def test_a_sheet_that_does_not_fit_is_refused_and_nothing_typed_is_lost(
    scene: Scene, curator: Visitor, values: dict[str, str], words: str, status: int
) -> None:
    told = {"held_on": "2022-09-16", "findings": "Осталось на месте", **values}
    page = curator.send(sheet_of(scene, curator), "", status, deed="hold", **told)
    assert words in page.words
    fields = page.forms_to("")[-1].fields
    for name, value in told.items():
        if "\x01" not in value and name != "held_on":
            assert fields[name].strip() == value
    kept = scene.again()
    assert (kept.held_on, kept.steps.count(), kept.sheet) == (None, 0, {})
    assert SheetSubmission.objects.count() == 0


def test_the_same_sending_again_is_answered_the_same_and_writes_nothing(
    scene: Scene, curator: Visitor
) -> None:
    values = {"key": str(KEY), "deed": "hold", "held_on": "2022-09-16", "findings": "Один раз"}
    values |= {"steps-0-text": "Прислать образец", "steps-0-due_on": "2022-10-01", "steps-0-side": "curator"}
    answers = [send_quietly(scene, curator, **values).json() for _ in range(3)]
    assert [{**answer, "at": ""} for answer in answers] == [
        {"version": 1, "at": "", "address": scene.address}
    ] * 3
    kept = scene.again()
    assert (kept.steps.count(), kept.sheet_version, SheetSubmission.objects.get().key) == (1, 1, KEY)
    later = send_quietly(scene, curator, **{**values, "findings": "Под тем же ключом"})
    assert (later.json()["version"], scene.again().sheet["findings"]) == (1, "Один раз")


def test_a_key_of_another_visit_is_refused(scene: Scene, curator: Visitor) -> None:
    send_quietly(scene, curator, key=str(KEY), findings="Первое")
    (other,) = {step.visit_id for step in held_before(scene, "Составить план")}
    client = Client()
    client.cookies = curator.client.cookies
    answer = client.post(
        f"/visits/{other}/sheet/", {"key": str(KEY), "version": 1}, headers={"X-Opora-Sheet": "1"}
    )
    assert (answer.status_code, "другому посещению" in answer.json()["errors"][0]) == (409, True)


def test_an_old_version_gets_both_versions_and_overwrites_nothing(scene: Scene, curator: Visitor) -> None:
    page = sheet_of(scene, curator)
    send_quietly(scene, curator, findings="С телефона", **{"lessons-0-subject": "Физика"})
    told = curator.send(page, "", 409, findings="Со стола")
    assert "Пока вы правили, запись изменили" in told.words
    assert "Сохранено: С телефона" in told.words
    assert "У вас: Со стола" in told.words
    assert "Сохранено: Физика" in told.words
    assert scene.again().sheet["findings"] == "С телефона"
    assert told.forms_to("")[-1].fields["findings"].strip() == "Со стола"
    curator.send(told, "", findings="Со стола")
    assert scene.again().sheet["findings"] == "Со стола"


def test_a_page_is_told_of_a_conflict_and_of_a_refusal_in_its_own_words(
    scene: Scene, curator: Visitor
) -> None:
    send_quietly(scene, curator, findings="Первое")
    conflict = send_quietly(scene, curator, findings="Второе")
    assert (conflict.status_code, conflict.json()["version"]) == (409, 1)
    assert "Первое" in conflict.json()["html"]
    refused = send_quietly(scene, curator, version=1, deed="report")
    assert (refused.status_code, refused.json()["errors"]) == (
        422,
        ["Посещение ещё не отмечено состоявшимся: сначала отметьте день, потом сдайте отчёт."],
    )
    assert scene.again().sheet["findings"] == "Первое"


def test_a_sheet_that_was_handed_in_takes_no_late_draft(scene: Scene, curator: Visitor) -> None:
    curator.send(sheet_of(scene, curator), "", deed="hold", held_on="2022-09-16", findings="Хорошо")
    curator.send(sheet_of(scene, curator), "", deed="report")
    late = send_quietly(scene, curator, version=1, findings="Поздно")
    assert (late.status_code, scene.again().sheet["findings"]) == (422, "Хорошо")
    assert "Лист уже не правится" in sheet_of(scene, curator).words


def test_only_the_own_curator_and_the_centre_keep_the_sheet(scene: Scene) -> None:
    for who, status in (("school", 403), ("head", 403), ("curator two", 404), ("fellow", 404)):
        scene.visitor(who).open(f"{scene.address}sheet/", status=status)
    centre = scene.visitor("coordinator")
    centre.send(centre.open(f"{scene.address}sheet/"), "", findings="Внёс центр")
    assert scene.again().sheet["findings"] == "Внёс центр"


def test_fields_come_from_the_pack_and_the_usual_ones_stand_in(scene: Scene) -> None:
    assert [field.code for field in fields_of(scene.programme)] == [field.code for field in USUAL]
    scene.programme.forms = {"visit_sheet": [{"code": "mood", "label": "Настроение", "kind": "line"}]}
    assert [(field.code, field.label) for field in fields_of(scene.programme)] == [("mood", "Настроение")]
    for broken in ([{"code": "held_on", "label": "День", "kind": "line"}], [{"code": "x"}], "text", [7]):
        scene.programme.forms = {"visit_sheet": broken}
        assert fields_of(scene.programme) == USUAL


@pytest.mark.parametrize(
    "told", ["forms = 7", '[[forms.visit_sheet]]\ncode = "x"\nlabel = ""\nkind = "line"']
)
def test_a_pack_with_a_broken_form_is_refused(tmp_path: Path, told: str) -> None:
    place = tmp_path / "broken.toml"
    lines = path_of("school-of-ministry-2023").read_text(encoding="utf-8").partition("[[stages]]")
    place.write_text(f"{lines[0]}{told}\n{lines[1]}{lines[2]}", encoding="utf-8")
    with pytest.raises(Refused, match=r"broken\.toml"):
        read_pack(place)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2022-09-16", date(2022, 9, 16)), (" 5.9.2022 ", date(2022, 9, 5)), ("31.02.2022", None), ("", None)],
)
def test_a_day_is_read_as_browsers_and_people_write_it(typed: str, day: date | None) -> None:
    assert day_in(typed) == day


def test_the_blank_bears_what_is_known_and_a_code_of_the_record(scene: Scene) -> None:
    choose_risk(scene, 8)
    held_before(scene, "Составить план 🚀")
    visit = Visit.objects.select_related("school__municipality", "stage", "programme", "curator").get(
        pk=scene.visit.pk
    )
    pages = pypdfium2.PdfDocument(blank_of(visit, date(2022, 9, 20)))
    words = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    for told in (
        "Школа № 101",
        "16 сентября 2022",
        "Низкая учебная мотивация",
        "Составить план",
        "Что увидели",
    ):
        assert told in words.replace("\u00a0", " ")
    assert address_of(visit).endswith(f"/visits/{visit.pk}/")
    assert address_of(visit) in " ".join(words.split())
    assert code_of(address_of(visit)) != code_of(f"{address_of(visit)}1/")
    answer = scene.visitor("curator").client.get(f"{scene.address}blank/")
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_worker_stands_at_the_root_and_may_be_asked_by_anybody(client: Client) -> None:
    answer = client.get("/offline.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert b"/visits" in answer.content


def test_the_answer_to_a_sending_is_plain(scene: Scene, curator: Visitor) -> None:
    told = json.loads(send_quietly(scene, curator, findings="Хорошо").content)
    assert told.keys() == {"version", "at", "address"}
    assert (told["version"], told["address"]) == (1, "")
