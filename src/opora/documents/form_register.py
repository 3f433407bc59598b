"""The register of unified forms on a day: what is in force, what a school needs, who took and returned which version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Prefetch, Q, QuerySet

from opora.appointments.queries import Access
from opora.documents.models import FormCopy, FormTemplate, FormTemplateVersion
from opora.documents.owed import ChosenFactor, Place, chosen_by
from opora.programmes.models import Programme
from opora.schools.models import Participation, School


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the register as it stood on a day: its latest version by then, None before the first."""

    template: FormTemplate
    version: FormTemplateVersion | None
    factors: tuple[int, ...]
    is_withdrawn: bool

    @property
    def pk(self) -> int:
        return self.template.pk

    @property
    def is_in_force(self) -> bool:
        return self.version is not None and not self.is_withdrawn


@dataclass(frozen=True, slots=True)
class FormFact:
    """A form of the register that proves a line on a day: in force, with a file since `since`."""

    template_id: int
    title: str
    since: date
    factors: frozenset[int]


@dataclass(frozen=True, slots=True)
class Copy:
    """What a school has of a form on a day: the latest version taken, and whether it is still the newest."""

    pk: int
    number: int
    taken_on: date
    returned_on: date | None
    document_id: int | None
    is_outdated: bool

    @property
    def look(self) -> str:
        if self.returned_on:
            return "done"
        return "wait" if self.is_outdated else "half"

    @property
    def words(self) -> str:
        """«Возвращена, версия 2»; «Взята версия 1, есть новее»."""
        if self.returned_on:
            return f"Возвращена, версия {self.number}"
        return f"Взята версия {self.number}" + (", есть новее" if self.is_outdated else "")


def templates_seen_by(access: Access) -> QuerySet[FormTemplate]:
    """The forms a person may see: those of own places and of the municipality of own schools."""
    own = School.objects.filter(pk__in=access.school_ids)
    return FormTemplate.objects.filter(
        Q(municipality__in=access.municipality_ids)
        | Q(municipality__region__in=access.region_ids)
        | Q(municipality__in=own.values("municipality"))
    )


def templates_kept_by(access: Access) -> QuerySet[FormTemplate]:
    """The forms that a person of a municipality's centre may change."""
    return FormTemplate.objects.filter(municipality__in=access.municipality_ids)


def forms_of(templates: QuerySet[FormTemplate], programme: Programme, as_of: date) -> list[Form]:
    """The register of a programme on a day, by number; forms entered later are not in it. Three queries."""
    rows = (
        templates.filter(programme=programme, added_on__lte=as_of)
        .select_related("municipality", "activity")
        .prefetch_related(
            Prefetch(
                "versions",
                queryset=FormTemplateVersion.objects.filter(issued_on__lte=as_of)
                .select_related("file")
                .order_by("number"),
                to_attr="known",
            ),
            "factors",
        )
        .order_by("municipality__name", "number", "pk")
    )
    return [
        Form(
            row,
            row.known[-1] if row.known else None,
            tuple(factor.pk for factor in row.factors.all()),
            row.withdrawn_on is not None and row.withdrawn_on <= as_of,
        )
        for row in rows
    ]


def needed_by(
    forms: Iterable[Form], part: Participation, chosen: dict[Place, tuple[ChosenFactor, ...]]
) -> list[Form]:
    """Exactly the forms in force that a school needs: those of its chosen factors, and those of no factor."""
    own = {factor.pk for factor in chosen.get((part.programme_id, part.school_id), ())}
    return [
        form
        for form in forms
        if form.is_in_force
        and form.template.municipality_id == part.school.municipality_id
        and (not form.factors or own & set(form.factors))
    ]


def copies_of(schools: Iterable[int], forms: Sequence[Form], as_of: date) -> dict[tuple[int, int], Copy]:
    """(school, form) → the latest version taken by a day; the returned one before others of it. One query."""
    newest = {form.pk: form.version.number for form in forms if form.version is not None}
    rows = (
        FormCopy.objects.filter(school__in=schools, version__template__in=list(newest), taken_on__lte=as_of)
        .order_by("version__number")
        .values_list(
            "pk", "school_id", "version__template_id", "version__number", "taken_on", "returned_on", "document_id",
        )
    )  # fmt: skip
    found: dict[tuple[int, int], Copy] = {}
    for pk, school, template, number, taken_on, returned_on, document in rows:
        is_back = returned_on is not None and returned_on <= as_of
        found[school, template] = Copy(
            pk,
            number,
            taken_on,
            returned_on if is_back else None,
            document if is_back else None,
            number < newest[template],
        )
    return found


def parts_choosing(parts: Sequence[Participation], as_of: date) -> dict[Place, tuple[ChosenFactor, ...]]:
    """The factors in work of some schools on a day. One query."""
    return chosen_by([part.pk for part in parts], as_of)


def form_facts(activity_ids: Iterable[int], as_of: date) -> dict[int, list[FormFact]]:
    """Line → the forms bound to it that were in force with a file on a day, by number. One query."""
    rows = (
        FormTemplate.objects.filter(
            Q(withdrawn_on=None) | Q(withdrawn_on__gt=as_of),
            activity__in=list(activity_ids),
            added_on__lte=as_of,
            versions__issued_on__lte=as_of,
        )
        .order_by("number", "pk")
        .values_list("activity_id", "pk", "number", "title", "factors")
        .annotate(since=Min("versions__issued_on"))
    )
    forms: dict[tuple[int, int], tuple[str, date, set[int]]] = {}
    for line, pk, number, title, factor, since in rows:
        _, _, factors = forms.setdefault((line, pk), (f"{number} {title}", since, set()))
        if factor is not None:
            factors.add(factor)
    found: dict[int, list[FormFact]] = {}
    for (line, pk), (title, since, factors) in forms.items():
        found.setdefault(line, []).append(FormFact(pk, title, since, frozenset(factors)))
    return found
