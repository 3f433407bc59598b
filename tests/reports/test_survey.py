"""The note on a survey: loaded or collected, who answered, shares, the main in one sentence, few answers hidden."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.questionnaires.actions.surveys import load_survey
from opora.questionnaires.models import Survey, SurveyFigure
from opora.questionnaires.told_survey import Figure
from opora.reports.asked import Asked
from opora.reports.kinds import survey
from opora.reports.models import Issue
from opora.reports.note import Facts, Heading, Items, Note, Paragraph, Step, from_text
from opora.reports.papers import ENDINGS, file_of
from opora.reports.register import KINDS
from opora.schools.models import School
from tests.indicators.town import AT, TODAY, Town, browser_of, make_town
from tests.questionnaires.gathering import SAID, gather, hand_in, owing
from tests.reports.test_equipment import missing, table
from tests.reports.test_renderers import MARKUP, text_of

MAY, JULY = date(2022, 5, 20), date(2022, 7, 20)
HELPS, VISITS = "Помогает ли куратор?", "Сколько посещений нужно?"
OF_SURVEY, OF_COLLECTION = 4, 5


def loaded(town: Town, *rows: tuple[str, str, str, int, int], on: date = MAY, title: str = "Опрос") -> Survey:
    return load_survey(
        municipality=town.municipality,
        programme=town.programme,
        title=title,
        held_on=on,
        figures=[Figure(*row) for row in rows],
        file=None,
        file_name="",
        by=town.coordinator,
        at=AT,
    )


def note_of(town: Town, about: str = "", **more: Any) -> Note:
    told = {"since": town.programme.starts_on, "as_of": TODAY, "stretch": "cumulative", **more}
    return survey.build(Asked(programme=town.programme, roadmap=town.roadmap, about=about, **told))


def words_of(note: Note) -> str:
    """Every sentence of a note."""
    return " ".join(one.text for one in note.blocks if isinstance(one, Paragraph)).replace("\u00a0", " ")


def facts(note: Note) -> dict[str, str]:
    return dict(next(one for one in note.blocks if isinstance(one, Facts)).rows)


def answered(town: Town, count: int, **more: Any) -> Any:
    """A collection to which so many schools have answered, all but the first disagreeing."""
    made = gather(town, **more)
    for place, school in enumerate(School.objects.filter(municipality=town.municipality)[:count]):
        hand_in(made, school, {**SAID, "teachers": 10 + place, "agree": "1" if place else "4"})
    return made


@pytest.fixture
def asked(town: Town) -> Survey:
    """A survey of directors and of three curators."""
    return loaded(
        town,
        ("директора", HELPS, "Да", 8, 10),
        ("директора", HELPS, "Нет", 2, 10),
        ("директора", VISITS, "Два", 5, 10),
        ("директора", VISITS, "Четыре", 5, 10),
        ("кураторы", HELPS, "Да", 3, 3),
    )


def test_questions_of_a_survey_stand_with_shares_by_group(town: Town, asked: Survey) -> None:
    note = note_of(town, f"survey:{asked.pk}")

    assert table(note, f"{HELPS} (директора)").rows == (("Да", 8, 80), ("Нет", 2, 20))
    assert table(note, f"{VISITS} (директора)").rows == (("Два", 5, 50), ("Четыре", 5, 50))
    assert facts(note)["Ответили: директора"] == "10"
    assert note.about == "Опрос, 20\u00a0мая\u00a02022\u00a0года"
    assert "Прежних ответов на те же вопросы нет" in words_of(note)


def test_the_main_is_the_largest_share_and_a_tie_leads_nothing(town: Town, asked: Survey) -> None:
    told = words_of(note_of(town, f"survey:{asked.pk}"))
    assert f"Чаще всего отвечали одинаково: «{HELPS} (директора)» — «Да», 80 % (8 из 10)." in told
    tied = loaded(town, ("", VISITS, "Два", 5, 10), ("", VISITS, "Три", 5, 10), title="Ничья")
    assert "Главного не назвать" in words_of(note_of(town, f"survey:{tied.pk}"))


def test_a_group_of_fewer_than_five_is_counted_and_not_shown(town: Town, asked: Survey) -> None:
    note = note_of(town, f"survey:{asked.pk}")
    assert [one.title for one in note.tables] == [f"{HELPS} (директора)", f"{VISITS} (директора)"]
    assert f"{HELPS} (кураторы)" in next(one for one in note.blocks if isinstance(one, Items)).rows
    assert any(one.startswith("Ответили меньше 5") for one in missing(note))
    assert facts(note)["Ответили: кураторы"] == "3"


def test_a_later_survey_is_compared_with_the_one_before(town: Town, asked: Survey) -> None:
    later = loaded(
        town,
        ("директора", HELPS.upper(), "да", 19, 20),
        ("директора", HELPS.upper(), "нет", 1, 20),
        ("директора", VISITS, "Пять", 20, 20),
        on=JULY,
    )
    note = note_of(town, f"survey:{later.pk}")

    rows = table(note, f"{HELPS.upper()} (директора)").rows
    assert rows == (("да", 19, 95, 80, Step(15)), ("нет", 1, 5, 20, Step(-15)))
    assert table(note, f"{VISITS} (директора)").rows == (("Пять", 20, 100, None, None),)
    assert "Сильнее всего изменилось: " in words_of(note)
    assert "«да», +15 п. п." in words_of(note)
    assert "Разница: с «Опрос», 20 мая 2022 года." in words_of(note)


def test_a_collection_tells_who_answered_and_names_the_schools_that_did_not(town: Town) -> None:
    made = answered(town, 2)
    note = note_of(town, f"collection:{made.pk}")

    assert facts(note)["Сдали"] == "2 из 3"
    assert missing(note) == ["Нет данных: Школа № 103."]
    assert table(note, "Наставники помогают").rows == (
        ("Не согласен", 1, 50), ("Скорее не согласен", 0, 0), ("Скорее согласен", 0, 0), ("Согласен", 1, 50),
    )  # fmt: skip
    assert table(note, "Числа").rows[0] == ("Сколько учителей", 2, 10.5, 10, 11, 21)
    assert "можно было выбрать несколько ответов" in words_of(note)
    headings = [one.text for one in note.blocks if isinstance(one, Heading) and one.level == 2]
    assert headings == ["1. Кто отвечал", "2. Ответы", "3. Вопросы с числами", "4. Ответы своими словами"]


def test_what_schools_wrote_in_their_own_words_is_only_counted(town: Town) -> None:
    made = gather(town)
    hand_in(made, town.schools[0], {**SAID, "more": {"words": "Секретные слова школы"}})
    note = note_of(town, f"collection:{made.pk}")
    assert "Секретные слова" not in KINDS["survey"].shape.as_text(note)
    assert any(
        "Что сделано: 1\u00a0ответ" in row
        for one in note.blocks
        if isinstance(one, Items)
        for row in one.rows
    )


def test_a_past_day_knows_only_the_answers_given_by_then(town: Town) -> None:
    made = gather(town)
    for place, day in enumerate((3, 10)):
        hand_in(made, town.schools[place], on=date(2022, 9, day))
    then = note_of(town, f"collection:{made.pk}", as_of=date(2022, 9, 5))
    assert facts(then)["Сдали"] == "1 из 3"
    before = note_of(town, f"collection:{made.pk}", as_of=date(2022, 8, 1))
    assert missing(before) == ["Нет данных: опроса или сбора на 1\u00a0августа\u00a02022\u00a0года нет."]
    assert survey.topics(town.roadmap, date(2022, 8, 1)) == []


def close(collection: Any) -> None:
    collection.closed_on = TODAY
    collection.save(update_fields=["closed_on"])


def test_nameless_answers_are_hidden_under_five_and_nobody_is_named(db: None) -> None:
    town = make_town(6)
    town.plan([("documents_published", "one", 1)])
    made = answered(town, 4, is_anonymous=True, is_accepted_by_hand=False)
    open_yet = note_of(town, f"collection:{made.pk}")
    assert missing(open_yet)[1].startswith("Сбор идёт")
    close(made)
    note = note_of(town, f"collection:{made.pk}")
    assert note.tables == ()
    assert missing(note) == [
        "Нет данных: не сдали 2.",
        "Ответили меньше 5: ответы без имён не показаны, чтобы никого нельзя было узнать.",
    ]
    hand_in(made, town.schools[4], {"agree": "1"}, TODAY)

    shown = note_of(town, f"collection:{made.pk}")

    assert table(shown, "Наставники помогают").rows[0] == ("Не согласен", 4, 80)
    # Only four told how many teachers there are: of so few it could be guessed who said what.
    assert [row[0] for row in table(shown, "Числа").rows] == ["Пары наставников"]
    assert "Школа" not in " ".join(missing(shown))


def test_the_second_collection_by_a_form_is_compared_with_the_first(town: Town) -> None:
    answered(town, 2)
    later = gather(
        town, opens_on=date(2022, 9, 13), due_on=date(2022, 9, 20), title="Второй раз", on=date(2022, 9, 13)
    )
    hand_in(later, town.schools[0], {**SAID, "teachers": 20, "agree": "4"}, on=TODAY)
    note = note_of(town)

    assert note.about == "Второй раз"
    assert table(note, "Наставники помогают").rows[-1] == ("Согласен", 1, 100, 50, Step(50))
    assert table(note, "Числа").rows[0][-2:] == (10.5, Step(9.5))


def test_a_change_between_a_few_answers_is_shown_and_not_called_the_main(town: Town) -> None:
    answered(town, 2)
    later = gather(
        town, opens_on=date(2022, 9, 13), due_on=date(2022, 9, 20), title="Второй раз", on=date(2022, 9, 13)
    )
    hand_in(later, town.schools[0], {**SAID, "agree": "4"}, on=TODAY)
    told = words_of(note_of(town))
    assert "Ответили 1, прежде 2." in told
    assert "Сильнее всего изменилось" not in told


def test_an_answer_that_came_back_with_a_question_is_counted_and_said_so(town: Town) -> None:
    made = answered(town, 2)
    row = owing(made, town.schools[0])
    row.returned_on, row.question = date(2022, 9, 11), "Уточните"
    row.save()
    note = note_of(town, f"collection:{made.pk}")
    assert "Сдали 1 из 3; в справке 2 ответа, с ответами, которые вернулись с вопросом (1)." in words_of(note)
    assert missing(note) == ["Нет данных: Школа № 103."]


def test_where_nothing_was_asked_the_page_teaches(town: Town) -> None:
    client = browser_of(town.head)
    page = client.get("/reports/?kind=survey").content.decode()
    assert "Загрузите таблицу с итогами опроса" in page
    assert 'href="/surveys/"' in page
    direct = client.get(f"/reports/{town.roadmap.pk}/survey/?as_of=2022-09-15").content.decode()
    assert "Загрузите таблицу с итогами опроса" in direct


def test_a_survey_of_another_town_is_not_found(town: Town, asked: Survey) -> None:
    other = make_town(1, name="г. о. Чужой")
    strange = loaded(other, ("", HELPS, "Да", 8, 10))
    client = browser_of(town.head)
    for about in (f"survey:{strange.pk}", "collection:9", "survey:", "stage:2", "survey:" + "9" * 40):
        assert client.get(f"/reports/{town.roadmap.pk}/survey/?about={about}").status_code == 404
        assert missing(note_of(town, about))
    told = {"as_of": "2022-09-15", "about": f"survey:{strange.pk}", "words": ""}
    assert client.post(f"/reports/{town.roadmap.pk}/survey/freeze/", told).status_code in (404, 422)
    assert not Issue.objects.exists()


def test_the_note_becomes_the_published_document_of_its_line(town: Town, asked: Survey) -> None:
    town.plan([("documents_published", "one", 1)])
    client = browser_of(town.head)
    address = f"/reports/{town.roadmap.pk}/survey"
    query = f"?as_of=2022-09-15&about=survey:{asked.pk}"
    assert "80 %" in client.get(f"{address}/{query}").content.decode().replace("\u00a0", " ")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}.xlsx{query}").content))
    assert list(book["Ответы"].iter_rows(values_only=True))[:2] == [
        ("О чём", "Ответ", "Ответили", "Доля, %"), (f"{HELPS} (директора)", "Да", 8, 80),
    ]  # fmt: skip
    assert HELPS in text_of(client.get(f"{address}.docx{query}").content)

    told = {"as_of": "2022-09-15", "about": "", "words": "Кураторы нужны", "line": town.lines[0].pk}
    client.post(f"{address}/freeze/", told)
    issue = Issue.objects.get()
    client.post(f"/reports/issues/{issue.pk}/publish/")

    # Nothing was chosen, so it is about the latest, and the issue remembers which.
    assert (issue.kind, issue.about) == ("survey", f"survey:{asked.pk}")
    assert from_text(issue.content).blocks[-1] == Paragraph("Кураторы нужны")
    assert town.state().is_finished


@pytest.mark.parametrize("words", [*MARKUP, "[Лист]*?:/" + "я" * 300])
def test_any_words_of_a_survey_make_files_that_open(town: Town, words: str) -> None:
    kept = loaded(town, (words[:100], words, words, 8, 10), title=words[:300])
    SurveyFigure.objects.update(question=words, answer=words, group=words[:100])
    note = note_of(town, f"survey:{kept.pk}")
    made = {ending: file_of(KINDS["survey"], note, ending, place=town.municipality) for ending in ENDINGS}
    assert made["pdf"].startswith(b"%PDF")
    assert words in text_of(made["docx"])
    book = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))
    assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)


def test_three_hundred_schools_are_asked_about_as_often_as_three(db: None) -> None:
    of_survey, of_collection = [], []
    for number in (3, 300):
        town = make_town(number, name=f"Город {number}")
        town.plan([("documents_ready", "one", 1)])
        answered(town, 3, title="Прежний")
        made = answered(town, 3, opens_on=date(2022, 9, 5), on=date(2022, 9, 5))
        told = [("", f"{HELPS} {place}", "Да", 8, 10) for place in range(number)]
        loaded(town, *told, title="Прежний")
        kept = loaded(town, *told, on=JULY)
        for counts, about in ((of_survey, f"survey:{kept.pk}"), (of_collection, f"collection:{made.pk}")):
            with CaptureQueriesContext(connection) as captured:
                note = note_of(town, about)
            assert note.tables
            counts.append(len(captured))
    assert of_survey == [OF_SURVEY, OF_SURVEY]
    assert of_collection == [OF_COLLECTION, OF_COLLECTION]
