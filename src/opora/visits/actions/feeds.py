"""Deeds with calendar feeds: opening one, giving it another secret address, closing it."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.plans.models import Roadmap
from opora.schools.models import School
from opora.visits.models import Feed


@transaction.atomic
def open_feed(
    *, owner: User, school: School | None = None, roadmap: Roadmap | None = None, by: User, at: datetime
) -> Feed:
    """A feed of a school, of a roadmap, or of the person's own matters; the one there is when it is open already."""
    about = Feed.About.SCHOOL if school else Feed.About.ROADMAP if roadmap else Feed.About.PERSON
    found = Feed.objects.filter(owner=owner, about=about, school=school, roadmap=roadmap).first()
    if found is not None:
        return found
    feed = Feed(owner=owner, about=about, school=school, roadmap=roadmap, nonce=_nonce(), made_at=at)
    try:
        with transaction.atomic():
            feed.save(force_insert=True)
    except IntegrityError:
        return Feed.objects.get(owner=owner, about=about, school=school, roadmap=roadmap)
    record(feed, "calendar.opened", by=by, at=at, about=about, of=str(school or roadmap or owner))
    return feed


@transaction.atomic
def renew_feed(*, feed: Feed, by: User, at: datetime) -> None:
    """Give a feed another address; whoever has the old one reads nothing any more."""
    feed.nonce = _nonce()
    feed.save(update_fields=["nonce"])
    record(feed, "calendar.renewed", by=by, at=at, about=feed.about)


@transaction.atomic
def close_feed(*, feed: Feed, by: User, at: datetime) -> None:
    """Close a feed: its address is no more."""
    record(feed, "calendar.closed", by=by, at=at, about=feed.about)
    feed.delete()


def _nonce() -> str:
    return secrets.token_hex(16)
