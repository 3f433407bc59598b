"""From documents to candidates of a draw: each in its stratum, with the stratum's words; and the draw of a round."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from opora.accounts.models import User
from opora.documents.models import Document
from opora.reviews.drawing import Candidate, Drawn, Stratum, draw, error_of, size_of
from opora.reviews.models import Round
from opora.reviews.queries import curators_of, population_of

# Order of the parts and their words on the page.
STRATA: Final = (("municipality", "муниципалитет"), ("factor", "риск"), ("curator", "куратор"))


@dataclass(frozen=True, slots=True)
class StratumRow:
    """One stratum of a draw: its words, how many documents there were and how many fell."""

    key: Stratum
    label: str
    documents: tuple[int, ...]
    taken: int

    @property
    def count(self) -> int:
        """How many documents there were."""
        return len(self.documents)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draw gives: strata, documents in their order, and what the size means."""

    strata: tuple[StratumRow, ...]
    keys: tuple[int, ...]
    population: int
    error: float

    @property
    def size(self) -> int:
        """How many documents fell."""
        return len(self.keys)

    @property
    def mark(self) -> str:
        """A short mark of the very documents, drawn and not drawn: equal only for equal previews."""
        told = (self.keys, [(one.key, one.documents) for one in self.strata])
        return hashlib.sha256(str(told).encode()).hexdigest()[:16]

    @property
    def unrepresented(self) -> int:
        """Strata from which nothing fell: the sample is smaller than their number."""
        return sum(row.taken == 0 for row in self.strata)

    @property
    def meaning(self) -> str:
        """What the size means, in one plain sentence."""
        if not self.population:
            return "Документов, из которых можно выбирать, пока нет."
        if self.size >= self.population:
            return "Рассматриваются все документы: ошибки выборки нет."
        points = f"{self.error:.1f}".replace(".", ",")
        return (
            f"По {self.size} документам из {self.population} доля любого уровня отличается от доли по всем документам "
            f"не больше чем на {points} процентного пункта в 95 случаях из 100."
        )


def preview_of(review: Round, on: date) -> Preview:
    """What the draw of a round would give on a day. Three queries or four."""
    rows = list(
        population_of(review, on)
        .select_related("municipality", "factor", "curator")
        .only("municipality__name", "factor__number", "factor__name", "school", "curator")
    )
    labels: dict[Stratum, str] = {}
    candidates = _candidates(review, rows, on, labels)
    drawn = draw(candidates, seed=review.seed, size=size_of(len(rows), review.size_rule, review.size_value))
    return _preview(drawn, candidates, labels)


def redrawn(review: Round) -> tuple[int, ...]:
    """The documents that the kept population and seed give again, in order; asks nothing of the documents."""
    candidates = [Candidate(key, tuple(row["key"])) for row in review.drawn_from for key in row["documents"]]
    return draw(candidates, seed=review.seed, size=sum(row["taken"] for row in review.drawn_from)).keys


def strata_kept(review: Round) -> list[StratumRow]:
    """The strata as they were on the day of the draw."""
    return [
        StratumRow(tuple(row["key"]), row["label"], tuple(row["documents"]), row["taken"])
        for row in review.drawn_from
    ]


def _preview(drawn: Drawn, candidates: Sequence[Candidate], labels: dict[Stratum, str]) -> Preview:
    of: dict[Stratum, list[int]] = {}
    for one in candidates:
        of.setdefault(one.stratum, []).append(one.key)
    strata = tuple(
        StratumRow(key, labels[key], tuple(sorted(of[key])), drawn.taken[key]) for key in drawn.population
    )
    return Preview(strata, drawn.keys, drawn.total, error_of(drawn.total, len(drawn.keys)))


def _candidates(
    review: Round, rows: Sequence[Document], on: date, labels: dict[Stratum, str]
) -> list[Candidate]:
    curators: dict[int, int] = {}
    names: dict[int, str] = {}
    if "curator" in review.strata:
        curators = curators_of([(row.school_id, row.curator_id) for row in rows], review, on)
        people = {row.curator_id for row in rows if row.curator_id} | set(curators.values())
        names = {person.pk: person.short_name for person in User.objects.filter(pk__in=people)}
    found = []
    for row in rows:
        parts: list[tuple[int, str]] = []
        if "municipality" in review.strata:
            parts.append((row.municipality_id, row.municipality.name))
        if "factor" in review.strata:
            parts.append(
                (row.factor.number, f"{row.factor.number}. {row.factor.name}")
                if row.factor
                else (0, "без риска")
            )
        if "curator" in review.strata:
            person = row.curator_id or curators.get(row.school_id or 0, 0)
            parts.append((person, names[person]) if person else (0, "без куратора"))
        stratum = tuple(number for number, _ in parts)
        labels.setdefault(stratum, ", ".join(words for _, words in parts) or "Все документы")
        found.append(Candidate(row.pk, stratum))
    return found
