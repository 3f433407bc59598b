"""Own templates of centres: a checked file becomes the version in use, a withdrawn one gives way to the one before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.uploads import store
from opora.reports.models import PaperTemplate
from opora.reports.papers import Place, Tried, template_in_use, templates_of
from opora.schools.models import Municipality, Region


@transaction.atomic
def add_template(*, place: Place, tried: Tried, by: User, at: datetime) -> PaperTemplate:
    """Put a template that passed the checks in use at a place. Refused when the very same file is in use there."""
    is_region = isinstance(place, Region)
    holder: type[Region] | type[Municipality] = Region if is_region else Municipality
    holder.objects.select_for_update().get(pk=place.pk)
    file = store(tried.content, kind="docx", at=at)
    used = template_in_use(tried.code, place)
    if used is not None and used.file_id == file.pk and (used.region_id is not None) == is_region:
        raise Refused("Этот файл уже используется: он и есть нынешний шаблон.", code="R-TWICE")
    last = templates_of(place).filter(kind=tried.code).aggregate(last=Max("number"))["last"] or 0
    row = PaperTemplate.objects.create(
        municipality=place if isinstance(place, Municipality) else None,
        region=place if isinstance(place, Region) else None,
        kind=tried.code,
        number=last + 1,
        file=file,
        name=tried.name,
        added_at=at,
        added_by=by,
    )
    record(row, "template.replaced", by=by, at=at, kind=tried.code, number=row.number, sha256=file.sha256)
    return row


@transaction.atomic
def withdraw_template(*, template: PaperTemplate, by: User, at: datetime) -> None:
    """Stop using a version: the one before it is used, or ours. Refused when it is withdrawn already."""
    template = PaperTemplate.objects.select_for_update().get(pk=template.pk)
    if template.withdrawn_at is not None:
        raise Refused("Эта версия шаблона уже не используется.")
    template.withdrawn_at = at
    template.save(update_fields=["withdrawn_at"])
    record(template, "template.withdrawn", by=by, at=at, kind=template.kind, number=template.number)
