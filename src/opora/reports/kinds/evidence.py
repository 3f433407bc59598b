"""The evidence register of a roadmap, a section or a line: position, document with its requisites, comment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from opora.core.russian import counted
from opora.documents.evidence_register import EvidenceRow, evidence_rows
from opora.documents.models import Document
from opora.documents.queries import Word, attestations_of
from opora.plans.models import Activity, Roadmap
from opora.plans.queries import activities_on
from opora.reports.asked import Asked
from opora.reports.heads import head_asked
from opora.reports.note import (
    Block,
    Cell,
    Column,
    Heading,
    Items,
    Link,
    Missing,
    Note,
    Paragraph,
    Table,
    conclusions,
)
from opora.reports.phrases import day_in_digits

TITLE = "Реестр подтверждающих документов"
COLUMNS = (Column("Пункт", 4), Column("Документ", 5), Column("Пояснение", 3))
_LONGEST = 200


def topics(roadmap: Roadmap, as_of: date) -> list[tuple[str, str]]:
    """The whole roadmap, each of its sections, each of its lines. One query, three where orders changed the plan."""
    lines = activities_on([roadmap], as_of)
    sections = {line.section.number: line.section for line in lines}
    return [
        ("", "Вся карта"),
        *((f"section:{number}", f"Раздел {one}") for number, one in sections.items() if number),
        *((f"line:{line.pk}", f"Пункт {_named(line)}") for line in lines),
    ]


def build(asked: Asked) -> Note:
    """The register as of a day: approved papers, words confirmed without a paper, and lines that have neither.

    At most eight queries whatever the number of lines.
    """
    lines = [line for line in activities_on([asked.plan], asked.as_of) if _is_asked(line, asked.about)]
    keys = [line.pk for line in lines]
    papers = Document.objects.filter(activity__in=keys, approved_on__lte=asked.as_of)
    line_of = dict(papers.values_list("pk", "activity_id"))
    proved: dict[int, list[EvidenceRow]] = {}
    for row in evidence_rows(papers, asked.as_of):
        if row.document_id is not None:
            proved.setdefault(line_of[row.document_id], []).append(row)
    words = attestations_of(keys, asked.as_of)
    rows = {
        line.pk: [*_papers(line, proved.get(line.pk, ())), *_words(line, words.get(line.pk, ()))]
        for line in lines
    }
    return Note(
        head=head_asked(asked, TITLE),
        about=_about(lines, asked.about),
        blocks=(*_blocks(lines, rows, len(line_of)), *conclusions(asked.words)),
    )


def _is_asked(line: Activity, about: str) -> bool:
    kind, _, number = about.partition(":")
    if kind == "section":
        return str(line.section.number) == number
    return kind != "line" or str(line.pk) == number


def _about(lines: Sequence[Activity], about: str) -> str:
    if not about or not lines:
        return ""
    return f"Раздел {lines[0].section}" if about.startswith("section") else f"Пункт {_named(lines[0])}"


def _named(line: Activity) -> str:
    words = f"{line.number}. {line.text}" if line.number else line.text
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def _papers(line: Activity, rows: Sequence[EvidenceRow]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield (_named(line), Link(row.document_words, row.address), row.comment)


def _words(line: Activity, words: Sequence[Word]) -> Iterator[tuple[Cell, ...]]:
    for word in words:
        if word.is_confirmed and not word.document_id:
            told = "подтверждено, что сообщать нечего" if word.is_nothing else "подтверждено без документа"
            yield (_named(line), word.words, f"{told} {day_in_digits(word.confirmed_on)}")


def _blocks(
    lines: Sequence[Activity], rows: dict[int, list[tuple[Cell, ...]]], papers: int
) -> Iterator[Block]:
    bare = [line for line in lines if not rows[line.pk]]
    yield Paragraph(
        f"Подтверждено {counted(len(lines) - len(bare), 'пункт', 'пункта', 'пунктов')} из {len(lines)}; "
        f"в реестре {counted(papers, 'документ', 'документа', 'документов')}."
    )
    sections: dict[int, list[Activity]] = {}
    for line in lines:
        if rows[line.pk]:
            sections.setdefault(line.section.number, []).append(line)
    for number, group in sections.items():
        if number:
            yield Heading(str(group[0].section))
        name = f"Раздел {number}" if number else "Документы"
        yield Table(
            name, COLUMNS, tuple(row for line in group for row in rows[line.pk]), shows_title=not number
        )
    if bare:
        yield Heading("Пункты без подтверждения")
        yield Missing(f"Нет данных: {counted(len(bare), 'пункт', 'пункта', 'пунктов')}.")
        yield Items(tuple(_named(line) for line in bare))
