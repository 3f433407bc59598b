"""A centre's own Word templates: checked in a child with the place of every fault, used, kept by versions, taken back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx as word
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opora.appointments.models import Appointment
from opora.core.refusal import Refused
from opora.core.uploads import content_of
from opora.reports.actions import add_template, withdraw_template
from opora.reports.kinds.visit_papers import report_example, schedule_example
from opora.reports.models import PaperTemplate
from opora.reports.papers import PAPERS, PAPERS_BY_CODE, try_template, word_file
from opora.reports.renderers import docx
from opora.reports.word.own import WrongTemplate
from tests.indicators.town import AT, BEGAN, Town, browser_of, make_person
from tests.reports.test_renderers import text_of
from tests.reports.values import report_saying


def template(*paragraphs: str, cell: str = "", header: str = "") -> bytes:
    """A Word file somebody made: paragraphs, a table whose second cell of the second row has words, a header."""
    paper = word.Document()
    for words in paragraphs:
        paper.add_paragraph(words)
    if cell:
        paper.add_table(rows=2, cols=2).cell(1, 1).text = cell
    if header:
        paper.sections[0].header.paragraphs[0].text = header
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def with_part(content: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """The same package with its parts changed and others added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in more.items():
            new.writestr(name, part)
    return file.getvalue()


def tried(content: bytes, code: str = "progress", name: str = "Бланк.docx") -> Any:
    return try_template(code, content, name, PAPERS_BY_CODE[code].example())


def faults(content: bytes, code: str = "progress") -> tuple[str, ...]:
    with pytest.raises(WrongTemplate) as refused:
        tried(content, code)
    return refused.value.faults


def put(town: Town, *paragraphs: str, code: str = "progress", place: Any = None) -> PaperTemplate:
    return add_template(
        place=place or town.municipality,
        tried=tried(template(*paragraphs), code),
        by=town.coordinator,
        at=AT,
    )


def progress_of(town: Town, words: str = "Слова") -> str:
    return text_of(word_file("progress", docx.filling(report_saying(words)), place=town.municipality))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.code)
def test_our_own_template_passes_every_check_and_says_what_it_said(paper: Any) -> None:
    made = tried(paper.template.read_bytes(), paper.code)
    assert text_of(made.made) == text_of(word_file(paper.code, paper.example(), place=None))


def test_every_unknown_field_is_named_with_its_place() -> None:
    told = faults(
        template(
            "Привет",
            "{{ head.nothing }} и {{ unknown }}",
            cell="{{ head.title.none }}",
            header="{{ nobody }}",
        )
    )
    assert told == (
        "Поля «head.nothing» нет: абзац 2.",
        "Поля «unknown» нет: абзац 2.",
        "Поля «head.title.none» нет: таблица 1, строка 2, столбец 2.",
        "Поля «nobody» нет: верхний колонтитул, абзац 1.",
    )


def test_fields_of_a_loop_are_known_and_those_it_lacks_are_told() -> None:
    loop = ("{%p for row in late %}", "{{ row.number }} {{ loop.index }}", "{%p endfor %}")
    assert "1.1" in text_of(tried(template(*loop)).made)
    assert faults(template(loop[0], "{{ row.nope }}", loop[2])) == ("Поля «row.nope» нет: абзац 2.",)


@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        (("Слова", "{{ head.title"), "Не разобрать скобки {{ }} или {% %}: абзац 2, «{{ head.title»."),
        (("{% if %}",), "Не разобрать скобки {{ }} или {% %}: абзац 1, «{% if %}»."),
        (("{%p if late %}",), "Условие или цикл не закрыты: не хватает {% endif %} или {% endfor %}."),
        (("{{ ''.__class__ }}",), "Обращение «….__class__» не разрешено: абзац 1."),
        (("{{ head.__init__.__globals__ }}",), "Обращение «head.__init__» не разрешено: абзац 1."),
        (("{{ head['__class__'] }}",), "Обращение «head.__class__» не разрешено: абзац 1."),
        (("{{ basis|shell }}",), "Преобразования «shell» нет: абзац 1."),
        (("{% include 'x' %}",), "Шаблон не может брать другие файлы: абзац 1."),
        (("{{ lipsum(5) }}",), "Поля «lipsum» нет: абзац 1."),
        (("{{ 1 // 0 }}",), "Не вычислить то, что в скобках {{ }} или {% %}."),
        (("{{ basis|attr('__class__') }}",), "В скобках {{ }} или {% %} то, что не разрешено."),
        (("{% for i in range(10**9) %}x{% endfor %}",), "Слишком длинный цикл: больше ста тысяч шагов."),
    ],
)  # fmt: skip
def test_wrong_brackets_and_sly_words_are_told_in_a_sentence(paragraphs: tuple[str, ...], told: str) -> None:
    assert told in faults(template(*paragraphs))


@pytest.mark.parametrize(
    "words",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% if a == b + 100000 %}x{% endif %}{% endfor %}{% endfor %}",
        "{{ 'а' * 10**9 }}",
    ],
    ids=["endless loop", "endless word"],
)
def test_what_never_ends_is_bounded_by_the_child(words: str) -> None:
    with pytest.raises(Refused, match="Шаблон слишком сложен") as refused:
        tried(template(words))
    assert refused.value.code == "F-TIME"


IMAGE = b'<Relationship Id="rId99" Type="http://x/image" Target="http://evil.example/a.png" TargetMode="External"/>'
LINK = (
    b'<Relationship Id="rId98" Type="http://x/hyperlink" Target="http://example.org/" TargetMode="External"/>'
)


def linking(link: bytes) -> Callable[[str, bytes], bytes]:
    end = b"</Relationships>"
    return lambda name, part: part.replace(end, link + end) if name.endswith("document.xml.rels") else part


def saying(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, part: part.replace(old, new, 1) if name == "word/document.xml" else part


def same(name: str, part: bytes) -> bytes:
    return part


FIELD_IN_PIECES = (
    b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>include</w:instrText></w:r>'
    b'<w:r><w:instrText>Picture "http://evil.example/a.png"</w:instrText></w:r>'
    b'<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
ENTITIES = "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"


FIELD = b'<w:p><w:r><w:instrText> DDEAUTO c:\\\\x "a" </w:instrText></w:r></w:p>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "F-EMPTY"),
        (b"not a word file", "F-TYPE"),
        (b"PK\x03\x04broken", "F-BROKEN"),
        (with_part(template("x"), same, **{"word/vbaProject.bin": b"x"}), "F-MACRO"),
        (with_part(template("x"), same, **{"word/embeddings/oleObject1.bin": b"x"}), "F-ACTIVE"),
        (with_part(template("x"), linking(IMAGE)), "F-EXT"),
        (with_part(template("x"), linking(IMAGE.replace(b"/image", b"/attachedTemplate"))), "F-EXT"),
        (with_part(template("x"), linking(IMAGE.replace(b"External", b"&#69;xternal"))), "F-EXT"),
        (with_part(template("x"), linking(IMAGE.replace(b"evil.example/", b"evil.example/hyperlink"))), "F-EXT"),
        (with_part(template("x"), saying(b"<w:body>", b"<w:body>" + FIELD)), "F-ACTIVE"),
        (with_part(template("x"), saying(b"<w:body>", b"<w:body>" + FIELD_IN_PIECES)), "F-EXT"),
        (with_part(template("x"), same, **{"word/more.xml": ENTITIES.encode("utf-16")}), "F-ACTIVE"),
        (with_part(template("x"), saying(b"<w:document", b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document")), "F-ACTIVE"),
    ],
    ids=["empty", "text", "torn", "macro", "object", "picture outside", "template outside",
         "letter by its number", "picture called a link", "dde", "field in pieces", "other letters", "entities"],
)  # fmt: skip
def test_a_dangerous_or_broken_file_is_refused_by_its_code(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        tried(content)
    assert refused.value.code == code


def test_a_link_of_the_web_is_no_danger() -> None:
    assert tried(with_part(template("{{ basis }}"), linking(LINK))).made.startswith(b"PK")


def test_the_towns_own_template_is_used_and_withdrawn_versions_give_way(town: Town) -> None:
    ours = progress_of(town)
    first = put(town, "Бланк один: {{ head.title }}")
    second = put(town, "Бланк два: {{ requisites }}")
    assert progress_of(town) == "Бланк два: 15.09.2022 №\u00a03, Слова"

    withdraw_template(template=second, by=town.coordinator, at=AT)
    assert progress_of(town) == "Бланк один: Отчёт о реализации муниципальной дорожной карты"
    withdraw_template(template=first, by=town.coordinator, at=AT)
    assert progress_of(town) == ours
    assert [one.number for one in PaperTemplate.objects.all()] == [2, 1]
    with pytest.raises(Refused, match="уже не используется"):
        withdraw_template(template=first, by=town.coordinator, at=AT)


def test_a_regions_template_serves_its_towns_until_they_have_their_own(town: Town) -> None:
    put(town, "Бланк региона", place=town.municipality.region)
    assert progress_of(town) == "Бланк региона"
    put(town, "Бланк города")
    assert progress_of(town) == "Бланк города"


def test_the_same_file_again_is_refused(town: Town) -> None:
    put(town, "Бланк")
    made = try_template("progress", _stored(town), "Бланк.docx", PAPERS_BY_CODE["progress"].example())
    with pytest.raises(Refused, match="уже используется"):
        add_template(place=town.municipality, tried=made, by=town.coordinator, at=AT)


def _stored(town: Town) -> bytes:
    return content_of(PaperTemplate.objects.get(municipality=town.municipality).file)


def test_a_template_that_fails_on_real_data_is_told_with_the_way_out(town: Town) -> None:
    put(town, "{{ 10 // late|length }}")
    nobody_late = docx.filling(report_saying("Слова", lines=0))
    with pytest.raises(Refused, match=r"Свой шаблон «Бланк\.docx» не подошёл.*верните наш"):
        word_file("progress", nobody_late, place=town.municipality)


def test_what_people_typed_stays_text_in_an_own_template(town: Town) -> None:
    put(town, "{{ head.centre_name }}")
    assert progress_of(town, "{{ 7*7 }} <w:p> &amp; {% x %}") == "{{ 7*7 }} <w:p> &amp; {% x %}"


def test_looking_for_a_template_is_one_query(town: Town) -> None:
    with CaptureQueriesContext(connection) as captured:
        progress_of(town)
    assert len(captured) == 1


def test_the_page_of_templates_asks_as_often_for_none_as_for_many(town: Town) -> None:
    client, counts = browser_of(town.coordinator), []
    for _ in range(2):
        client.get("/reports/templates/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/reports/templates/")
        counts.append(len(captured))
        for paper in PAPERS:
            put(town, f"Бланк {paper.code}", code=paper.code)
            put(town, f"Другой бланк {paper.code}", code=paper.code)
    assert counts == [6, 6]


def send(client: Client, code: str, content: bytes, deed: str = "save", name: str = "Бланк.docx") -> Any:
    told = {"file": SimpleUploadedFile(name, content), "deed": deed}
    return client.post(f"/reports/templates/paper/?kind={code}", told)


def test_a_coordinator_replaces_tries_and_takes_back_a_template_by_pages(town: Town) -> None:
    client = browser_of(town.coordinator)
    assert "Отчёт куратора" in client.get("/reports/templates/").content.decode()
    ours = client.get("/reports/templates/word/?kind=evidence").content
    assert text_of(ours).startswith("{{ head.centre_name }}")

    trial = send(client, "evidence", template("Проба: {{ head.title }}"), deed="try")
    assert text_of(trial.content) == "Проба: Реестр подтверждающих документов"
    assert not PaperTemplate.objects.exists()

    assert send(client, "evidence", template("Реестр: {{ about }}{{ head.title }}")).status_code == 302
    page = client.get("/reports/templates/paper/?kind=evidence").content.decode()
    assert "свой шаблон «Бланк.docx», версия 1" in page
    preview = client.get("/reports/templates/preview/?kind=evidence&ending=docx")
    assert text_of(preview.content) == "Реестр: Реестр подтверждающих документов"
    taken = client.get(f"/reports/{town.roadmap.pk}/evidence.docx").content
    assert text_of(taken) == "Реестр: Реестр подтверждающих документов"

    row = PaperTemplate.objects.get()
    assert client.get(f"/reports/templates/{row.pk}/file/").content.startswith(b"PK")
    client.post(f"/reports/templates/{row.pk}/withdraw/")
    assert "Используется наш шаблон" in client.get("/reports/templates/paper/?kind=evidence").content.decode()


def test_a_wrong_template_comes_back_with_its_places_and_leaves_nothing(town: Town) -> None:
    answer = send(browser_of(town.coordinator), "evidence", template("Слова", "{{ head.nothing }}"))
    assert answer.status_code == 422
    assert "Поля «head.nothing» нет: абзац 2." in answer.content.decode()
    assert not PaperTemplate.objects.exists()


def test_no_file_is_asked_for_at_its_field(town: Town) -> None:
    answer = browser_of(town.coordinator).post("/reports/templates/paper/?kind=evidence", {"deed": "save"})
    assert answer.status_code == 422
    assert "Шаблон не принят" in answer.content.decode()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.code)
def test_every_paper_is_shown_on_live_or_made_up_data(town: Town, paper: Any) -> None:
    client = browser_of(town.coordinator)
    answer = client.get(f"/reports/templates/preview/?kind={paper.code}&ending=docx")
    assert answer.content.startswith(b"PK")
    assert client.get(f"/reports/templates/paper/?kind={paper.code}").status_code == 200


def test_a_regional_coordinator_keeps_templates_of_the_region(town: Town) -> None:
    person = make_person("Региональная")
    region = town.municipality.region
    Appointment.objects.create(
        person=person, duty="regional_coordinator", programme=town.programme, region=region, since=BEGAN
    )
    assert send(browser_of(person), "region_progress", template("Регион")).status_code == 302
    assert PaperTemplate.objects.get().region == region


def test_visit_papers_use_the_towns_own_template(town: Town) -> None:
    put(town, "Наш график: {{ title }}", code="visit_schedule")
    put(town, "{%p for school in schools %}", "{{ school.name }}", "{%p endfor %}", code="curator_report")
    assert text_of(word_file("visit_schedule", schedule_example(), place=town.municipality)) == (
        "Наш график: График посещений школ кураторами, 1 этап"
    )
    assert text_of(word_file("curator_report", report_example(), place=town.municipality)) == "Школа № 101"
