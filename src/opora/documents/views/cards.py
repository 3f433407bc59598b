"""Pages of documents: the list, the card, entering and correcting."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from opora.accounts.models import User
from opora.appointments.guard import may
from opora.appointments.models import Appointment
from opora.appointments.queries import in_force, municipalities_of, schools_of
from opora.core.examination import examined_upload
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.documents.actions import SentTwice, add_document, approve, change_card, send_for_approval
from opora.documents.batch import title_from
from opora.documents.card import Card, card_of, mark_of
from opora.documents.deeds import LOOKS, deeds_with, told_of
from opora.documents.discussions import talk_of
from opora.documents.forms import AddDocumentForm, CardForm, DocumentFilter
from opora.documents.models import Document
from opora.documents.queries import (
    documents_found,
    documents_kept_by,
    documents_seen_by,
    state_on,
    up_on,
)
from opora.documents.searching import MOST_FOUND, excerpts_of, first_found, marked
from opora.documents.views.owed import asked_paper
from opora.documents.views.preview import shown_first
from opora.documents.views.publications import seen_of
from opora.plans.models import Activity, Roadmap
from opora.plans.queries import roadmaps_seen_by
from opora.programmes.models import DocumentKind, RiskFactor
from opora.schools.models import Municipality

PAGE = 50


@may("documents.see")
def document_list(request: Request) -> HttpResponse:
    """Documents known on the day, found by words, state, line, kind and school; the latest first."""
    asked = DocumentFilter(request.GET).asked()
    documents = documents_found(documents_seen_by(request.access), request.as_of, state=asked["state"])
    for name, field in (("line", "activity"), ("kind", "kind"), ("school", "school")):
        if asked[name]:
            documents = documents.filter(**{field: asked[name]})
    found = first_found(documents, asked["q"]) if asked["q"] else None
    listed: Any = documents if found is None else found[:MOST_FOUND]
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    rows: list[Document] = list(page) if found is None else list(documents.filter(pk__in=list(page)))
    inside = excerpts_of([row.pk for row in rows], asked["q"])
    roadmap = _chosen_roadmap(request)
    return render(
        request,
        "documents/document_list.html",
        {
            "page": page,
            "rows": [
                (row, *_state(row, request), marked(row.title, asked["q"]), inside.get(row.pk))
                for row in rows
            ],
            "is_more": found is not None and len(found) > MOST_FOUND,
            "asked": asked,
            "is_asked": any(asked.values()),
            "states": Document.State.choices,
            "kinds": DocumentKind.objects.filter(programme=roadmap.programme) if roadmap else [],
            "lines": Activity.objects.filter(roadmap=roadmap).only("number", "text"),
            "schools": schools_of(request.access),
        },
    )


@may("documents.see")
def document(request: Request, pk: int) -> HttpResponse:
    """One document: its state, files, publications, history, what can be done and what cannot yet."""
    row = get_object_or_404(
        documents_seen_by(request.access).select_related(
            "activity__roadmap",
            "school",
            "kind",
            "curator",
            "factor",
            "added_by",
            "approved_by",
            "municipality",
        ),
        pk=pk,
    )
    publications = list(row.publications.select_related("published_by"))
    versions = list(row.versions.select_related("file", "signature", "added_by"))
    is_up = any(one.taken_down_on is None for one in publications)
    is_kept = documents_kept_by(request.access).filter(pk=pk).exists()
    look, words = _state(row, request)
    permissions = request.access.permissions if row.municipality_id in request.access.municipality_ids else ()
    mine = {*permissions, *(request.access.permissions & {"documents.add"})}
    return render(
        request,
        "documents/document.html",
        {
            "document": row,
            "look": look,
            "state_words": words,
            "is_other_now": state_on(row, request.as_of) != row.state,
            "versions": versions,
            **shown_first(versions),
            "publications": seen_of(publications, request),
            "talk": talk_of(row, request.as_of),
            "has_publication": row.publications.filter(up_on(request.as_of)).exists(),
            "deeds": deeds_with(row, mine, is_kept=is_kept, is_up=is_up),
            "may_take_down": "documents.publish" in permissions,
            "may_sign": is_kept and "documents.add" in request.access.permissions,
            "history": told_of(row),
        },
    )


@may("documents.add")
def document_add(request: Request) -> HttpResponse:
    """Enter one document with its file, or several files at once, each as a document."""
    line = line_of(request)
    form = AddDocumentForm(
        request.POST or None,
        request.FILES or None,
        may_approve="documents.approve" in request.access.permissions,
        initial=suggested_for(request, line),
        **choices_for(request, line),
    )
    failures: list[tuple[str, Refused]] = []
    too_large = getattr(request, "upload_refusal", None)
    if too_large is not None:
        failures = [("", too_large)]
    elif request.method == "POST" and form.is_valid():
        saved, failures = _save_all(request, form, municipality_of(request, line))
        if saved:
            return _after_saving(request, saved, failures)
    status = failures[0][1].status if failures else 422 if form.is_bound and form.errors else 200
    context = {"form": form, "failures": failures, "line": line}
    return render(request, "documents/document_add.html", context, status=status)


@may("documents.add")
def document_edit(request: Request, pk: int) -> HttpResponse:
    """Correct the card; when another person has changed it meanwhile, both versions are shown."""
    row = get_object_or_404(
        documents_kept_by(request.access).select_related("activity__roadmap", "school", "kind", "curator"),
        pk=pk,
    )
    card = card_of(row)
    initial = {name: getattr(card, name) for name in Card.__dataclass_fields__} | {"seen": mark_of(card)}
    form = CardForm(request.POST or None, initial=initial, **choices_for(request, row.activity))
    refusal = None
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        seen = values.pop("seen")
        for name in ("curator", "factor"):
            values.setdefault(name, getattr(row, name))
        values["audience"] = values.get("audience") or row.audience
        try:
            change_card(document=row, card=Card(**values), seen=seen, by=request.user, at=timezone.now())
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            messages.success(request, "Карточка сохранена.", extra_tags="done")
            return redirect("documents:document", row.pk)
    if refusal is not None and refusal.code == "R-CONFLICT":
        # The next press of the button is a decision made with both versions in sight.
        form.data = {**request.POST.dict(), "seen": mark_of(card)}
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    context = {"document": row, "form": form, "refusal": refusal, "saved": card}
    return render(request, "documents/document_edit.html", context, status=status)


def _state(row: Document, request: Request) -> tuple[str, str]:
    state = Document.State(state_on(row, request.as_of))
    return LOOKS[state], str(state.label)


def _chosen_roadmap(request: Request) -> Roadmap | None:
    seen = roadmaps_seen_by(request.access)
    return seen.filter(pk=request.session.get("roadmap") or 0).first() or seen.first()


def line_of(request: Request) -> Activity | None:
    """The line of a roadmap that the address names; 404 when it is not one's own."""
    asked = request.GET.get("line", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    lines = Activity.objects.filter(roadmap__in=roadmaps_seen_by(request.access))
    return get_object_or_404(
        lines.select_related("roadmap__municipality", "roadmap__programme"), pk=int(asked)
    )


def municipality_of(request: Request, line: Activity | None) -> Municipality:
    """The town whose document is entered: of the line, of the chosen roadmap, the person's first."""
    if line is not None:
        return line.roadmap.municipality
    roadmap = _chosen_roadmap(request)
    return roadmap.municipality if roadmap else municipalities_of(request.access)[0]


def choices_for(request: Request, line: Activity | None) -> dict[str, Any]:
    """The rows a person may name in a card: lines of the roadmap, own schools, curators in force."""
    access = request.access
    roadmap = line.roadmap if line else _chosen_roadmap(request)
    place = roadmap.municipality if roadmap else municipalities_of(access).first()
    is_of_centre = place is not None and place.pk in access.municipality_ids
    curators = Appointment.objects.filter(in_force(request.today), duty="curator", school__municipality=place)
    return {
        "kinds": DocumentKind.objects.filter(programme=roadmap.programme)
        if roadmap
        else DocumentKind.objects.none(),
        "activities": Activity.objects.filter(roadmap=roadmap).select_related("roadmap")
        if roadmap
        else Activity.objects.none(),
        "factors": RiskFactor.objects.filter(programme=roadmap.programme) if roadmap else None,
        "schools": schools_of(access).filter(municipality=place),
        "curators": User.objects.filter(pk__in=curators.values("person")) if is_of_centre else None,
        "today": request.today,
    }


def suggested_for(request: Request, line: Activity | None) -> dict[str, Any]:
    """What the form of a new document begins with."""
    schools = list(schools_of(request.access)[:2])
    return {
        "dated_on": request.today,
        "activity": line,
        "title": " ".join((line.promise or line.text).split())[:300] if line else "",
        "school": schools[0] if len(schools) == 1 and not request.access.is_of_centre else None,
        **asked_paper(request),
    }


def _save_all(
    request: Request, form: AddDocumentForm, municipality: Municipality
) -> tuple[list[Document], list[tuple[str, Refused]]]:
    """Each file as a document of its own: one that is refused does not stop the others."""
    values = form.cleaned_data
    files: list[UploadedFile[Any]] = values["papers"]
    saved, failures = [], []
    for place, upload in enumerate(files):
        try:
            saved.append(save_one(request, values, upload, municipality, place if len(files) > 1 else None))
        except SentTwice as again:
            messages.info(request, again.words, extra_tags="wait")
            if isinstance(again.row, Document):
                saved.append(again.row)
        except Refused as refusal:
            failures.append((upload.name or "", refusal))
    return saved, failures


def save_one(
    request: Request,
    values: dict[str, Any],
    upload: UploadedFile[Any],
    municipality: Municipality,
    place: int | None,
) -> Document:
    """Enter one file as a document and do what was chosen to be next; `place` is its place among several."""
    name = upload.name or ""
    key = values["key"]
    on, now = request.today, timezone.now()
    row = add_document(
        municipality=municipality,
        title=values["title"] if place is None else title_from(name),
        dated_on=values["dated_on"],
        content=examined_upload(upload),
        file_name=name,
        number=values["number"] if place is None else "",
        kind=values["kind"],
        activity=values["activity"],
        school=values["school"],
        curator=values.get("curator") or _curator_of(request, values["school"]),
        factor=values.get("factor"),
        audience=values.get("audience") or Document.Audience.PLACE,
        storage_term=values["storage_term"],
        form_key=uuid.uuid5(key, str(place or 0)) if key else None,
        by=request.user,
        at=now,
        on=on,
    )
    if values["then"] == "send":
        send_for_approval(document=row, by=request.user, at=now, on=on)
    elif values["then"] == "approve":
        approve(document=row, on=on, by=request.user, at=now)
    return row


def _curator_of(request: Request, school: Any) -> User | None:
    """A curator who enters a document about a led school is the curator it speaks of."""
    if school is None or school.pk in request.access.own_school_ids:
        return None
    is_led = school.pk in request.access.school_ids and "curator" in request.access.duties
    return request.user if is_led else None


def _after_saving(
    request: Request, saved: list[Document], failures: list[tuple[str, Refused]]
) -> HttpResponse:
    for name, refusal in failures:
        code = f" ({refusal.code})" if refusal.code else ""
        messages.warning(request, f"{name}: {refusal.words}{code}", extra_tags="late")
    if len(saved) == 1:
        messages.success(request, f"Документ сохранён: {saved[0].title}.", extra_tags="done")
        return redirect("documents:document", saved[0].pk)
    words = counted(len(saved), "документ", "документа", "документов")
    messages.success(request, f"Сохранено: {words}.", extra_tags="done")
    return redirect("documents:document_list")
