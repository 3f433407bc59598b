"""Copies of the register's forms: a school takes one and returns it filled; the table of who has what."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.appointments.guard import may
from opora.appointments.queries import schools_of
from opora.appointments.views.chosen import chosen_programme
from opora.core.examination import examined_upload
from opora.core.refusal import Refused
from opora.dashboard.request import Request
from opora.documents.actions import SentTwice
from opora.documents.actions.form_templates import return_form, take_form
from opora.documents.form_register import (
    copies_of,
    forms_of,
    needed_by,
    parts_choosing,
    templates_seen_by,
)
from opora.documents.models import FormCopy
from opora.documents.views.files import given_out
from opora.documents.views.register import own_parts
from opora.documents.views.register_forms import ReturnForm, TakeForm
from opora.programmes.models import RiskFactor
from opora.schools.models import Participation

PAGE = 50


@may("forms.see")
@require_GET
def copy_list(request: Request) -> HttpResponse:
    """Schools × forms in force: who took and returned which version, who has one that is outdated."""
    programme = chosen_programme(request)
    known = [
        one
        for one in forms_of(templates_seen_by(request.access), programme, request.as_of)
        if one.is_in_force
    ]
    parts = own_parts(request)
    page = Paginator(parts, PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    chosen = parts_choosing(shown, request.as_of)
    copies = copies_of([part.school_id for part in shown], known, request.as_of)
    rows = []
    for part in shown:
        needed = {form.pk for form in needed_by(known, part, chosen)}
        cells = [(form, copies.get((part.school_id, form.pk)), form.pk in needed) for form in known]
        rows.append((part, cells))
    context = {"programme": programme, "forms": known, "page": page, "rows": rows}
    return render(request, "documents/form_copies.html", context)


@may("forms.take")  # type: ignore[arg-type]  # -- a streamed answer is an answer too
@require_POST
def form_take(request: Request, pk: int) -> FileResponse | HttpResponse:
    """Take the version in force for a school: it is given out as a file and noted as taken."""
    template = get_object_or_404(
        templates_seen_by(request.access).select_related("municipality", "programme"), pk=pk
    )
    form = TakeForm(
        request.POST, schools=schools_of(request.access).filter(municipality=template.municipality_id)
    )
    day = request.today
    version = template.versions.filter(issued_on__lte=day).select_related("file").order_by("-number").first()
    if not form.is_valid() or version is None:
        messages.warning(request, "Не видно, для какой школы взять форму.", extra_tags="wait")
        return redirect("documents:form", pk)
    try:
        take_form(
            version=version, school=form.cleaned_data["school"], by=request.user, at=timezone.now(), on=day
        )
    except Refused as refusal:
        messages.warning(request, refusal.words, extra_tags="late")
        return redirect("documents:form", pk)
    return given_out(version.file, version.name, is_inline=False)


@may("forms.take")
@require_http_methods(["GET", "POST"])
def form_return(request: Request, pk: int) -> HttpResponse:
    """Return a copy filled: the file becomes a document of the school and goes for approval."""
    copies = FormCopy.objects.filter(
        school__in=schools_of(request.access), taken_on__lte=request.as_of
    ).select_related("version__template__programme", "school")
    copy = get_object_or_404(copies, pk=pk)
    form = ReturnForm(
        request.POST or None,
        request.FILES or None,
        factors=_factors_of(copy, request),
        one=copy.version.template.programme.words.one,
        today=request.today,
    )
    refusal: Refused | None = getattr(request, "upload_refusal", None)
    if refusal is None and request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            document = return_form(
                copy=copy,
                factor=values.get("factor"),
                content=examined_upload(values["file"]),
                file_name=values["file"].name or "",
                by=request.user,
                at=timezone.now(),
                on=values["on"],
            )
        except SentTwice as again:
            messages.info(request, again.words, extra_tags="wait")
            return redirect("documents:document", again.row.pk)
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            messages.success(request, "Форма возвращена: центр её посмотрит и ответит.", extra_tags="done")
            return redirect("documents:document", document.pk)
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    return render(
        request, "documents/form_return.html", {"form": form, "copy": copy, "refusal": refusal}, status=status
    )


def _factors_of(copy: FormCopy, request: Request) -> list[RiskFactor]:
    """The factors that the form serves and the school has in work: the first ones offered."""
    factors = list(copy.version.template.factors.all())
    parts = Participation.objects.filter(school=copy.school, programme=copy.version.template.programme_id)
    chosen = {one.pk for group in parts_choosing(list(parts), request.as_of).values() for one in group}
    return [factor for factor in factors if factor.pk in chosen] or factors
