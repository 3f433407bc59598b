"""A report made by hand, with any words in every place where people type."""

from __future__ import annotations

from datetime import date

from opora.reports.content import Evidence, Head, LineRow, MovedRow, Progress, SectionRow, Totals

TOTALS = Totals(total=2, done=1, done_late=0, running=0, at_risk=0, permanent=0, late=1, ahead=0, gained=1)


def report_saying(words: str, lines: int = 2) -> Progress:
    """A report in which `words` stand wherever a person may have typed them; the last line is late."""
    head = Head(
        title="Отчёт о реализации муниципальной дорожной карты",
        centre_name=words,
        centre_short_name=words,
        centre_address=words,
        municipality=words,
        place=words,
        programme=words,
        roadmap=words,
        order_number=words,
        order_date=date(2022, 2, 28),
        since=date(2022, 6, 1),
        as_of=date(2022, 9, 15),
        stretch="cumulative",
        signer_post=words,
        signer_name=words,
        issue_number=3,
    )
    rows = tuple(_line(place, words, is_late=place == lines - 1) for place in range(lines))
    return Progress(
        head=head,
        totals=TOTALS,
        sections=(SectionRow(1, words, TOTALS),),
        lines=rows,
        gained=(words,),
        moved=(MovedRow("сдвинут", words, words, words, words, words),),
    )


def _line(place: int, words: str, *, is_late: bool) -> LineRow:
    return LineRow(
        activity_id=place,
        section=1,
        number=f"1.{place + 1}",
        text=words,
        promise=words,
        term=words,
        starts_on=date(2022, 2, 1),
        ends_on=date(2022, 5, 31),
        status="late" if is_late else "done",
        look="late" if is_late else "done",
        state="просрочен" if is_late else "выполнен",
        done_on=None if is_late else date(2022, 5, 5),
        result="1 из 2 школ",
        expected=2,
        found=1,
        reported=0,
        evidence=(Evidence(words, words, date(2022, 5, 5), words),),
        missing=(words,),
        excused=(words,),
        days_late=107 if is_late else 0,
        words=words,
    )
