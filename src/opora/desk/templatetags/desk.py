"""What every form that changes something carries."""

from __future__ import annotations

from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from opora.core.presses import KEY

register = template.Library()


@register.simple_tag(takes_context=True)
def form_key(context: template.Context) -> SafeString:
    """The hidden fields of a form that changes something: the mark against forgery and a key of its own."""
    token = context.get("csrf_token") or ""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="{}" value="{}">',
        token,
        KEY,
        uuid4(),
    )
