"""What every form that changes something carries."""

from __future__ import annotations

from uuid import uuid4

from django import forms, template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from opora.core.presses import KEY
from opora.desk.versions import SEEN, changed_in, version_shown

register = template.Library()


@register.simple_tag(takes_context=True)
def form_key(context: template.Context, form: forms.BaseForm | None = None) -> SafeString:
    """The hidden fields of a form that changes something: the mark against forgery and a key of its own.

    With `form`, one that edits a row: the version that it shows too, and both versions where another person was quicker.
    """
    made = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="{}" value="{}">',
        context.get("csrf_token") or "",
        KEY,
        uuid4(),
    )
    if form is None:
        return made
    made += format_html('<input type="hidden" name="{}" value="{}">', SEEN, version_shown(form))
    changed = changed_in(form)
    return made + render_to_string("desk/_both.html", {"changed": changed}) if changed else made
