"""Every deed that is recorded reads in Russian on the pages of history."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from opora.core.deeds import WORDS, words_of
from tests.house.tree import PACKAGE, modules, named, tree_of

VERB = re.compile(r"[a-z]+\.[a-z_]+")
RECORDING = {"record", "_save", "HistoryLine"}


def verbs_of(node: ast.expr) -> Iterator[str]:
    """The verbs that an argument may be; «draft.*» for one whose end is a value."""
    for part in ast.walk(node):
        if isinstance(part, ast.JoinedStr):
            first = part.values[0]
            yield f"{first.value}*" if isinstance(first, ast.Constant) else "*"
            return
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and VERB.fullmatch(part.value):
            yield part.value


def recorded() -> Iterator[tuple[str, str]]:
    """Every verb that the code records, with its place."""
    for path in modules():
        for node in ast.walk(tree_of(path)):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) > 1
            if is_call and node.func.id in RECORDING:
                for verb in verbs_of(node.args[1]):
                    yield verb, f"{named(path)}:{node.lineno}"


def test_every_recorded_verb_has_words() -> None:
    found = dict(recorded())
    assert len(found) > 25
    lacking = {
        verb: where
        for verb, where in found.items()
        if not any(known == verb or (verb[-1] == "*" and known.startswith(verb[:-1])) for known in WORDS)
    }
    assert lacking == {}


def test_a_draft_is_told_in_every_state() -> None:
    from opora.imports.models import ImportDraft

    states = [state.value for state in ImportDraft.State if state != ImportDraft.State.OPEN]
    assert {f"draft.{state}" for state in states} <= WORDS.keys()


def test_words_are_kept_only_for_verbs_that_are_recorded() -> None:
    verbs = {verb for verb, _ in recorded()}
    ends = [verb[:-1] for verb in verbs if verb[-1] == "*"]
    assert [word for word in WORDS if word not in verbs and not word.startswith(tuple(ends))] == []


def test_facts_stand_beside_the_deed() -> None:
    assert words_of("document.approved", '{"on": "2022-09-05"}') == "документ утверждён, 05.09.2022"
    named_one = words_of("activity.responsible_named", {"person": "Мостова Анна", "since": "2022-09-01"})
    assert named_one == "назначен ответственный: Мостова Анна, с 01.09.2022"
    assert words_of("word.given", {"school": 7, "words": "Было"}) == "записано, что сделано: Было"


def test_long_words_are_cut_and_the_frame_of_the_package_is_seen() -> None:
    assert PACKAGE.is_dir()
    assert len(words_of("document.returned", {"question": "в" * 500})) < 200
