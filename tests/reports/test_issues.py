"""A frozen issue: whole, unchangeable, an approved document of its line, published by one button."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opora.core.refusal import Refused
from opora.core.uploads import content_of
from opora.desk.forms import DrawnForm
from opora.desk.versions import version_of
from opora.documents.models import Document, Publication
from opora.reports import content
from opora.reports.actions import freeze, publish_issue
from opora.reports.models import Issue
from opora.reports.queries import line_of_stretch, lines_for_report
from tests.clock import DayClient
from tests.indicators.town import AT, TODAY, Town, make_person

SINCE = date(2022, 6, 1)


@pytest.fixture
def planned(town: Town) -> Town:
    """The line 4 asks for a published report."""
    town.plan([("documents_published", "one", 1)], text="Отчёт с нарастающим итогом")
    return town


def frozen(town: Town, **changes: object) -> Issue:
    given = {
        "roadmap": town.roadmap,
        "since": SINCE,
        "as_of": TODAY,
        "stretch": "cumulative",
        "line": town.lines[-1],
        "on": TODAY,
        "by": town.head,
        "at": AT,
    }
    return freeze(**{**given, **changes})  # type: ignore[arg-type]  # -- a test changes what it names


def test_an_issue_is_an_approved_document_of_three_files_with_the_pdf_on_top(planned: Town) -> None:
    issue = frozen(planned)

    assert issue.document is not None
    document = Document.objects.get(pk=issue.document_id)
    assert (document.state, document.approved_on, document.activity) == ("approved", TODAY, planned.lines[-1])
    kinds = list(document.versions.order_by("number").values_list("file__kind", flat=True))
    assert kinds == ["docx", "xlsx", "pdf"]
    latest = document.versions.first()
    assert latest is not None
    assert content_of(latest.file).startswith(b"%PDF")


def test_a_published_issue_makes_its_own_line_done(planned: Town) -> None:
    issue = frozen(planned)
    assert (planned.state().status.code, planned.state().reported) == ("late", 1)

    publish_issue(issue=issue, on=TODAY, by=planned.head, at=AT)

    assert planned.state().status.is_done
    assert planned.state().done_on == TODAY
    assert Publication.objects.get(document=issue.document).where == "portal"


def test_the_content_bears_its_hash_and_does_not_follow_later_deeds(planned: Town) -> None:
    issue = frozen(planned)
    before = content.from_text(issue.content)
    planned.published("Поздний отчёт", activity=planned.lines[-1])

    issue.refresh_from_db()

    assert content.hash_of(issue.content) == issue.hash
    assert content.from_text(issue.content) == before
    assert before.totals.finished == 0
    assert planned.state().status.is_done


@pytest.mark.parametrize("change", ["content", "hash", "as_of", "removal"])
def test_the_database_refuses_to_change_an_issue(planned: Town, change: str) -> None:
    issue = frozen(planned)
    values = {"content": "{}", "hash": "0" * 64, "as_of": SINCE}

    rows = Issue.objects.filter(pk=issue.pk)
    deed = rows.delete if change == "removal" else partial(rows.update, **{change: values.get(change)})

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        deed()

    assert Issue.objects.get().hash == issue.hash
    assert connection.vendor in {"sqlite", "postgresql"}


def test_issues_of_a_roadmap_are_numbered_in_turn(planned: Town) -> None:
    assert [frozen(planned, as_of=day).number for day in (date(2022, 6, 30), TODAY)] == [1, 2]


def test_days_in_the_wrong_order_are_refused_and_leave_nothing(planned: Town) -> None:
    before = Document.objects.count()
    with pytest.raises(Refused, match="позже"):
        frozen(planned, since=TODAY, as_of=SINCE)
    assert (Issue.objects.count(), Document.objects.count()) == (0, before)


def test_the_line_of_a_stretch_is_found_by_the_words_of_the_order(planned: Town) -> None:
    lines = lines_for_report(planned.roadmap)

    assert line_of_stretch(lines, "cumulative") == planned.lines[-1]
    assert line_of_stretch(lines, "interim") is None


def sent_by(town: Town, who: object) -> Client:
    client = DayClient()
    client.day = TODAY
    client.force_login(who)  # type: ignore[arg-type]  # -- a person of the town
    return client


def test_a_head_builds_freezes_and_publishes_by_pages(planned: Town) -> None:
    client = sent_by(planned, planned.head)
    plan = planned.roadmap.pk
    shown = client.get(f"/reports/{plan}/progress/?stretch=cumulative&since=2022-06-01&as_of=2022-09-15")
    assert shown.status_code == 200
    assert "Отчёт о реализации муниципальной дорожной карты" in shown.content.decode()

    typed = {
        "stretch": "cumulative",
        "since": "2022-06-01",
        "as_of": "2022-09-15",
        "line": planned.lines[-1].pk,
    }
    answer = client.post(f"/reports/{plan}/progress/freeze/", typed)
    issue = Issue.objects.get()
    assert answer.headers["Location"] == f"/reports/issues/{issue.pk}/"
    assert "содержание не менялось" in client.get(answer.headers["Location"]).content.decode()

    client.post(f"/reports/issues/{issue.pk}/publish/")
    assert "Размещён" in client.get(f"/reports/issues/{issue.pk}/").content.decode()


def test_words_typed_on_the_page_are_kept(planned: Town) -> None:
    client = sent_by(planned, planned.head)
    line = planned.lines[-1]

    client.post(f"/reports/{planned.roadmap.pk}/words/", {f"words-{line.pk}": "Ждём данных"})

    shown = client.get(f"/reports/{planned.roadmap.pk}/progress/").content.decode()
    assert "Ждём данных" in shown


def test_words_of_two_people_about_one_line_are_both_shown(planned: Town) -> None:
    line = planned.lines[-1]
    name, place = f"words-{line.pk}", f"/reports/{planned.roadmap.pk}/words/"
    seen = version_of(DrawnForm(None, {}, {name: ""}))
    one, other = sent_by(planned, planned.head), sent_by(planned, planned.coordinator)
    assert one.post(place, {name: "Ждём данных", "_seen": seen}).status_code == 302

    told = other.post(place, {name: "Данные пришли", "_seen": seen})
    page = told.content.decode()
    assert told.status_code == 409
    assert all(words in page for words in ("Ждём данных", "Данные пришли", "Записать мою версию"))
    assert line.report_words.get().words == "Ждём данных"

    known = re.search(r'name="_seen" value="(\w+)"', page)
    assert known
    other.post(place, {name: "Данные пришли", "_seen": known[1]})
    assert line.report_words.get().words == "Данные пришли"


@pytest.mark.parametrize(("ending", "starts"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_a_report_is_downloaded_under_a_russian_name(planned: Town, ending: str, starts: bytes) -> None:
    answer = sent_by(planned, planned.head).get(f"/reports/{planned.roadmap.pk}/progress.{ending}")

    assert answer.content.startswith(starts)
    assert "%D0%9E%D1%82%D1%87" in answer.headers["Content-Disposition"]


def test_another_town_finds_neither_the_report_nor_the_issue(planned: Town) -> None:
    issue = frozen(planned)
    stranger = sent_by(planned, make_person("Чужая"))

    assert stranger.get(f"/reports/issues/{issue.pk}/").status_code == 403
    assert stranger.get(f"/reports/{planned.roadmap.pk}/progress/").status_code == 403


def test_days_that_make_no_sense_are_told_at_the_form(planned: Town) -> None:
    client = sent_by(planned, planned.head)

    answer = client.get(
        f"/reports/{planned.roadmap.pk}/progress/?stretch=stretch&since=2022-09-01&as_of=2022-06-01"
    )

    assert answer.status_code == 422
    assert "Начало позже последнего дня" in answer.content.decode()


def test_a_page_of_three_hundred_issues_asks_as_often_as_one_of_three(planned: Town) -> None:
    client, counts = sent_by(planned, planned.head), []
    kept = frozen(planned)
    told = {name: getattr(kept, name) for name in ("roadmap", "kind", "stretch", "since", "as_of", "content")}
    for count in (3, 300):
        Issue.objects.bulk_create(
            Issue(**told, number=number, hash=kept.hash, frozen_at=AT, frozen_by=planned.head)
            for number in range(Issue.objects.count() + 1, count + 1)
        )
        client.get("/reports/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/reports/").status_code == 200
        counts.append(len(captured))
    assert counts == [6, 6]
