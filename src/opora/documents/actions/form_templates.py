"""The register of unified forms: entering, new versions, withdrawal; a school takes a version and returns it filled."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from opora.accounts.models import User
from opora.core.examination import kind_examined
from opora.core.filetypes import clean_name
from opora.core.history import record
from opora.core.models import StoredFile
from opora.core.refusal import Refused
from opora.core.russian import fold
from opora.core.uploads import store
from opora.documents.actions.papers import add_document, send_for_approval
from opora.documents.models import Document, FormCopy, FormTemplate, FormTemplateVersion
from opora.documents.rules import SentTwice, refuse_future, said
from opora.plans.models import Activity
from opora.programmes.models import DocumentKind, Programme, RiskFactor
from opora.schools.models import Municipality, School

FILLED = "filled-form"
_KINDS = ("docx", "xlsx", "odt", "ods")


@transaction.atomic
def add_form(
    *,
    programme: Programme,
    municipality: Municipality,
    number: str,
    title: str,
    factors: Sequence[RiskFactor] = (),
    activity: Activity | None = None,
    content: bytes,
    file_name: str,
    by: User,
    at: datetime,
    on: date,
) -> FormTemplate:
    """Enter a form with its first file. Refused when the number is taken, the file is no docx or xlsx, a day to come."""
    refuse_future(on, at)
    number, title = _words(number, title)
    _refuse_other_line(activity, municipality)
    kind, file = _stored(content, file_name, at)
    template = FormTemplate(
        programme=programme,
        municipality=municipality,
        activity=activity,
        number=number,
        title=title,
        folded_title=fold(f"{number} {title}")[:310],
        added_on=on,
    )
    _save_once(template)
    template.factors.set(factors)
    name = clean_name(file_name, kind)
    FormTemplateVersion.objects.create(
        template=template, number=1, file=file, name=name, issued_on=on, added_at=at, added_by=by
    )
    record(template, "form.added", by=by, at=at, file=name, on=on, factors=[one.number for one in factors])
    return template


@transaction.atomic
def change_form(
    *,
    template: FormTemplate,
    number: str,
    title: str,
    factors: Sequence[RiskFactor],
    activity: Activity | None,
    by: User,
    at: datetime,
) -> None:
    """Correct the card of a form. Refused when the number is taken or the form is withdrawn."""
    template = _held(template)
    number, title = _words(number, title)
    _refuse_other_line(activity, template.municipality)
    before = {
        "number": template.number,
        "title": template.title,
        "factors": sorted(template.factors.values_list("number", flat=True)),
    }
    template.number, template.title, template.activity = number, title, activity
    template.folded_title = fold(f"{number} {title}")[:310]
    _save_once(template)
    template.factors.set(factors)
    record(template, "form.changed", by=by, at=at, before=before)


@transaction.atomic
def add_form_version(
    *,
    template: FormTemplate,
    content: bytes,
    file_name: str,
    changed: str = "",
    by: User,
    at: datetime,
    on: date,
) -> FormTemplateVersion:
    """Put a new file in force since a day; earlier ones stay. The same bytes as the latest change nothing.

    Refused when the form is withdrawn, for a day to come, and for one before the version in force.
    """
    refuse_future(on, at)
    template = _held(template)
    latest = template.versions.select_related("file").order_by("-number").first()
    if latest is not None and on < latest.issued_on:
        raise Refused(
            f"Версия {latest.number} действует с {latest.issued_on:%d.%m.%Y}: укажите день не раньше."
        )
    kind, file = _stored(content, file_name, at)
    if latest is not None and latest.file_id == file.pk:
        return latest
    version = FormTemplateVersion.objects.create(
        template=template,
        number=latest.number + 1 if latest else 1,
        file=file,
        name=clean_name(file_name, kind),
        issued_on=on,
        changed=said(changed, "", limit=500) if changed.strip() else "",
        added_at=at,
        added_by=by,
    )
    record(template, "form.version_added", by=by, at=at, file=version.name, on=on, number=version.number)
    return version


@transaction.atomic
def withdraw_form(*, template: FormTemplate, reason: str, by: User, at: datetime, on: date) -> None:
    """Take a form out of the register with a reason; what was taken and returned stays. Refused twice."""
    refuse_future(on, at)
    template = _held(template)
    if on < template.added_on:
        raise Refused(f"Форма внесена {template.added_on:%d.%m.%Y}: укажите день не раньше.")
    template.withdrawn_on = on
    template.withdrawn_reason = said(reason, "Напишите, почему форма больше не нужна.", limit=300)
    template.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    record(template, "form.withdrawn", by=by, at=at, reason=template.withdrawn_reason, on=on)


@transaction.atomic
def take_form(*, version: FormTemplateVersion, school: School, by: User, at: datetime, on: date) -> FormCopy:
    """Note that a school has taken a version of a form; taking it again changes nothing. Refused when it is withdrawn."""
    refuse_future(on, at)
    template = _held(version.template)
    if on < version.issued_on:
        raise Refused(f"Версия действует с {version.issued_on:%d.%m.%Y}.")
    copy, is_new = FormCopy.objects.get_or_create(
        version=version, school=school, defaults={"taken_on": on, "taken_by": by}
    )
    if is_new:
        record(template, "form.taken", by=by, at=at, school=str(school), on=on, version=version.number)
    return copy


@transaction.atomic
def return_form(
    *,
    copy: FormCopy,
    factor: RiskFactor | None = None,
    content: bytes,
    file_name: str,
    by: User,
    at: datetime,
    on: date,
) -> Document:
    """Keep a filled form as a document of the school sent for approval, and note the day it came back.

    Returned again, the new file becomes a document of its own and the copy names the latest; SentTwice when the button
    was pressed twice with the same file. Refused when the file is
    not acceptable (F-…), for a day to come or before the form was taken.
    """
    refuse_future(on, at)
    copy = (
        FormCopy.objects.select_for_update(of=("self",))
        .select_related("version__template__programme", "version__template__activity__roadmap", "school")
        .get(pk=copy.pk)
    )
    if on < copy.taken_on:
        raise Refused(f"Форма взята {copy.taken_on:%d.%m.%Y}: вернуть её раньше нельзя.")
    if copy.document is not None and _has_file(copy.document, content):
        raise SentTwice(copy.document)
    template, school = copy.version.template, copy.school
    document = add_document(
        municipality=template.municipality,
        title=f"{template.number} {template.title}, {school}"[:300],
        dated_on=on,
        content=content,
        file_name=file_name,
        kind=DocumentKind.objects.filter(programme=template.programme, code=FILLED).first(),
        activity=template.activity,
        school=school,
        factor=factor,
        by=by,
        at=at,
        on=on,
    )
    send_for_approval(document=document, on=on, by=by, at=at)
    copy.returned_on, copy.document = on, document
    copy.save(update_fields=["returned_on", "document"])
    record(template, "form.returned", by=by, at=at, school=str(school), on=on, document=document.pk)
    return document


def _has_file(document: Document, content: bytes) -> bool:
    return document.versions.filter(file__sha256=hashlib.sha256(content).hexdigest()).exists()


def _held(template: FormTemplate) -> FormTemplate:
    row = (
        FormTemplate.objects.select_for_update(of=("self",))
        .select_related("municipality")
        .get(pk=template.pk)
    )
    if row.withdrawn_on is not None:
        raise Refused(f"Форма выведена из реестра {row.withdrawn_on:%d.%m.%Y}: {row.withdrawn_reason}.")
    return row


def _words(number: str, title: str) -> tuple[str, str]:
    return (
        " ".join(said(number, "Напишите номер формы в реестре.", limit=30).split()),
        " ".join(said(title, "Напишите название формы.", limit=300).split()),
    )


def _stored(content: bytes, file_name: str, at: datetime) -> tuple[str, StoredFile]:
    kind = kind_examined(content, file_name)
    if kind not in _KINDS:
        raise Refused(
            "Формат файла не подходит: форму заполняют, поэтому нужен docx или xlsx.",
            code="F-TYPE",
            status=415,
        )
    return kind, store(content, kind=kind, at=at)


def _save_once(template: FormTemplate) -> None:
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:
        raise Refused(f"Форма с номером {template.number} в реестре уже есть. Дайте другой номер.") from error


def _refuse_other_line(activity: Activity | None, municipality: Municipality) -> None:
    if activity is not None and activity.roadmap.municipality_id != municipality.pk:
        raise Refused("Этот пункт из дорожной карты другого муниципалитета.")
