"""The register of unified forms as a workbook: a row a form, a column a school with what became of its copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from opora.documents.form_register import Copy, Form
from opora.documents.mark_book import sheet_of
from opora.schools.models import Participation

TITLES = ("Номер", "Название", "Для каких рисков", "Версия", "Действует с", "Что изменилось", "В реестре")
_WIDTHS = (10, 44, 44, 9, 13, 34, 26)
_MOST_SCHOOLS = 200


def book_of(
    forms: Sequence[Form],
    parts: Sequence[Participation],
    copies: Mapping[tuple[int, int], Copy],
    factors: Mapping[int, str],
) -> bytes:
    """The bytes of an .xlsx file; of many schools the first two hundred have columns."""
    shown = parts[:_MOST_SCHOOLS]
    titles = [*TITLES, *(part.school.short_name for part in shown)]
    rows = (
        [*_card(form, factors), *(_copy(copies.get((part.school_id, form.pk))) for part in shown)]
        for form in forms
    )
    return sheet_of("Реестр форм", titles, [*_WIDTHS, *(22 for _ in shown)], rows)


def _card(form: Form, factors: Mapping[int, str]) -> tuple[str, ...]:
    template, version = form.template, form.version
    withdrawn = template.withdrawn_on
    out = (
        f"выведена {withdrawn:%d.%m.%Y}: {template.withdrawn_reason}"
        if form.is_withdrawn and withdrawn
        else ""
    )
    return (
        template.number,
        template.title,
        "\n".join(factors.get(pk, "") for pk in form.factors) or "для каждой школы",
        str(version.number) if version else "",
        f"{version.issued_on:%d.%m.%Y}" if version else "",
        version.changed if version else "",
        out or "действует",
    )


def _copy(copy: Copy | None) -> str:
    if copy is None:
        return ""
    day = copy.returned_on or copy.taken_on
    return f"{copy.words} ({day:%d.%m.%Y})"
