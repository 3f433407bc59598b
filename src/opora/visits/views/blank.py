"""The blank of a visit sheet: what is known is printed, the rest is filled in by hand; a code opens the record."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import qrcode
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET
from qrcode.image.svg import SvgPathImage

from opora.appointments.guard import may
from opora.core.addresses import full_address
from opora.core.russian import day_words
from opora.dashboard.request import Request
from opora.reports.renderers.pdf import breakable
from opora.reports.renderers.press import typeset
from opora.schools.risks import cells_on
from opora.visits.fields import fields_of
from opora.visits.following import steps_to_follow
from opora.visits.models import Visit
from opora.visits.views.scope import visit_of

PAPER = Path(__file__).resolve().parents[1] / "paper"
LINES = 3


@may("visits.hold")
@require_GET
def blank(request: Request, pk: int) -> HttpResponse:
    """The blank as a PDF (A4), shown in the window to be printed."""
    visit = visit_of(request, pk, "visits.hold")
    response = HttpResponse(blank_of(visit, request.as_of), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="blank-{visit.pk}.pdf"'
    return response


def blank_of(visit: Visit, as_of: date) -> bytes:
    """The bytes of the blank with what is chosen on a day."""
    # The words travel as data, so nothing that is typed can act as markup.
    # The drawing of the code is no text: a place to break inside of it would spoil it.
    return typeset(PAPER / "blank.typ", breakable(_data(visit, as_of)) | {"code": code_of(address_of(visit))})


def address_of(visit: Visit) -> str:
    """The address that the code on the paper opens."""
    return full_address(reverse("visits:visit", args=[visit.pk]))


def code_of(address: str) -> str:
    """A QR code as an SVG drawing; the middle level of repair survives a fold through it."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=2)
    code.add_data(address)
    drawn = io.BytesIO()
    code.make_image(image_factory=SvgPathImage).save(drawn)
    return drawn.getvalue().decode()


def _data(visit: Visit, as_of: date) -> dict[str, Any]:
    at = f", {visit.starts_at:%H:%M}" if visit.starts_at else ""
    return {
        "title": "Лист посещения",
        "centre": visit.school.municipality.centre_name,
        "school": visit.school.name,
        "about": f"{visit.stage.name}. Намечено на {day_words(visit.planned_on)}{at}.",
        "curator": visit.curator.full_name,
        "number": f"№ {visit.pk}",
        "address": address_of(visit),
        "fields": [
            {"label": field.label, "hint": field.hint, "kind": field.kind, "lines": LINES}
            for field in fields_of(visit.programme)
        ],
        "chosen": f"Выбранные {visit.programme.words.all}",
        "risks": list(
            cells_on(
                as_of, participation__school=visit.school_id, participation__programme=visit.programme_id
            )
            .filter(is_chosen=True)
            .order_by("factor__number")
            .values_list("factor__name", flat=True)
        ),
        "followed": [
            [step.text, step.responsible, f"{step.due_on:%d.%m.%Y}"]
            for step in steps_to_follow(visit)
            if step.done_on is None
        ],
    }
