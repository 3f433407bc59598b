"""Every page of papers, forms, reviews and notes, as the duty that uses it: axe in both themes, three windows."""

from __future__ import annotations

from itertools import groupby

import pytest
from django.urls import reverse

from tests.house.matrix import LETTERS
from tests.house.world import World, make_world
from tests.journeys.conftest import DESK, PHONE, ZOOMED, Desk, OpenDesk

pytestmark = pytest.mark.browser

# The duty that uses the page (its letter), the name of its address, the row of the world it is asked with.
PAGES: tuple[tuple[str, str, str], ...] = (
    ("M", "documents:document_list", ""),
    ("M", "documents:upload", ""),
    ("M", "documents:document_preview", "page of a document"),
    ("M", "documents:document_compare", "document"),
    ("M", "documents:document_discuss", "discussed"),
    ("M", "documents:comment_list", "discussed"),
    ("M", "documents:comment_settle", "comment"),
    ("M", "documents:publication_list", ""),
    ("M", "documents:publication_take_down", "publication"),
    ("M", "documents:owed_list", ""),
    ("M", "documents:mark_list", ""),
    ("M", "documents:mark_many", ""),
    ("M", "documents:marks_load", ""),
    ("M", "documents:school_marks", "part"),
    ("M", "documents:paper_mark", "paper of a part"),
    ("M", "documents:measure_mark", "measure of a part"),
    ("M", "documents:form_list", ""),
    ("M", "documents:copy_list", ""),
    ("M", "documents:form_add", ""),
    ("M", "documents:form", "form"),
    ("M", "documents:form_edit", "form"),
    ("M", "documents:form_version_add", "form"),
    ("M", "documents:form_withdraw", "form"),
    ("M", "portal:embed_code", ""),
    ("M", "questionnaires:collections", ""),
    ("M", "questionnaires:collection_new", ""),
    ("M", "questionnaires:collection", "collection"),
    ("M", "questionnaires:collection_remind", "collection"),
    ("M", "questionnaires:collection_extend", "collection"),
    ("M", "questionnaires:answer", "answer"),
    ("M", "questionnaires:answer_return", "answer"),
    ("M", "questionnaires:collection_results", "collection"),
    ("M", "questionnaires:surveys", ""),
    ("M", "questionnaires:survey_load", ""),
    ("M", "questionnaires:survey", "survey"),
    ("M", "questionnaires:forms", ""),
    ("M", "questionnaires:form_upload", ""),
    ("M", "questionnaires:form_build", ""),
    ("M", "questionnaires:form", "questionnaire"),
    ("M", "questionnaires:form_version", "questionnaire"),
    ("M", "questionnaires:form_edit", "questionnaire"),
    ("M", "reviews:round_list", ""),
    ("M", "reviews:round_add", ""),
    ("M", "reviews:round_page", "round"),
    ("M", "reviews:round_edit", "round"),
    ("M", "reviews:criteria", "round"),
    ("M", "reviews:draw", "round"),
    ("M", "reviews:assign", "round"),
    ("M", "reviews:finish", "round"),
    ("M", "reviews:results", "round"),
    ("M", "reviews:sampled_page", "sampled"),
    ("M", "reviews:return_document", "sampled"),
    ("M", "reviews:ask_expert", "sampled"),
    ("M", "schools:equipment", ""),
    ("M", "reports:reports", ""),
    ("M", "reports:report", "report"),
    ("M", "reports:issue", "issue"),
    ("M", "reports:templates", ""),
    ("M", "reports:template", ""),
    ("E", "reviews:examination_list", ""),
    ("E", "reviews:examination", "examination"),
    ("E", "reviews:decline", "examination"),
    ("S", "questionnaires:obligations", ""),
    ("S", "questionnaires:answering", "owed"),
    ("S", "questionnaires:answer_nothing", "obligation"),
    ("S", "questionnaires:answer_upload", "owed"),
    ("S", "documents:form_return", "form copy"),
    ("S", "reviews:school_documents", ""),
    ("S", "reviews:rework", "sampled"),
    ("S", "schools:school_equipment", "part"),
    ("S", "schools:add_equipment", "part"),
    ("S", "schools:count_equipment", "equipment"),
    ("S", "schools:remove_equipment", "equipment"),
    ("R", "reports:region_report", "region report"),
)  # fmt: skip


def test_every_page_is_accessible_to_the_duty_that_uses_it(live_server: object, desk: OpenDesk) -> None:
    world = make_world()
    for letter, pages in groupby(PAGES, key=lambda page: page[0]):
        window = desk()
        window.sign_in(world.people[letter].email or LETTERS[letter])
        for _, name, row in pages:
            answer = window.page.goto(address_of(world, name, row))
            if answer.status == 200:
                look_everywhere(window)
            else:
                window.faults.append(f"{name}: {answer.status}")


def address_of(world: World, name: str, row: str) -> str:
    """The address of the page with the own row of the world."""
    named = dict(world.rows[row, "own"]) if row else {}
    if name == "documents:document_preview":
        # The row is one picture of the preview; the page shows them all.
        del named["page"]
    return reverse(name, kwargs=named)


def look_everywhere(window: Desk) -> None:
    """The page at a desk in the light, on a phone in the dark, and zoomed twice."""
    see(window, DESK, "light")
    window.look()
    see(window, PHONE, "dark")
    window.look()
    see(window, ZOOMED, "dark")
    window.check_width()


def see(window: Desk, size: tuple[int, int], theme: str) -> None:
    """The window of a size, the theme of the system."""
    window.page.set_viewport_size({"width": size[0], "height": size[1]})
    window.page.emulate_media(color_scheme=theme)
