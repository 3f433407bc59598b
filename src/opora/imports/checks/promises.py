"""Remarks on what lines promise: cut off, said of another thing than the line, repeated, missing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from difflib import SequenceMatcher

from opora.imports.checks.naming import name_of, short, spoken
from opora.imports.draft import DraftLine, Problem, RoadmapDraft
from opora.imports.subjects.wording import ends_on_adjective, fold, is_final, is_unfinished

_STAGE = re.compile(
    r"\(?\b(?:\d|[iv]+|перв\w+|втор\w+|трет\w+|четверт\w+|заключительн\w+|итогов\w+"
    r"|промежуточн\w+)\s*-?\w{0,2}\s*(?:этап\w*|полугоди\w*|квартал\w*|четверт\w*|волн\w*|тур\w*|част\w+)"
    r"(?:\s+\w+\s+над\s+\w+)?\)?|\b20\d\d\b(?:\s*г\w*)?|\d+"
)
_LEVEL = re.compile(
    r"\b(муниципальн|региональн|федеральн|школьн)\w*\s+[«\"]?(дорожн\w+ карт|отчет|план|программ|положени"
    r"|семинар|вебинар|конкурс|совещани|приказ|справк|реестр|банк)"
)
_STAGES = re.compile(r"\b(1|2|i{1,2}|перв\w+|втор\w+)\s*-?\s*(?:й|ый|ой|го|ого|м|ом)?\s*(?:этап|полугоди)")
_MIDDLE_OR_LAST = re.compile(
    r"\b(промежуточн|итогов|заключительн)\w*\s+(отчет|итог|справк|мониторинг|семинар|совещани)"
)
_LEAST_REPEATED_WORDS = 4
_LEAST_CUT = 30
_MOST_TWINS = 20
Ranked = list[tuple[str, int]]


def promise_problems(draft: RoadmapDraft) -> list[Problem]:
    """text_missing, text_cut, indicator_mismatch, promise_repeated, promise_missing."""
    problems: list[Problem] = []
    ranked = sorted((fold(line.promise), index) for index, line in enumerate(draft.lines))
    for index, line in enumerate(draft.lines):
        if not line.text:
            words = (
                f"{spoken(draft, index)}: нет текста мероприятия. Впишите его по приказу или удалите строку."
            )
            problems.append(Problem("text_missing", "error", name_of(draft, index), words))
        problems += _cut(draft, ranked, index, line)
        problems += _mismatch(draft, index, line)
    return [*problems, *_missing(draft), *_repeated(draft)]


def _missing(draft: RoadmapDraft) -> Iterator[Problem]:
    if sum(bool(line.promise) for line in draft.lines) * 2 < len(draft.lines):
        return
    for index, line in enumerate(draft.lines):
        if not line.promise:
            words = f"{spoken(draft, index)}: не указан показатель. Впишите, чем подтверждается выполнение."
            yield Problem("promise_missing", "warning", name_of(draft, index), words)


def _cut(draft: RoadmapDraft, ranked: Ranked, index: int, line: DraftLine) -> Iterator[Problem]:
    if line.text and _looks_cut(line.text):
        words = (
            f"{spoken(draft, index)}: текст обрывается на «…{_ending(line.text)}». Допишите его по приказу."
        )
        yield Problem("text_cut", "warning", name_of(draft, index), words)
    longer = _longer_twin(draft, ranked, index, line)
    if line.promise and (longer or _looks_cut(line.promise)):
        likeness = f" Похожий показатель целиком — в пункте {longer}." if longer else ""
        words = (
            f"{spoken(draft, index)}: показатель обрывается на «…{_ending(line.promise)}».{likeness} "
            f"Допишите его по приказу."
        )
        yield Problem("text_cut", "warning", name_of(draft, index), words)


def _looks_cut(text: str) -> bool:
    is_quote_open = text.count("«") == 1 and "»" not in text and '"' not in text
    is_bracket_open = text.count("(") > text.count(")")
    if is_quote_open or is_bracket_open:
        return True
    without = text.replace("«", "").replace("(", "") if text[-1] not in "«(" else text
    return (is_unfinished(without) and len(text.split()) > 2) or (
        ends_on_adjective(text) and len(text.split()) > 3
    )


def _longer_twin(draft: RoadmapDraft, ranked: Ranked, index: int, line: DraftLine) -> str | None:
    """Another line of the same wording whose promise begins like this one and goes on.

    `ranked` are all promises in order of letters, so that those with one beginning stand together.
    """
    promise = fold(line.promise)
    if len(promise) < _LEAST_CUT or is_final(promise):
        return None
    first = bisect_right(ranked, (promise, len(draft.lines)))
    for longer, other_index in ranked[first : first + _MOST_TWINS]:
        if not longer.startswith(f"{promise} "):
            return None
        other = draft.lines[other_index]
        is_tail_short = 3 < len(longer) - len(promise) <= len(promise)
        if is_tail_short and longer[len(promise) + 1] not in "(-" and _alike(line.text, other.text, 0.7):
            return short(other, other_index)
    return None


def _mismatch(draft: RoadmapDraft, index: int, line: DraftLine) -> Iterator[Problem]:
    text, promise = fold(line.text), fold(line.promise)
    for pattern, words in ((_LEVEL, "уровень"), (_STAGES, "этап"), (_MIDDLE_OR_LAST, "вид отчёта")):
        asked, promised = _pairs(pattern, text), _pairs(pattern, promise)
        swapped = [
            (mine, theirs)
            for subject, mine in asked.items()
            if (theirs := promised.get(subject)) and not mine & theirs
        ]
        if swapped:
            asks, promises = (", ".join(f"«{word}…»" for word in sorted(side)) for side in swapped[0])
            told = (
                f"{spoken(draft, index)}: {words} в тексте ({asks}) и в показателе ({promises}) не "
                f"совпадает. Проверьте, не переставлены ли показатели."
            )
            yield Problem("indicator_mismatch", "warning", name_of(draft, index), told)
            return


def _pairs(pattern: re.Pattern[str], text: str) -> dict[str, set[str]]:
    """What is said of each subject: {«дорожн»: {«муниципальн»}}."""
    found: dict[str, set[str]] = {}
    for match in pattern.finditer(text):
        subject = match.group(2)[:6] if match.re.groups > 1 else "этап"
        value = {"1": "перв", "i": "перв", "2": "втор", "ii": "втор"}.get(match.group(1), match.group(1))
        found.setdefault(subject, set()).add(value[:4] if pattern is _STAGES else value)
    return found


def _repeated(draft: RoadmapDraft) -> Iterator[Problem]:
    groups: dict[str, list[int]] = {}
    for index, line in enumerate(draft.lines):
        key = re.sub(r"\W+", "", fold(line.promise))
        if len(line.promise.split()) >= _LEAST_REPEATED_WORDS and "promise" not in line.merged:
            groups.setdefault(key, []).append(index)
    for members in groups.values():
        if len(members) > 1 and not _differ_by_stage(draft, members):
            names = ", ".join(short(draft.lines[index], index) for index in members)
            promise = draft.lines[members[0]].promise
            words = (
                f"Пункты {names} обещают одно и то же: «{promise}». Уточните показатели, чтобы каждый "
                f"пункт считался отдельно."
            )
            yield Problem("promise_repeated", "info", name_of(draft, members[0]), words)


def _differ_by_stage(draft: RoadmapDraft, members: list[int]) -> bool:
    texts = [_STAGE.sub(" ", fold(draft.lines[index].text)) for index in members]
    return all(_alike(texts[0], text, 0.85) for text in texts[1:])


def _alike(left: str, right: str, least: float) -> bool:
    return left == right or SequenceMatcher(None, left[:300], right[:300], autojunk=False).ratio() >= least


def _ending(text: str) -> str:
    return " ".join(text.split()[-3:])
