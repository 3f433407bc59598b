"""What the child process does with the draft order: its values and a template on stdin become a Word file on stdout."""

from __future__ import annotations

import io
import json
import sys

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment


def main() -> int:
    """Read a line of JSON (the fields of `Order`) and the template after it; write the file; always 0."""
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    told = json.loads(head)
    template = DocxTemplate(io.BytesIO(content))
    # A template is somebody's file: it may only print the values it is given.
    rules = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    template.render(told, jinja_env=rules, autoescape=True)
    template.docx.core_properties.title = told["title"]
    template.docx.core_properties.language = "ru-RU"
    template.save(sys.stdout.buffer)
    return 0
