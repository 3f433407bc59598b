"""Keeping the results of a survey made elsewhere; a second load of the same survey takes the place of the first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.models import StoredFile
from opora.core.refusal import Refused
from opora.documents.rules import refuse_future, said
from opora.programmes.models import Programme
from opora.questionnaires.models import Survey, SurveyFigure
from opora.questionnaires.told_survey import Figure
from opora.schools.models import Municipality

MOST_TITLE = 300


@transaction.atomic
def load_survey(
    *,
    municipality: Municipality,
    programme: Programme,
    title: str,
    held_on: date,
    figures: Sequence[Figure],
    file: StoredFile | None,
    file_name: str,
    by: User,
    at: datetime,
) -> Survey:
    """Keep the figures of a survey, all or nothing; those of the same title and day are replaced.

    Refused when there is nothing to keep and when the day has not come.
    """
    refuse_future(held_on, at)
    title = said(title, "Назовите опрос.", MOST_TITLE)
    if not figures:
        raise Refused("В таблице нет строк, которые можно внести.")
    survey, is_new = Survey.objects.update_or_create(
        municipality=municipality,
        programme=programme,
        title=title,
        held_on=held_on,
        defaults={"file": file, "file_name": file_name, "loaded_at": at, "loaded_by": by},
    )
    SurveyFigure.objects.filter(survey=survey).delete()
    SurveyFigure.objects.bulk_create(
        (
            SurveyFigure(
                survey=survey,
                position=position,
                group=one.group,
                question=one.question,
                answer=one.answer,
                amount=one.amount,
                total=one.total,
            )
            for position, one in enumerate(figures, 1)
        ),
        batch_size=500,
    )
    record(
        survey,
        "survey.loaded" if is_new else "survey.loaded_again",
        by=by,
        at=at,
        file=file_name,
        number=len(figures),
    )
    return survey
