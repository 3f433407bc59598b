"""Rows of the world that are marked in ИС МЭДК, and forms of the register."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

from opora.accounts.models import User
from opora.documents.actions.form_templates import add_form, take_form
from opora.programmes.models import DocumentKind, Programme
from opora.schools.models import AntiRiskProgramme, Municipality, Participation, School

AT = datetime(2022, 9, 1, 9, tzinfo=UTC)
DAY = date(2022, 9, 1)

Rows = dict[str, dict[str, Any]]


def mark_rows(programme: Programme, school: School, work: AntiRiskProgramme, by: User) -> Rows:
    """A school in the programme, one of its papers, one of its measures, its copy of a form of the register."""
    kind, _ = DocumentKind.objects.get_or_create(
        programme=programme,
        code="anti-risk-programme",
        defaults={"name": "Антирисковая программа", "position": 90, "owed_by": "factor", "is_marked": True},
    )
    part = Participation.objects.get(school=school, programme=programme)
    template = school.municipality.form_templates.first() or _form(programme, school.municipality, by)
    copy = take_form(version=template.versions.get(), school=school, by=by, at=AT, on=DAY)
    return {
        "part": {"pk": part.pk},
        "paper of a part": {"pk": part.pk, "kind_pk": kind.pk, "factor_pk": work.factor_id},
        "measure of a part": {"pk": part.pk, "measure_pk": work.measures.get().pk},
        "form": {"pk": template.pk},
        "form file": {"pk": template.pk, "number": 1},
        "form copy": {"pk": copy.pk},
    }


def _form(programme: Programme, town: Municipality, by: User) -> Any:
    return add_form(
        programme=programme,
        municipality=town,
        number="1",
        title="Единая форма",
        content=blank(f"Форма {town}"),
        file_name="форма.docx",
        by=by,
        at=AT,
        on=DAY,
    )


def blank(words: str) -> bytes:
    """The least file that is a docx: its parts, and some words that make it differ from others."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        # Of one and the same time: equal words make equal bytes.
        archive.writestr(zipfile.ZipInfo("[Content_Types].xml"), "<Types/>")
        archive.writestr(
            zipfile.ZipInfo("word/document.xml"), f'<w:document xmlns:w="urn:w">{words}</w:document>'
        )
    return buffer.getvalue()
