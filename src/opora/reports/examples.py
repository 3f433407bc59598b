"""Made-up reports with every field there is: templates are checked beside them and shown on them without live data."""

from __future__ import annotations

from datetime import date

from opora.reports.content import Evidence, Head, LineRow, MovedRow, Progress, SectionRow, Totals
from opora.reports.note import (
    Appendix,
    Column,
    Facts,
    Heading,
    Items,
    Missing,
    Note,
    Paragraph,
    Table,
)

_DAY = date(2022, 9, 15)


def example_head(title: str) -> Head:
    """The head of a made-up centre."""
    return Head(
        title=title,
        centre_name="Муниципальное учреждение «Методический центр»",
        centre_short_name="Методический центр",
        centre_address="ул. Вымышленная, 1, тел. 00-00-00",
        municipality="г. о. Примерск",
        place="Примерск",
        programme="Проект «500+», 2022 год",
        roadmap="Дорожная карта",
        order_number="14",
        order_date=date(2022, 2, 28),
        since=date(2022, 6, 1),
        as_of=_DAY,
        stretch="cumulative",
        signer_post="Директор",
        signer_name="А. П. Вымышленная",
        issue_number=3,
    )


def example_progress() -> Progress:
    """A progress report of one late line and one change."""
    totals = Totals(
        total=1, done=0, done_late=0, running=0, at_risk=0, permanent=0, late=1, ahead=0, gained=0
    )
    line = LineRow(
        activity_id=0,
        section=1,
        number="1.1",
        text="Назначение кураторов",
        promise="Кураторы назначены",
        term="февраль – май 2022",
        starts_on=date(2022, 2, 1),
        ends_on=date(2022, 5, 31),
        status="late",
        look="late",
        state="просрочен",
        done_on=None,
        result="1 из 2 школ",
        expected=2,
        found=1,
        reported=0,
        evidence=(Evidence("Приказ", "5", date(2022, 5, 5), "размещён на портале"),),
        missing=("Школа № 102",),
        excused=(),
        days_late=107,
        words="Куратор сменился",
    )
    return Progress(
        head=example_head("Отчёт о реализации муниципальной дорожной карты"),
        totals=totals,
        sections=(SectionRow(1, "Организация работы", totals),),
        lines=(line,),
        gained=("1.1",),
        moved=(MovedRow("срок сдвинут", "1.1", "Назначение кураторов", "май", "июнь", "приказ № 20"),),
    )


def example_note() -> Note:
    """A note with a block of every kind."""
    table = Table(
        "Школы",
        (Column("Школа", 4), Column("Получено", 2, is_figure=True), Column("С какого дня", 2)),
        (("Школа № 101", 2, date(2022, 3, 1)), ("Школа № 102", None, None), ("Итого", 2, None)),
        has_total=True,
    )
    return Note(
        example_head("Справка"),
        "1 этап",
        (
            Heading("Что сделано"),
            Paragraph("Оборудование получила одна школа из двух."),
            Heading("Подробнее", 3),
            Facts((("Школ в программе", "2"), ("Получили", "1"))),
            Items(("Школа № 101",)),
            table,
            Missing("Нет данных: Школа № 102."),
            Appendix("Приложение. Выводы"),
            Paragraph("Слова, которые добавил человек."),
        ),
    )
