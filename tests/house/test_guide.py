"""The guide: a page for each duty, all named in the order of reading, every link leads somewhere."""

from __future__ import annotations

import re
from functools import cache

import pytest
from django.test import Client

from opora.accounts.models import User
from opora.appointments.models import Duty
from opora.dashboard.guide import GUIDE, READ_IN_ORDER, page_of

PAGES = {path.stem: path.read_text(encoding="utf-8") for path in GUIDE.glob("*.md")}
PAGE_OF = {
    Duty.REGIONAL_COORDINATOR: "region",
    Duty.MUNICIPAL_COORDINATOR: "coordinator",
    Duty.HEAD: "head",
    Duty.CURATOR: "curator",
    Duty.SCHOOL_COORDINATOR: "school",
    Duty.EXPERT: "expert",
}
LINK = re.compile(r"\[[^\]]+\]\(([^)]+)\)")
QUOTED = re.compile(r"«([А-ЯЁ][^«»]{2,40})»")


def test_every_duty_has_its_page() -> None:
    assert set(PAGE_OF) == set(Duty)
    assert set(PAGE_OF.values()) <= set(PAGES)


def test_every_page_stands_in_the_order_of_reading() -> None:
    assert sorted(READ_IN_ORDER) == sorted(PAGES)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_links_of_the_guide_lead_to_its_pages(name: str) -> None:
    targets = {link.removeprefix("./").split("#")[0] for link in LINK.findall(PAGES[name])}

    assert {one for one in targets if not one.startswith("http")} <= {f"{page}.md" for page in PAGES}


@pytest.mark.parametrize(
    "name",
    [
        "answering",
        "appointments",
        "collections",
        "coordinator",
        "curator",
        "documents",
        "equipment",
        "expert",
        "forms",
        "head",
        "marks",
        "notes",
        "region",
        "reviews",
        "risks",
        "school",
        "visits",
    ],
)
def test_words_in_quotes_stand_on_pages(name: str) -> None:
    shown = words_of_the_product()

    assert [words for words in QUOTED.findall(PAGES[name]) if fold(words) not in shown] == []


@pytest.mark.django_db
def test_every_page_of_the_guide_opens() -> None:
    person = User.objects.create(email="reader@house.test", last_name="Читающая", folded_name="читающая")
    client = Client()
    client.force_login(person)

    answers = {name: client.get(f"/help/{name}/") for name in READ_IN_ORDER}

    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code != 200} == {}
    assert '.md"' not in "".join(answer.content.decode() for answer in answers.values())


def test_tables_of_the_guide_say_their_columns_on_a_phone() -> None:
    page = page_of("messages")

    assert '<div class="tbox"><table class="tbl">' in page
    assert '<th scope="row">F-EMPTY</th>\n<td data-l="Что случилось">файл пуст</td>' in page
    assert page.count("<table") == page.count("</table></div>") == 1


@cache
def words_of_the_product() -> str:
    """All words of templates and code that a person may meet, folded."""
    source = GUIDE.parents[1] / "src" / "opora"
    files = [*source.rglob("*.html"), *source.rglob("*.py"), *source.rglob("*.js")]
    return fold(" ".join(path.read_text(encoding="utf-8") for path in files))


def fold(text: str) -> str:
    """Lower case with single spaces, without the marks of an opened template tag."""
    return " ".join(text.lower().replace("{{", " ").replace("}}", " ").split())
