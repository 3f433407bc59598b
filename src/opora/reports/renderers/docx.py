"""A progress report as a Word file made from a template that an official can edit in Word."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.conf import settings
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import XMLSyntaxError

from opora.core.refusal import Refused
from opora.reports import phrases
from opora.reports.content import LineRow, Progress, Totals
from opora.reports.printable import printable

OWN_TEMPLATE = Path(__file__).resolve().parents[1] / "paper" / "progress.docx"

# What a file that is not a template of ours makes the libraries say.
WRONG_TEMPLATE = (TemplateError, PackageNotFoundError, BadZipFile, KeyError, ValueError, XMLSyntaxError)


def render(progress: Progress) -> bytes:
    """The bytes of a .docx file; the centre's own template, when it lies in the data folder, is used instead of ours.

    Refused when the centre's template is not a Word file or names what a report does not have.
    """
    place, changed = _template()
    try:
        return _filled(_template_bytes(place, changed), progress)
    except WRONG_TEMPLATE as wrong:
        if place == OWN_TEMPLATE:
            raise
        raise Refused(
            f"Шаблон отчёта «{place.name}» не подошёл: {_told(wrong)}. "
            "Исправьте его в Word или уберите из папки templates: тогда отчёт соберётся по шаблону «Опоры»."
        ) from wrong


def _filled(file_of_template: bytes, progress: Progress) -> bytes:
    template = DocxTemplate(io.BytesIO(file_of_template))
    # A template is somebody's file: it may only print the values it is given.
    rules = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    template.render(_values(printable(progress)), jinja_env=rules, autoescape=True)
    template.docx.core_properties.title = progress.head.title
    file = io.BytesIO()
    template.save(file)
    return file.getvalue()


def _told(wrong: Exception) -> str:
    if isinstance(wrong, UndefinedError):
        return f"в нём названо то, чего в отчёте нет ({wrong.message})"
    if isinstance(wrong, TemplateError):
        return "в нём ошибка в скобках {{ }} или {% %}"
    return "это не файл Word (.docx)"


def _template() -> tuple[Path, int]:
    replaced = Path(settings.DATA) / "templates" / "progress.docx"
    place = replaced if replaced.exists() else OWN_TEMPLATE
    return place, place.stat().st_mtime_ns


@cache
def _template_bytes(place: Path, changed: int) -> bytes:
    return place.read_bytes()


def _values(progress: Progress) -> dict[str, Any]:
    head = progress.head
    return {
        "head": head,
        "requisites": phrases.requisites(head),
        "basis": phrases.basis(head),
        "summary": phrases.summary(progress.totals),
        "gained": phrases.gained(progress),
        "sections": [
            *(
                _figures(f"{row.number}. {row.title}" if row.number else row.title, row.totals)
                for row in progress.sections
            ),
            _figures("Итого", progress.totals),
        ],
        "late": [
            {
                "number": line.number,
                "text": line.text,
                "term": phrases.day_in_digits(line.ends_on),
                "result": line.result,
                "reason": phrases.reason(line),
            }
            for line in progress.late
        ],
        "moved": progress.moved,
        "plan": [
            row
            for section in progress.sections
            for row in _plan(section.number, section.title, progress.lines)
        ],
    }


def _figures(title: str, totals: Totals) -> dict[str, Any]:
    return {
        "title": title,
        "total": totals.total,
        "done": totals.finished,
        "running": totals.under_way,
        "late": totals.late,
        "ahead": totals.ahead,
        "gained": totals.gained,
    }


def _plan(number: int, title: str, lines: tuple[LineRow, ...]) -> list[dict[str, Any]]:
    head = {"is_section": True, "text": f"{number}. {title}" if number else title}
    return ([head] if title else []) + [_row(line) for line in lines if line.section == number]


def _row(line: LineRow) -> dict[str, Any]:
    return {
        "is_section": False,
        "number": line.number,
        "text": line.text,
        "term": line.term,
        "state": line.state,
        "result": line.result,
        "proof": phrases.proof(line),
        "reason": phrases.reason(line),
    }
