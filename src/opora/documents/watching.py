"""Work put off about publications elsewhere: each address is asked once a day, and when a person asks for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.timezone import get_current_timezone

from opora.core.egress import is_on
from opora.core.jobs import daily, task
from opora.core.models import Job
from opora.core.now import now
from opora.documents.actions.checks import note_look
from opora.documents.looking import look_at
from opora.documents.models import Publication
from opora.documents.publicity import to_be_checked

# The sites of one centre stand on one machine: it is asked again only after a breath.
_BREATH = timedelta(seconds=3)


@task(title="Проверка страницы размещения")
def check_publication(*, publication: int) -> None:
    """Ask the page of a publication and keep what was seen; nothing when it is down or asking is off."""
    row = to_be_checked().select_related("document").filter(pk=publication).first()
    look = look_at(row) if row is not None else None
    if row is not None and look is not None:
        note_look(publication=row, outcome=look.outcome, words=look.words, at=now())


@daily
@task(title="Проверка страниц размещения за день")
def check_publications(*, moment: str) -> None:
    """Put down a look at every publication elsewhere that is up; once a day for each."""
    if not is_on():
        return
    at = datetime.fromisoformat(moment)
    day = at.astimezone(get_current_timezone()).date()
    for place, pk in enumerate(to_be_checked().order_by("pk").values_list("pk", flat=True)):
        check_publication.enqueue(key=f"{pk}:{day}", at=at + place * _BREATH, publication=pk)


def ask_for_check(publication: Publication, *, at: datetime) -> Job:
    """Put down a look at one publication now; asked for again within the minute it is the same look."""
    return check_publication.enqueue(
        key=f"{publication.pk}:{at:%Y-%m-%dT%H:%M}", at=at, publication=publication.pk
    )


def is_being_checked(publication: Publication) -> bool:
    """Whether a look that was asked for has not been done yet."""
    start = f"{check_publication.name}:{publication.pk}:"
    return Job.objects.filter(
        task=check_publication.name, key__startswith=start, state=Job.State.WAITING
    ).exists()
