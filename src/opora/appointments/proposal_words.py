"""How a proposal of curators reads: why this pair, what a change of it would cost, why a school stays without one."""

from __future__ import annotations

from dataclasses import dataclass

from opora.appointments.proposal import (
    ALONE,
    FAR,
    KM_A_POINT,
    LOAD,
    RISK,
    Candidate,
    Change,
    Need,
    Pair,
    Proposal,
    kilometres,
)
from opora.appointments.proposing import Ground
from opora.core.russian import counted
from opora.programmes.factor_words import FactorWords

# So many people are named with the reason why they may not, then they are counted.
NAMED = 3


def legend(words: FactorWords) -> str:
    """How points are counted, with the programme's own word for a factor."""
    return (
        "Балл — это неудобство, и план ищет, где их меньше. "
        f"«{words.one.capitalize()}» школы, с чем куратор не работает, — {RISK}; дорога — балл за каждые {KM_A_POINT} км "
        f"по прямой, если известны координаты школы и той школы, где человек работает, иначе другой муниципалитет — {FAR}; "
        f"каждая следующая школа у одного человека на {LOAD} дороже предыдущей."
    )


@dataclass(frozen=True, slots=True)
class Option:
    """Another curator in the list of a row: whom, and at what price in words."""

    candidate: Candidate
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One school of the page: the pair, why it is so, what else could be."""

    pair: Pair
    why: str
    options: tuple[Option, ...]
    change: str


def row_of(pair: Pair, plan: Proposal, ground: Ground, most: int) -> Row:
    """A pair in words with its ten cheapest alternatives."""
    changes = plan.changes(pair)
    why = why_uncovered(pair, plan, ground) if pair.candidate is None else why_pair(pair, ground, most)
    options = tuple(
        Option(one.candidate, f"{one.candidate.name}, {price_words(one.price, pair)}") for one in changes
    )
    return Row(pair, why, options, change_words(changes[0], pair, ground) if changes else _no_change(pair))


def why_pair(pair: Pair, ground: Ground, most: int) -> str:
    """«12 км от своей школы; работает с № 1, 3; школ станет 2 из 5»."""
    candidate = pair.candidate
    assert candidate is not None, "asked of pairs with a curator"
    near = _road_words(pair.need, candidate)
    words = f"{near}; {_skill_words(pair, candidate, ground)}; школ станет {pair.load}\u00a0из\u00a0{most}"
    return words[0].upper() + words[1:] + "."


def change_words(change: Change, pair: Pair, ground: Ground) -> str:
    """«Сваева А. П.: на 10 баллов хуже. Не работает с № 3. Школа № 105 перейдёт: Мостова А. П.»."""
    parts = [f"{change.candidate.name}: {price_words(change.price, pair)}."]
    lacking = pair.need.risks - change.candidate.skills
    if lacking and (pair.candidate is None or lacking != pair.need.risks - pair.candidate.skills):
        parts.append(f"Не работает с {_numbers(lacking, ground)}.")
    road = _road_words(pair.need, change.candidate)
    if road != _NEAR and (pair.candidate is None or road != _road_words(pair.need, pair.candidate)):
        parts.append(f"{road.capitalize()}.")
    for shift in change.shifts[:NAMED]:
        to = f"перейдёт: {shift.after.name}" if shift.after else "останется без куратора."
        # A short name ends with a full stop of its own.
        parts.append(f"{shift.need.name} {to}")
    if len(change.shifts) > NAMED:
        parts.append(f"И ещё переходов: {len(change.shifts) - NAMED}.")
    return " ".join(parts)


def price_words(price: int, pair: Pair) -> str:
    """The price of a change in words: worse, the same, better, or another school left alone."""
    if pair.candidate is None:
        return "другая школа останется без куратора" if price > -ALONE // 2 else "можно"
    if price > ALONE // 2:
        return "другая школа останется без куратора"
    if price < -ALONE // 2:
        return "ещё одна школа получит куратора"
    if not price:
        return "не хуже"
    points = counted(abs(price), "балл", "балла", "баллов")
    return f"на {points} {'хуже' if price > 0 else 'лучше'}"


def why_uncovered(pair: Pair, plan: Proposal, ground: Ground) -> str:
    """Why nobody was found for a school."""
    if pair.is_skipped:
        return "Оставлена без куратора по вашему решению."
    if not ground.candidates:
        return "Кандидатов нет."
    if not plan.may(pair.need):
        reasons = [
            f"{one.name} — {ground.barred[pair.need.key, one.key]}"
            for one in ground.candidates
            if (pair.need.key, one.key) in ground.barred
        ]
        more = f" И ещё {len(reasons) - NAMED}." if len(reasons) > NAMED else ""
        return f"Никому из кандидатов нельзя: {'; '.join(reasons[:NAMED])}.{more}"
    if plan.places < len(plan.pairs):
        return (
            f"Мест не хватает: школ без куратора {len(plan.pairs)}, мест у кандидатов {plan.places}. "
            "Поднимите предел или добавьте людей."
        )
    return "Все, кому сюда можно, заняты школами, которые больше взять некому. Добавьте людей."


def dropped_words(plan: Proposal, ground: Ground) -> list[str]:
    """Locks that could not be kept, each with the reason."""
    return [
        f"{need.name} — {candidate.name}: {ground.barred.get((need.key, candidate.key), 'школ уже предельное число')}."
        for need, candidate in plan.dropped
    ]


_NEAR = "тот же муниципалитет"


def _road_words(need: Need, candidate: Candidate) -> str:
    """How far a person has to travel: kilometres where both points are known."""
    km = kilometres(need, candidate)
    if km is not None:
        return f"{max(1, round(km))}\u00a0км от своей школы"
    return _NEAR if need.place in candidate.places else "другой муниципалитет"


def _skill_words(pair: Pair, candidate: Candidate, ground: Ground) -> str:
    if not pair.need.risks:
        return f"{ground.words.all} школы не выбраны"
    has, lacks = pair.need.risks & candidate.skills, pair.need.risks - candidate.skills
    if not candidate.skills:
        return f"с чем работает, не отмечено ({ground.words.all} школы: {_numbers(lacks, ground)})"
    told = [f"работает с {_numbers(has, ground)}"] if has else []
    return "; ".join([*told, *([f"не работает с {_numbers(lacks, ground)}"] if lacks else [])])


def _numbers(factors: frozenset[int], ground: Ground) -> str:
    return "№ " + ", ".join(str(one) for one in sorted(ground.factors[pk].number for pk in factors))


def _no_change(pair: Pair) -> str:
    return "Больше некого." if pair.candidate else ""
