"""The record of a visit through its pages: buttons by rights and state, refusals in Russian, nothing typed lost."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from opora.documents.models import Document
from opora.visits.models import Step
from tests.visitor import Visitor
from tests.visits.scene import Scene, held_before, make_scene

pytestmark = pytest.mark.django_db
HOLD = {"deed": "hold", "held_on": "2022-09-16", "findings": "Учителя ходят друг к другу"}


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def buttons(page: Any) -> list[str]:
    """The deeds that the record offers, by the addresses of their forms."""
    return [
        form.action.split("/")[-2] for form in page.tree.forms if (form.action or "").startswith("/visits/")
    ]


def test_a_visit_goes_from_the_plan_to_the_approved_report_by_its_buttons(scene: Scene) -> None:
    school, curator, head = map(scene.visitor, ("school", "curator", "head"))
    page = school.send(school.open(scene.address), "/agree/")
    assert "Школа подтвердила" in page.words
    page = curator.send(curator.open(f"{scene.address}sheet/"), "", **HOLD)
    assert "Состоялось, ждёт отчёта" in page.words
    page = curator.send(page, "/report/")
    assert "Ждём методический центр" in page.words
    page = head.send(head.open(scene.address), "/return/", question="Какие уроки?")
    assert "Какие уроки?" in page.words
    page = curator.send(curator.open(scene.address), "/report/")
    assert "Отчёт сдан, ждёт приёма" in page.words
    page = head.send(head.open(scene.address), "/approve/")
    assert "Отчёт принят" in page.words
    kept = scene.again()
    assert (kept.agreed_by, kept.approved_by) == (scene.people["school"], scene.people["head"])
    assert kept.sheet["findings"] == HOLD["findings"]


def test_buttons_follow_rights_and_state(scene: Scene) -> None:
    assert buttons(scene.visitor("school").open(scene.address)) == ["agree", "propose"]
    assert buttons(scene.visitor("curator").open(scene.address)) == ["move", "cancel"]
    assert buttons(scene.visitor("head").open(scene.address)) == []
    assert buttons(scene.visitor("fellow").open(scene.address)) == []
    curator = scene.visitor("curator")
    curator.send(curator.open(f"{scene.address}sheet/"), "", **HOLD)
    assert buttons(curator.open(scene.address)) == ["report"]
    assert buttons(scene.visitor("school").open(scene.address)) == []


def test_another_school_and_another_curator_find_nothing(scene: Scene) -> None:
    for who in ("school two", "curator two"):
        scene.visitor(who).open(scene.address, status=404)
    scene.visitor("school two").open(f"{scene.address}agree/", status=404)
    for page in ("sheet", "move", "report", "cancel", "papers", "blank"):
        scene.visitor("curator two").open(f"{scene.address}{page}/", status=404)
        scene.visitor("fellow").open(f"{scene.address}{page}/", status=404)
    scene.visitor("expert").open(scene.address)
    scene.visitor("region").open(scene.address)


def test_a_stranger_is_asked_to_sign_in(scene: Scene) -> None:
    for page in ("", "sheet/", "blank/", "papers/", "agree/"):
        answer = Client().get(f"{scene.address}{page}")
        assert (answer.status_code, answer.headers["Location"]) == (
            302,
            f"/login/?next={scene.address}{page}",
        )


def test_a_school_proposes_a_day_and_the_curator_takes_it_or_keeps_the_old_one(scene: Scene) -> None:
    school, curator = scene.visitor("school"), scene.visitor("curator")
    page = school.open(f"{scene.address}?on=2022-09-10")
    page = school.send(page, "/propose/", day="2022-09-21", reason="Педсовет")
    assert "Школа предлагает 21\u00a0сентября: Педсовет" in page.words.replace(
        "21 сентября", "21\u00a0сентября"
    )
    page = curator.open(f"{scene.address}?on=2022-09-10")
    assert "keep-day" in buttons(page)
    page = curator.send(page, "/move/", to_day="2022-09-21")
    kept = scene.again()
    assert f"{kept.planned_on} {kept.agreed_by}" == f"2022-09-21 {scene.people['school']}"
    assert "школа предложила" in page.words


def test_a_move_tells_its_reason_and_keeps_what_was_typed_when_refused(scene: Scene) -> None:
    curator = scene.visitor("curator")
    page = curator.open(f"{scene.address}move/")
    refused = curator.send(page, "", 422, to_day="2022-07-01", reason="Отпуск")
    assert "вне этапа" in refused.words
    assert refused.tree.forms[-1].fields["reason"].strip() == "Отпуск"
    refused = curator.send(page, "", 422, to_day="31.02.2022", reason="Отпуск")
    assert "Такого дня нет" in refused.words
    assert refused.tree.forms[-1].fields["to_day"] == "31.02.2022"
    refused = curator.send(page, "", 422, to_day="2022-09-22", reason="")
    assert "Напишите, почему посещение переносится" in refused.words
    done = curator.send(page, "", to_day="2022-09-22", reason="Болезнь")
    assert "16\u00a0сентября → 22\u00a0сентября" in done.tree.text_content()
    assert "Болезнь" in done.words


@pytest.mark.parametrize(
    ("deed", "who", "values", "words"),
    [
        ("propose", "school", {"day": "2022-09-16", "reason": "Педсовет"}, "Посещение и так намечено"),
        ("propose", "school", {"day": "2022-09-21", "reason": ""}, "Обязательное поле"),
        ("cancel", "curator", {"reason": " "}, "Обязательное поле"),
        ("cancel", "curator", {"reason": "а\x01б"}, "недопустимые символы"),
        ("report", "curator", {}, "сначала отметьте день"),
        ("approve", "head", {}, "ещё не сдан"),
        ("call-back", "head", {}, "отзывать нечего"),
    ],
)
def test_a_deed_that_does_not_fit_is_refused_in_words(
    scene: Scene, deed: str, who: str, values: dict[str, str], words: str
) -> None:
    visitor = scene.visitor(who)
    page = visitor.open(f"{scene.address}{deed}/")
    told = visitor.page_of(
        visitor.client.post(
            f"{scene.address}{deed}/", {**dict(page.tree.forms[-1].form_values()), **values}, follow=True
        ),
        page.address,
        400 if "\x01" in str(values) or "а\x01б" in values.values() else 422,
    )
    assert words in told.words
    assert scene.again().cancelled_on is None


def test_a_cancelled_visit_keeps_its_reason_and_offers_nothing(scene: Scene) -> None:
    curator = scene.visitor("curator")
    page = curator.send(curator.open(scene.address), "/cancel/", reason="Школа на карантине")
    assert "Школа на карантине" in page.words
    assert buttons(page) == []
    assert "Лист уже не правится" in curator.open(f"{scene.address}sheet/").words


def test_an_approval_is_called_back_within_a_day_only(scene: Scene) -> None:
    curator, head = scene.visitor("curator"), scene.visitor("head")
    curator.send(curator.send(curator.open(f"{scene.address}sheet/"), "", **HOLD), "/report/")
    page = head.send(head.open(scene.address), "/approve/")
    assert buttons(page) == ["call-back"]
    page = head.send(page, "/call-back/")
    assert "Отчёт сдан, ждёт приёма" in page.words
    head.send(page, "/approve/")
    approved_at = scene.again().approved_at
    assert isinstance(approved_at, datetime)
    with time_machine.travel(approved_at.timestamp() + 25 * 3600, tick=False):
        visitor = Visitor(scene.people["head"])
        assert buttons(visitor.open(scene.address)) == []
        assert "больше 24 часов" in visitor.send(visitor.open(f"{scene.address}call-back/"), "", 422).words


def test_a_step_is_marked_done_from_the_record(scene: Scene) -> None:
    (step,) = held_before(scene, "Составить план")
    curator = scene.visitor("curator")
    page = curator.follow(curator.open(f"/visits/{step.visit_id}/"), f"/visits/{step.visit_id}/steps/")
    page = curator.send(page, "", words="План есть", done_on="2022-09-19")
    assert "Сделано 19 сентября 2022: План есть" in page.words.replace("\u00a0", " ")
    scene.visitor("school").open(f"/visits/{step.visit_id}/steps/{step.pk}/done/", status=403)


def picture(kind: str = "PNG", colour: int = 0) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), (colour, 0, 0)).save(drawn, kind)
    return drawn.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_photographs_of_the_paper_are_documents_of_the_school(scene: Scene, client: Client) -> None:
    client.force_login(scene.people["curator"])
    answer = client.post(
        f"{scene.address}papers/?on=2022-09-20",
        {"papers": [upload("лист.png", picture()), upload("лист2.jpg", picture("JPEG"))]},
        follow=True,
    )
    assert answer.status_code == 200
    assert "Приложено: 2\u00a0снимка" in answer.content.decode()
    assert [paper.document.school for paper in scene.again().papers.all()] == [scene.schools[0]] * 2
    assert {document.kind.code for document in Document.objects.all() if document.kind} == {"visit-sheet"}
    shown = client.get(scene.address).content.decode()
    assert shown.count("<img") == 2
    kept = scene.again().papers.first()
    assert kept is not None
    given: Any = client.get(f"/documents/{kept.document_id}/files/1/?inline=1")
    assert b"".join(given.streaming_content) in {picture(), picture("JPEG")}


def test_a_bad_photograph_is_told_by_name_and_the_good_ones_are_kept(scene: Scene, client: Client) -> None:
    client.force_login(scene.people["curator"])
    files = [
        upload("лист.png", picture()),
        upload("письмо.pdf", b"%PDF-1.7\n%%EOF"),
        upload("пусто.png", b""),
    ]
    answer = client.post(f"{scene.address}papers/?on=2022-09-20", {"papers": files})
    told = answer.content.decode()
    assert answer.status_code in {400, 415}
    assert "письмо.pdf: " in told
    assert "пусто.png: Файл пуст" in told
    assert scene.again().papers.count() == 1


def test_no_more_than_five_photographs(scene: Scene, client: Client) -> None:
    client.force_login(scene.people["curator"])
    files = [upload(f"лист{number}.png", picture(colour=number)) for number in range(6)]
    answer = client.post(f"{scene.address}papers/?on=2022-09-20", {"papers": files})
    assert answer.status_code == 422
    assert "больше нельзя" in answer.content.decode()
    assert (scene.again().papers.count(), Document.objects.count()) == (5, 5)


def test_a_school_tells_what_it_did_and_the_curator_closes_the_step(scene: Scene) -> None:
    [step] = held_before(scene, "Составить план")
    school, curator = scene.visitor("school"), scene.visitor("curator")
    told = f"/visits/{step.visit_id}/steps/{step.pk}/told/"
    assert "Договорились: Составить план" in school.open("/today/").words

    page = school.follow(school.open(f"/visits/{step.visit_id}/"), told)
    school.send(page, status=422, words=" ")
    page = school.send(page, words="План утверждён")

    assert "Школа сообщила 20 сентября 2022: План утверждён" in page.words
    assert "Составить план" not in school.open("/today/").words
    assert "Посмотреть сделанное: Составить план" in curator.open("/today/").words
    step.refresh_from_db()
    assert (step.told_on, step.done_on) == (date(2022, 9, 20), None)


def test_a_school_tells_nothing_of_a_curators_step(scene: Scene) -> None:
    [step] = held_before(scene, "Составить план")
    Step.objects.filter(pk=step.pk).update(side="curator")
    page = scene.visitor("school").open(f"/visits/{step.visit_id}/steps/{step.pk}/told/", 404)
    assert "Рассказать" not in page.words
