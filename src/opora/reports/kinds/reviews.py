"""The note on a finished round of review (order lines 4.8, 4.9): the sample, what was found; no experts, no schools."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from opora.core.russian import counted, day_short, day_words
from opora.plans.models import Roadmap
from opora.programmes.models import Programme
from opora.reports.asked import Asked
from opora.reports.heads import head_asked
from opora.reports.note import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Missing,
    Note,
    Paragraph,
    Step,
    Table,
    conclusions,
)
from opora.reviews.agreement import FEWEST_PAIRS, Agreement
from opora.reviews.drawing import error_of
from opora.reviews.models import Round
from opora.reviews.population import STRATA, Preview
from opora.reviews.queries import earlier_of_same_kinds
from opora.reviews.results import CriterionResult, Results, difference, results_of
from opora.schools.models import Region

TITLE = "Информационная справка о результатах выборочного содержательного анализа документов"
CRITERIA = (
    Column("Критерий", 8),
    Column("Средний балл", 2, is_figure=True),
    Column("Наиболь\u00adший", 3, is_figure=True),
    Column("Результат, %", 3, is_figure=True),
)
LEVELS = (
    Column("Уровень", 6),
    Column("Балл", 1, is_figure=True),
    Column("Документов", 2, is_figure=True),
    Column("Доля, %", 2, is_figure=True),
)
RISKS = (
    Column("Риск", 6),
    Column("Документов", 2, is_figure=True),
    Column("Результат, %", 2, is_figure=True),
    Column("Возвращено", 2, is_figure=True),
)
AGREEMENT = (
    Column("Критерий", 6),
    Column("Пар оценок", 2, is_figure=True),
    Column("Совпало, %", 2, is_figure=True),
    Column("Каппа", 2, is_figure=True),
    Column("Словами", 4),
)
CHANGES = (
    Column("Критерий", 6),
    Column("Было, %", 2, is_figure=True),
    Column("Стало, %", 2, is_figure=True),
    Column("Разница, п. п.", 2, is_figure=True),
)


def topics(roadmap: Roadmap, as_of: date) -> list[tuple[str, str]]:
    """The rounds of the municipality finished by a day, the latest first. One query."""
    return _topics(_finished(roadmap.programme, as_of).filter(municipality=roadmap.municipality_id))


def region_topics(region: Region, programme: Programme, as_of: date) -> list[tuple[str, str]]:
    """The rounds of the region itself finished by a day, the latest first. One query."""
    return _topics(_finished(programme, as_of).filter(region=region))


def build(asked: Asked) -> Note:
    """The note on the round asked for, else on the latest one. At most sixteen queries whatever the sample."""
    review = _chosen(asked)
    head = head_asked(asked, TITLE)
    if review is None:
        told = Missing(f"Нет данных: завершённой экспертизы на {day_words(asked.as_of)} нет.")
        return Note(head, "", (told, *conclusions(asked.words)))
    found = results_of(review, asked.as_of)
    # Titles often tell the stage themselves.
    about = review.title if found.stage in review.title else f"{review.title} ({found.stage})"
    return Note(head, about, (*_blocks(review, found, asked.as_of), *conclusions(asked.words)))


def _finished(programme: Programme, as_of: date) -> QuerySet[Round]:
    return (
        Round.objects.filter(programme=programme, finished_on__lte=as_of)
        .select_related("stage")
        .order_by("-finished_on", "-pk")
    )


def _topics(rounds: QuerySet[Round]) -> list[tuple[str, str]]:
    return [
        (f"round:{one.pk}", f"{one.title}, завершена {day_short(one.finished_on)}")
        for one in rounds
        if one.finished_on
    ]


def _chosen(asked: Asked) -> Round | None:
    rounds = _finished(asked.programme, asked.as_of)
    if asked.roadmap is not None:
        rounds = rounds.filter(municipality=asked.roadmap.municipality_id)
    else:
        rounds = rounds.filter(region=asked.region)
    kind, _, key = asked.about.partition(":")
    if kind == "round" and key.isdecimal() and len(key) < 10:
        rounds = rounds.filter(pk=int(key))
    return rounds.first()


def _blocks(review: Round, found: Results, as_of: date) -> Iterator[Block]:
    yield Paragraph(_summary(found))
    yield Heading("1. Как сделана выборка")
    yield Facts(tuple(_drawn(review, found)))
    left = found.sampled - found.settled
    if left:
        yield Missing(
            f"Нет данных: {counted(left, 'документ', 'документа', 'документов')} выборки без итога."
        )
    if not found.settled:
        return
    yield Heading("2. Результаты по критериям")
    yield Table("Критерии", CRITERIA, tuple(_criterion(one) for one in found.criteria), shows_title=False)
    for one in found.criteria:
        yield Heading(one.title, 3)
        rows = tuple((level.title, level.points, level.count, level.share) for level in one.levels)
        yield Table(one.title, LEVELS, rows, shows_title=False, sheet="Уровни")
    yield Heading("3. Результаты по рискам")
    risks = tuple(
        (f"{one.number}. {one.title}" if one.number else one.title, one.documents, one.per_cent, one.returned)
        for one in found.factors
    )
    yield Table("Риски", RISKS, risks, shows_title=False)
    yield from _rework(found)
    yield from _agreed(found)
    yield from _changed(review, found, as_of)


def _summary(found: Results) -> str:
    documents = counted(found.settled, "документ", "документа", "документов")
    words = f"Рассмотрено: {documents} из {found.sampled} в выборке, всего документов {found.population}."
    if found.per_cent is not None:
        words += f" Средний результат: {found.per_cent}\u00a0% от наибольшего возможного."
    words += f" Возвращено на доработку: {found.returned}, доработано: {found.reworked}."
    return f"{words} Школы не сравниваются между собой и не названы."


def _drawn(review: Round, found: Results) -> Iterator[tuple[str, str]]:
    yield "Виды документов", ", ".join(str(kind) for kind in review.kinds.all()) or "—"
    yield "Этап", found.stage
    yield "Всего документов", str(found.population)
    share = round(100 * found.sampled / found.population) if found.population else 0
    yield "В выборке", f"{found.sampled} ({share}\u00a0%)"
    named = [words for key, words in STRATA if key in review.strata]
    yield "Слои", ", ".join(named) if named else "без слоёв"
    yield "День выборки", day_words(review.drawn_on) if review.drawn_on else "—"
    yield "Зерно", f"{review.seed} (по нему выборку можно повторить на любой машине)"
    size = tuple(range(found.sampled))
    yield "Точность", Preview((), size, found.population, error_of(found.population, found.sampled)).meaning
    yield "Завершена", day_words(found.finished_on) if found.finished_on else "—"


def _criterion(one: CriterionResult) -> tuple[Cell, ...]:
    mean = round(one.mean, 2) if one.mean is not None else None
    return one.title, mean, one.most, one.per_cent


def _rework(found: Results) -> Iterator[Block]:
    yield Heading("4. Доработка")
    if not found.returned:
        yield Paragraph("На доработку ничего не возвращали.")
        return
    returned = counted(found.returned, "документ", "документа", "документов")
    yield Paragraph(f"Возвращено с замечаниями: {returned}, доработано: {found.reworked}.")
    rest = found.returned - found.reworked
    if found.reworked:
        words = f", остальных ({rest}) — по первому" if rest else ""
        yield Paragraph(f"Итог доработанных взят по второму просмотру{words}.")
    else:
        yield Paragraph("Итог возвращённых взят по первому просмотру.")


def _agreed(found: Results) -> Iterator[Block]:
    yield Heading("5. Согласие экспертов")
    pairs = found.agreement
    if not pairs.documents:
        yield Paragraph("Двое независимо не рассматривали ни одного документа: согласие не считается.")
        return
    yield Paragraph(agreement_words(pairs))
    rows = tuple(
        (one.title, one.agreement.marks, one.agreement.share, _kappa(one.agreement), one.agreement.words)
        for one in found.criteria
    )
    yield Table("Согласие экспертов", AGREEMENT, rows, shows_title=False)


def agreement_words(pairs: Agreement) -> str:
    """The agreement of experts in plain words, and the coefficient where there are enough pairs."""
    documents = counted(pairs.documents, "документ", "документа", "документов")
    words = (
        f"Двое экспертов независимо рассмотрели {documents}. Их оценки совпали в {pairs.share}\u00a0% случаев "
        f"({pairs.equal} из {pairs.marks})."
    )
    if pairs.kappa is None:
        if pairs.documents < FEWEST_PAIRS:
            return f"{words} Пар меньше {FEWEST_PAIRS}: показатель согласия не считается."
        return f"{words} Все оценки одинаковы: показатель согласия посчитать нельзя."
    told = f"{pairs.kappa:.2f}".replace(".", ",").replace("-", "−")
    return f"{words} С поправкой на случайные совпадения (взвешенная каппа Коэна): {told}, {pairs.words}."


def _kappa(pairs: Agreement) -> float | None:
    return round(pairs.kappa, 2) if pairs.kappa is not None else None


def _changed(review: Round, found: Results, as_of: date) -> Iterator[Block]:
    """The difference to the latest finished round of the same place and kinds before this one."""
    known = [one for one in earlier_of_same_kinds(review) if one.finished_on and one.finished_on <= as_of]
    yield Heading("6. Разница с прежней экспертизой")
    if not known:
        yield Paragraph("Прежней завершённой экспертизы тех же документов нет: сравнивать не с чем.")
        return
    earlier = results_of(known[0], as_of)
    yield Paragraph(f"Сравниваем с экспертизой «{earlier.title}» ({earlier.stage}).")
    rows: list[tuple[Cell, ...]] = [
        (one.title, one.before, one.after, Step(one.change) if one.change is not None else None)
        for one in difference(earlier, found)
    ]
    if earlier.per_cent is not None and found.per_cent is not None:
        rows.append(("В среднем", earlier.per_cent, found.per_cent, Step(found.per_cent - earlier.per_cent)))
    yield Table("Разница", CHANGES, tuple(rows), shows_title=False)
