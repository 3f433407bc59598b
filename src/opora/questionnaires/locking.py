"""Rows of collections read again under a lock, so that two people pressing two buttons at once take turns."""

from __future__ import annotations

from collections.abc import Iterable

from opora.core.refusal import Refused
from opora.questionnaires.models import Collection, Respondent


def held(collection: Collection) -> Collection:
    """The collection read again under a lock. Refused when it is closed."""
    row = (
        Collection.objects.select_for_update(of=("self",))
        .select_related("municipality", "programme", "factor")
        .get(pk=collection.pk)
    )
    if row.closed_on is not None:
        raise Refused(f"Сбор закрыт {row.closed_on:%d.%m.%Y}. Сначала откройте его снова.")
    return row


def chosen(respondents: Iterable[Respondent]) -> list[Respondent]:
    """Those chosen, read again under a lock with what a line of history names. Refused when there are none."""
    keys = [one.pk for one in respondents]
    rows = list(
        Respondent.objects.select_for_update(of=("self",))
        .filter(pk__in=keys)
        .select_related("collection", "school", "person")
        .order_by("pk")
    )
    if not rows:
        raise Refused("Отметьте, кого это касается.")
    return rows
