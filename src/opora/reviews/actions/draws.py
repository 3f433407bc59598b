"""Deeds of the draw and of experts: the sample drawn, experts assigned by a plan or by hand, taken off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.documents.models import Document, Version
from opora.documents.rules import refuse_future
from opora.reviews.choosing import barred_from, free_experts
from opora.reviews.models import Examination, Round, Sampled
from opora.reviews.population import preview_of
from opora.reviews.rules import held_examination, held_round, held_sampled, refuse_finished, refuse_undrawn

BATCH = 500
CHANGED = "Пока вы смотрели, документы изменились. Ниже выборка на сейчас: проверьте её и подтвердите снова."


@transaction.atomic
def draw_sample(*, review: Round, seen: str, on: date, by: User, at: datetime) -> Round:
    """Draw the sample of a round as of a day; `seen` is the mark of the preview that the person confirms.

    Refused: drawn already, no criteria, nothing to draw from, a day to come; R-CONFLICT when documents have changed
    since the preview.
    """
    row = held_round(review)
    refuse_finished(row)
    refuse_future(on, at)
    if row.drawn_on is not None:
        raise Refused("Выборка уже сделана: второй раз её не делают.", code="R-TWICE", status=409)
    if not row.criteria.exists():
        raise Refused("Сначала укажите критерии: по ним эксперты будут рассматривать документы.")
    preview = preview_of(row, on)
    if not preview.keys:
        raise Refused("Выбирать не из чего: утверждённых или отправленных документов этих видов в этапе нет.")
    if seen != preview.mark:
        raise Refused(CHANGED, code="R-CONFLICT", status=409)
    row.drawn_on, row.drawn_by, row.population = on, by, preview.population
    row.drawn_from = [
        {"key": list(one.key), "label": one.label, "documents": list(one.documents), "taken": one.taken}
        for one in preview.strata
    ]
    row.save(update_fields=["drawn_on", "drawn_by", "population", "drawn_from"])
    labels = {key: one.label[:300] for one in preview.strata for key in one.documents}
    _keep(row, preview.keys, labels)
    record(
        row,
        "round.drawn",
        by=by,
        at=at,
        on=on,
        number=preview.size,
        population=preview.population,
        seed=row.seed,
    )
    return row


def _keep(row: Round, keys: Sequence[int], labels: Mapping[int, str]) -> None:
    factors = dict(Document.objects.filter(pk__in=keys).values_list("pk", "factor_id"))
    rows = Version.objects.filter(document__in=keys).order_by("number")
    # The last one of each document stands: the latest version.
    versions = dict(rows.values_list("document_id", "pk"))
    Sampled.objects.bulk_create(
        (
            Sampled(
                round=row,
                document_id=key,
                version_id=versions.get(key),
                position=position,
                stratum=labels[key],
                factor_id=factors[key],
            )
            for position, key in enumerate(keys, start=1)
        ),
        batch_size=BATCH,
    )


@transaction.atomic
def assign_experts(
    *, review: Round, pairs: Mapping[int, Sequence[int]], on: date, by: User, at: datetime
) -> int:
    """Ask experts to examine documents of a sample (document of the sample → experts); how many were asked.

    Refused: a pair that may not be (own school, own curated school, own paper), one who is asked already, an empty plan.
    """
    row = held_round(review)
    refuse_finished(row)
    refuse_undrawn(row)
    refuse_future(on, at)
    sampled = {
        one.pk: one for one in row.sampled.filter(pk__in=list(pairs)).select_related("document__school")
    }
    people = {
        one.pk: one for one in User.objects.filter(pk__in={key for keys in pairs.values() for key in keys})
    }
    asked = set(Examination.objects.filter(sampled__round=row, look=1).values_list("sampled_id", "expert_id"))
    barred = barred_from(list(sampled.values()), list(people.values()), on)
    made = []
    for key, experts in pairs.items():
        for expert in experts:
            if key not in sampled or expert not in people or (key, expert) in asked:
                raise Refused(
                    "Пока вы смотрели, распределение изменилось. Ниже предложение на сейчас.",
                    code="R-CONFLICT",
                    status=409,
                )
            if (key, expert) in barred:
                raise Refused(f"{people[expert].short_name} не может рассматривать: {barred[key, expert]}.")
            made.append(Examination(sampled=sampled[key], expert=people[expert], assigned_on=on))
    if not made:
        raise Refused("Поручать нечего: у всех документов эксперты есть.")
    kept = Examination.objects.bulk_create(made, batch_size=BATCH)
    # One line for all: who was asked for what stands in the rows themselves.
    record(row, "round.experts_assigned", by=by, at=at, on=on, number=len(kept))
    return len(kept)


@transaction.atomic
def ask_expert(
    *, sampled: Sampled, expert: User, is_third: bool = False, on: date, by: User, at: datetime
) -> Examination:
    """Ask one expert by hand: instead of somebody, as a further one, or as the third when two parted.

    Refused when the person may not examine this document or is asked already, and while it waits for rework.
    """
    row = held_sampled(sampled)
    refuse_future(on, at)
    if row.returned_on is not None and row.reworked_on is None:
        raise Refused("Документ на доработке: эксперта назначают, когда школа его доработает.")
    look = 2 if row.reworked_on is not None else 1
    ((_, why),) = free_experts(row, [expert], look, on)
    if why:
        raise Refused(f"{expert.short_name} не может рассматривать: {why}.")
    made = Examination.objects.create(
        sampled=row, expert=expert, look=look, is_third=is_third, assigned_on=on
    )
    record(made, "examination.assigned", by=by, at=at, on=on)
    return made


@transaction.atomic
def take_off(*, examination: Examination, by: User, at: datetime) -> None:
    """Take an examination that is not handed in off its expert; what was begun is not kept."""
    row = held_examination(examination)
    record(row, "examination.taken_off", by=by, at=at, expert=row.expert.short_name)
    row.delete()
