"""Each thing that waits as a row of «Мой день»: what to do, why, and the one action; asks the database nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from opora.core.russian import counted, day_month
from opora.dashboard.day import Thing
from opora.dashboard.today_shape import Waiting
from opora.programmes.factor_words import FactorWords

MOST_EACH = 8
TIME = 5


@dataclass(frozen=True, slots=True)
class Deed:
    """One row: icon and its class, words, the reason, the address and words of its button; `other` is a second way."""

    icon: str
    look: str
    words: str
    why: str
    address: str
    button: str
    other: tuple[str, str] | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class More:
    """How many rows of one kind are not shown, and where they all stand."""

    number: int
    words: str
    address: str


Make = Callable[[Waiting, date], Deed]


def deeds_of(rows: Iterable[Waiting], as_of: date) -> list[tuple[str, Deed]]:
    """The rows that wait for a deed, in their order, each with its kind; a step of a school only when it is late."""
    return [
        (row.what, MAKE[row.what](row, as_of))
        for row in rows
        if row.what in MAKE and (row.what != "step_there" or (row.since or as_of) < as_of)
    ]


def shown(deeds: Sequence[tuple[str, Deed]]) -> tuple[list[Deed], list[More]]:
    """At most some of each kind, and how many more there are."""
    counts: dict[str, int] = {}
    kept: list[Deed] = []
    for what, deed in deeds:
        counts[what] = counts.get(what, 0) + 1
        if counts[what] <= MOST_EACH:
            kept.append(deed)
    more = [
        More(number - MOST_EACH, *WHERE_ALL[what])
        for what, number in counts.items()
        if number > MOST_EACH and what in WHERE_ALL
    ]
    return kept, more


def things_of(rows: Iterable[Waiting], as_of: date) -> dict[date, list[Thing]]:
    """What is meant for each day ahead: visits, steps, ends of stages."""
    found: dict[date, list[Thing]] = {}
    for row in rows:
        thing = _thing(row)
        if thing is not None and row.since is not None and row.since >= as_of:
            found.setdefault(row.since, []).append(thing)
    for things in found.values():
        things.sort(key=lambda one: one.icon != "visit")
    return found


def _thing(row: Waiting) -> Thing | None:
    if row.what == "visit":
        hour = f", {row.who[:TIME]}" if row.who else ""
        return Thing("visit", f"Посещение: {row.title}{hour}", f"/visits/{row.pk}/", VISIT_WORDS[row.line])
    if row.what == "visits_of_day":
        day = row.since.isoformat()[:7] if row.since else ""
        words = counted(row.key, "посещение", "посещения", "посещений")
        return Thing("visit", f"Намечено {words}", f"/visits/?month={day}#v{row.pk}")
    if row.what in ("step", "step_there", "step_school"):
        return Thing("flag", f"Договорённость: {row.title}", f"/visits/{row.key}/", row.school_name)
    if row.what == "answer_owed":
        return Thing("form", f"Сдать: {row.title}", f"/obligations/{row.pk}/", row.who)
    if row.what == "report_due":
        return Thing("report", f"{row.title} заканчивается: отчёт куратора", _report_address(row))
    return None


VISIT_WORDS = {
    "planned": "школа ещё не ответила",
    "agreed": "школа подтвердила",
    "proposed": "школа просит другой день",
}


def _document(row: Waiting, as_of: date) -> Deed:
    why = f"{_line(row)}{row.who}{_on(row)}"
    return Deed("wait", "wait", f"Согласовать: {row.title}", why, f"/documents/{row.pk}/", "Посмотреть")


def _returned(row: Waiting, as_of: date) -> Deed:
    why = f"{_line(row)}Вопрос: {row.who}"
    return Deed("back", "back", f"Ответить на вопрос: {row.title}", why, f"/documents/{row.pk}/", "Ответить")


def _word(row: Waiting, as_of: date) -> Deed:
    why = f"{_line(row)}{row.who}{_on(row)}"
    address = f"/words/{row.pk}/confirm/"
    return Deed("sent", "half", f"Подтвердить сделанное: {row.title}", why, address, "Подтвердить")


def _visit_overdue(row: Waiting, as_of: date) -> Deed:
    return Deed(
        "late", "late", f"Отметить посещение: {row.title}", f"Намечалось на {_day(row)}, отметки нет",
        f"/visits/{row.pk}/sheet/", "Заполнить лист", ("Перенести", f"/visits/{row.pk}/move/"), is_late=True,
    )  # fmt: skip


def _visit_proposed(row: Waiting, as_of: date) -> Deed:
    why = f"Просит {_day(row)}: {row.who}"
    return Deed("wait", "wait", f"Ответить школе: {row.title}", why, f"/visits/{row.pk}/", "Ответить")


def _visit_held(row: Waiting, as_of: date) -> Deed:
    words = f"Сдать отчёт о посещении: {row.title}"
    return Deed("half", "half", words, f"Состоялось {_day(row)}", f"/visits/{row.pk}/sheet/", "Открыть лист")


def _visit_returned(row: Waiting, as_of: date) -> Deed:
    words = f"Ответить на вопрос о посещении: {row.title}"
    return Deed("back", "back", words, f"Вопрос: {row.who}", f"/visits/{row.pk}/sheet/", "Ответить")


def _visit_agree(row: Waiting, as_of: date) -> Deed:
    return Deed(
        "wait", "wait", f"Подтвердить посещение {_day(row)}", f"{row.title}, куратор {row.who}",
        f"/visits/{row.pk}/agree/", "Подтвердить", ("Предложить другой день", f"/visits/{row.pk}/propose/"),
    )  # fmt: skip


def _visit_approve(row: Waiting, as_of: date) -> Deed:
    words = f"Принять отчёт о посещении: {row.title}"
    return Deed("sign", "wait", words, f"{row.who}{_on(row)}", f"/visits/{row.pk}/", "Посмотреть")


def _step(row: Waiting, as_of: date) -> Deed:
    is_late = row.since is not None and row.since < as_of
    look = "late" if is_late else "half"
    why = f"{row.school_name}, {'обещали к' if is_late else 'до'} {_day(row)}"
    address = f"/visits/{row.key}/steps/{row.pk}/done/"
    return Deed(look, look, f"Сделать: {row.title}", why, address, "Сделано", is_late=is_late)


def _step_there(row: Waiting, as_of: date) -> Deed:
    why = f"{row.school_name}, обещали к {_day(row)}"
    address = f"/visits/{row.key}/steps/{row.pk}/done/"
    return Deed("late", "late", f"Спросить: {row.title}", why, address, "Сделано", is_late=True)


def _step_school(row: Waiting, as_of: date) -> Deed:
    is_late = row.since is not None and row.since < as_of
    look = "late" if is_late else "half"
    who = f"{row.who}, " if row.who else ""
    why = f"{who}{'обещали к' if is_late else 'до'} {_day(row)}. Закроет её куратор"
    return Deed(
        look, look, f"Договорились: {row.title}", why, f"/visits/{row.key}/steps/{row.pk}/told/",
        "Рассказать", is_late=is_late,
    )  # fmt: skip


def _step_told(row: Waiting, as_of: date) -> Deed:
    address = f"/visits/{row.key}/steps/{row.pk}/done/"
    why = f"{row.school_name} сообщила{_on(row)}: {row.who}"
    return Deed("sent", "half", f"Посмотреть сделанное: {row.title}", why, address, "Сделано")


def _risk_verify(row: Waiting, as_of: date) -> Deed:
    return Deed("risk", "half", f"Проверить {_factors(row)}: {row.title}", "Школа выбрала, подтверждения куратора нет",
                f"/risks/{row.school}/", "Проверить")  # fmt: skip


def _risk_choose(row: Waiting, as_of: date) -> Deed:
    return Deed("risk", "wait", f"Выбрать {_factors(row)}: {row.title}",
                "Над выбранным работают весь год; высокую значимость без причины не оставляют",
                f"/risks/{row.school}/", "Выбрать")  # fmt: skip


def _no_visit(row: Waiting, as_of: date) -> Deed:
    address = f"/visits/plan/add/?school={row.school}&stage={row.key}"
    return Deed(
        "visit", "wait", f"Наметить посещение: {row.title}", f"{row.who}, до {_day(row)}", address, "Наметить"
    )


def _report_returned(row: Waiting, as_of: date) -> Deed:
    words = f"Ответить на вопрос к отчёту: {row.title}"
    return Deed("back", "back", words, f"Вопрос: {row.who}", f"/curator-reports/{row.pk}/words/", "Ответить")


def _report_due(row: Waiting, as_of: date) -> Deed:
    is_late = row.since is not None and row.since < as_of
    look = "late" if is_late else "half"
    why = f"Этап {'закончился' if is_late else 'закончится'} {_day(row)}. Цифры «Опора» уже собрала"
    words = f"Сдать отчёт куратора: {row.title}"
    return Deed(look, look, words, why, _report_address(row), "Написать", is_late=is_late)


def _report_approve(row: Waiting, as_of: date) -> Deed:
    words = f"Принять отчёт куратора: {row.who}, {row.title}"
    return Deed("sign", "wait", words, f"Сдан {_day(row)}", f"/curator-reports/{row.pk}/", "Посмотреть")


def _answer_owed(row: Waiting, as_of: date) -> Deed:
    is_late = row.since is not None and row.since < as_of
    school = f"{row.who}. " if row.who else ""
    button = "Продолжить" if row.line else "Заполнить"
    return Deed(
        "form", "late" if is_late else "half", f"Заполнить: {row.title}",
        f"{school}{'Срок прошёл' if is_late else 'Сдать до'} {_day(row)}", f"/obligations/{row.pk}/", button,
        is_late=is_late,
    )  # fmt: skip


def _answer_returned(row: Waiting, as_of: date) -> Deed:
    words = f"Ответить на вопрос: {row.title}"
    return Deed("back", "back", words, f"Вопрос: {row.who}", f"/obligations/{row.pk}/", "Ответить")


def _answers_accept(row: Waiting, as_of: date) -> Deed:
    why = f"{counted(row.key, 'ответ ждёт', 'ответа ждут', 'ответов ждут')} приёма, первый сдан {_day(row)}"
    address = f"/collections/{row.pk}/?state=submitted"
    return Deed("sign", "wait", f"Принять ответы: {row.title}", why, address, "Посмотреть")


def _answers_late(row: Waiting, as_of: date) -> Deed:
    why = f"Без ответа — {row.key}, срок прошёл {_day(row)}"
    address = f"/collections/{row.pk}/"
    return Deed("bell", "late", f"Напомнить: {row.title}", why, address, "Посмотреть", is_late=True)


def _examine(row: Waiting, as_of: date) -> Deed:
    is_late = row.since is not None and row.since < as_of
    look = "late" if is_late else "half"
    why = f"{row.title}{f', до {_day(row)}' if row.since else ''}"
    words = f"Рассмотреть {counted(row.key, 'документ', 'документа', 'документов')}"
    return Deed(look, look, words, why, "/examinations/", "Рассмотреть", is_late=is_late)


def _rework(row: Waiting, as_of: date) -> Deed:
    is_late = row.since is not None and row.since < as_of
    why = f"Вернулся после экспертизы{f', доработать до {_day(row)}' if row.since else ''}"
    return Deed(
        "back",
        "back",
        f"Доработать: {row.title}",
        why,
        f"/reviews/school/{row.pk}/",
        "Посмотреть",
        is_late=is_late,
    )


def _round_waits(row: Waiting, as_of: date) -> Deed:
    words = f"Решить по экспертизе: {counted(row.key, 'документ', 'документа', 'документов')}"
    return Deed("review", "wait", words, row.title, f"/reviews/{row.pk}/", "Открыть")


def _factors(row: Waiting) -> str:
    """«риски», «направления»: the row brings the words of its own programme."""
    return FactorWords.of(row.line).all


def _report_address(row: Waiting) -> str:
    return f"/curator-reports/{row.key}/words/" if row.key else "/curator-reports/"


def _day(row: Waiting) -> str:
    return day_month(row.since) if row.since else ""


def _on(row: Waiting) -> str:
    return f", {day_month(row.since)}" if row.since else ""


def _line(row: Waiting) -> str:
    return f"Пункт {row.line}. " if row.line else ""


MAKE: dict[str, Make] = {
    "document": _document,
    "returned": _returned,
    "word": _word,
    "visit_overdue": _visit_overdue,
    "visit_proposed": _visit_proposed,
    "visit_held": _visit_held,
    "visit_returned": _visit_returned,
    "visit_agree": _visit_agree,
    "visit_approve": _visit_approve,
    "step": _step,
    "step_school": _step_school,
    "step_there": _step_there,
    "step_told": _step_told,
    "risk_verify": _risk_verify,
    "risk_choose": _risk_choose,
    "no_visit": _no_visit,
    "report_returned": _report_returned,
    "report_due": _report_due,
    "report_approve": _report_approve,
    "examine": _examine,
    "rework": _rework,
    "round_waits": _round_waits,
    "answer_owed": _answer_owed,
    "answer_returned": _answer_returned,
    "answers_accept": _answers_accept,
    "answers_late": _answers_late,
}
# Where the rest of a long list stands: what there is more of (one, few, many), and the address.
WHERE_ALL = {
    "document": (
        "документ на согласовании,документа на согласовании,документов на согласовании",
        "/documents/?state=sent",
    ),
    "word": ("сообщение о сделанном,сообщения о сделанном,сообщений о сделанном", "/words/"),
    "visit_approve": (
        "отчёт о посещении,отчёта о посещениях,отчётов о посещениях",
        "/visits/?show=all&state=reported",
    ),
    "visit_overdue": (
        "посещение без отметки,посещения без отметки,посещений без отметки",
        "/visits/?show=all&state=overdue",
    ),
    "visit_held": (
        "посещение без отчёта,посещения без отчёта,посещений без отчёта",
        "/visits/?show=all&state=held",
    ),
    "report_approve": ("отчёт куратора,отчёта кураторов,отчётов кураторов", "/curator-reports/"),
    "answer_owed": ("форма,формы,форм", "/obligations/"),
    "answers_accept": (
        "сбор с ответами на приём,сбора с ответами на приём,сборов с ответами на приём",
        "/collections/",
    ),
    "answers_late": (
        "сбор с прошедшим сроком,сбора с прошедшим сроком,сборов с прошедшим сроком",
        "/collections/",
    ),
    "risk_verify": (
        "школа с непроверенным выбором,школы с непроверенным выбором,школ с непроверенным выбором",
        "/risks/",
    ),
    "no_visit": ("школа без посещения,школы без посещения,школ без посещения", "/visits/plan/"),
    "step": ("договорённость,договорённости,договорённостей", "/visits/"),
    "step_there": ("договорённость школ,договорённости школ,договорённостей школ", "/visits/"),
}
