"""Columns of a table that has no header, by what stands in its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from opora.imports.subjects.columns import Columns, is_foreign_header
from opora.imports.subjects.grid import GridRow
from opora.imports.subjects.numbering import is_number
from opora.imports.subjects.terms import has_day_or_month, looks_like_term
from opora.imports.subjects.wording import fold

_DEED = re.compile(
    r"\b(?:\w{3,}(?:ение|ения|ание|ания|тие|ции|ция|овка|отка|ирование|изация)|сбор|отбор|семинар\w*"
    r"|совещани\w*|вебинар\w*|конкурс\w*|анализ\w*|"
    r"отчет\w*|мониторинг\w*|педсовет\w*|контроль|работа|выезд\w*|посещени\w*|экспертиз\w*|стажировк\w*"
    r"|консультаци\w*|конференци\w*|диагностик\w*|"
    r"круглый стол|мастер-класс\w*|встреч\w*|собрани\w*|акци[яи]|фестивал\w*|\w{4,}(?:овать|ать|ить|ять"
    r"|сти|вести))\b"
)
_PERSON = re.compile(
    r"[А-ЯЁ]\.\s?[А-ЯЁ]\.|директор|заместител|методист|координатор|специалист|администраци|завуч|куратор"
    r"|руководител|управлени|отдел|имц|центр|педагог|учител"
)


def is_deed(text: str) -> bool:
    """Do the words name something to be done rather than a thing or a person."""
    words = fold(text[:300]).split()
    is_subject = bool(words) and words[0] in ("о", "об", "обо")  # the name of a document
    return not is_subject and bool(_DEED.search(" ".join(word[:30] for word in words[:7])))


def guess(rows: Sequence[GridRow]) -> Columns | None:
    """The columns of a table without a header; None where its cells do not look like a roadmap."""
    body = [row for row in rows if len(row.own) >= 2]
    if not body or is_foreign_header(body[0]):
        return None
    width = max(len(row.texts) for row in body)
    by_column = {column: [row.at(column) for row in body if row.at(column)] for column in range(width)}
    term = _term(by_column, len(body))
    if term is None:
        return None
    number = next((c for c in range(width) if c != term and _share(by_column[c], is_number) >= 0.6), None)
    wordy = [
        c
        for c in range(width)
        if c not in (term, number) and _length(by_column[c]) >= 4 and not _is_figures(by_column[c])
    ]
    text = _activity(by_column, wordy)
    if text is None or _share(by_column[text], is_deed) < 0.4:
        return None
    rest = [column for column in wordy if column != text]
    persons = tuple(
        c
        for c in rest
        if _share(by_column[c], lambda value: bool(_PERSON.search(value) or _PERSON.search(fold(value))))
        >= 0.5
    )
    results = tuple(sorted((c for c in rest if c not in persons), key=lambda c: -_length(by_column[c])))
    return Columns(text=text, number=number, term=term, promises=results, responsibles=persons, weight=2)


def _activity(by_column: dict[int, list[str]], wordy: list[int]) -> int | None:
    deeds = [
        column
        for column in wordy
        if _share(by_column[column], is_deed) >= 0.4 and _length(by_column[column]) >= 15
    ]
    return deeds[0] if deeds else None


def _term(by_column: dict[int, list[str]], height: int) -> int | None:
    dated = [
        c
        for c, texts in by_column.items()
        if texts and len(texts) >= 0.3 * height and _share(texts, looks_like_term) >= 0.6
    ]
    named = [c for c in dated if _share(by_column[c], has_day_or_month) >= 0.3]
    return max(
        named or dated, key=lambda c: _share(by_column[c], looks_like_term) * len(by_column[c]), default=None
    )


def _share(texts: Sequence[str], judge: object) -> float:
    return sum(bool(judge(text)) for text in texts) / len(texts) if texts and callable(judge) else 0.0


def _length(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts) if texts else 0.0


def _is_figures(texts: Sequence[str]) -> bool:
    return _share(texts, lambda text: bool(re.fullmatch(r"[\d\s.,%–-]+", text))) > 0.6
