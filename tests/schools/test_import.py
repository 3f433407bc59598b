"""A list of schools: read, shown, agreed to, loaded again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import lxml.html
from django.test import Client

from opora.core.history import history_of
from opora.schools.actions.drafts import keep_list
from opora.schools.models import ListDraft, Participation, School
from tests.appointments.town import AT, Town
from tests.schools.sheets import csv_of, upload, workbook

HEAD = (
    "№ п/п",
    "Муниципалитет",
    "Наименование школы",
    "Краткое наименование",
    "Сайт",
    "Категория",
    "Дата включения",
)
NEW_SCHOOL = (
    1,
    "Примерск",
    "МОУ «Гимназия № 7» (вымышленная)",
    "Гимназия № 7",
    "gim7.example",
    "ШССУ",
    "01.02.2022",
)
ADDRESS = "/schools/import/"
Browser = Callable[[Any], Client]


def give(client: Client, rows: Sequence[Sequence[Any]], **more: Any) -> Any:
    return send(client, upload(workbook([HEAD, *rows])), **more)


def send(client: Client, file: Any, **more: Any) -> Any:
    return client.post(ADDRESS, {"file": file, "kind": "low_results", "since": "2022-01-01", **more})


def agree(client: Client, preview: Any, **answers: str) -> Any:
    page = lxml.html.fromstring(preview.content.decode())
    form = next(one for one in page.forms if "mark" in one.fields)
    fields = {name: value or "" for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    return client.post(ADDRESS, {**fields, "agree": "1", **answers}, follow=True)


def words_of(answer: Any) -> str:
    text: str = lxml.html.fromstring(answer.content.decode()).text_content()
    return " ".join(text.split())


def test_nothing_is_written_before_a_person_agrees(town: Town, browser_of: Browser) -> None:
    answer = give(browser_of(town.coordinator), [NEW_SCHOOL])

    assert "Новых школ: 1" in words_of(answer)
    assert School.objects.count() == 3


def test_agreeing_enters_the_school_with_its_participation(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)

    agree(client, give(client, [NEW_SCHOOL]))

    school = School.objects.get(short_name="Гимназия № 7")
    part = school.participations.get()
    assert (school.number, school.site, school.municipality) == (7, "https://gim7.example", town.municipality)
    assert (part.kind, part.since) == (Participation.Kind.HARD_CONDITIONS, date(2022, 2, 1))
    assert [entry.verb for entry in history_of(school)] == ["school.added"]
    assert [entry.verb for entry in history_of(part)] == ["participation.opened"]


def test_the_same_list_again_changes_nothing(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    agree(client, give(client, [NEW_SCHOOL]))

    again = give(client, [NEW_SCHOOL])

    assert "Новых школ: 0, изменится: 0, без изменений: 1" in words_of(again)
    assert School.objects.count() == 4


def test_a_second_list_says_what_changes_and_changes_it(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    agree(client, give(client, [NEW_SCHOOL]))
    other = (1, "г. о. Примерск", NEW_SCHOOL[2], "Гимназия № 7", "https://new.example", "ШНОР и ШССУ", "")

    preview = give(client, [other])
    agree(client, preview)

    assert "сайт: https://gim7.example → https://new.example" in words_of(preview)
    assert "категория: ШССУ → ШНОР и ШССУ" in words_of(preview)
    school = School.objects.get(short_name="Гимназия № 7")
    assert school.site == "https://new.example"
    assert school.participations.get().kind == Participation.Kind.BOTH
    assert school.participations.get().since == date(2022, 2, 1)
    assert [entry.verb for entry in history_of(school)] == ["school.changed", "school.added"]


def test_an_empty_cell_changes_nothing(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    town.schools[0].site = "https://kept.example"
    town.schools[0].save()

    answer = give(client, [(1, "", "", "Школа № 101", "", "", "")])

    assert "без изменений: 1" in words_of(answer)


def test_another_spelling_is_offered_as_one_school(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    row = (1, "Примерск", "МБОУ СОШ №101", "", "", "", "")

    preview = give(client, [row])
    agree(client, preview)

    assert "Это Школа № 101" in words_of(preview)
    assert School.objects.count() == 3


def test_a_person_may_say_that_it_is_another_school(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    preview = give(client, [(1, "Примерск", "МБОУ СОШ №101", "СОШ № 101", "", "", "")])

    agree(client, preview, **{"same-0": "new"})

    assert set(School.objects.filter(number=101).values_list("short_name", flat=True)) == {
        "Школа № 101",
        "СОШ № 101",
    }


def test_a_school_twice_in_one_list_is_entered_once(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    rows = [
        (1, "Примерск", "Школа «Ступени»", "", "", "", ""),
        (2, "Примерск", 'школа "Ступени"', "", "", "", ""),
        (3, "Примерск", "Школа «Ступени»", "", "", "", ""),
    ]

    preview = give(client, rows)
    agree(client, preview)

    assert "уже была (лист «Список», строка 2), взята первая строка" in words_of(preview)
    assert "из этого же списка" in words_of(preview)
    assert School.objects.filter(short_name="Ступени").count() == 1
    assert School.objects.count() == 4


def test_a_lyceum_of_the_same_number_is_another_school_with_a_remark(town: Town, browser_of: Browser) -> None:
    answer = give(browser_of(town.coordinator), [(1, "Примерск", "Лицей № 101", "", "", "", "")])

    assert "номер 101 уже у «Школа № 101»: проверьте" in words_of(answer)
    assert "Новых школ: 1" in words_of(answer)


def test_an_unknown_municipality_is_told_and_its_row_left_out(
    town: Town, other_town: Town, browser_of: Browser
) -> None:
    client = browser_of(town.coordinator)

    preview = give(client, [(1, "г. о. Соседск", "Школа № 900", "", "", "", ""), NEW_SCHOOL])
    agree(client, preview)

    assert "муниципалитета «г. о. Соседск» нет среди тех, что вы ведёте" in words_of(preview)
    assert not School.objects.filter(number=900).exists()
    assert School.objects.filter(short_name="Гимназия № 7").exists()


def test_a_day_that_no_calendar_has_is_told_and_the_school_is_kept(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)

    preview = give(client, [(*NEW_SCHOOL[:6], "31 февраля 2022")])
    agree(client, preview)

    assert "«31 февраля 2022»: такого дня нет; участие оставлено как есть" in words_of(preview)
    assert not School.objects.get(short_name="Гимназия № 7").participations.exists()


def test_leaving_needs_a_reason(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    head = ("Школа", "Дата исключения", "Причина исключения")
    rows = [
        head,
        ("Школа № 101", datetime(2022, 6, 1), ""),
        ("Школа № 102", datetime(2022, 6, 1), "Реорганизация"),
    ]

    preview = send(client, upload(workbook(rows)))
    agree(client, preview)

    assert "не сказано почему" in words_of(preview)
    left = Participation.objects.get(until__isnull=False)
    assert (left.school.number, left.until, left.leave_reason) == (102, date(2022, 6, 1), "Реорганизация")
    assert history_of(left)[0].verb == "participation.closed"


def test_a_doubtful_number_is_told(town: Town, browser_of: Browser) -> None:
    rows = [("Школа", "Номер"), ("Школа № 7", "8"), ("Школа № 9", "девять")]

    words = words_of(send(browser_of(town.coordinator), upload(workbook(rows))))

    assert "в столбце номер 8, а в названии 7" in words
    assert "«девять» не похоже на номер школы" in words


def test_csv_of_excel_is_read(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    content = csv_of([("Школа", "Категория"), ("Школа № 55", "ШНОР"), ("Школа № 56", "прочее")])

    answer = send(client, upload(content, "список.csv"))

    assert "Новых школ: 2" in words_of(answer)
    assert "категория «прочее» не понята" in words_of(answer)


def test_a_formula_is_text_and_stays_text(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)

    agree(client, send(client, upload(csv_of([("Школа", "Сайт"), ("=1+1 Школа", "=cmd()")]), "a.csv")))

    assert School.objects.filter(name="=1+1 Школа", site="").exists()


def test_people_of_a_table_are_not_read(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    rows = [("Школа", "ФИО директора"), ("Школа № 55", "Вымышленная Анна Петровна")]

    answer = send(client, upload(workbook(rows)))

    assert "столбцы о людях" in words_of(answer)
    assert "Вымышленная" not in words_of(answer)


def test_a_list_of_another_mark_is_shown_anew(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    preview = give(client, [NEW_SCHOOL, (2, "Примерск", "Гимназия № 8", "", "", "", "")])
    agree(client, give(client, [NEW_SCHOOL]))

    answer = agree(client, preview)

    assert answer.status_code == 409
    assert "проверьте ещё раз" in words_of(answer)
    assert School.objects.count() == 4


def test_bad_files_are_refused_in_russian(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    bad = {
        "пустой.xlsx": b"",
        "нет заголовков.xlsx": workbook([("Привет", "мир"), ("1", "2")]),
        "пустой лист.xlsx": workbook([]),
        "нули.csv": b"\x00" * 300,
        "одни заголовки.xlsx": workbook([HEAD]),
        "много.xlsx": workbook([("Школа", "Номер"), *(("Школа", str(place)) for place in range(5_100))]),
    }
    for name, content in bad.items():
        answer = send(client, upload(content, name))
        assert 400 <= answer.status_code < 500, name
        assert any(word in words_of(answer) for word in ("Не найден", "F-", "Разделите", "нет ни одной")), (
            name
        )
    assert School.objects.count() == 3


def test_a_list_that_is_not_kept_or_is_of_another_person_is_refused(town: Town, browser_of: Browser) -> None:
    give(browser_of(town.coordinator), [NEW_SCHOOL])
    theirs = keep_list(subject="schools", content={"rows": [], "remarks": []}, by=town.head, at=AT)
    client = browser_of(town.coordinator)
    for draft in ("", "x", "99999999", "9" * 40, str(theirs.pk)):
        answer = client.post(ADDRESS, {"draft": draft, "kind": "both", "since": "2022-01-01", "agree": "1"})
        assert answer.status_code == 400, draft
        assert "Загрузите файл ещё раз" in words_of(answer), draft


def test_a_list_waits_for_a_day(town: Town, browser_of: Browser) -> None:
    old = keep_list(
        subject="schools", content={"rows": [], "remarks": []}, by=town.coordinator, at=AT - timedelta(days=9)
    )

    give(browser_of(town.coordinator), [NEW_SCHOOL])

    assert not ListDraft.objects.filter(pk=old.pk).exists()
    assert ListDraft.objects.count() == 1


def test_a_list_is_pasted_as_well(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    text = "\n".join("\t".join(str(cell) for cell in row) for row in (HEAD, NEW_SCHOOL))

    preview = client.post(ADDRESS, {"text": text, "kind": "low_results", "since": "2022-01-01"})
    agree(client, preview)

    assert "Вставленный список. Новых школ: 1" in words_of(preview)
    assert School.objects.filter(short_name="Гимназия № 7").exists()


def test_nothing_given_and_a_second_agreement_are_answered(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    preview = give(client, [NEW_SCHOOL])

    nothing = client.post(ADDRESS, {"kind": "both", "since": "2022-01-01"})
    other_window = give(client, [NEW_SCHOOL])
    answers = [agree(client, one) for one in (preview, preview, other_window)]

    assert nothing.status_code == 400
    assert "Вставьте список в поле или выберите файл" in words_of(nothing)
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert "Эта форма уже отправлена" in words_of(answers[1])
    assert "всё из списка уже внесено" in words_of(answers[2])
    assert School.objects.count() == 4


def test_a_large_list_does_not_travel_in_the_page(town: Town, browser_of: Browser) -> None:
    rows = [(place, "Примерск", f"МБОУ «Школа № {place}»", "", "", "", "") for place in range(1000, 3000)]

    preview = give(browser_of(town.coordinator), rows)

    assert "Новых школ: 2000" in words_of(preview)
    assert len(preview.content) < 300_000


def test_where_a_school_stands_is_read_and_doubts_are_told(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    head = ("Школа", "Адрес школы", "Телефон", "Эл. адрес", "Широта", "Долгота")
    rows = [
        head,
        ("Школа № 101", "ул. Опорная, 1", "+7 (343) 123-45-67", "a@b.test", "56,83892", 60.6057),
        ("Школа № 102", "", "нет", "", "131,9", "43,1"),
        ("Школа № 103", "", "звоните", "", "север", "60"),
        ("Школа № 104", "", "", "", "10", "20"),
        ("Школа № 105", "", "", "", "56.8", ""),
    ]

    preview = send(client, upload(workbook(rows)))
    agree(client, preview)

    school = School.objects.get(short_name="Школа № 101")
    assert (school.address, school.phone) == ("ул. Опорная, 1", "+7 (343) 123-45-67")
    assert (school.latitude, school.longitude) == (Decimal("56.83892"), Decimal("60.60570"))
    assert School.objects.filter(latitude__isnull=False).count() == 1
    said = words_of(preview)
    for words in (
        "широта и долгота переставлены", "«звоните» не похоже на телефон", "«север» не похоже на координату",
        "координаты 10; 20 вне России", "из двух координат указана одна", "Столбец «Эл. адрес» не вносится",
    ):  # fmt: skip
        assert words in said
    assert "без изменений: 1" in words_of(send(client, upload(workbook(rows[:2]))))


def test_a_loaded_list_asks_the_same_whatever_its_length(
    town: Town, browser_of: Browser, django_assert_max_num_queries: Any
) -> None:
    client = browser_of(town.coordinator)
    rows = [(place, "Примерск", "", f"Школа № {place}", "", "", "") for place in range(200, 500)]

    preview = give(client, rows)
    with django_assert_max_num_queries(40):
        agree(client, preview)

    assert School.objects.count() == 303
