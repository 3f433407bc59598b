"""What a loaded survey or an own collection told, in one shape: who answered, questions with shares, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from opora.core.russian import fold
from opora.questionnaires.models import Collection, Survey, SurveyFigure
from opora.questionnaires.results import FEWEST_NAMELESS, Numbers, QuestionSummary, Summary, summary_of

MOST_FINDINGS: Final = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: how many gave it, which share of those who answered, which share earlier."""

    label: str
    count: int
    share: float
    before: float | None = None

    @property
    def per_cent(self) -> int | float:
        return per_cent(self.share)

    @property
    def step(self) -> int | float | None:
        """Percentage points gained, so that a person who subtracts the shown figures finds the same."""
        return None if self.before is None else round(self.per_cent - per_cent(self.before), 1)


@dataclass(frozen=True, slots=True)
class Question:
    """One question put to one group. Figures of too few nameless answers are left out, `is_hidden` tells so."""

    label: str
    group: str
    answered: int
    asked: int
    choices: tuple[Choice, ...] = ()
    numbers: Numbers | None = None
    before: float | None = None
    answered_before: int | None = None
    is_many: bool = False
    is_hidden: bool = False

    @property
    def name(self) -> str:
        return f"{self.label} ({self.group})" if self.group else self.label

    @property
    def has_earlier(self) -> bool:
        return any(one.before is not None for one in self.choices)


def per_cent(share: float) -> int | float:
    """A share in per cent; one that is not nothing is never told as nothing."""
    return max(round(share * 100, 1), 0.1) if 0 < share < 0.005 else round(share * 100)


def questions_of_survey(survey: Survey, earlier: Survey | None) -> list[Question]:
    """The questions of a loaded survey by groups. One query, two with an earlier one."""
    before = {
        (fold(one.label), fold(one.group)): one
        for one in (_of_figures(earlier.figures.all()) if earlier is not None else ())
    }
    found = []
    for one in _of_figures(survey.figures.all()):
        was = before.get((fold(one.label), fold(one.group)))
        found.append(_beside(one, was if was is not None and not was.is_hidden else None))
    return found


def _of_figures(figures: Iterable[SurveyFigure]) -> Iterator[Question]:
    groups: dict[tuple[str, str], list[SurveyFigure]] = {}
    for one in figures:
        groups.setdefault((one.question, one.group), []).append(one)
    for (label, group), rows in groups.items():
        total = max(row.total for row in rows)
        choices = tuple(Choice(row.answer, row.amount, row.amount / (row.total or 1)) for row in rows)
        is_many = sum(row.amount for row in rows) > total
        yield _hidden(Question(label, group, total, total, choices, is_many=is_many))


def _hidden(one: Question) -> Question:
    if one.answered >= FEWEST_NAMELESS:
        return one
    return replace(one, choices=(), numbers=None, before=None, is_hidden=True)


def _beside(one: Question, before: Question | None) -> Question:
    """The same question with what was answered to it earlier."""
    if before is None or not before.answered:
        return one
    was = {fold(choice.label): choice.share for choice in before.choices}
    choices = tuple(replace(choice, before=was.get(fold(choice.label))) for choice in one.choices)
    mean = before.numbers.mean if before.numbers is not None else None
    return replace(one, choices=choices, before=mean, answered_before=before.answered)


def earlier_survey(survey: Survey) -> Survey | None:
    """The latest survey of the same place and programme held before, with a question of this one. One query."""
    asked = SurveyFigure.objects.filter(survey=survey).values("question")
    return (
        Survey.objects.filter(
            municipality=survey.municipality_id,
            programme=survey.programme_id,
            held_on__lt=survey.held_on,
            figures__question__in=asked,
        )
        .order_by("-held_on", "-pk")
        .first()
    )


def earlier_collection(collection: Collection) -> Collection | None:
    """The latest collection before by the same form, from the same audience of the same place. One query."""
    return (
        Collection.objects.filter(
            municipality=collection.municipality_id,
            programme=collection.programme_id,
            audience=collection.audience,
            version__questionnaire=collection.version.questionnaire_id,
            opens_on__lt=collection.opens_on,
        )
        .select_related("version")
        .order_by("-opens_on", "-pk")
        .first()
    )


def questions_of_collection(
    collection: Collection, earlier: Collection | None, as_of: date
) -> tuple[Summary, list[Question]]:
    """The summary of a collection on a day and its questions. Two queries, four with an earlier one."""
    summary = summary_of(collection, as_of)
    before = {}
    if earlier is not None:
        told = _of_summary(summary_of(earlier, as_of), is_nameless=earlier.is_anonymous)
        before = {key: one for key, one in told if not one.is_hidden}
    found = []
    for key, one in _of_summary(summary, is_nameless=collection.is_anonymous):
        found.append(_beside(one, before.get(key)))
    return summary, found


def _of_summary(summary: Summary, *, is_nameless: bool) -> Iterator[tuple[tuple[str, str], Question]]:
    for one in summary.questions:
        made = _question(one)
        if is_nameless and one.answered:
            # Rows of a repeat may all be of one person: how many they are does not tell how many people.
            made = _hidden(replace(made, answered=0) if one.is_repeated else made)
        yield (one.path, one.kind), made


def _question(one: QuestionSummary) -> Question:
    choices = tuple(Choice(share.label, share.count, share.share) for share in one.shares)
    return Question(one.label, "", one.answered, one.asked, choices, one.numbers, is_many=one.kind == "many")


def findings_of(questions: Iterable[Question]) -> list[tuple[Question, Choice]]:
    """The questions answered most alike: one answer leads alone, the largest shares first, few answers left out."""
    found = []
    for one in questions:
        if one.answered < FEWEST_NAMELESS or not one.choices:
            continue
        most = max(choice.count for choice in one.choices)
        leading = [choice for choice in one.choices if choice.count == most]
        if most and len(leading) == 1:
            found.append((one, leading[0]))
    return sorted(found, key=lambda pair: -pair[1].share)[:MOST_FINDINGS]


def greatest_change(questions: Iterable[Question]) -> tuple[Question, Choice] | None:
    """The answer whose share changed most since the earlier time; None where nothing changed or few answered."""
    many = [one for one in questions if min(one.answered, one.answered_before or 0) >= FEWEST_NAMELESS]
    pairs = [(one, choice) for one in many for choice in one.choices if choice.step]
    return max(pairs, key=lambda pair: abs(pair[1].step or 0), default=None)
