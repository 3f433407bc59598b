"""Making a collection, keeping its list of those expected, its term, reminding and closing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import HistoryLine, record, record_many
from opora.core.refusal import Refused
from opora.core.russian import clean
from opora.documents.rules import refuse_future, said
from opora.plans.models import Activity
from opora.programmes.models import Stage
from opora.questionnaires.audience import NAMED, Audience, changes_on, people_asked
from opora.questionnaires.content import every_question, form_of
from opora.questionnaires.locking import chosen, held
from opora.questionnaires.models import Collection, QuestionnaireVersion, Respondent
from opora.schools.models import School

MOST_TITLE, MOST_REASON = 300, 300
BATCH = 500


@transaction.atomic
def make_collection(
    *,
    version: QuestionnaireVersion,
    audience: Audience,
    title: str,
    opens_on: date,
    due_on: date,
    words: str = "",
    activity: Activity | None = None,
    stage: Stage | None = None,
    is_accepted_by_hand: bool = True,
    is_anonymous: bool = False,
    on: date,
    by: User,
    at: datetime,
) -> Collection:
    """Make a collection and note everybody who is expected to answer, in a handful of queries for any number.

    Refused when the term ends before it begins, when the conditions name nobody, when answers without names are to be
    accepted one by one, when the form or the line belongs to another centre.
    """
    title = said(title, "Назовите сбор.", MOST_TITLE)
    if due_on < opens_on:
        raise Refused("Сдать до — раньше, чем сбор открывается. Поправьте дни.")
    if is_anonymous:
        _refuse_telling(version, is_accepted_by_hand)
    _refuse_foreign(audience, version, activity, stage)
    refuse_future(on, at)
    asked = people_asked(audience, max(opens_on, on))
    if not asked:
        raise Refused("По этим условиям отвечать некому. Проверьте, от кого собирать.")
    collection = Collection.objects.create(
        version=version,
        programme=audience.programme,
        municipality=audience.municipality,
        activity=activity,
        stage=stage,
        title=title,
        words=clean(words).strip(),
        audience=audience.who,
        kind=audience.kind,
        factor=audience.factor,
        opens_on=opens_on,
        due_on=due_on,
        is_accepted_by_hand=is_accepted_by_hand,
        is_anonymous=is_anonymous,
        made_at=at,
        made_by=by,
    )
    _expect(collection, asked, min(opens_on, on))
    record(collection, "collection.made", by=by, at=at, number=len(asked), since=opens_on, until=due_on)
    return collection


def _refuse_telling(version: QuestionnaireVersion, is_accepted_by_hand: bool) -> None:
    """Refused when nameless answers would tell who gave them."""
    if is_accepted_by_hand:
        raise Refused("Ответы без имён нельзя принимать по одному: выберите «Принимается сразу».")
    if any(one.kind == "file" for one in every_question(form_of(version.content).questions)):
        raise Refused(
            "В форме просят приложить файл: по нему видно, кто ответил. Уберите вопрос или спросите с именами."
        )


def _refuse_foreign(
    audience: Audience, version: QuestionnaireVersion, activity: Activity | None, stage: Stage | None
) -> None:
    town, programme = audience.municipality, audience.programme
    if version.questionnaire.municipality_id != town.pk:
        raise Refused("Эта форма другого центра.", status=404)
    if activity is not None and (
        activity.roadmap.municipality_id != town.pk or activity.roadmap.programme_id != programme.pk
    ):
        raise Refused("Этот пункт другой дорожной карты.", status=404)
    if stage is not None and stage.programme_id != programme.pk:
        raise Refused("Этот этап другой программы.", status=404)
    if audience.kind == NAMED and not audience.named:
        raise Refused("Отметьте школы, от которых собирать.")


def _expect(collection: Collection, asked: Sequence[School] | Sequence[User], since: date) -> None:
    is_school = collection.audience == Collection.Audience.SCHOOLS
    Respondent.objects.bulk_create(
        (
            Respondent(
                collection=collection, since=since, **{"school_id" if is_school else "person_id": one.pk}
            )
            for one in asked
        ),
        batch_size=BATCH,
    )


@transaction.atomic
def follow_audience(*, collection: Collection, on: date, by: User, at: datetime) -> tuple[int, int]:
    """Expect those who joined since the collection was made, and no longer those who left; how many of each.

    Refused when the collection is closed and when nobody joined or left.
    """
    refuse_future(on, at)
    collection = held(collection)
    changes = changes_on(collection, Respondent.objects.filter(collection=collection), on)
    if not changes:
        raise Refused("Все, кого касается сбор, уже в списке.")
    _expect(collection, changes.joined, on)  # type: ignore[arg-type]  # -- of one audience: all schools or all people
    Respondent.objects.filter(pk__in=[one.pk for one in changes.left]).update(excused_on=on)
    Respondent.objects.filter(pk__in=[one.pk for one in changes.back]).update(excused_on=None)
    joined, left = len(changes.joined) + len(changes.back), len(changes.left)
    record(collection, "collection.followed", by=by, at=at, on=on, joined=joined, left=left)
    return joined, left


@transaction.atomic
def extend(
    *, respondents: Iterable[Respondent], until: date, reason: str, on: date, by: User, at: datetime
) -> int:
    """Put the term off for those chosen, with a reason; how many.

    Refused without a reason, for a day that is not later than the term, and for those who have been accepted.
    """
    refuse_future(on, at)
    reason = said(reason, "Напишите, почему срок продлён.", MOST_REASON)
    rows = chosen(respondents)
    if any(until <= row.collection.due_on for row in rows):
        raise Refused("Новый срок должен быть позже общего. Поправьте день.")
    open_ones = [row for row in rows if row.accepted_on is None]
    if not open_ones:
        raise Refused("Ответы отмеченных уже приняты: продлевать нечего.")
    Respondent.objects.filter(pk__in=[row.pk for row in open_ones]).update(
        extended_to=until, extension_reason=reason, extended_on=on
    )
    record_many(
        [HistoryLine(row, "answer.extended", {"reason": reason, "until": until}) for row in open_ones],
        by=by,
        at=at,
    )
    return len(open_ones)


@transaction.atomic
def remind(
    *, collection: Collection, respondents: Iterable[Respondent], on: date, by: User, at: datetime
) -> int:
    """Note that those chosen were reminded; how many. Refused when nobody is chosen or the day is to come."""
    refuse_future(on, at)
    rows = chosen(respondents)
    Respondent.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=on)
    record(collection, "collection.reminded", by=by, at=at, on=on, number=len(rows))
    return len(rows)


@transaction.atomic
def close_collection(*, collection: Collection, on: date, by: User, at: datetime) -> None:
    """Take no more answers. Refused when the collection is closed already."""
    refuse_future(on, at)
    collection = held(collection)
    collection.closed_on = on
    collection.save(update_fields=["closed_on"])
    record(collection, "collection.closed", by=by, at=at, on=on)


@transaction.atomic
def reopen_collection(*, collection: Collection, on: date, by: User, at: datetime) -> None:
    """Take answers again. Refused when the collection is open, or its nameless answers may have been looked at."""
    row = Collection.objects.select_for_update().get(pk=collection.pk)
    if row.closed_on is None:
        raise Refused("Сбор открыт.")
    if row.is_anonymous and row.submissions.exists():
        raise Refused("Ответы без имён уже открыты: новый ответ было бы видно. Заведите новый сбор.")
    row.closed_on = None
    row.save(update_fields=["closed_on"])
    record(row, "collection.reopened", by=by, at=at, on=on)
