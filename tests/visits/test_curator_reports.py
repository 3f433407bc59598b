"""A curator's report for a stage: begun, written, handed in, approved, called back, made public."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import docx
import pypdfium2
import pytest

from opora.core.refusal import Refused
from opora.core.uploads import content_of
from opora.documents.models import Document, Publication
from opora.programmes.models import RiskFactor
from opora.schools.models import AntiRiskProgramme, Measure, Participation, SchoolRiskChange
from opora.visits import actions
from opora.visits.models import CuratorReport
from opora.visits.reporting import stage_report_of
from opora.visits.stage_report import as_plain, compared, from_plain
from opora.visits.views.report_files import as_docx, as_pdf, papers_of
from tests.indicators.town import Town, browser_of
from tests.visits.reports_town import AT, MAY_20, MAY_25, again, approved, begun, sent, words_for
from tests.visits.town import hold, make_visited_town, plan, verbs

REPORTS = {
    "text": "Подготовка отчетов кураторов (1 этап)",
    "promise": "Отчеты кураторов подготовлены",
}
FILLED = ("forms_filled", "curators", 1)
PUBLISHED = ("documents_published", "curators", 1)


@pytest.fixture
def town(db: None) -> Town:
    return make_visited_town()


def text_of(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def text_of_docx(content: bytes) -> str:
    paper = docx.Document(io.BytesIO(content))
    return "\n".join(one.text for one in paper.paragraphs)


def refusal_of(deed: Any, **told: Any) -> str:
    with pytest.raises(Refused) as found:
        deed(**told)
    return found.value.words


def test_a_report_is_begun_once_however_often_it_is_asked_for(town: Town) -> None:
    assert begun(town).pk == begun(town).pk
    assert verbs(CuratorReport.objects.get()) == ["curator.report_begun"]


def test_a_stage_that_has_not_begun_gives_nothing_to_report_of(town: Town) -> None:
    assert "2 этап начнётся" in refusal_of(begun, town=town, number=2, on=MAY_20)


def test_a_curator_without_schools_has_no_report(town: Town) -> None:
    assert "нет ни одной школы" in refusal_of(begun, town=town, person=1)


def test_the_report_is_made_of_what_records_tell_by_the_day(town: Town) -> None:
    report = begun(town)
    visit = hold(town, plan(town))
    told = {"visit": visit, "side": "school", "by": town.curators[0], "at": AT}
    step = actions.add_step(text="Составить план", due_on=date(2022, 4, 1), **told)
    actions.add_step(text="Показать план", due_on=date(2022, 5, 1), **told)
    actions.close_step(step=step, done_on=date(2022, 4, 1), words="", by=town.curators[0], at=AT)
    _measures(town, confirmed=1, of=4)

    before, after = (stage_report_of(report, day).schools[0].figures for day in (date(2022, 3, 9), MAY_20))

    assert (before.planned, before.held, before.steps) == (1, 0, 0)
    assert (after.held, after.steps, after.closed, after.share) == (1, 2, 1, 25)
    assert stage_report_of(report, MAY_20).schools[0].open_steps == (
        "Показать план (до 1\xa0мая\xa02022\xa0года)",
    )


def test_the_report_names_what_was_chosen_on_its_day(town: Town) -> None:
    part, report = Participation.objects.get(school=town.schools[0]), begun(town)
    factor = RiskFactor.objects.create(programme=town.programme, number=2, name="Дефицит кадров")
    told = {"participation": part, "factor": factor, "changed_at": AT}
    SchoolRiskChange.objects.create(on=date(2022, 3, 1), is_chosen=True, version=1, **told)
    SchoolRiskChange.objects.create(on=date(2022, 6, 1), is_chosen=False, version=2, **told)

    before, after = (stage_report_of(report, day).schools[0] for day in (MAY_20, date(2022, 6, 1)))

    assert (before.risks, before.figures.risks) == (("Дефицит кадров",), 1)
    assert (after.risks, after.figures.risks) == ((), 0)


def _measures(town: Town, confirmed: int, of: int) -> None:
    factor = RiskFactor.objects.create(programme=town.programme, number=1, name="Низкий уровень оснащения")
    programme = AntiRiskProgramme.objects.create(
        participation=Participation.objects.get(school=town.schools[0]), factor=factor
    )
    for number in range(of):
        day = date(2022, 4, 1) if number < confirmed else None
        Measure.objects.create(
            programme=programme, position=number, text=f"Мера {number}", done_on=day, confirmed_on=day
        )


def test_the_second_stage_stands_beside_the_first_as_it_was_approved(town: Town) -> None:
    hold(town, plan(town))
    approved(town)
    second = begun(town, 2, date(2022, 9, 1))

    part = stage_report_of(second, date(2022, 9, 10)).schools[0]
    visits = compared(part, "Выбранные риски")[0]

    assert (visits.before, visits.now, visits.is_changed) == ("1 из 1", "0 из 0", True)
    assert stage_report_of(begun(town), MAY_20).schools[0].before is None


def test_words_typed_by_two_people_are_both_kept(town: Town) -> None:
    report = begun(town)
    mine = {"report": report, "version": report.version, "by": town.curators[0], "at": AT}
    first, second = words_for(report, "Первые слова"), words_for(report, "Вторые слова")
    actions.save_words(words=first, **mine)

    with pytest.raises(actions.WordsConflict) as found:
        actions.save_words(words=second, **mine)

    assert (found.value.code, found.value.kept, found.value.typed) == ("R-CONFLICT", first, second)
    assert again(report).words == first
    assert actions.save_words(words=first, **mine) == found.value.version


def test_a_report_without_words_says_which_are_lacking(town: Town) -> None:
    report = begun(town)
    words = words_for(report)
    words[str(town.schools[1].pk)]["difficulties"] = "  \n"
    told = {"report": report, "words": words, "version": report.version, "by": town.head, "at": AT}

    said = refusal_of(actions.hand_in, on=MAY_20, **told)

    assert said == "Напишите недостающее: Школа № 102: что пока трудно."
    assert again(report).sent_on is None


def test_handing_in_twice_is_told_and_written_once(town: Town) -> None:
    report = sent(town)
    with pytest.raises(actions.SentTwice):
        actions.send_report(report=report, on=MAY_20, by=report.curator, at=AT)
    assert verbs(report).count("curator.report_sent") == 1


def test_a_returned_report_waits_for_an_answer_and_is_handed_in_again(town: Town) -> None:
    report = sent(town)
    told = {"report": report, "by": town.head, "at": AT}
    actions.return_report(question="Сколько уроков?", on=MAY_20, **told)

    assert "вернулся с вопросом" in refusal_of(
        actions.approve_report, activity=None, papers=papers_of, on=MAY_25, **told
    )
    actions.send_report(report=report, on=date(2022, 5, 21), by=report.curator, at=AT)
    actions.approve_report(activity=None, papers=papers_of, on=MAY_25, **told)

    assert again(report).approved_on == MAY_25


def test_approval_freezes_the_figures_and_makes_an_approved_paper_of_the_line(town: Town) -> None:
    town.plan([FILLED], **REPORTS)
    report = approved(town, town.lines[0])
    hold(town, plan(town))

    document = report.document
    assert document is not None
    assert (document.state, document.curator, document.activity) == (
        Document.State.APPROVED, town.curators[0], town.lines[0],
    )  # fmt: skip
    assert [one.name.rsplit(".")[-1] for one in document.versions.all()] == ["pdf", "docx"]
    assert stage_report_of(report, date(2022, 9, 1)).total.held == 0


def test_two_people_approving_at_once_make_one_paper(town: Town) -> None:
    report = sent(town)
    told = {"report": report, "activity": None, "papers": papers_of, "on": MAY_25, "at": AT}
    actions.approve_report(by=town.head, **told)

    with pytest.raises(actions.SentTwice):
        actions.approve_report(by=town.coordinator, **told)

    assert Document.objects.count() == 1
    assert again(report).approved_by == town.head


def test_many_are_approved_all_or_none(town: Town) -> None:
    town.appoint("curator", town.schools[0], town.curators[1])
    ready, unready = sent(town), begun(town, person=1)
    told = {"papers": papers_of, "on": MAY_25, "by": town.head, "at": AT}

    said = refusal_of(actions.approve_many, reports=[(ready, None), (unready, None)], **told)

    assert "Кураторова" in said
    assert again(ready).approved_on is None
    assert actions.approve_many(reports=[(ready, None), (ready, None)], **told) == 1


def test_an_approval_is_called_back_within_a_day_and_the_paper_counts_no_more(town: Town) -> None:
    town.plan([FILLED], **REPORTS)
    report = approved(town, town.lines[0])

    late = AT + timedelta(hours=25)
    assert "24 часов" in refusal_of(actions.call_back_report, report=report, by=town.head, at=late)
    actions.call_back_report(report=report, by=town.head, at=AT + timedelta(hours=23))

    assert (town.state().found, town.state().reported) == (0, 1)
    told = {"activity": town.lines[0], "papers": papers_of, "on": MAY_25, "by": town.head, "at": AT}
    actions.approve_report(report=report, **told)
    assert Document.objects.count() == 1
    assert town.state().found == 1


def test_the_public_rendition_names_nobody_without_consent(town: Town) -> None:
    curator = town.curators[0]
    curator.post, curator.workplace = "учитель физики", "Школа № 105"
    curator.save()
    town.plan([FILLED, PUBLISHED], **REPORTS)
    report = approved(town, town.lines[0])
    told = {"activity": town.lines[0], "papers": papers_of, "on": MAY_25, "by": town.head, "at": AT}

    document = actions.publish_report(report=report, **told)

    said = document.title + "".join(
        text_of(content_of(one.file)) if one.name.endswith("pdf") else text_of_docx(content_of(one.file))
        for one in document.versions.select_related("file")
    )
    assert curator.last_name not in said
    assert "учитель физики, Школа № 105" in said
    assert Publication.objects.get().document == document != report.document
    with pytest.raises(actions.SentTwice):
        actions.publish_report(report=report, **told)


def test_the_public_rendition_names_the_curator_who_agreed(town: Town) -> None:
    curator = town.curators[0]
    curator.may_be_named_since = date(2022, 1, 1)
    curator.save()
    report = approved(town)

    told = {"activity": None, "papers": papers_of, "on": MAY_25, "by": town.head, "at": AT}
    assert curator.last_name in actions.publish_report(report=report, **told).title


def test_a_line_of_monitoring_is_done_by_reports_written_and_published(town: Town) -> None:
    town.plan([FILLED, PUBLISHED], **REPORTS)
    report = approved(town, town.lines[0])
    assert town.state().status.code != "done_late"

    told = {"activity": town.lines[0], "papers": papers_of, "on": MAY_25, "by": town.head, "at": AT}
    actions.publish_report(report=report, **told)

    assert town.state().status.code == "done"


NASTY = "=1+1 <b>&amp;</b> \u0007 😀 \ud7ff #set text(9pt) {{ x }} {% y %} \\ $a$ @b " + "ы" * 70_000


@pytest.mark.parametrize("render", [as_docx, as_pdf])
def test_text_of_any_kind_makes_files_that_open(town: Town, render: Any) -> None:
    report = approved(town)
    told = stage_report_of(report, MAY_25)
    part = replace(told.schools[0], name=NASTY, risks=(NASTY,), papers=(NASTY,))
    content = render(replace(told, title=NASTY[:200], curator=NASTY, schools=(part,)))
    assert "{{ x }}" in (text_of(content) if render is as_pdf else text_of_docx(content))


def test_a_frozen_report_comes_back_as_it_was(town: Town) -> None:
    hold(town, plan(town))
    told = stage_report_of(sent(town), MAY_25)
    assert from_plain(as_plain(told)) == told


def test_the_list_costs_the_same_for_three_curators_and_thirty(
    town: Town, django_assert_num_queries: Any
) -> None:
    from tests.indicators.town import make_person

    for _ in range(30):
        town.appoint("curator", town.schools[0], make_person("Ещё"))
    client = browser_of(town.coordinator)
    client.get("/curator-reports/")
    with django_assert_num_queries(8):
        assert client.get("/curator-reports/").status_code == 200
