"""What the answers of a collection come to: counts and shares by question, differences of two stages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any, Final

from opora.questionnaires.answered import answered_by
from opora.questionnaires.content import Answers, Form, Question, form_of
from opora.questionnaires.models import Collection

# Of fewer answers without names it could be guessed who gave which.
FEWEST_NAMELESS: Final = 5
MOST_TEXTS: Final = 200
_SCALE: Final = re.compile(
    r"\b(?:соглас|удовлетвор|никогда|редко|иногда|часто|всегда|плохо|хорошо|отлично|низк|средн|высок|"
    r"совершенно|полностью|скорее|затрудня|нет, не|да, всегда|очень)"
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Figures of a question answered by a number."""

    mean: float
    median: float
    least: float
    greatest: float
    total: float


@dataclass(frozen=True, slots=True)
class Share:
    """How many chose one answer, and which share of those who answered the question, 0…1."""

    code: str
    label: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class QuestionSummary:
    """What one question came to. `answered` of `asked` rows; rows of a repeat are all its rows in all answers."""

    path: str
    name: str
    label: str
    kind: str
    asked: int
    answered: int
    numbers: Numbers | None = None
    shares: tuple[Share, ...] = ()
    texts: tuple[str, ...] = ()
    is_scale: bool = False
    is_repeated: bool = False

    @property
    def more_texts(self) -> int:
        """How many texts are not told here."""
        return self.answered - len(self.texts) if self.kind in ("text", "date", "file") else 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What a collection came to; without questions where too few answered without names."""

    title: str
    answers: int
    is_hidden: bool
    questions: tuple[QuestionSummary, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """One figure of a question at two stages: a mean, or a share of an answer (0…1)."""

    label: str
    before: float
    after: float

    @property
    def step(self) -> float:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class QuestionDifference:
    """How one question changed from one stage to the next."""

    path: str
    label: str
    is_share: bool
    rows: tuple[Changed, ...]


def summary_of(collection: Collection, as_of: date, *, only: frozenset[int] | None = None) -> Summary:
    """What the collection came to by a day; `only` keeps the answers of these schools. At most two queries."""
    form = form_of(collection.version.content)
    rows = [one.data for one in answered_by(collection, as_of) if only is None or one.school_id in only]
    return summarise(form, rows, is_nameless=collection.is_anonymous)


def summarise(form: Form, answers: Sequence[Answers], *, is_nameless: bool = False) -> Summary:
    """The summary of plain answers; hidden when they are nameless and too few."""
    if is_nameless and len(answers) < FEWEST_NAMELESS:
        return Summary(form.title, len(answers), True)
    return Summary(form.title, len(answers), False, tuple(_summaries(form.questions, answers, False)))


def difference(earlier: Summary, later: Summary) -> list[QuestionDifference]:
    """The questions that both stages asked alike, in the order of the later one; nothing where one is hidden."""
    known = {(one.path, one.kind): one for one in earlier.questions}
    found: list[QuestionDifference] = []
    for after in later.questions:
        before = known.get((after.path, after.kind))
        if before is not None and before.answered and after.answered:
            found += _differing(before, after)
    return found


def _differing(before: QuestionSummary, after: QuestionSummary) -> Iterator[QuestionDifference]:
    if before.numbers is not None and after.numbers is not None:
        rows: tuple[Changed, ...] = (Changed("в среднем", before.numbers.mean, after.numbers.mean),)
        yield QuestionDifference(after.path, after.label, False, rows)
    elif before.shares and after.shares:
        was = {one.code: one.share for one in before.shares}
        rows = tuple(Changed(one.label, was[one.code], one.share) for one in after.shares if one.code in was)
        if rows:
            yield QuestionDifference(after.path, after.label, True, rows)


def _summaries(
    questions: Iterable[Question], rows: Sequence[Mapping[str, Any]], is_repeated: bool
) -> Iterator[QuestionSummary]:
    for question in questions:
        name = question.name
        if question.kind == "note":
            continue
        values = [row.get(name) for row in rows]
        if question.kind == "group":
            yield from _summaries(
                question.questions, [one if isinstance(one, dict) else {} for one in values], is_repeated
            )
        elif question.kind == "repeat":
            told = [one for many in values if isinstance(many, list) for one in many if isinstance(one, dict)]
            counts = [len(many) if isinstance(many, list) else 0 for many in values]
            yield _summary(question, counts, is_repeated)
            yield from _summaries(question.questions, told, True)
        else:
            yield _summary(question, values, is_repeated)


def _summary(question: Question, values: Sequence[Any], is_repeated: bool) -> QuestionSummary:
    told = [one for one in values if one is not None and one != "" and one != []]
    numbers: Numbers | None = None
    shares: tuple[Share, ...] = ()
    texts: tuple[str, ...] = ()
    kind = question.kind
    if kind in ("integer", "decimal", "repeat") or (kind == "calculated" and _are_numbers(told)):
        told = [one for one in told if _is_number(one)]
        numbers = _numbers(told)
    elif kind in ("one", "many"):
        shares = _shares(question, told)
    else:
        texts = tuple(_text(one) for one in told[:MOST_TEXTS])
    return QuestionSummary(
        question.path, question.name, question.label, kind, len(values), len(told), numbers, shares, texts,
        is_scale=kind == "one" and is_scale(question), is_repeated=is_repeated,
    )  # fmt: skip


def _numbers(told: Sequence[Any]) -> Numbers | None:
    if not told:
        return None
    total = sum(told)
    return Numbers(total / len(told), median(told), min(told), max(told), total)


def _shares(question: Question, told: Sequence[Any]) -> tuple[Share, ...]:
    """Each choice in the order of the form; codes that the form does not know come last under themselves."""
    counts: Counter[str] = Counter()
    if question.kind == "many":
        for many in told:
            counts.update(dict.fromkeys(many if isinstance(many, list) else [many], 1))
    else:
        counts.update(told)
    labels = {choice.code: choice.label for choice in question.choices}
    labels |= {str(code): str(code) for code in counts if code not in labels}
    of = len(told) or 1
    return tuple(Share(code, label, counts[code], counts[code] / of) for code, label in labels.items())


def is_scale(question: Question) -> bool:
    """Whether the choices look like steps of one scale: «Likert», numbers in a row, or words of degree."""
    if "likert" in question.appearance:
        return True
    labels = [choice.label.strip().lower().replace("ё", "е") for choice in question.choices]
    if not 3 <= len(labels) <= 7:
        return False
    # «Да, скорее да, скорее нет, нет», with any words at the ends.
    if sum(label.startswith("скорее") for label in labels) >= 2:
        return True
    steps = [int(found[0]) for label in labels if (found := re.match(r"\d{1,2}(?=\D|$)", label))]
    if len(steps) == len(labels):
        return all(abs(after - before) == 1 for before, after in pairwise(steps))
    return sum(bool(_SCALE.search(label)) for label in labels) >= len(labels) - 1


def _are_numbers(told: Sequence[Any]) -> bool:
    return bool(told) and all(_is_number(one) for one in told)


def _is_number(one: Any) -> bool:
    return isinstance(one, int | float) and not isinstance(one, bool)


def _text(one: Any) -> str:
    return str(one.get("name", "")) if isinstance(one, dict) else str(one)
