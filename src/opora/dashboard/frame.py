"""What the frame of every page shows: navigation by rights, the roadmap chosen, the day, the way things look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from opora.plans.models import Roadmap
from opora.plans.queries import roadmaps_seen_by

THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class Door:
    """One line of the navigation."""

    address: str
    icon: str
    words: str
    permission: str = ""
    inside: str = ""

    def is_open(self, path: str) -> bool:
        """Whether a page with this address stands behind the door."""
        return self.address != "/" and path.startswith(self.inside or self.address)


ROOMS = (
    Door("/today/", "day", "Мой день"),
    Door("/roadmap/", "road", "Дорожная карта", "plans.see", "/roadmaps/"),
    Door("/schools/", "school", "Школы", "schools.see"),
    Door("/risks/", "risk", "Риски и матрицы", "risks.see"),
    Door("/visits/", "visit", "Посещения", "visits.see"),
    Door("/appointments/", "user", "Назначения", "appointments.see"),
    Door("/documents/", "doc", "Документы", "documents.see"),
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


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of the frame. One query (the roadmaps to choose from) for a person, none for a stranger."""
    theme = request.COOKIES.get("theme", "auto")
    look = {
        "theme": theme if theme in THEMES else "auto",
        "vision": request.COOKIES.get("vision") == "on",
        "as_of": getattr(request, "as_of", None),
        "today": getattr(request, "today", None),
    }
    access = getattr(request, "access", None)
    if access is None:
        return look
    roadmaps = seen_roadmaps(request)
    chosen = request.session.get("roadmap")
    return {
        **look,
        "access": access,
        "rooms": _open(ROOMS, access.permissions, request.path),
        "tools": _open(TOOLS, access.permissions, request.path),
        "roadmaps": roadmaps,
        "roadmap_chosen": next(
            (one for one in roadmaps if one.pk == chosen), roadmaps[0] if roadmaps else None
        ),
    }


def _open(doors: tuple[Door, ...], permissions: frozenset[str], path: str) -> list[tuple[Door, bool]]:
    return [
        (door, door.is_open(path)) for door in doors if not door.permission or door.permission in permissions
    ]
