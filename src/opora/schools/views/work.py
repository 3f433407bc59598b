"""The anti-risk programme of one risk of a school: shown, written, read from the school's own file, its measures."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.appointments.guard import may
from opora.appointments.queries import schools_of
from opora.appointments.views.chosen import chosen_programme
from opora.core.models import StoredFile
from opora.core.refusal import Refused
from opora.core.russian import clean, fold
from opora.core.uploads import read_upload, store
from opora.dashboard.request import Request
from opora.documents.forms import FileForm
from opora.documents.views.files import given_out
from opora.imports.readers.detection import kind_of
from opora.imports.reading import read_in_child
from opora.programmes.models import RiskFactor
from opora.schools.actions import work as actions
from opora.schools.days_told import NoSuchDay, day_told
from opora.schools.models import AntiRiskProgramme, Measure, Participation
from opora.schools.views.risk_scope import scope_of
from opora.schools.views.work_forms import MeasureForm, Sheet, TargetForm, initial_of, rows_of

_SALT = "opora.schools.work"


@may("risks.see")
@require_GET
def work(request: Request, pk: int, factor_pk: int) -> HttpResponse:
    """The programme as it stands, with what may be done about each measure."""
    part, factor, row = _asked(request, pk, factor_pk)
    scope = scope_of(request)
    context = {
        **_frame(part, factor, row),
        "targets": list(row.targets.all()) if row else [],
        "measures": list(row.measures.select_related("confirmed_by")) if row else [],
        "may_write": scope.may_choose(part.school),
        "may_confirm": scope.may_verify(part.school),
        "day": request.today,
    }
    return render(request, "schools/work.html", context)


@may("risks.choose")
@require_http_methods(["GET", "POST"])
def write_work(request: Request, pk: int, factor_pk: int) -> HttpResponse:
    """Write the programme; what was typed is never lost, also when another person saved it meanwhile."""
    part, factor, row = _asked(request, pk, factor_pk)
    if request.method == "GET":
        return _page(request, part, factor, row, _sheet_of(part, row))
    sheet = Sheet({}, [], [], year=part.programme.year, data=request.POST)
    if not sheet.is_valid():
        return _page(request, part, factor, row, sheet, status=422)
    try:
        file, name = _file_of(sheet.head.cleaned_data["file"])
        actions.save_work(
            participation=part,
            factor=factor,
            version=sheet.head.cleaned_data["version"],
            told=sheet.told(),
            file=file,
            file_name=name,
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        if refusal.code == "R-CONFLICT":
            sheet = _seen_anew(request, part, row)
        return _page(request, part, factor, row, sheet, refusal=refusal, status=refusal.status)
    messages.success(request, "Программа сохранена.", extra_tags="done")
    return redirect("schools:work", pk, factor_pk)


@may("risks.choose")
@require_http_methods(["GET", "POST"])
def load_work(request: Request, pk: int, factor_pk: int) -> HttpResponse:
    """Read the school's own file into the form; nothing is written before the form is saved."""
    part, factor, row = _asked(request, pk, factor_pk)
    form = FileForm(request.POST or None, request.FILES or None)
    refusal: Refused | None = getattr(request, "upload_refusal", None)
    if refusal is None and request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        name = clean(PurePath(upload.name or "").name).strip() or "программа"
        try:
            content = read_upload(upload)
            told = read_in_child(content, name, subject="work")
            file = store(content, kind=kind_of(content, name)[0], at=timezone.now())
        except Refused as refused:
            refusal = refused
        else:
            sheet, remarks = _sheet_read(part, row, told, signing.dumps([file.pk, name], salt=_SALT))
            return _page(request, part, factor, row, sheet, remarks=remarks, file_name=name)
    context = {**_frame(part, factor, row), "form": form, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "schools/work_load.html", context, status=status)


@may("risks.see")  # type: ignore[arg-type]  # -- a streamed answer is an answer too
@require_GET
def work_file(request: Request, pk: int, factor_pk: int) -> HttpResponse | FileResponse:
    """The school's own file as it came."""
    _, _, row = _asked(request, pk, factor_pk)
    if row is None or row.file is None:
        raise Refused("У этой программы нет файла.", status=404)
    return given_out(row.file, row.file_name, is_inline=False)


@may("risks.choose")
@require_POST
def measure_done(request: Request, pk: int, factor_pk: int, measure_pk: int) -> HttpResponse:
    """The school says that a measure was done, or takes it back."""
    measure = _measure(request, pk, factor_pk, measure_pk)
    actions.note_done(measure=measure, on=_day(request), by=request.user, at=timezone.now())
    return redirect(f"/schools/{pk}/work/{factor_pk}/#m{measure.pk}")


@may("risks.verify")
@require_POST
def measure_confirm(request: Request, pk: int, factor_pk: int, measure_pk: int) -> HttpResponse:
    """The curator confirms what the school has done, or takes the word back."""
    measure = _measure(request, pk, factor_pk, measure_pk)
    on = None if "back" in request.POST else request.today
    actions.confirm_measure(measure=measure, on=on, by=request.user, at=timezone.now())
    return redirect(f"/schools/{pk}/work/{factor_pk}/#m{measure.pk}")


def _asked(
    request: Request, pk: int, factor_pk: int
) -> tuple[Participation, RiskFactor, AntiRiskProgramme | None]:
    """The participation that the person may look at, the factor of its programme, and what is written of it."""
    parts = Participation.objects.filter(
        programme=chosen_programme(request), school__in=schools_of(request.access)
    )
    part = get_object_or_404(parts.select_related("school__municipality", "programme"), school=pk)
    factor = get_object_or_404(part.programme.risk_factors, pk=factor_pk)
    row = AntiRiskProgramme.objects.filter(participation=part, factor=factor).select_related("file").first()
    return part, factor, row


def _measure(request: Request, pk: int, factor_pk: int, measure_pk: int) -> Measure:
    _, _, row = _asked(request, pk, factor_pk)
    return get_object_or_404(Measure, programme=row, pk=measure_pk)


def _day(request: Request) -> date | None:
    """The day told; None where the note is taken back. Refused when there is no such day."""
    if "back" in request.POST:
        return None
    try:
        return day_told(request.POST.get("on", "")) or request.today
    except NoSuchDay as error:
        raise Refused(f"{error}.") from error


def _frame(part: Participation, factor: RiskFactor, row: AntiRiskProgramme | None) -> dict[str, Any]:
    word = part.programme.words.one
    return {"part": part, "school": part.school, "factor": factor, "row": row, "factor_word": word}


def _sheet_of(part: Participation, row: AntiRiskProgramme | None) -> Sheet:
    return Sheet(
        initial_of(row),
        rows_of(list(row.targets.all()), TargetForm) if row else [],
        rows_of(list(row.measures.all()), MeasureForm) if row else [],
        year=part.programme.year,
    )


def _seen_anew(request: Request, part: Participation, row: AntiRiskProgramme | None) -> Sheet:
    """The same words over the version that stands now: saving again is a choice made knowingly."""
    fresh = request.POST.copy()
    fresh["version"] = str(row.version if row else 0)
    return Sheet({}, [], [], year=part.programme.year, data=fresh)


def _sheet_read(
    part: Participation, row: AntiRiskProgramme | None, told: dict[str, Any], token: str
) -> tuple[Sheet, list[str]]:
    """The form filled with what a file says; measures that are known keep their marks, others stay below."""
    initial, remarks = initial_of(row), [str(words) for words in told["remarks"]]
    initial |= {name: told[name] for name in ("aim", "tasks", "expected", "executors") if told[name]}
    initial["file"] = token
    if told["period"]:
        remarks.append(f"Сроки в файле: «{told['period'][:150]}». Укажите дни начала и окончания.")
    targets = _joined(rows_of(list(row.targets.all()), TargetForm) if row else [], told["targets"], "name")
    measures = _joined(
        rows_of(list(row.measures.all()), MeasureForm) if row else [], told["measures"], "text"
    )
    extra = sum("kept" in one for one in [*targets, *measures])
    if extra:
        remarks.append(
            f"Строк, которых нет в файле, осталось внизу: {extra}. Сотрите их слова, если не нужны."
        )
    return Sheet(initial, targets, measures, year=part.programme.year), remarks


def _joined(known: list[dict[str, Any]], read: list[dict[str, str]], name: str) -> list[dict[str, Any]]:
    by_words = {fold(one[name]): one for one in known}
    rows = [{**by_words.pop(fold(one[name]), {}), **one} for one in read]
    return [*rows, *({**one, "kept": True} for one in by_words.values())]


def _file_of(token: str) -> tuple[StoredFile | None, str]:
    """The file that was read into the form. Refused when the token is not ours."""
    if not token:
        return None, ""
    try:
        pk, name = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise Refused("Файл программы не дошёл. Загрузите его ещё раз.", status=400) from error
    return StoredFile.objects.get(pk=pk), str(name)


def _page(
    request: Request,
    part: Participation,
    factor: RiskFactor,
    row: AntiRiskProgramme | None,
    sheet: Sheet,
    *,
    remarks: list[str] | None = None,
    refusal: Refused | None = None,
    file_name: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        **_frame(part, factor, row),
        "sheet": sheet,
        "remarks": remarks or [],
        "refusal": refusal,
        "stands": row if refusal is not None and refusal.code == "R-CONFLICT" else None,
        "file_name": file_name,
    }
    return render(request, "schools/work_edit.html", context, status=status)
