"""Noting what stands in ИС МЭДК: one paper or measure, one paper of many schools, a whole table. Rows are only added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import HistoryLine, record_many
from opora.core.refusal import Refused
from opora.documents.marks import NO_MARK, Mark, Marks, PaperKey, State, marks_of
from opora.documents.models import FederalMark
from opora.documents.rules import refuse_future, said
from opora.programmes.models import DocumentKind, RiskFactor
from opora.schools.models import Measure, Participation


@dataclass(frozen=True, slots=True)
class Marked:
    """What a mark is put on: a paper of a school (its kind, and the factor where one is owed for each) or a measure."""

    part: Participation
    kind: DocumentKind | None = None
    factor: RiskFactor | None = None
    measure: Measure | None = None

    @property
    def name(self) -> str:
        """«Антирисковая программа: Дефицит педагогических кадров»."""
        if self.measure is not None:
            return str(self.measure)
        return f"{self.kind}: {self.factor}" if self.factor else str(self.kind)

    @property
    def paper_key(self) -> PaperKey:
        assert self.kind is not None
        return self.kind.pk, self.factor.pk if self.factor else None

    def stands(self, marks: Marks) -> Mark:
        """What stands for it among the marks of its school."""
        if self.measure is not None:
            return marks.of_measure(self.measure.pk)
        return marks.of(self.part.pk, self.paper_key)


@dataclass(frozen=True, slots=True)
class MarkTold:
    """A mark as it is to be noted."""

    marked: Marked
    state: str
    on: date
    address: str = ""
    words: str = ""


@transaction.atomic
def put_mark(
    *, marked: Marked, state: str, on: date, address: str = "", words: str = "", by: User, at: datetime
) -> int:
    """Note one mark; the same mark again changes nothing. The number of rows added.

    Refused for a day to come or before the mark that stands, for a question without words, when there is nothing to
    confirm or to return yet, and for a paper that does not go to ИС МЭДК.
    """
    return put_marks(told=[MarkTold(marked, state, on, address, words)], by=by, at=at)


@transaction.atomic
def put_marks(*, told: Sequence[MarkTold], by: User, at: datetime) -> int:
    """Note one mark for each of many schools, all or nothing; the number of rows added. Refused as `put_mark` is."""
    stand = _standing(told, at)
    for one in told:
        _refuse_unripe(one, one.marked.stands(stand))
    return _write(told, stand, {}, by, at)


@transaction.atomic
def load_marks(*, told: Sequence[MarkTold], file_name: str = "", by: User, at: datetime) -> int:
    """Note a table copied from ИС МЭДК, all or nothing; the number of rows added.

    A table tells what stands there already: a paper may be confirmed without having been noted as loaded.
    Refused as `put_mark` is for the rest.
    """
    stand = _standing(told, at)
    return _write(told, stand, {"source": file_name} if file_name else {}, by, at)


def _standing(told: Sequence[MarkTold], at: datetime) -> Marks:
    """What stands now for the schools told of, held so that two people take turns. Refused when something does not fit."""
    parts = sorted({one.marked.part.pk for one in told})
    list(Participation.objects.select_for_update().filter(pk__in=parts).order_by("pk"))
    for day in {one.on for one in told}:
        refuse_future(day, at)
    for one in told:
        _refuse_strange(one.marked)
    stand = marks_of(parts, date.max)
    for one in told:
        known = one.marked.stands(stand)
        if known.marked_on is not None and one.on < known.marked_on and not _is_same(one, known):
            raise Refused(
                f"{one.marked.part.school}, «{one.marked.name}»: есть отметка от {known.marked_on:%d.%m.%Y}. "
                "Укажите день не раньше её."
            )
    return stand


def _write(told: Iterable[MarkTold], stand: Marks, source: dict[str, str], by: User, at: datetime) -> int:
    rows, deeds = list[FederalMark](), list[HistoryLine]()
    for one in told:
        state, marked = State(one.state), one.marked
        words = said(one.words, "", limit=500) if one.words.strip() else ""
        if state == State.RETURNED and not words:
            raise Refused("Напишите, что поправить: с этими словами документ вернётся в школу.")
        if _is_same(one, marked.stands(stand)):
            continue
        rows.append(
            FederalMark(
                participation=marked.part,
                kind=marked.kind,
                factor=marked.factor,
                measure=marked.measure,
                state=state,
                marked_on=one.on,
                marked_at=at,
                marked_by=by,
                address=one.address,
                words=words,
            )
        )
        facts = {"words": marked.name, "on": one.on, **({"said": words} if words else {}), **source}
        deeds.append(HistoryLine(marked.part, f"mark.{state.value}", facts))
    FederalMark.objects.bulk_create(rows, batch_size=500)
    record_many(deeds, by=by, at=at)
    return len(rows)


def _is_same(one: MarkTold, known: Mark) -> bool:
    """Whether a mark says nothing new: the same state, and no other day, address or words told with it."""
    if known is NO_MARK or known.state != one.state:
        return known is NO_MARK and one.state == State.NONE
    return (
        (one.on, one.address or known.address, one.words.strip() or known.words)
        == (known.marked_on, known.address, known.words)
    )  # fmt: skip


def _refuse_unripe(one: MarkTold, known: Mark) -> None:
    if one.state in (State.CONFIRMED, State.RETURNED) and known.state == State.NONE:
        deed = "подтверждать" if one.state == State.CONFIRMED else "возвращать"
        raise Refused(
            f"{one.marked.part.school}, «{one.marked.name}»: загрузка ещё не отмечена, {deed} нечего."
        )


def _refuse_strange(marked: Marked) -> None:
    if marked.measure is not None:
        if marked.measure.programme.participation_id != marked.part.pk:
            raise Refused("Эта мера другой школы.")
        return
    kind = marked.kind
    if kind is None or not kind.is_marked or kind.programme_id != marked.part.programme_id:
        raise Refused("Этот документ не загружают в ИС МЭДК.")
    is_by_factor = kind.owed_by == DocumentKind.OwedBy.FACTOR
    if is_by_factor != (marked.factor is not None):
        raise Refused(f"«{kind}»: {'выберите риск' if is_by_factor else 'риск не нужен'}.")
    if marked.factor is not None and marked.factor.programme_id != kind.programme_id:
        raise Refused("Этот риск из другой программы.")
