"""Many files at once: each has its own answer, what is there is not doubled, signatures find their files."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from opora.accounts.models import User
from opora.core.models import StoredFile
from opora.documents.models import Document, Version
from tests.documents.conftest import Town
from tests.documents.test_preview import photo
from tests.documents.test_search import word_file

Browser = Callable[[User | None], Client]
ADDRESS = "/documents/upload/"
SIGNATURE = b"\x30\x82\x01\x00" + b"\x00" * 256


def given(name: str, content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or f"Текст {name}".encode())


def common(**more: Any) -> dict[str, Any]:
    return {"dated_on": "2022-09-01", "then": "draft", **more}


def zipped(*parts: tuple[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in (("word/document.xml", b"<w/>"), *parts):
            archive.writestr(name, content)
    return kept.getvalue()


def locked_zip() -> bytes:
    """The bit of encryption set in the headers of a docx."""
    made = bytearray(zipped())
    for start, shift in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(start)
        while place >= 0:
            made[place + shift] |= 1
            place = made.find(start, place + 1)
    return bytes(made)


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
BAD = {
    "F-EMPTY": ("пусто.docx", None),
    "F-SIZE": ("огромный.txt", b"a" * (settings.UPLOAD_LIMIT + 1)),
    "F-TYPE": ("программа.pdf", b"MZ\x90\x00 program"),
    "F-OLD": ("старый.doc", OLD + "WordDocument".encode("utf-16-le")),
    "F-BROKEN": ("оборван.docx", zipped()[:60]),
    "F-BOMB": ("бомба.docx", zipped(("word/media/a.bin", b"\x00" * 30_000_000))),
    "F-PASS": ("закрыт.docx", locked_zip()),
    "F-MACRO": ("макрос.docx", zipped(("word/vbaProject.bin", b"macro"))),
    "F-ACTIVE": ("сценарий.pdf", b"%PDF-1.4\n1 0 obj << /S /JavaScript >> endobj\n%%EOF"),
    "F-NAME": ("имя.docx", zipped(("../../evil.txt", b"x"))),
}


def bad(code: str) -> SimpleUploadedFile:
    name, content = BAD[code]
    return SimpleUploadedFile(name, b"" if content is None else content)


def test_each_file_becomes_a_document_named_after_it(town: Town, browser_of: Browser) -> None:
    files = [
        given("Отчёт_школы  101.txt"),
        given("план.docx", word_file("План")),
        given("СХЕМА.PNG", photo(kind="PNG")),
    ]

    answer = browser_of(town.coordinator).post(
        ADDRESS, common(papers=files, kind=town.kind.pk, school=town.schools[0].pk, activity=town.lines[0].pk)
    )

    assert answer.status_code == 200
    rows = Document.objects.order_by("title")
    assert [row.title for row in rows] == ["Отчёт школы 101", "СХЕМА", "план"]
    assert {(row.kind, row.school, row.activity, str(row.dated_on)) for row in rows} == {
        (town.kind, town.schools[0], town.lines[0], "2022-09-01")
    }
    page = answer.content.decode()
    assert all(f'<a href="/documents/{row.pk}/">{row.title}</a>' in page for row in rows)


@pytest.mark.parametrize("code", BAD)
def test_a_bad_file_is_named_and_the_others_go_on(town: Town, browser_of: Browser, code: str) -> None:
    files = [given("первый.txt"), bad(code), given("третий.txt")]

    answer = browser_of(town.coordinator).post(
        ADDRESS, common(papers=files, snaps_title="Набранное название", kind=town.kind.pk)
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert code in page
    assert BAD[code][0] in page
    assert sorted(Document.objects.values_list("title", flat=True)) == ["первый", "третий"]
    assert StoredFile.objects.count() == 2
    assert 'value="Набранное название"' in page
    assert f'<option value="{town.kind.pk}" selected>' in page


@pytest.mark.parametrize("code", BAD)
def test_one_bad_file_leaves_nothing_and_answers_with_its_own_status(
    town: Town, browser_of: Browser, code: str
) -> None:
    answer = browser_of(town.coordinator).post(f"{ADDRESS}file/", common(papers=[bad(code)]))

    told = answer.json()["files"][0]
    assert (told["state"], told["code"], told["name"]) == ("refused", code, BAD[code][0])
    assert answer.status_code in {400, 413, 415, 422}
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_the_same_file_is_offered_and_not_doubled(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    there = town.document("Приказ", content="Слова".encode(), file_name="приказ.txt")
    digest = hashlib.sha256("Слова".encode()).hexdigest()

    answer = client.post(ADDRESS, common(papers=[given("копия.txt", "Слова".encode()), given("новый.txt")]))

    page = answer.content.decode()
    assert f'Такой файл уже есть: <a href="/documents/{there.pk}/">Приказ</a>' in page
    assert f'name="anyway" value="{digest}"' in page
    assert sorted(Document.objects.values_list("title", flat=True)) == ["Приказ", "новый"]

    client.post(ADDRESS, common(papers=[given("копия.txt", "Слова".encode())], anyway=digest))
    assert sorted(Document.objects.values_list("title", flat=True)) == ["Приказ", "копия", "новый"]
    assert StoredFile.objects.filter(sha256=digest).count() == 1


def test_two_equal_files_of_one_batch_are_one_document(town: Town, browser_of: Browser) -> None:
    files = [given("а.txt", b"same words"), given("б.txt", b"same words")]

    answer = browser_of(town.coordinator).post(ADDRESS, common(papers=files))

    assert Document.objects.get().title == "а"
    assert "Такой файл уже есть" in answer.content.decode()


def test_a_file_that_one_may_not_see_is_not_told_of(
    town: Town, other_town: Town, browser_of: Browser
) -> None:
    other_town.document("Чужой", content=b"secret", file_name="a.txt")
    client = browser_of(town.coordinator)
    digest = hashlib.sha256(b"secret").hexdigest()

    known = client.post(f"{ADDRESS}known/", {"name": ["a.txt"], "sha256": [digest]}).json()["known"]
    answer = client.post(ADDRESS, common(papers=[given("a.txt", b"secret")]))

    assert known == []
    assert answer.status_code == 200
    assert Document.objects.filter(municipality=town.municipality).count() == 1


def test_the_server_tells_what_it_has_before_files_are_sent(town: Town, browser_of: Browser) -> None:
    mine = town.document("Мой", content=b"mine", file_name="мой.txt")
    town.document("Другого", content=b"other", file_name="другой.txt", by=town.head)
    digests = [hashlib.sha256(one).hexdigest() for one in (b"mine", b"other", b"nowhere")]
    asked = {"name": ["мой.txt", "другой.txt", "нет.txt"], "sha256": digests}

    known = browser_of(town.coordinator).post(f"{ADDRESS}known/", asked).json()["known"]

    assert [(one["title"], one["is_mine"]) for one in known] == [("Мой", True), ("Другого", False)]
    assert known[0]["address"] == f"/documents/{mine.pk}/"


def test_signatures_find_their_files_by_name(town: Town, browser_of: Browser) -> None:
    files = [
        given("приказ.txt.sig", SIGNATURE), given("приказ.txt"), given("план.txt"), given("план.p7s", SIGNATURE + b"1"),
        given("чужой.sig", SIGNATURE), given("справка.txt"), given("справка.txt.sig", b"not a signature"),
    ]  # fmt: skip

    answer = browser_of(town.coordinator).post(ADDRESS, common(papers=files))

    signed = {version.name: version.signature is not None for version in Version.objects.all()}
    assert signed == {"приказ.txt": True, "план.txt": True, "справка.txt": False}
    page = answer.content.decode()
    assert len(answer.context["told"]) == len(files)
    assert "Это подпись, а файла с таким именем рядом нет" in page
    assert "F-TYPE" in page


def test_a_file_becomes_a_version_of_a_document(town: Town, browser_of: Browser) -> None:
    document = town.document("Положение")
    client = browser_of(town.coordinator)

    client.post(ADDRESS, common(papers=[given("вторая.txt")], into=document.pk))
    two = client.post(ADDRESS, common(papers=[given("а.txt"), given("б.txt")], into=document.pk))

    assert [version.name for version in document.versions.all()] == ["вторая.txt", "отчёт.txt"]
    assert two.status_code == 422
    assert "Новая версия — один файл" in two.content.decode()
    assert Document.objects.count() == 1


def test_a_version_of_a_foreign_document_is_not_taken(
    town: Town, other_town: Town, browser_of: Browser
) -> None:
    foreign = other_town.document("Чужое")

    answer = browser_of(town.coordinator).post(ADDRESS, common(papers=[given("а.txt")], into=foreign.pk))

    assert answer.status_code == 422
    assert Version.objects.count() == 1


def test_snapshots_become_one_pdf_in_order(town: Town, browser_of: Browser) -> None:
    pictures = [
        given("3.jpg", photo(300, 200)),
        given("1.png", photo(200, 300, "PNG", 1)),
        given("2.webp", photo(400, 200, "WEBP", 1)),
    ]

    answer = browser_of(town.coordinator).post(
        ADDRESS,
        common(snaps=pictures, camera=[given("4.jpg", photo(50, 90, turn=1))], snaps_title="Протокол"),
    )

    assert answer.status_code == 200
    version = Version.objects.get()
    client = browser_of(town.coordinator)
    content = client.get(f"/documents/{version.document_id}/files/1/").getvalue()
    pdf = pypdfium2.PdfDocument(content)
    sides = [tuple(map(round, page.get_size())) for page in pdf]
    # The first was taken sideways: its camera says to turn it.
    assert sides == [(595, 842), (595, 842), (842, 595), (595, 842)]
    assert (version.document.title, version.name) == ("Протокол", "Протокол.pdf")
    assert b"secret place" not in content
    assert b"Exif" not in content


def test_a_large_snapshot_is_made_small(town: Town, browser_of: Browser) -> None:
    noise = Image.effect_noise((5000, 4000), 80).convert("RGB")
    kept = io.BytesIO()
    noise.save(kept, "JPEG", quality=90)
    assert 2_000_000 < len(kept.getvalue()) < settings.UPLOAD_LIMIT

    answer = browser_of(town.coordinator).post(ADDRESS, common(snaps=[given("шум.jpg", kept.getvalue())]))

    assert answer.status_code == 200
    assert Version.objects.get().file.size < 4_000_000


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("текст.jpg", b"\xff\xd8\xff" + b"not a picture" * 9, "F-BROKEN"),
        ("документ.txt", b"words", "F-TYPE"),
        ("игра.png", b"MZ\x90", "F-TYPE"),
        ("огромный.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x40\x00\x00\x00\x40\x00" + b"\x00" * 99, "F-BOMB"),
    ],
    ids=["broken", "text", "program", "40 Mpx"],
)  # fmt: skip
def test_a_bad_snapshot_is_named_and_no_document_lacks_its_page(
    town: Town, browser_of: Browser, name: str, content: bytes, code: str
) -> None:
    answer = browser_of(town.coordinator).post(
        ADDRESS,
        common(
            papers=[given("файл.txt")],
            snaps=[given("1.jpg", photo()), given(name, content)],
            snaps_title="Акт",
        ),
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert code in page
    assert f"«{name}»" in page
    assert 'value="Акт"' in page
    assert Document.objects.get().title == "файл"


def test_the_same_snapshots_make_the_same_file(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    for _ in range(2):
        answer = client.post(ADDRESS, common(snaps=[given("1.jpg", photo()), given("2.jpg", photo(90, 90))]))

    assert answer.status_code == 409
    assert Document.objects.get().title == "Снимки документа, 01.09.2022"


def test_a_button_pressed_twice_enters_once(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    key = "3f1f7c1e-7d0e-4a9e-9a53-1f3f3f5d1a11"

    answers = [client.post(ADDRESS, common(papers=[given("а.txt")], key=key)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert Document.objects.count() == 1
    assert "Внесён" in answers[1].content.decode()


def test_one_file_may_have_a_title_and_a_number_of_its_own(town: Town, browser_of: Browser) -> None:
    answer = browser_of(town.coordinator).post(
        f"{ADDRESS}file/",
        common(
            papers=[given("IMG_1.txt"), given("IMG_1.txt.sig", SIGNATURE)], title="Акт сверки", number="5"
        ),
    )

    row = Document.objects.get()
    assert (row.title, row.number) == ("Акт сверки", "5")
    assert [(one["name"], one["state"]) for one in answer.json()["files"]] == [
        ("IMG_1.txt", "saved"),
        ("IMG_1.txt.sig", "saved"),
    ]
    assert row.versions.get().signature is not None


def test_nothing_chosen_and_too_many_chosen_are_said(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)

    nothing = client.post(ADDRESS, common(number=""))
    alone = client.post(f"{ADDRESS}file/", common())
    late = client.post(ADDRESS, common(papers=[given("а.txt")], dated_on="2031-01-01"))

    assert (nothing.status_code, alone.status_code, late.status_code) == (422, 422, 422)
    assert "Выберите файлы или снимки" in nothing.content.decode()
    assert alone.json()["files"][0]["words"] == "Выберите файлы или снимки"
    assert "ещё не наступило" in late.content.decode()
    assert Document.objects.count() == 0


def test_a_full_disk_is_said_and_nothing_is_left(
    town: Town, browser_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("opora.core.uploads._write_whole", no_space)
    answer = browser_of(town.coordinator).post(
        f"{ADDRESS}file/", common(papers=[given("полон.txt", b"no place")])
    )

    assert (answer.status_code, answer.json()["files"][0]["code"]) == (507, "R-SPACE")
    assert Document.objects.count() == 0


def test_a_school_enters_only_about_itself(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.school_coordinator)

    own = client.post(ADDRESS, common(papers=[given("а.txt")], school=town.schools[0].pk))
    foreign = client.post(ADDRESS, common(papers=[given("б.txt")], school=town.schools[1].pk))

    assert (own.status_code, foreign.status_code) == (200, 422)
    assert Document.objects.get().school == town.schools[0]
    assert browser_of(town.head).get(ADDRESS).status_code == 403
