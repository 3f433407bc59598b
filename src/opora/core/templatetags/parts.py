"""The small parts every page is made of: icons, states, tallies, days, numbers with nouns."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from opora.core import russian
from opora.core.deeds import words_of
from opora.core.models import HistoryEntry
from opora.core.russian import NBSP

register = template.Library()
SHORT_MONTHS = ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]


@register.simple_tag
def asset(name: str) -> str:
    """The address of a static file with a mark of its content, so that browsers may keep it."""
    return f"{static(name)}?v={_mark_of(name)}"


@cache
def _mark_of(name: str) -> str:
    place = finders.find(name)
    if not isinstance(place, str):
        raise FileNotFoundError(name)
    return hashlib.sha256(Path(place).read_bytes()).hexdigest()[:10]


@register.simple_tag
def icon(name: str, kind: str = "") -> SafeString:
    """One icon of the sprite; always stands beside a word."""
    return _icon(name, kind)


# A page bears hundreds of icons of some sixty kinds: each is drawn once. Typed: text that is escaped and text
# that is safe already are told apart.
@lru_cache(maxsize=512, typed=True)
def _icon(name: str, kind: str) -> SafeString:
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {kind}" if kind else "",
        asset("icons.svg"),
        name,
    )


@register.simple_tag
def state(look: str, words: str, size: str = "") -> SafeString:
    """A status: shape, word and colour. `look` is a class of the design: done, half, sent, wait, back, late…"""
    return _state(look, words, size)


@lru_cache(maxsize=512, typed=True)
def _state(look: str, words: str, size: str) -> SafeString:
    return format_html(
        '<span class="st {}{}">{}{}</span>', look, f" {size}" if size else "", _icon(look, ""), words
    )


@register.simple_tag
def piers(found: int, reported: int, expected: int) -> SafeString:
    """The tally drawing: a pier is one of those expected; confirmed, reported, missing, in this order."""
    missing = max(expected - found - reported, 0)
    if expected == 0:
        return mark_safe("")
    if expected > 16:
        return _piers_in_proportion(found, reported, expected)
    shapes = ["y"] * found + ["r"] * reported + ["n"] * missing
    width = 7 * len(shapes) + 1
    drawn = "".join(_pier(shape, 7 * place) for place, shape in enumerate(shapes))
    return mark_safe(
        f'<svg width="{width}" height="14" viewBox="0 0 {width} 14" aria-hidden="true">'
        f'<rect class="deck0" width="{width}" height="2"/>{drawn}</svg>'
    )


def _pier(shape: str, x: int) -> str:
    if shape == "y":
        return f'<rect class="y" x="{x + 1}" y="2" width="5" height="12"/>'
    if shape == "r":
        return f'<rect class="r" x="{x + 1.75}" y="3" width="3.5" height="10.25"/>'
    return f'<rect class="n" x="{x + 1}" y="10" width="5" height="4"/>'


def _piers_in_proportion(found: int, reported: int, expected: int) -> SafeString:
    first = 113 * found / expected
    second = 113 * reported / expected
    return mark_safe(
        '<svg width="113" height="14" viewBox="0 0 113 14" aria-hidden="true">'
        '<rect class="deck0" width="113" height="2"/><rect class="n" y="10" width="113" height="4"/>'
        f'<rect class="y" y="2" width="{first:.1f}" height="12"/>'
        f'<rect class="r" x="{first + 0.75:.1f}" y="2.75" width="{max(second - 1.5, 0):.1f}" height="10.5"/></svg>'
    )


@register.filter
def day(value: date | None) -> str:
    """«15 сентября 2022», with no-break spaces; an empty string for no day."""
    if value is None:
        return ""
    return f"{russian.day_month(value)}{NBSP}{value.year}"


@register.filter
def entered(value: date | None) -> str:
    """The mark of a deed written later than it was done: « (внесено 1 декабря 2026)»; nothing for its own day."""
    return f" (внесено {day(value)})" if value is not None else ""


@register.filter
def day_and_month(value: date | None) -> str:
    """«15 сентября», for days of a year that is clear from the page."""
    return "" if value is None else russian.day_month(value)


@register.filter
def day_digits(value: date | None) -> str:
    """«15.09.2022», for narrow cells."""
    return "" if value is None else russian.day_short(value)


@register.filter
def moment(value: datetime | None) -> str:
    """«15 сентября 2022, 10:24» in the time zone of the installation."""
    if value is None:
        return ""
    there = localtime(value)
    return f"{day(there.date())}, {there:%H:%M}"


@register.filter
def iso(value: date | None) -> str:
    """A day for a machine: 2022-09-15."""
    return "" if value is None else value.isoformat()[:10]


@register.filter
def deed(entry: HistoryEntry) -> str:
    """An entry of the history in words: «документ утверждён, 05.09.2022»."""
    return words_of(entry.verb, entry.facts)


@register.filter
def short_month(number: int) -> str:
    """«сен» for 9."""
    return SHORT_MONTHS[number - 1]


@register.filter
def counted(number: int, words: str) -> str:
    """A number with its noun: `{{ 3|counted:"школа,школы,школ" }}` is «3 школы»."""
    one, few, many = words.split(",")
    return russian.counted(number, one, few, many)


@register.filter
def plural(number: int, words: str) -> str:
    """The noun alone: `{{ 3|plural:"школа,школы,школ" }}` is «школы»."""
    one, few, many = words.split(",")
    return russian.plural(number, one, few, many)


@register.filter
def file_size(size: int) -> str:
    """«412 КБ», «1,2 МБ» for a size in bytes."""
    if size < 1024 * 1024:
        return f"{max(size // 1024, 1)}{NBSP}КБ"
    return f"{size / 1024 / 1024:.1f}{NBSP}МБ".replace(".", ",")


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The query string of this page with some parts changed; an empty value removes a part."""
    parts = context["request"].GET.copy()
    for name, value in changes.items():
        parts.pop(name, None)
        if value not in ("", None):
            parts[name] = str(value)
    return f"?{parts.urlencode()}" if parts else "?"


@register.filter
def cut_words(text: str) -> list[str]:
    """«docx pdf xlsx» as a list, for a short loop in a template."""
    return text.split()
