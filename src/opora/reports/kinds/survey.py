"""The note on a survey (order line 4.5): one loaded from a table, or an own collection; who answered and what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from opora.core.russian import NBSP, counted, day_short, day_words, plural
from opora.plans.models import Roadmap
from opora.questionnaires.answered import waits_for_closing
from opora.questionnaires.models import Collection, Respondent, Survey
from opora.questionnaires.queries import respondents_of
from opora.questionnaires.results import FEWEST_NAMELESS
from opora.questionnaires.states import HANDED_IN, OWED, state_on
from opora.reports.answers import (
    Question,
    earlier_collection,
    earlier_survey,
    findings_of,
    greatest_change,
    per_cent,
    questions_of_collection,
    questions_of_survey,
)
from opora.reports.asked import Asked
from opora.reports.heads import head_asked
from opora.reports.note import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Items,
    Missing,
    Note,
    Paragraph,
    Step,
    Table,
    conclusions,
    shown,
)

TITLE = "Информационная справка о результатах анкетирования"
SHARES = (
    Column("Ответ", 6),
    Column("Ответили", 2, is_figure=True),
    Column("Доля, %", 2, is_figure=True),
)
CHANGED = (*SHARES, Column("Прежде, %", 2, is_figure=True), Column("Разница, п. п.", 2, is_figure=True))
NUMBERS = (
    Column("Вопрос", 5),
    Column("Ответили", 2, is_figure=True),
    Column("В среднем", 2, is_figure=True),
    Column("От", 2, is_figure=True),
    Column("До", 2, is_figure=True),
    Column("Всего", 2, is_figure=True),
    Column("Прежде в среднем", 2, is_figure=True),
    Column("Разница", 2, is_figure=True),
)
SHEET = "Ответы"
_ALONE = "Прежних ответов на те же вопросы нет: сравнивать не с чем."


@dataclass(frozen=True, slots=True)
class Told:
    """What is written about either of the two."""

    about: str
    facts: tuple[tuple[str, str], ...]
    summary: str
    missing: tuple[str, ...]
    questions: list[Question] = field(default_factory=list)
    earlier: str = ""


def topics(roadmap: Roadmap, as_of: date) -> list[tuple[str, str]]:
    """Surveys held and collections opened by a day, the latest first. Two queries."""
    surveys = _surveys(roadmap, as_of).values_list("pk", "title", "held_on")
    collections = _collections(roadmap, as_of).values_list("pk", "title", "opens_on")
    found = [
        *((day, f"survey:{pk}", f"Опрос «{title}», {day_short(day)}") for pk, title, day in surveys),
        *((day, f"collection:{pk}", f"Сбор «{title}», с {day_short(day)}") for pk, title, day in collections),
    ]
    found.sort(key=lambda one: one[0], reverse=True)
    return [(key, words) for _, key, words in found]


def build(asked: Asked) -> Note:
    """The note on what is asked for, else on the latest. At most ten queries whatever the number of answers."""
    told = _told(asked)
    head = head_asked(asked, TITLE)
    if told is None:
        nothing = Missing(f"Нет данных: опроса или сбора на {day_words(asked.as_of)} нет.")
        return Note(head, "", (nothing, *conclusions(asked.words)))
    return Note(head, told.about, (*_blocks(told), *conclusions(asked.words)))


def _surveys(roadmap: Roadmap, as_of: date) -> QuerySet[Survey]:
    return Survey.objects.filter(
        municipality=roadmap.municipality_id, programme=roadmap.programme_id, held_on__lte=as_of
    )


def _collections(roadmap: Roadmap, as_of: date) -> QuerySet[Collection]:
    return Collection.objects.filter(
        municipality=roadmap.municipality_id, programme=roadmap.programme_id, opens_on__lte=as_of
    )


def _told(asked: Asked) -> Told | None:
    kind, _, key = (asked.about or next((key for key, _ in topics(asked.plan, asked.as_of)), "")).partition(
        ":"
    )
    if not key.isdecimal() or len(key) > 9:
        return None
    if kind == "survey":
        survey = _surveys(asked.plan, asked.as_of).filter(pk=int(key)).first()
        return _of_survey(survey) if survey is not None else None
    rows = _collections(asked.plan, asked.as_of).select_related("version", "stage")
    collection = rows.filter(pk=int(key)).first()
    return _of_collection(collection, asked.as_of) if collection is not None else None


def _of_survey(survey: Survey) -> Told:
    earlier = earlier_survey(survey)
    questions = questions_of_survey(survey, earlier)
    groups: dict[str, int] = {}
    for one in questions:
        groups[one.group] = max(groups.get(one.group, 0), one.answered)
    answered = sum(groups.values())
    facts = [("Опрос", survey.title), ("Проведён", day_words(survey.held_on))]
    facts += [(f"Ответили: {group}" if group else "Ответили", str(count)) for group, count in groups.items()]
    asked = counted(len({one.label for one in questions}), "вопрос", "вопроса", "вопросов")
    return Told(
        about=f"{survey.title}, {day_words(survey.held_on)}",
        facts=tuple(facts),
        summary=f"{_answered(answered)}; {asked}. Сколько человек приглашали, в загруженной таблице не сказано.",
        missing=(),
        questions=questions,
        earlier=f"«{earlier.title}», {day_words(earlier.held_on)}" if earlier is not None else "",
    )


def _of_collection(collection: Collection, as_of: date) -> Told:
    earlier = earlier_collection(collection)
    summary, questions = questions_of_collection(collection, earlier, as_of)
    states = [(one, state_on(one, as_of)) for one in respondents_of(collection, as_of)]
    expected = [(one, code) for one, code in states if code != "excused"]
    handed = sum(code in HANDED_IN for _, code in expected)
    nothing = sum(code == "nothing" for _, code in expected)
    back = sum(code == "returned" for _, code in expected)
    asked = f", с ответами, которые вернулись с вопросом ({back})" if back else ""
    facts = (
        ("Сбор", collection.title),
        ("Форма", summary.title),
        ("От кого", collection.get_audience_display()),
        ("Этап", str(collection.stage) if collection.stage else "—"),
        ("Срок", f"с {day_words(collection.opens_on)} по {day_words(collection.due_on)}"),
        ("Сдали", f"{handed} из {len(expected)}"),
        ("Из них сообщать нечего", str(nothing)),
        (
            "Ответы",
            "без имён" if collection.is_anonymous else "с именами; кто что ответил, справка не говорит",
        ),
    )
    return Told(
        about=collection.title,
        facts=facts,
        summary=f"Сдали {handed} из {len(expected)}; в справке {_answers(summary.answers)}{asked}.",
        missing=tuple(_missing(collection, expected, summary.is_hidden, as_of)),
        questions=questions,
        earlier=f"«{earlier.title}», с {day_words(earlier.opens_on)}" if earlier is not None else "",
    )


def _missing(
    collection: Collection, expected: Sequence[tuple[Respondent, str]], is_hidden: bool, as_of: date
) -> Iterator[str]:
    # An answer that came back with a question is in the note all the same.
    owed = [one for one, code in expected if code in OWED and code != "returned"]
    schools = [one.school.short_name for one in owed if one.school is not None]
    if schools and not collection.is_anonymous:
        yield f"Нет данных: {', '.join(schools)}."
    elif owed:
        # Who of the people has not answered is not for a paper that may be published.
        yield f"Нет данных: не сдали {len(owed)}."
    if waits_for_closing(collection, as_of):
        yield "Сбор идёт: ответы без имён показываются, когда его закроют, чтобы никого нельзя было узнать."
    elif is_hidden:
        yield f"Ответили меньше {FEWEST_NAMELESS}: ответы без имён не показаны, чтобы никого нельзя было узнать."


def _answered(count: int) -> str:
    return f"{plural(count, 'Ответил', 'Ответили', 'Ответили')} {counted(count, 'человек', 'человека', 'человек')}"


def _answers(count: int) -> str:
    return counted(count, "ответ", "ответа", "ответов")


def _blocks(told: Told) -> Iterator[Block]:
    yield Paragraph(told.summary)
    if told.questions:
        yield Paragraph(_main(told))
    yield from (Missing(one) for one in told.missing)
    parts = (
        ("Кто отвечал", [Facts(told.facts)]),
        ("Ответы", list(_answered_by_choice(told))),
        ("Вопросы с числами", list(_numbers(told.questions))),
        ("Ответы своими словами", list(_own_words(told.questions))),
        ("Не показано", list(_hidden(told.questions))),
    )
    for number, (title, blocks) in enumerate([part for part in parts if part[1]], 1):
        yield Heading(f"{number}. {title}")
        yield from blocks


def _answered_by_choice(told: Told) -> Iterator[Block]:
    asked = [one for one in told.questions if one.choices]
    if not asked:
        return
    since = f"Разница: с {told.earlier}." if told.earlier else _ALONE
    yield Paragraph(since)
    is_compared = any(one.has_earlier for one in asked)
    for one in asked:
        yield Heading(one.name, 3)
        yield Paragraph(_how_many(one))
        yield _shares(one, is_compared)


def _own_words(questions: Sequence[Question]) -> Iterator[Block]:
    found = [one for one in questions if not one.choices and one.numbers is None and not one.is_hidden]
    if found:
        yield Paragraph("Дословно в справке не приводятся; они есть в результатах сбора.")
        yield Items(tuple(f"{one.name}: {_answers(one.answered)}" for one in found))


def _hidden(questions: Sequence[Question]) -> Iterator[Block]:
    found = [one for one in questions if one.is_hidden]
    if found:
        yield Missing(
            f"Ответили меньше {FEWEST_NAMELESS}: ответы не показаны, чтобы никого нельзя было узнать."
        )
        yield Items(tuple(one.name for one in found))


def _main(told: Told) -> str:
    """The largest shares in one sentence, and the greatest change since the earlier time."""
    found = findings_of(told.questions)
    if not found:
        return "Главного не назвать: ответов мало, или ни один ответ не впереди других."
    parts = [
        f"«{one.name}» — «{choice.label}», {shown(choice.per_cent)}{NBSP}% ({choice.count} из {one.answered})"
        for one, choice in found
    ]
    words = f"Чаще всего отвечали одинаково: {'; '.join(parts)}."
    changed = greatest_change(told.questions)
    if changed is not None:
        one, choice = changed
        step = shown(Step(choice.step or 0))
        words += f" Сильнее всего изменилось: «{one.name}» — «{choice.label}», {step} п. п."
    return words


def _how_many(one: Question) -> str:
    words = f"Ответили {one.answered}" + (f" из {one.asked}" if one.asked > one.answered else "")
    if one.has_earlier:
        words += f", прежде {one.answered_before}"
    return f"{words}; можно было выбрать несколько ответов." if one.is_many else f"{words}."


def _shares(one: Question, is_compared: bool) -> Table:
    columns = CHANGED if is_compared else SHARES
    rows: list[tuple[Cell, ...]] = []
    for choice in one.choices:
        before = per_cent(choice.before) if choice.before is not None else None
        step = Step(choice.step) if choice.step is not None else None
        changed: tuple[Cell, ...] = (before, step) if is_compared else ()
        rows.append((choice.label, choice.count, choice.per_cent, *changed))
    return Table(one.name, columns, tuple(rows), shows_title=False, sheet=SHEET)


def _numbers(questions: Sequence[Question]) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = []
    for one in questions:
        if one.numbers is not None:
            told = one.numbers
            mean = round(told.mean, 2)
            before = round(one.before, 2) if one.before is not None else None
            step = Step(round(mean - before, 2)) if before is not None else None
            rows.append((one.name, one.answered, mean, told.least, told.greatest, told.total, before, step))
    if rows:
        is_compared = any(row[-2] is not None for row in rows)
        width = len(NUMBERS) if is_compared else len(NUMBERS) - 2
        yield Table("Числа", NUMBERS[:width], tuple(row[:width] for row in rows), shows_title=False)
