"""From the wording of a line to the kinds that count it, with the words that spoke for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from opora.core.russian import stems
from opora.indicators.kind import Mark
from opora.indicators.register import KINDS, KINDS_BY_CODE
from opora.indicators.target import Target, suggest_target
from opora.indicators.wording import LOUD, Roots, Word, words_of

__all__ = ["UNKNOWN", "Suggestion", "Target", "suggest_kinds", "suggest_target"]

UNKNOWN: Final = "attested"
_UNKNOWN_CONFIDENCE: Final = 0.2

_TEXT_SHARE: Final = 0.6  # the promise proves the line, the text only explains it
_SECTION_SHARE: Final = 0.4
_ECHO_SHARE: Final = 0.15  # what each further mark of a kind adds to its loudest
_MOST_ECHOES: Final = 4
_LEAST_SCORE: Final = 0.9
_LEAST_SECOND: Final = 2.2  # a second promise must be said aloud, not hinted at
_HALF_SURE: Final = 0.8  # the score at which a suggestion is as likely right as wrong
_MOST_WORDS: Final = 6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The kind of a line, the first of `kinds`; `confidence` 0…1; `why` are words as the order has them."""

    kind: str
    confidence: float
    why: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(slots=True)
class _Voice:
    """What was heard for one kind in one cell."""

    weights: list[float] = field(default_factory=list)
    loudest_aloud: float = 0.0
    first_at: int = 1_000_000
    words: list[tuple[float, int, str]] = field(default_factory=list)

    def score(self) -> float:
        ranked = sorted(self.weights, reverse=True)
        return ranked[0] + _ECHO_SHARE * sum(ranked[1 : 1 + _MOST_ECHOES]) if ranked else 0.0


_Voices = dict[str, _Voice]
_Phrase = tuple[tuple[str, ...], ...]


def suggest_kinds(text: str, promise: str, section_title: str = "") -> Suggestion:
    """The kinds that a line promises, the primary first; «attested», hardly sure, where nothing is known."""
    said, explained = _hear(promise, "promise"), _hear(text, "text")
    scores = _scores(said, explained)
    if max(scores.values(), default=0.0) < _LEAST_SCORE:
        titled = _hear(section_title, "text")
        scores = {
            code: scores.get(code, 0) + _SECTION_SHARE * voice.score() for code, voice in titled.items()
        }
        explained = explained | titled
    if max(scores.values(), default=0.0) < _LEAST_SCORE:
        return Suggestion(UNKNOWN, _UNKNOWN_CONFIDENCE, (), (UNKNOWN,))
    absorbed = _absorb(scores, said, explained)
    ranked = sorted(scores, key=lambda code: (-scores[code], _place(code)))
    primary = ranked[0]
    kinds = _kinds(primary, said, explained, absorbed)
    rival = next((scores[code] for code in ranked if code not in kinds and code not in absorbed), 0.0)
    return Suggestion(primary, _confidence(scores[primary], rival), _why(kinds, said, explained), kinds)


def _scores(said: _Voices, explained: _Voices) -> dict[str, float]:
    # A line without a promise, or with one that says nothing known, is judged by its text alone.
    share = _TEXT_SHARE if said else 1.0
    codes = said.keys() | explained.keys()
    return {
        code: (said[code].score() if code in said else 0.0)
        + (share * explained[code].score() if code in explained else 0.0)
        for code in sorted(codes)
    }


def _absorb(scores: dict[str, float], said: _Voices, explained: _Voices) -> frozenset[str]:
    """Give a part's score to the kinds that contain it: a published document is a ready one."""
    before = dict(scores)
    gone: set[str] = set()
    for code in before:
        if not any(_is_aloud(code, voices) for voices in (said, explained)):
            continue
        # What only the text names does not outweigh what the promise says aloud.
        is_silent = not KINDS_BY_CODE[code].rises and not _is_aloud(code, said)
        for part in KINDS_BY_CODE[code].absorbs:
            if part not in before or (is_silent and _is_aloud(part, said)):
                continue
            scores[code] += before[part]
            gone.add(part)
    return frozenset(gone)


def _is_aloud(code: str, voices: _Voices) -> bool:
    return code in voices and voices[code].loudest_aloud >= _LEAST_SECOND


def _kinds(primary: str, said: _Voices, explained: _Voices, absorbed: frozenset[str]) -> tuple[str, ...]:
    seconds = [code for code in said if code != primary and code not in absorbed and _is_aloud(code, said)]
    seconds.sort(key=lambda code: (said[code].first_at, _place(code)))
    brought = [
        code for code in KINDS_BY_CODE[primary].brings if _is_aloud(code, explained) and code not in seconds
    ]
    return (primary, *seconds, *brought)


def _confidence(score: float, rival: float) -> float:
    sure = score / (score + _HALF_SURE)
    return round(min(0.99, sure * (1 - 0.4 * min(1.0, rival / score))), 2)


def _why(kinds: tuple[str, ...], said: _Voices, explained: _Voices) -> tuple[str, ...]:
    words: dict[str, str] = {}
    for code in kinds:
        for voices in (said, explained):
            voice = voices.get(code)
            for _, _, surface in sorted(voice.words, key=lambda word: (-word[0], word[1])) if voice else ():
                words.setdefault(surface.lower(), surface)
    return tuple(words.values())[:_MOST_WORDS]


def _hear(text: str, where: str) -> _Voices:
    words = words_of(text)
    roots, marks = _known()
    places: dict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        for root in roots.of(word.folded):
            places[root].append(index)
    voices: _Voices = defaultdict(_Voice)
    for root in list(places):
        for code, mark, rest in marks.get(root, ()):
            if mark.where in ("both", where):
                _listen(voices[code], mark, rest, places[root], places, words)
    return {code: voice for code, voice in voices.items() if voice.weights}


def _listen(
    voice: _Voice,
    mark: Mark,
    rest: _Phrase,
    heads: list[int],
    places: dict[str, list[int]],
    words: list[Word],
) -> None:
    best, found = 0.0, None
    for head in heads:
        loudness = words[head].loudness
        if loudness <= best:
            continue
        others = _others(head, rest, mark.within, places, words)
        if others is not None:
            best, found = loudness, (head, *others)
    if found is None:
        return
    weight = mark.weight * best
    voice.weights.append(weight)
    voice.first_at = min(voice.first_at, found[0])
    if best == LOUD:
        voice.loudest_aloud = max(voice.loudest_aloud, mark.weight)
    voice.words.extend((weight, index, words[index].surface) for index in found)


def _others(
    head: int, rest: _Phrase, within: int, places: dict[str, list[int]], words: list[Word]
) -> tuple[int, ...] | None:
    """The nearest places of the mark's other words in the head's sentence, or None when one is missing."""
    sentence = words[head].sentence
    found: list[int] = []
    for alternatives in rest:
        near = [
            place
            for root in alternatives
            for place in places.get(root, ())
            if place != head and abs(place - head) <= within and words[place].sentence == sentence
        ]
        if not near:
            return None
        found.append(min(near, key=lambda place: (abs(place - head), place)))
    return tuple(found)


@cache
def _known() -> tuple[Roots, dict[str, list[tuple[str, Mark, _Phrase]]]]:
    """All marks of all kinds, by the beginnings of their heads."""
    roots: set[str] = set()
    marks: dict[str, list[tuple[str, Mark, _Phrase]]] = defaultdict(list)
    for kind in KINDS:
        for mark in kind.marks:
            phrase = tuple(tuple(word.split("|")) for word in mark.words.split())
            roots.update(root for alternatives in phrase for root in alternatives)
            for head in phrase[0]:
                marks[head].append((kind.code, mark, phrase[1:]))
    return Roots(roots), dict(marks)


@cache
def _place(code: str) -> int:
    return next(index for index, kind in enumerate(KINDS) if kind.code == code)


def duty_named(text: str, promise: str) -> str:
    """Whom a line of `people_appointed` speaks of: the code of the duty, school_coordinator when it is not clear."""
    return "curator" if "куратор" in f"{text} {promise}".lower() else "school_coordinator"


def asks_for_reports(text: str, promise: str) -> bool:
    """Whether a line of `forms_filled` waits for curators' reports of a stage, not for some other form of theirs."""
    words = f"{text} {promise}".lower()
    return "отчет" in words.replace("ё", "е") and "куратор" in words


def papers_named(text: str, promise: str, names: Iterable[str]) -> set[str]:
    """Which of these kinds of paper a line speaks of; «концептуальные документы» are all of them."""
    said = f"{text} {promise}"
    words = set(stems(said).split())
    if "концептуальн документ" in stems(said):
        return set(names)
    return {name for name in names if set(stems(name).split()) <= words}
