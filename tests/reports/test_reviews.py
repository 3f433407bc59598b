"""The note on a finished round of review: the sample, levels, agreement, rework; no expert and no school is named."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.reports.asked import Asked
from opora.reports.kinds import reviews
from opora.reports.models import Issue
from opora.reports.note import Facts, Note, Paragraph, Step
from opora.reports.papers import ENDINGS, file_of
from opora.reports.register import KINDS
from opora.reviews import actions
from opora.reviews.agreement import agreement_of
from opora.reviews.models import Criterion, Examination, Round
from tests.indicators.town import Town as Plan
from tests.indicators.town import browser_of
from tests.reports.test_equipment import missing, table
from tests.reports.test_renderers import MARKUP, text_of
from tests.reviews.town import AT, LAST, Town, make_town

QUERIES = 15


def plan_of(town: Town) -> Plan:
    """The roadmap of the town of reviews: an order of two lines, the second waits for a published document."""
    made = Plan(town.municipality, town.programme, town.schools, town.coordinator, town.head, [])
    made.plan([("documents_ready", "one", 1)], [("documents_published", "one", 1)])
    return made


def finished(town: Town, on: date = LAST, level: int = 1, **told: Any) -> Round:
    """A round that is examined, agreed with and finished on a day."""
    row = town.assigned(**told)
    for one in Examination.objects.filter(sampled__round=row):
        town.hand_in(one, level)
    return close(town, row, on)


def close(town: Town, row: Round, on: date = LAST) -> Round:
    """Agree with every document of a round and finish it."""
    actions.settle(review=row, sampled=None, on=on, by=town.coordinator, at=AT)
    actions.finish_round(review=row, on=on, by=town.coordinator, at=AT)
    row.refresh_from_db()
    return row


def note_of(town: Town, plan: Plan, **more: Any) -> Note:
    told = {"since": town.programme.starts_on, "as_of": LAST, "stretch": "cumulative", **more}
    return reviews.build(Asked(programme=town.programme, roadmap=plan.roadmap, **told))


def words_of(note: Note) -> str:
    """Every sentence of a note."""
    return " ".join(one.text for one in note.blocks if isinstance(one, Paragraph)).replace("\u00a0", " ")


@pytest.fixture
def reviewed() -> Town:
    return make_town()


@pytest.fixture
def plan(reviewed: Town) -> Plan:
    return plan_of(reviewed)


@pytest.mark.django_db
def test_the_note_tells_the_sample_and_how_it_was_drawn(reviewed: Town, plan: Plan) -> None:
    finished(reviewed)
    note = note_of(reviewed, plan)

    assert "Рассмотрено: 6 документов из 6 в выборке, всего документов 12." in words_of(note)
    facts = dict(next(one for one in note.blocks if isinstance(one, Facts)).rows)
    assert facts["Виды документов"] == "Концепция"
    assert facts["В выборке"] == "6 (50\u00a0%)"
    assert facts["Слои"] == "риск"
    assert facts["Зерно"].startswith("семь опор")
    assert facts["Точность"].startswith("По 6 документам из 12")
    assert facts["Завершена"] == "9\u00a0сентября\u00a02022\u00a0года"
    assert note.about == "Экспертиза концепций (весь год)"


@pytest.mark.django_db
def test_criteria_and_risks_are_told_with_shares_of_levels(reviewed: Town, plan: Plan) -> None:
    row = reviewed.assigned(size_value=Decimal(100))
    for one in Examination.objects.filter(sampled__round=row).select_related("sampled__factor"):
        reviewed.hand_in(one, one.sampled.factor.number - 1)
    close(reviewed, row)
    note = note_of(reviewed, plan)

    criterion = Criterion.objects.filter(round=row).order_by("position").first()
    assert criterion is not None
    assert [row[1:] for row in table(note, criterion.title).rows] == [(0, 4, 33), (1, 4, 33), (2, 4, 33)]
    assert table(note, "Критерии").rows[0] == (criterion.title, 1.0, 2, 50)
    assert table(note, "Риски").rows == (
        ("1. Фактор 1", 4, 0, 0), ("2. Фактор 2", 4, 50, 0), ("3. Фактор 3", 4, 100, 0),
    )  # fmt: skip
    assert "согласие не считается" in words_of(note)


@pytest.mark.django_db
def test_agreement_is_told_in_plain_words_with_the_kappa(reviewed: Town, plan: Plan) -> None:
    row = reviewed.assigned(size_value=Decimal(100), experts_each=2)
    for at, sampled in enumerate(row.sampled.all()):
        first, second = sampled.examinations.order_by("pk")
        reviewed.hand_in(first, at % 3)
        reviewed.hand_in(second, at % 3 if at < 10 else 1)
    close(reviewed, row)
    note = note_of(reviewed, plan)

    told = words_of(note)
    assert (
        "Двое экспертов независимо рассмотрели 12 документов. Их оценки совпали в 92 % случаев (55 из 60)."
        in told
    )
    assert (
        "С поправкой на случайные совпадения (взвешенная каппа Коэна): 0,90, почти полное согласие." in told
    )
    assert table(note, "Согласие экспертов").rows[0][1:] == (12, 92, 0.9, "почти полное согласие")


def test_too_few_or_equal_pairs_have_no_coefficient() -> None:
    few = reviews.agreement_words(agreement_of([([(0, 1)] * 3, 3)], 3))
    assert few.endswith("Пар меньше 10: показатель согласия не считается.")
    equal = reviews.agreement_words(agreement_of([([(1, 1)] * 12, 3)], 12))
    assert equal.endswith("Все оценки одинаковы: показатель согласия посчитать нельзя.")


@pytest.mark.django_db
def test_returned_and_reworked_documents_are_counted(reviewed: Town, plan: Plan) -> None:
    row = reviewed.assigned()
    for one in Examination.objects.filter(sampled__round=row):
        reviewed.hand_in(one)
    first, second = row.sampled.order_by("position")[:2]
    for sampled in (first, second):
        reviewed.returned(sampled)
    reviewed.new_version(first.document)
    actions.mark_reworked(sampled=first, on=LAST, by=reviewed.keeper, at=AT)
    reviewed.hand_in(first.examinations.get(look=2), 2, on=LAST)
    # The second school has not reworked it: the coordinator settles it as it is.
    actions.settle(review=row, sampled=[second], on=LAST, by=reviewed.coordinator, at=AT)
    close(reviewed, row)
    told = words_of(note_of(reviewed, plan))

    assert "Возвращено на доработку: 2, доработано: 1." in told
    assert "Возвращено с замечаниями: 2 документа, доработано: 1." in told
    assert "Итог доработанных взят по второму просмотру, остальных (1) — по первому." in told


@pytest.mark.django_db
def test_the_earlier_round_of_the_same_kinds_stands_beside(reviewed: Town, plan: Plan) -> None:
    finished(reviewed, title="Первая", level=0)
    second = finished(reviewed, title="Вторая", level=1)
    note = note_of(reviewed, plan, about=f"round:{second.pk}")

    assert "Сравниваем с экспертизой «Первая» (весь год)." in words_of(note)
    changes = table(note, "Разница").rows
    assert changes[0][1:] == (0, 50, Step(50))
    assert changes[-1] == ("В среднем", 0, 50, Step(50))


@pytest.mark.django_db
def test_no_expert_and_no_school_is_named_in_any_format(reviewed: Town, plan: Plan) -> None:
    finished(reviewed, strata=("municipality", "factor", "curator"), experts_each=2)
    note = note_of(reviewed, plan)
    told = [KINDS["reviews"].shape.as_text(note)]
    told.append(text_of(file_of(KINDS["reviews"], note, "docx", place=reviewed.municipality)))
    for words in told:
        for name in ("Экспертова", "Сваева", "Школа № 1", "Концепция школы"):
            assert name not in words
    assert "муниципалитет, риск, куратор" in told[0]


@pytest.mark.django_db
def test_an_unfinished_round_is_not_offered_and_the_page_teaches(reviewed: Town, plan: Plan) -> None:
    row = reviewed.assigned()
    assert reviews.topics(plan.roadmap, LAST) == []
    client = browser_of(reviewed.head, LAST)
    page = client.get("/reports/?kind=reviews").content.decode()
    assert "завершите экспертизу" in page
    assert 'href="/reviews/"' in page
    assert "завершите экспертизу" in client.get(f"/reports/{plan.roadmap.pk}/reviews/").content.decode()
    assert missing(note_of(reviewed, plan)) == [
        "Нет данных: завершённой экспертизы на 9\u00a0сентября\u00a02022\u00a0года нет."
    ]
    assert client.get(f"/reports/{plan.roadmap.pk}/reviews/?about=round:{row.pk}").status_code == 404


@pytest.mark.django_db
def test_a_round_of_another_town_is_not_found(reviewed: Town, plan: Plan) -> None:
    finished(reviewed)
    strange = finished(make_town(name="г. о. Чужой"))
    client = browser_of(reviewed.head, LAST)
    for about in (f"round:{strange.pk}", "round:999999", "round:x"):
        assert client.get(f"/reports/{plan.roadmap.pk}/reviews/?about={about}").status_code == 404
        answer = client.get(f"/reports/{plan.roadmap.pk}/reviews.docx?as_of=2022-09-09&about={about}")
        assert answer.status_code == 404
    assert browser_of(reviewed.curator, LAST).get(f"/reports/{plan.roadmap.pk}/reviews/").status_code == 403


@pytest.mark.django_db
def test_the_note_becomes_the_published_document_of_its_line(reviewed: Town, plan: Plan) -> None:
    row = finished(reviewed)
    client = browser_of(reviewed.head, LAST)
    address = f"/reports/{plan.roadmap.pk}/reviews"
    assert "Экспертиза концепций" in client.get("/reports/?kind=reviews").content.decode()
    query = f"?as_of=2022-09-09&about=round:{row.pk}"
    assert "Зерно" in client.get(f"{address}/{query}").content.decode()
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}.xlsx{query}").content))
    assert [cell.value for cell in book["Уровни"][1]] == ["О чём", "Уровень", "Балл", "Документов", "Доля, %"]
    assert book["Уровни"].max_row == 16

    told = {"as_of": "2022-09-09", "about": f"round:{row.pk}", "words": "", "line": plan.lines[1].pk}
    client.post(f"{address}/freeze/", told)
    issue = Issue.objects.get()
    client.post(f"/reports/issues/{issue.pk}/publish/")

    assert (issue.kind, issue.about) == ("reviews", f"round:{row.pk}")
    assert plan.state(LAST, 1).is_finished


@pytest.mark.django_db
def test_a_round_of_a_region_has_a_note_of_the_region(reviewed: Town, plan: Plan) -> None:
    row = finished(reviewed, place=reviewed.region)
    assert reviews.topics(plan.roadmap, LAST) == []
    assert [key for key, _ in reviews.region_topics(reviewed.region, reviewed.programme, LAST)] == [
        f"round:{row.pk}"
    ]
    address = f"/reports/regions/{reviewed.region.pk}/{reviewed.programme.pk}/region_reviews/"
    page = browser_of(reviewed.regional, LAST).get(address).content.decode()
    assert "Экспертиза концепций (весь год)" in page
    assert "В выборке" in page


@pytest.mark.django_db
@pytest.mark.parametrize("words", [*MARKUP, "[Лист]*?:/" + "я" * 200])
def test_any_words_of_a_round_make_files_that_open(reviewed: Town, plan: Plan, words: str) -> None:
    row = finished(reviewed)
    Round.objects.filter(pk=row.pk).update(title=words, seed=words[:60])
    Criterion.objects.filter(round=row).update(title=words)
    note = note_of(reviewed, plan)
    made = {
        ending: file_of(KINDS["reviews"], note, ending, place=reviewed.municipality) for ending in ENDINGS
    }
    assert made["pdf"].startswith(b"%PDF")
    assert words in text_of(made["docx"])
    assert openpyxl.load_workbook(io.BytesIO(made["xlsx"])).sheetnames[0] == "Справка"


@pytest.mark.django_db
def test_a_round_of_three_hundred_documents_asks_as_often_as_one_of_three() -> None:
    counts = []
    for number in (3, 300):
        town = make_town(number, name=f"Город {number}")
        plan = plan_of(town)
        first = town.drawn(title="Прежняя", size_value=Decimal(100))
        row = town.drawn(size_value=Decimal(100))
        Round.objects.filter(pk__in=(first.pk, row.pk)).update(finished_on=LAST)
        row.sampled.update(settled_on=LAST)
        with CaptureQueriesContext(connection) as captured:
            note = note_of(town, plan, about=f"round:{row.pk}")
        assert isinstance(note.blocks[0], Paragraph)
        assert table(note, "Риски").rows
        counts.append(len(captured))
    assert counts == [QUERIES, QUERIES]
