"""The draft order as a Word file made from a template that an official can edit in Word."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from opora.appointments.order import Order
from opora.core.apart import made_apart

OWN_TEMPLATE = Path(__file__).resolve().parent / "paper" / "order.docx"


def render(order: Order) -> bytes:
    """The bytes of a .docx file. The centre's own template, when it lies in the data folder, is used instead of ours.

    A template is somebody's file: it is filled in a child process. Refused as `made_apart`.
    """
    replaced = Path(settings.DATA) / "templates" / "order.docx"
    template = (replaced if replaced.exists() else OWN_TEMPLATE).read_bytes()
    head = json.dumps(asdict(order), ensure_ascii=False).encode()
    return made_apart("opora.appointments.order_child", asked=head + b"\n" + template, kind="Word")
