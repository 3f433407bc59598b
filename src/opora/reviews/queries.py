"""Everything that reads rounds of review: who sees which, what may be drawn, an expert's queue, facts for a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from opora.accounts.models import User
from opora.appointments.models import Appointment, Duty
from opora.appointments.queries import Access, in_force
from opora.documents.models import Document
from opora.reviews.models import Criterion, Examination, Level, Round, Sampled


@dataclass(frozen=True, slots=True)
class RoundFact:
    """A document of a drawn round of a line: the school it is of, and when the round was finished, if it was."""

    activity_id: int
    round_id: int
    title: str
    drawn_on: date | None
    finished_on: date | None
    sampled_id: int | None
    document: str
    school_id: int | None


def rounds_seen_by(access: Access) -> QuerySet[Round]:
    """The rounds a person may see: of own municipality, of own region and its municipalities."""
    return Round.objects.filter(
        Q(municipality__in=access.municipality_ids)
        | Q(municipality__region__in=access.region_ids)
        | Q(region__in=access.region_ids)
    )


def rounds_led_by(access: Access) -> QuerySet[Round]:
    """The rounds a person may lead: a municipality's by its centre, a region's by the region."""
    return Round.objects.filter(Q(municipality__in=access.municipality_ids) | Q(region__in=access.region_ids))


def documents_of_place(review: Round) -> QuerySet[Document]:
    """All documents of a round's municipality or region."""
    if review.region_id is not None:
        return Document.objects.filter(municipality__region=review.region_id)
    return Document.objects.filter(municipality=review.municipality_id)


def population_of(review: Round, on: date) -> QuerySet[Document]:
    """What may be drawn on a day: documents of the round's kinds and stage that were approved or sent by then.

    A document belongs to the stage by its own date. One that had come back with a question by the day is left out.
    """
    ready = Q(approved_on__lte=on) | (
        Q(sent_on__lte=on) & (Q(returned_on=None) | Q(returned_on__gt=on) | Q(returned_on__lt=F("sent_on")))
    )
    rows = documents_of_place(review).filter(ready, kind__in=review.kinds.all())
    if review.stage is not None:
        rows = rows.filter(dated_on__range=(review.stage.starts_on, review.stage.ends_on))
    return rows.order_by("pk")


def curators_of(
    documents: Iterable[tuple[int | None, int | None]], review: Round, on: date
) -> dict[int, int]:
    """School → its curator on a day (the earliest appointed), for pairs of school and the document's own curator."""
    schools = {school for school, own in documents if school is not None and own is None}
    held = Appointment.objects.filter(
        in_force(on), school__in=schools, programme=review.programme_id, duty=Duty.CURATOR
    ).order_by("since", "pk")
    found: dict[int, int] = {}
    for school, person in held.values_list("school_id", "person_id"):
        found.setdefault(school or 0, person)
    return found


def criteria_of(review: Round) -> list[Criterion]:
    """The criteria with their levels, the lowest first, in `levels_in_order`. Two queries."""
    levels = Prefetch("levels", queryset=Level.objects.order_by("points"), to_attr="levels_in_order")
    return list(review.criteria.order_by("position").prefetch_related(levels))


def examinations_of(person: User, as_of: date) -> QuerySet[Examination]:
    """What an expert is asked to examine, known on a day, declined ones aside; the nearest term first."""
    return (
        Examination.objects.filter(expert=person, assigned_on__lte=as_of, declined_on=None)
        .select_related("sampled__round", "sampled__document__school", "sampled__document__kind")
        .order_by(
            F("sampled__round__due_on").asc(nulls_last=True), "sampled__round", "sampled__position", "look"
        )
    )


def waiting_for(person: User, as_of: date) -> QuerySet[Examination]:
    """Those not handed in by a day, in rounds that are not finished."""
    return examinations_of(person, as_of).filter(
        Q(finished_on=None) | Q(finished_on__gt=as_of), sampled__round__finished_on=None
    )


def sampled_of_schools(access: Access, as_of: date) -> QuerySet[Sampled]:
    """Documents of own schools that fell into a sample by a day, those that came back first."""
    return (
        Sampled.objects.filter(document__school__in=access.school_ids, round__drawn_on__lte=as_of)
        .select_related("round", "document__school", "document__kind", "version")
        .order_by(F("returned_on").desc(nulls_last=True), "-round__drawn_on", "position")
    )


def sampled_kept_by(access: Access) -> QuerySet[Sampled]:
    """Documents of samples that a person may rework: of own schools, or of the own centre."""
    return Sampled.objects.filter(
        Q(document__school__in=access.school_ids) | Q(document__municipality__in=access.municipality_ids)
    )


def reviews_of(activity_ids: Sequence[int], as_of: date) -> dict[int, list[RoundFact]]:
    """The drawn rounds of many lines, a row for each document, by line. One query."""
    rows = (
        Round.objects.filter(activity__in=activity_ids, drawn_on__lte=as_of)
        .order_by("drawn_on", "pk", "sampled__position")
        .values_list(
            "activity_id", "pk", "title", "drawn_on", "finished_on", "sampled__pk", "sampled__document__title",
            "sampled__document__school_id",
        )
    )  # fmt: skip
    found: dict[int, list[RoundFact]] = {}
    for activity, pk, title, drawn_on, finished_on, sampled, document, school in rows:
        is_known = finished_on is not None and finished_on <= as_of
        fact = RoundFact(
            activity, pk, title, drawn_on, finished_on if is_known else None, sampled, document or "", school
        )
        found.setdefault(activity, []).append(fact)
    return found


def earlier_rounds(review: Round) -> QuerySet[Round]:
    """Drawn rounds of the same place and programme before this one, the latest first."""
    same = Round.objects.filter(
        municipality=review.municipality_id, region=review.region_id, programme=review.programme_id
    ).exclude(pk=review.pk)
    if review.drawn_on is not None:
        same = same.filter(drawn_on__lte=review.drawn_on)
    return same.filter(drawn_on__isnull=False).order_by("-drawn_on", "-pk")


def earlier_of_same_kinds(review: Round) -> list[Round]:
    """Those of them that examined the same kinds of documents. Two queries."""
    kinds = {kind.pk for kind in review.kinds.all()}
    rows = earlier_rounds(review).prefetch_related("kinds").select_related("stage")
    return [one for one in rows if {kind.pk for kind in one.kinds.all()} == kinds]
