"""The page that stands between two people who saved the same words."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opora.core.presses import KEY
from opora.desk.versions import SEEN, status_of

_OWN = {KEY, SEEN, "csrfmiddlewaretoken"}


def both_versions(request: HttpRequest, form: forms.BaseForm, back: str) -> HttpResponse:
    """Both versions where the form itself stands on a page of many things: keep one's own, or go back."""
    typed = [(name, one) for name, values in request.POST.lists() if name not in _OWN for one in values]
    context = {"form": form, "typed": typed, "back": back}
    return render(request, "desk/both_versions.html", context, status=status_of(form))
