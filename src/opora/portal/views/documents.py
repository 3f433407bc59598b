"""Public pages of published documents: the list, one document, its file, the feeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.timezone import make_aware

from opora.appointments.guard import open_to_all
from opora.core.addresses import full_address, lasting_name
from opora.core.russian import fold
from opora.dashboard.request import Request
from opora.documents.models import Publication
from opora.documents.publicity import past_on_portal
from opora.documents.views.files import given_out
from opora.portal.queries import dates_of, elsewhere, on_portal
from opora.portal.views.roadmaps import day_of

PAGE = 50
IN_FEED = 30


@dataclass(frozen=True, slots=True)
class News:
    """One item of a feed: `address` is ours and begins with a slash; with `key` it is told from others of the page."""

    title: str
    address: str
    key: str
    says: str
    on: date


@open_to_all
def public_document_list(request: Request) -> HttpResponse:
    """Everything that is published on the portal on the day, found by words; the latest first."""
    words = request.GET.get("q", "")[:200].replace("\x00", "")
    found = on_portal(day_of(request))
    for word in fold(words).split():
        found = found.filter(document__folded_title__contains=word)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/public_document_list.html", {"page": page, "words": words})


@open_to_all
def public_document(request: Request, pk: int) -> HttpResponse:
    """One published document with the days of its publication and change; one taken down says so and why (410)."""
    day = day_of(request)
    past = list(past_on_portal(pk, day))
    publication = on_portal(day).filter(document=pk).first()
    if publication is None and past:
        # Neither the title nor the file: they may be the very reason. The days and the reason stay to be read.
        return render(
            request, "portal/taken_down.html", {"past": past, "document": past[0].document}, status=410
        )
    publication = publication or _publication(request, pk)
    first, last = dates_of(publication.document)
    context = {
        "publication": publication,
        "document": publication.document,
        "past": past,
        "first": first,
        "last": last,
        "addresses": elsewhere(day).filter(document=pk),
    }
    return render(request, "portal/public_document.html", context)


@open_to_all  # type: ignore[arg-type]  # -- a streamed answer is an answer too
def public_file(request: Request, pk: int) -> FileResponse:
    """The very file that was published: a later version does not replace it by itself."""
    version = _publication(request, pk).version
    assert version is not None
    return given_out(version.file, version.name, is_inline=request.GET.get("inline") == "1")


@open_to_all
def news_atom(request: Request) -> HttpResponse:
    """The latest publications as an Atom feed."""
    return _news(request, Atom1Feed, "portal:news_atom")


@open_to_all
def news_rss(request: Request) -> HttpResponse:
    """The latest publications as an RSS feed."""
    return _news(request, Rss201rev2Feed, "portal:news_rss")


def _publication(request: Request, pk: int) -> Publication:
    return get_object_or_404(on_portal(day_of(request)).filter(document=pk)[:1])


def _news(request: Request, kind: type[Atom1Feed] | type[Rss201rev2Feed], name: str) -> HttpResponse:
    found = on_portal(day_of(request))
    return feed_of(kind, found, title="Опора: опубликованные документы", address=reverse(name))


def feed_of(
    kind: type[Atom1Feed] | type[Rss201rev2Feed],
    publications: QuerySet[Publication],
    *,
    title: str,
    address: str,
) -> HttpResponse:
    """The latest of the publications as a feed that stands at an address of ours."""
    return feed_with(kind, news_of(publications), title=title, address=address)


def news_of(publications: QuerySet[Publication]) -> list[News]:
    """The latest of the publications as news."""
    return [
        News(
            title=one.document.title,
            address=reverse("portal:public_document", args=[one.document_id]),
            key=str(one.pk),
            says=f"{one.document.municipality.name}, документ от {one.document.dated_on:%d.%m.%Y}",
            on=one.published_on,
        )
        for one in publications[:IN_FEED]
    ]


def feed_with(
    kind: type[Atom1Feed] | type[Rss201rev2Feed], news: Sequence[News], *, title: str, address: str
) -> HttpResponse:
    """The news as a feed that stands at an address of ours."""
    feed = kind(
        title=title,
        link=full_address("/"),
        description="Отчёты и документы проекта помощи школам",
        language="ru",
        feed_url=full_address(address),
        feed_guid=lasting_name(address),
    )
    for one in news[:IN_FEED]:
        moment = make_aware(datetime.combine(one.on, time(12)))
        feed.add_item(
            title=one.title,
            link=full_address(one.address),
            description=one.says,
            unique_id=lasting_name(f"{one.address}{one.key}"),
            unique_id_is_permalink=False,
            pubdate=moment,
            updateddate=moment,
        )
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response
