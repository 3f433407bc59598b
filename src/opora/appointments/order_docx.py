"""The draft order as a Word file made from a template that an official can edit in Word."""

from __future__ import annotations

import io
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from opora.appointments.order import Order

OWN_TEMPLATE = Path(__file__).resolve().parent / "paper" / "order.docx"


def render(order: Order) -> bytes:
    """The bytes of a .docx file. The centre's own template, when it lies in the data folder, is used instead of ours."""
    replaced = Path(settings.DATA) / "templates" / "order.docx"
    template = DocxTemplate(replaced if replaced.exists() else OWN_TEMPLATE)
    # A template is somebody's file: it may only print the values it is given.
    rules = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    template.render(asdict(order), jinja_env=rules, autoescape=True)
    template.docx.core_properties.title = order.title
    template.docx.core_properties.language = "ru-RU"
    file = io.BytesIO()
    template.save(file)
    return file.getvalue()
