"""Curators' reports as people meet them: from nothing to the portal through the pages alone, without scripts."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from opora.indicators.models import Indicator
from opora.visits.actions import publish_report
from opora.visits.models import CuratorReport
from opora.visits.views.report_files import papers_of
from tests.indicators.town import Town, browser_of
from tests.visitor import Visitor
from tests.visits.reports_town import AT, again, approved, begun, sent, words_for
from tests.visits.town import make_visited_town

ON = date(2022, 5, 25)
REPORTS = {
    "text": "Мониторинг эффективности работы кураторов (первый этап)",
    "promise": "Отчеты кураторов подготовлены и размещены на странице проекта",
}
RULES = (("forms_filled", "curators", 1), ("documents_published", "curators", 1))


@pytest.fixture
def town(db: None) -> Town:
    return make_visited_town()


def visitor_of(town: Town, person: object, on: str = "2022-05-25") -> Visitor:
    visitor = Visitor(person)
    visitor.open(f"/curator-reports/?on={on}")
    return visitor


def test_a_line_of_monitoring_goes_from_nothing_to_done_through_pages(town: Town) -> None:
    town.plan(RULES, **REPORTS)
    curator, head = (visitor_of(town, one) for one in (town.curators[0], town.head))

    page = curator.send(curator.open("/curator-reports/"), "/begin/")
    report = CuratorReport.objects.get()
    fields = {f"{key}-{code}": text for key, told in words_for(report).items() for code, text in told.items()}
    curator.send(page, "", deed="send", **fields)
    page = head.follow(head.open("/curator-reports/"), f"/curator-reports/{report.pk}/")
    head.send(head.follow(page, f"{page.address}approve/"), "")
    page = head.open(f"/curator-reports/{report.pk}/")
    head.send(head.follow(page, f"{page.address}publish/"), "")

    state = town.state(ON)
    assert [one.kind.code for one in state.tallies] == ["forms_filled", "documents_published"]
    assert state.status.code == "done"


def test_words_that_are_lacking_are_named_and_what_was_typed_stays(town: Town) -> None:
    report = begun(town)
    visitor = visitor_of(town, town.curators[0])
    name = f"{town.schools[0].pk}-changed"

    page = visitor.send(
        visitor.open(f"/curator-reports/{report.pk}/words/"), "", 422, deed="send", **{name: "Моё слово"}
    )

    assert "Школа № 102: что изменилось" in page.words
    assert page.tree.forms[-1].fields[name].strip() == "Моё слово"


def test_two_versions_of_words_are_both_shown(town: Town) -> None:
    report = begun(town)
    visitor = visitor_of(town, town.curators[0])
    page = visitor.open(f"/curator-reports/{report.pk}/words/")
    name = f"{town.schools[0].pk}-changed"
    visitor.send(page, "", deed="save", **{name: "Сказал телефон"})

    page = visitor.send(page, "", 409, deed="save", **{name: "Сказал компьютер"})

    assert "Сохранено: Сказал телефон" in page.words
    assert "У вас: Сказал компьютер" in page.words
    page = visitor.send(page, "", deed="save")
    assert again(report).words[str(town.schools[0].pk)] == {"changed": "Сказал компьютер"}


def test_the_page_saves_itself_and_says_when(town: Town) -> None:
    report = begun(town)
    client = browser_of(town.curators[0], ON)
    name = f"{town.schools[0].pk}-changed"
    answer = client.post(
        f"/curator-reports/{report.pk}/words/",
        {"version": report.version, "deed": "draft", name: "Слово"},
        headers={"X-Opora-Sheet": "1"},
    )
    assert answer.json()["version"] == report.version + 1
    assert answer.json()["address"] == ""


def test_marked_reports_are_approved_at_once_and_go_to_the_line_of_their_stage(town: Town) -> None:
    town.plan(RULES, **REPORTS)
    report = sent(town)
    client = browser_of(town.head, ON)
    assert (
        f'name="report" value="{report.pk}" form="many"' in client.get("/curator-reports/").content.decode()
    )

    page = client.post("/curator-reports/approve/", {"report": [report.pk]}, follow=True)

    assert "Принято: 1" in page.content.decode()
    kept = again(report)
    assert kept.document is not None
    assert kept.document.activity == town.lines[0]


def test_nothing_marked_is_told(town: Town) -> None:
    client = browser_of(town.head, ON)
    answer = client.post("/curator-reports/approve/", {}, follow=True)
    assert "Отметьте отчёты" in answer.content.decode()


def test_a_curator_sees_only_own_reports_and_a_school_none(town: Town) -> None:
    town.appoint("curator", town.schools[0], town.curators[1])
    report = sent(town)
    other = browser_of(town.curators[1], ON)
    assert other.get(f"/curator-reports/{report.pk}/").status_code == 404
    assert town.curators[0].last_name not in other.get("/curator-reports/").content.decode()


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_draft_is_looked_at_as_a_file(town: Town, ending: str) -> None:
    report = begun(town)
    answer = browser_of(town.curators[0], ON).get(f"/curator-reports/{report.pk}/report.{ending}")
    assert (answer.status_code, len(answer.content) > 1000) == (200, True)


def test_a_curator_without_schools_is_told_so(town: Town) -> None:
    stage = town.programme.stages.first()
    assert stage is not None
    town.appoint("curator", town.schools[0], town.curators[1], until=date(2022, 1, 20))
    answer = browser_of(town.coordinator, ON).post(
        "/curator-reports/begin/", {"stage": stage.pk, "curator": town.curators[1].pk}
    )
    assert answer.status_code == 422
    assert not CuratorReport.objects.exists()


def test_the_line_offered_first_is_that_of_the_stage(town: Town) -> None:
    town.plan(RULES, **REPORTS)
    Indicator.objects.filter(kind="documents_published").delete()
    page = visitor_of(town, town.head).open(f"/curator-reports/{sent(town).pk}/approve/")
    assert page.tree.forms[-1].fields["line"] == str(town.lines[0].pk)


def test_taking_the_consent_back_takes_the_named_report_down(town: Town) -> None:
    curator = town.curators[0]
    with time_machine.travel(AT, tick=False):
        visitor = Visitor(curator)
        visitor.send(visitor.open("/account/"), "/account/consent/", consent="yes")
        curator.refresh_from_db()
        told = {"activity": None, "papers": papers_of, "on": AT.date(), "by": town.head, "at": AT}
        public = publish_report(report=approved(town), **told)
        assert curator.last_name in public.title

        page = visitor.send(visitor.open("/account/"), "/account/consent/", consent="no")

    assert "1 отчёт куратора снят с портала" in page.words
    publication = public.publications.get()
    assert publication.taken_down_on == AT.date()
    assert publication.taken_down_reason == "Отозвано согласие на показ имени"


def test_nobody_waits_for_a_report_of_one_who_left_before_the_stage_was_over(town: Town) -> None:
    town.appoint("curator", town.schools[0], until=date(2022, 3, 20))
    words = browser_of(town.head, date(2022, 6, 15)).get("/curator-reports/").content.decode()
    assert "Освобождён 20 марта, отчёт не начат" in words.replace("\xa0", " ")
