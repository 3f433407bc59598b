"""The term of a roadmap's line read into days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from opora.core.periods.dating import Days, Plan, days_of, is_yearless
from opora.core.periods.digits import FIRST_YEAR, LAST_YEAR, with_dates
from opora.core.periods.elements import Element, elements_of
from opora.core.periods.period import Period
from opora.core.periods.points import school_point, year_point
from opora.core.periods.recurrence import without_recurrence
from opora.core.periods.spans import Phrase, Span, phrase_of
from opora.core.periods.surroundings import with_ordinals, without_surroundings
from opora.core.periods.tokens import Token, outside_and_notes, tokens_of
from opora.core.periods.words import looks_like_month
from opora.core.periods.years import with_years

# Words of a term that has no calendar by its nature: nothing is wrong with it, it only has no days.
_WITHOUT_CALENDAR = [
    "график", "план", "соглас", "мер", "необходимост", "поступл", "запрос", "заявк", "потребност",
    "отдельн", "период", "год", "течени", "систематич", "регулярн", "момент", "графику", "циклограмм",
    "реализац", "постоян", "дня", "дней", "день", "после", "завершен", "окончан", "утвержд", "факт",
    "итог", "результат", "каникул", "четверт", "ежечас", "соответств", "учебн", "своевремен", "течении",
    "гиа", "егэ", "огэ", "впр", "месяц", "недел", "квартал", "полугоди", "назначен", "дополнительн",
    "обращени",
]  # fmt: skip
_TURNING_NOTES = ("кром", "исключ", "перенес", "перенос", "отмен", "или", "либо", "сдвиг")


@dataclass(frozen=True, slots=True)
class Reading:
    """A period and why it has no days: they do not exist, the year is nowhere, no calendar is meant."""

    period: Period
    is_missing: bool = False
    lacks_year: bool = False
    is_without_calendar: bool = False


@dataclass(frozen=True, slots=True)
class _Sense:
    phrase: Phrase
    recurrence: str | None
    is_without_calendar: bool


def read_period(text: str, *, year: int | None, school_year: int | None = None) -> Period:
    """Days of a Russian term; `year` is the plan's, `school_year` the first of a school plan."""
    return read(text, year=year, school_year=school_year).period


def read_periods(
    texts: Sequence[str], *, year: int | None, school_year: int | None = None
) -> tuple[Period, ...]:
    """Each text read alone, in order; `joined` makes one period of them."""
    return tuple(read_period(text, year=year, school_year=school_year) for text in texts)


def lacks_year(text: str) -> bool:
    """Whether the text names days or months and only the year is nowhere."""
    return read(text, year=None).lacks_year


def read(text: str, *, year: int | None, school_year: int | None = None) -> Reading:
    """The period of a text with the reasons why a side of it is not known."""
    plan = Plan(sensible_year(year), sensible_year(school_year))
    tokens = tokens_of(text)
    if tokens is None:
        return Reading(Period(text))
    outside, notes = outside_and_notes(tokens)
    sense, aside = _sense_of(outside), [_sense_of(note) for note in notes]
    if any(token.text.startswith(_TURNING_NOTES) for note in notes for token in note):
        sense.phrase.is_clear = False
    sense = _with_notes(sense, aside)
    return _reading(text, sense, plan)


def sensible_year(year: int | None) -> int | None:
    """The year of a plan when it is one that a term can be written in, else None."""
    return year if year is not None and FIRST_YEAR <= year < LAST_YEAR else None


def _sense_of(tokens: list[Token]) -> _Sense:
    suspicious = any(token.kind == "word" and looks_like_month(token.text) for token in tokens)
    without_calendar = any(token.text.startswith(tuple(_WITHOUT_CALENDAR)) for token in tokens if token.text)
    pieces = with_ordinals(with_years(with_dates(tokens)))
    pieces, recurrence = without_recurrence(pieces)
    elements: list[Element] = elements_of(without_surroundings(pieces))
    phrase = phrase_of(elements)
    if suspicious:
        phrase.is_clear = False
    known = without_calendar or recurrence is not None or phrase.stays
    return _Sense(phrase, recurrence, known)


def _with_notes(sense: _Sense, notes: list[_Sense]) -> _Sense:
    """A note in brackets may say how often, «постоянно», the year, or, where nothing else does, the days."""
    for note in notes:
        recurrence = sense.recurrence or note.recurrence
        stays = sense.phrase.stays or note.phrase.stays
        clear = sense.phrase.is_clear
        if not sense.phrase.spans and note.phrase.spans and note.phrase.is_clear and clear:
            sense = replace(sense, phrase=note.phrase)
        elif all(map(is_yearless, sense.phrase.points)):
            sense.phrase.is_clear = clear and _take_years(sense.phrase, note.phrase)
        sense.phrase.stays = stays
        sense = replace(
            sense,
            recurrence=recurrence,
            is_without_calendar=sense.is_without_calendar or note.is_without_calendar,
        )
    return sense


def _take_years(phrase: Phrase, note: Phrase) -> bool:
    """Give the year of «март – май (2022 г.)» to the days before it; False when the note has several."""
    told = [point for point in note.points if point.year is not None]
    if not told:
        return True
    year = told[0]
    if any((point.year, point.school) != (year.year, year.school) for point in told):
        return False
    phrase.spans.append(Span("plain", school_point(year.school) if year.school else year_point(year.year)))
    return True


def _reading(text: str, sense: _Sense, plan: Plan) -> Reading:
    phrase = sense.phrase
    without = Period(text, open_ended=phrase.stays and not phrase.spans, recurrence=sense.recurrence)
    if not phrase.is_clear:
        return Reading(replace(without, open_ended=False), is_without_calendar=sense.is_without_calendar)
    if not phrase.spans or _is_current_year(phrase):
        return Reading(without, is_without_calendar=sense.is_without_calendar)
    days = days_of(phrase, plan)
    if days.start is None and days.end is None:
        return Reading(replace(without, open_ended=False), days.is_missing, days.lacks_year)
    return Reading(_dated(text, sense, days))


def _is_current_year(phrase: Phrase) -> bool:
    """«в течение текущего года» has no more of a calendar than «в течение года»."""
    points = phrase.points
    return (
        len(points) == 1
        and phrase.spans[0].kind == "plain"
        and points[0].offset == 0
        and points[0].unit == "year"
    )


def _dated(text: str, sense: _Sense, days: Days) -> Period:
    phrase = sense.phrase
    end = None if _begins_for_good(phrase) else days.end
    return Period(
        text,
        days.start,
        end,
        open_ended=end is None or phrase.goes_on,
        recurrence=sense.recurrence,
        confidence="assumed" if days.is_assumed else "sure",
    )


def _begins_for_good(phrase: Phrase) -> bool:
    """«февраль 2022, постоянно», «март 2022 и далее» do not end; «постоянно в течение 2022 года» does."""
    if not (phrase.stays or phrase.goes_on) or len(phrase.spans) != 1:
        return False
    span = phrase.spans[0]
    long = ("year", "school", "season", "half")
    return span.kind == "plain" and span.last is None and span.first.unit not in long
