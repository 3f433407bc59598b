"""The register of unified forms: the list, one form, entering, new versions, withdrawal, the whole as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from opora.appointments.guard import may
from opora.appointments.queries import Access, municipalities_of, schools_of, where_may
from opora.appointments.views.chosen import chosen_programme
from opora.core.examination import examined_upload
from opora.core.filetypes import CONTENT_TYPES
from opora.core.refusal import Refused
from opora.core.russian import fold
from opora.dashboard.frame import chosen_roadmap
from opora.dashboard.request import Request
from opora.desk.versions import as_seen
from opora.documents.actions.form_templates import add_form, add_form_version, change_form, withdraw_form
from opora.documents.form_book import book_of
from opora.documents.form_register import (
    Form,
    copies_of,
    forms_of,
    needed_by,
    parts_choosing,
    templates_kept_by,
    templates_seen_by,
)
from opora.documents.models import FormTemplate
from opora.documents.views.deeds import Ask
from opora.documents.views.files import given_out
from opora.documents.views.register_forms import (
    AddTemplateForm,
    FormFilter,
    TemplateCardForm,
    TemplateVersionForm,
    WithdrawForm,
)
from opora.plans.models import Activity
from opora.schools.models import Participation
from opora.schools.risks import parts_in

PAGE = 50
MOST_SCHOOLS = 3


@may("forms.see")
@require_GET
def form_list(request: Request) -> HttpResponse:
    """The register with filters; people of a school see exactly what its chosen factors need, with what to do."""
    programme = chosen_programme(request)
    asked = FormFilter(request.GET).asked()
    forms_known = forms_of(templates_seen_by(request.access), programme, request.as_of)
    parts = own_parts(request)
    context: dict[str, Any] = {
        "programme": programme,
        "asked": asked,
        "factors": {factor.pk: factor for factor in programme.risk_factors.all()},
        "may_edit": "forms.edit" in request.access.permissions,
        "own": _of_schools(request, forms_known, parts) if not request.access.is_of_centre else [],
    }
    if request.access.is_of_centre:
        kept = [form for form in forms_known if _is_asked(form, asked)]
        context["page"] = Paginator(kept, PAGE).get_page(request.GET.get("page"))
    return render(request, "documents/form_list.html", context)


@may("forms.see")
@require_GET
def form_book(request: Request) -> HttpResponse:
    """The register as a workbook: forms, and who took and returned what."""
    programme = chosen_programme(request)
    known = forms_of(templates_seen_by(request.access), programme, request.as_of)
    parts = own_parts(request)
    copies = copies_of([part.school_id for part in parts], known, request.as_of)
    names = {factor.pk: f"{factor.number}. {factor.name}" for factor in programme.risk_factors.all()}
    answer = HttpResponse(book_of(known, parts, copies, names), content_type=CONTENT_TYPES["xlsx"])
    answer.headers["Content-Disposition"] = 'attachment; filename="forms.xlsx"'
    return answer


@may("forms.see")
@require_GET
def form_card(request: Request, pk: int) -> HttpResponse:
    """One form: its versions, for which factors, what can be done with it, who took and returned it."""
    template = get_object_or_404(
        templates_seen_by(request.access).select_related("municipality", "activity__roadmap", "programme"),
        pk=pk,
    )
    known = forms_of(FormTemplate.objects.filter(pk=pk), template.programme, request.as_of)
    parts = [part for part in own_parts(request) if part.school.municipality_id == template.municipality_id]
    chosen = parts_choosing(parts, request.as_of)
    copies = copies_of([part.school_id for part in parts], known, request.as_of)
    takes = where_may(request.access, "forms.take")
    rows = [
        (part, copies.get((part.school_id, template.pk)), _takes(takes, part))
        for part in parts
        if any(needed_by(known, part, chosen)) or (part.school_id, template.pk) in copies
    ]
    context = {
        "template": template,
        "form": known[0] if known else None,
        "factors": template.factors.all(),
        "versions": template.versions.filter(issued_on__lte=request.as_of).select_related("file", "added_by"),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "may_edit": _may_edit(request, template),
    }
    return render(request, "documents/form.html", context)


@may("forms.see")  # type: ignore[arg-type]  # -- a streamed answer is an answer too
@require_GET
def form_file(request: Request, pk: int, number: int) -> FileResponse:
    """One version of a form as a file; looking at it is not taking it."""
    template = get_object_or_404(templates_seen_by(request.access), pk=pk)
    version = get_object_or_404(template.versions.select_related("file"), number=number)
    return given_out(version.file, version.name, is_inline=False)


@may("forms.edit")
@require_http_methods(["GET", "POST"])
def form_add(request: Request) -> HttpResponse:
    """Enter a form with its first file."""
    asked = AddTemplateForm(
        request.POST or None,
        request.FILES or None,
        today=request.today,
        initial={"activity": request.GET.get("line") or None},
        **_choices(request),
    )
    made: list[FormTemplate] = []

    def act(values: dict[str, Any]) -> None:
        upload = values.pop("file")
        made.append(
            add_form(
                programme=chosen_programme(request),
                municipality=municipalities_of(request.access).filter(pk__in=request.access.municipality_ids)[
                    0
                ],
                content=examined_upload(upload),
                file_name=upload.name or "",
                by=request.user,
                at=timezone.now(),
                **values,
            )
        )

    said = Ask(
        title="Внести форму в реестр", icon="plus", button="Внести форму", done="Форма внесена в реестр."
    )
    return _form_page(request, asked, act, said, lambda: redirect("documents:form", made[0].pk))


@may("forms.edit")
@require_http_methods(["GET", "POST"])
def form_edit(request: Request, pk: int) -> HttpResponse:
    """Correct the card of a form."""
    template = _kept(request, pk)
    asked = TemplateCardForm(
        request.POST or None,
        initial=_card_of(template),
        **_choices(request),
    )

    def act(values: dict[str, Any]) -> None:
        with as_seen(asked, template, _card_of):
            change_form(template=template, by=request.user, at=timezone.now(), **values)

    said = Ask(
        title="Поправить карточку формы", icon="edit", button="Сохранить карточку", done="Карточка сохранена."
    )
    return _form_page(request, asked, act, said, lambda: redirect("documents:form", pk), template)


@may("forms.edit")
@require_http_methods(["GET", "POST"])
def form_version_add(request: Request, pk: int) -> HttpResponse:
    """Put a new version in force."""
    template = _kept(request, pk)
    asked = TemplateVersionForm(request.POST or None, request.FILES or None, today=request.today)

    def act(values: dict[str, Any]) -> None:
        upload = values.pop("file")
        add_form_version(
            template=template,
            content=examined_upload(upload),
            file_name=upload.name or "",
            by=request.user,
            at=timezone.now(),
            **values,
        )

    said = Ask(title="Внести новую версию", icon="up", done="Новая версия внесена.")
    return _form_page(request, asked, act, said, lambda: redirect("documents:form", pk), template)


@may("forms.edit")
@require_http_methods(["GET", "POST"])
def form_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a form out of the register."""
    template = _kept(request, pk)
    asked = WithdrawForm(request.POST or None, today=request.today)

    def act(values: dict[str, Any]) -> None:
        withdraw_form(template=template, by=request.user, at=timezone.now(), **values)

    said = Ask(
        title="Вывести из реестра",
        icon="x",
        hint="Школы больше не увидят эту форму. Что взято и возвращено, останется.",
        done="Форма выведена из реестра.",
    )
    return _form_page(request, asked, act, said, lambda: redirect("documents:form", pk), template)


def own_parts(request: Request) -> list[Participation]:
    """The participations of the schools that the person sees."""
    return list(parts_in(chosen_programme(request), request.as_of, schools_of(request.access)))


def _card_of(template: FormTemplate) -> dict[str, Any]:
    """What the form of a card begins with."""
    return {
        "number": template.number,
        "title": template.title,
        "activity": template.activity_id,
        "factors": [factor.pk for factor in template.factors.all()],
    }


def _form_page(
    request: Request,
    form: forms.Form,
    act: Callable[[dict[str, Any]], None],
    asked: Ask,
    after: Callable[[], HttpResponse],
    template: FormTemplate | None = None,
) -> HttpResponse:
    """Show a form, do the deed, go on; a refusal keeps all that was typed."""
    refusal: Refused | None = getattr(request, "upload_refusal", None)
    if refusal is None and request.method == "POST" and form.is_valid():
        try:
            act(dict(form.cleaned_data))
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            messages.success(request, asked.done, extra_tags="done")
            return after()
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    context = {"form": form, "refusal": refusal, "asked": asked, "template": template}
    return render(request, "documents/form_deed.html", context, status=status)


def _of_schools(
    request: Request, known: list[Form], parts: list[Participation]
) -> list[tuple[Participation, list[tuple[Any, ...]]]]:
    chosen = parts_choosing(parts, request.as_of)
    copies = copies_of([part.school_id for part in parts], known, request.as_of)
    takes = where_may(request.access, "forms.take")
    return [
        (
            part,
            [
                (form, copies.get((part.school_id, form.pk)), _takes(takes, part))
                for form in needed_by(known, part, chosen)
            ],
        )
        for part in parts
    ]


def _takes(takes: Access, part: Participation) -> bool:
    return part.school_id in takes.school_ids or part.school.municipality_id in takes.municipality_ids


def _may_edit(request: Request, template: FormTemplate) -> bool:
    return template.municipality_id in where_may(request.access, "forms.edit").municipality_ids


def _kept(request: Request, pk: int) -> FormTemplate:
    return get_object_or_404(templates_kept_by(request.access).select_related("municipality"), pk=pk)


def _choices(request: Request) -> dict[str, Any]:
    programme, roadmap = chosen_programme(request), chosen_roadmap(request)
    return {
        "factors": programme.risk_factors.order_by("number"),
        "activities": Activity.objects.filter(
            roadmap=roadmap, roadmap__municipality__in=request.access.municipality_ids
        ).select_related("roadmap"),
        "many": programme.words.many,
    }


def _is_asked(form: Form, asked: dict[str, Any]) -> bool:
    words = fold(asked["q"]).split()[:10]
    is_shown = asked["show"] == "all" or form.is_withdrawn == (asked["show"] == "withdrawn")
    return (
        is_shown
        and all(word in form.template.folded_title for word in words)
        and (not asked["factor"] or not form.factors or asked["factor"] in form.factors)
    )
