"""A draft of a later order against the plan in force: what it would change, and what of it is accepted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from opora.core.russian import fold
from opora.plans.amendments import Pair, PlanLine, What, difference
from opora.plans.drafts import words_in
from opora.plans.models import Activity, Roadmap
from opora.plans.queries import plan_line

# An order that names fewer of the plan's lines than this share lists only what it changes.
WHOLE_PLAN_SHARE: Final = 0.6


def plan_rows(roadmap: Roadmap) -> list[Activity]:
    """The lines of a plan in force today, after all its amendments. One query."""
    return list(
        roadmap.activities.filter(dropped_on__isnull=True).select_related("section").order_by("position")
    )


def differences(content: Mapping[str, Any], roadmap: Roadmap) -> list[Pair]:
    """Every line of the plan and of the draft once, matched."""
    return difference([plan_line(row) for row in plan_rows(roadmap)], lines_of_draft(content))


def placed(content: Mapping[str, Any], roadmap: Roadmap) -> dict[str, Any]:
    """The draft with its sections numbered as in the plan: an order of changes prints only some of them.

    A section is known by its title, else by the numbers of its lines («4.5»), else it is a new one.
    """
    titles = {one.number: fold(one.title) for one in roadmap.sections.all()}
    numbers: dict[int, int] = {0: 0}
    for section in content["sections"]:
        lines = [line for line in content["lines"] if line["section"] == section["number"]]
        found = _by_title(titles, section["title"]) or _by_numbers(titles, lines)
        numbers[section["number"]] = found or max([*titles, *numbers.values()], default=0) + 1
    return {
        **content,
        "sections": [{**one, "number": numbers[one["number"]]} for one in content["sections"]],
        "lines": [{**one, "section": numbers[one["section"]]} for one in content["lines"]],
    }


def _by_title(titles: Mapping[int, str], title: str) -> int:
    words = fold(title)
    return next((number for number, known in titles.items() if words and words == known), 0)


def _by_numbers(titles: Mapping[int, str], lines: Sequence[Mapping[str, Any]]) -> int:
    firsts = {line["number"].split(".")[0] for line in lines if line["number"] and "." in line["number"]}
    only = firsts.pop() if len(firsts) == 1 else ""
    return int(only) if only.isdecimal() and int(only) in titles else 0


def lines_of_draft(content: Mapping[str, Any]) -> list[PlanLine]:
    """The lines of a draft as the difference sees them, keyed as in the draft; deleted ones are left out."""
    lines = []
    for line in content["lines"]:
        if line.get("is_deleted"):
            continue
        words = words_in(line)
        words.pop("page")
        lines.append(PlanLine(key=line["key"], section=int(line.get("section") or 0), **words))
    return lines


def is_whole_plan(pairs: Sequence[Pair]) -> bool:
    """Whether the order sets out the whole plan anew, so that a line it does not mention is meant to go."""
    old = sum(pair.old is not None for pair in pairs)
    return sum(pair.new is not None for pair in pairs) >= WHOLE_PLAN_SHARE * old


def key_of(pair: Pair, what: What) -> str:
    """The name of one difference in a form: «moved:17» by the plan's row, «added:l5» by the draft's line."""
    line = pair.old if pair.old is not None else pair.new
    return f"{what}:{line.key if line is not None else ''}"


def accepted_pairs(pairs: Sequence[Pair], accepted: Collection[str]) -> list[Pair]:
    """The pairs with only what a person accepted; lines left as they are stay as marks of order."""
    kept = []
    for pair in pairs:
        what = frozenset(one for one in pair.what if key_of(pair, one) in accepted)
        if what or (pair.old is not None and pair.new is not None):
            kept.append(replace(pair, what=what or frozenset({"same"})))
    return kept
