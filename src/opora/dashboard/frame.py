"""What the frame of every page shows: navigation by rights, the roadmap chosen, the day, the way things look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

from opora.appointments.queries import programme_served
from opora.core.personal_signs import noticed
from opora.plans.models import Roadmap
from opora.plans.queries import roadmaps_seen_by
from opora.programmes.models import Programme
from opora.programmes.queries import programme_on

THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class Door:
    """One line of the navigation."""

    address: str
    icon: str
    words: str
    permission: str = ""
    inside: str | tuple[str, ...] = ""

    def is_open(self, path: str) -> bool:
        """Whether a page with this address stands behind the door."""
        return self.address != "/" and path.startswith(self.inside or self.address)


# The door to the risks says the word of the programme: «Риски и матрицы», «Направления и матрицы».
RISKS = Door("/risks/", "risk", "Риски и матрицы", "risks.see")
ROOMS = (
    Door("/today/", "day", "Мой день"),
    Door("/roadmap/", "road", "Дорожная карта", "plans.see", "/roadmaps/"),
    Door("/schools/", "school", "Школы", "schools.see"),
    RISKS,
    Door("/visits/", "visit", "Посещения", "visits.see"),
    Door("/appointments/", "user", "Назначения", "appointments.see"),
    Door(
        "/documents/", "doc", "Документы", "documents.see", ("/documents/", "/marks/", "/forms/", "/words/")
    ),
    Door("/collections/", "form", "Сборы и анкеты", "collections.see"),
    Door("/obligations/", "form", "Заполнить", "collections.answer"),
    Door("/reviews/", "review", "Экспертиза", "reviews.see"),
    Door("/examinations/", "review", "Рассмотреть", "reviews.examine"),
    Door("/reports/", "report", "Отчёты", "reports.see"),
)
TOOLS = (
    Door("/", "globe", "Портал"),
    Door("/imports/", "up", "Загрузка приказа", "plans.edit"),
    Door("/settings/", "tune", "Настройки", "people.edit"),
    Door("/help/", "info", "Справка"),
)


def seen_roadmaps(request: Any) -> list[Roadmap]:
    """The roadmaps that the person of a request sees, asked once for the page and its frame."""
    if not hasattr(request, "roadmaps"):
        request.roadmaps = list(roadmaps_seen_by(request.access))
    found: list[Roadmap] = request.roadmaps
    return found


def chosen_roadmap(request: Any) -> Roadmap | None:
    """The roadmap that the page is about, else the one chosen above, else the first of those that the person sees."""
    shown: Roadmap | None = getattr(request, "roadmap_shown", None)
    if shown is not None:
        return shown
    roadmaps, asked = seen_roadmaps(request), request.session.get("roadmap")
    return next((one for one in roadmaps if one.pk == asked), roadmaps[0] if roadmaps else None)


def programme_spoken_of(request: Any) -> Programme | None:
    """The programme of the roadmap chosen, else of the person's duty, else the one that runs on the day; asked once."""
    if not hasattr(request, "programme"):
        roadmap = chosen_roadmap(request)
        if roadmap:
            request.programme = roadmap.programme
        else:
            request.programme = programme_served(request.user, request.as_of) or programme_on(request.as_of)
    found: Programme | None = request.programme
    return found


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of the frame. A query for a person (roadmaps), two without any, none for a stranger."""
    theme = request.COOKIES.get("theme", "auto")
    look = {
        "theme": theme if theme in THEMES else "auto",
        "vision": request.COOKIES.get("vision") == "on",
        "as_of": getattr(request, "as_of", None),
        "today": getattr(request, "today", None),
        "personal_signs": noticed(),
        "path_of_day": _path_but_for_day(request),
    }
    access = getattr(request, "access", None)
    if access is None:
        return look
    return {
        **look,
        "access": access,
        "rooms": _open(_rooms(request), access.permissions, request.path),
        "tools": _open(TOOLS, access.permissions, request.path),
        "roadmaps": seen_roadmaps(request),
        "roadmap_chosen": chosen_roadmap(request),
    }


def _path_but_for_day(request: HttpRequest) -> str:
    """The address of this page without the day that it alone is asked for."""
    parts = request.GET.copy()
    parts.pop("on", None)
    return f"{request.path}?{parts.urlencode()}" if parts else request.path


def _rooms(request: Any) -> tuple[Door, ...]:
    # Without a roadmap the programme costs a query: it is asked for those alone who see the door.
    may_see = RISKS.permission in request.access.permissions
    programme = programme_spoken_of(request) if may_see else None
    if programme is None:
        return ROOMS
    words = f"{programme.words.all.capitalize()} и матрицы"
    return tuple(replace(door, words=words) if door is RISKS else door for door in ROOMS)


def _open(doors: tuple[Door, ...], permissions: frozenset[str], path: str) -> list[tuple[Door, bool]]:
    return [
        (door, door.is_open(path)) for door in doors if not door.permission or door.permission in permissions
    ]
