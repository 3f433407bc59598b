"""`./opora standings`: the state of every line on a day, for a person or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from opora.core.arguments import day
from opora.core.command import RussianCommand
from opora.core.standing import standing_day
from opora.indicators.queries import standings
from opora.indicators.state import LineState, summary
from opora.plans.models import Roadmap
from opora.plans.queries import roadmaps_asked

WIDTH = 60


class Command(RussianCommand):
    help = "Показать состояние всех пунктов на дату: сколько ждём, что подтверждено, кого не хватает."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--roadmap", type=int, metavar="N", help="только одна дорожная карта")
        parser.add_argument("--on", type=day, metavar="ГГГГ-ММ-ДД", help="на какую дату, иначе сегодня")
        parser.add_argument("--json", action="store_true", help="для программ: JSON в одну строку")

    def handle(self, *arguments: Any, **options: Any) -> None:
        on = options["on"] or standing_day(timezone.localdate())
        roadmaps = roadmaps_asked(options["roadmap"])
        counted = standings(roadmaps, on)
        if options["json"]:
            told = [_as_data(roadmap, counted[roadmap.pk], on) for roadmap in roadmaps]
            self.stdout.write(json.dumps(told, ensure_ascii=False, default=date.isoformat))
            return
        for roadmap in roadmaps:
            self._tell(roadmap, counted[roadmap.pk], on)

    def _tell(self, roadmap: Roadmap, states: Sequence[LineState], on: date) -> None:
        whole = summary(states)
        self.stdout.write(f"{roadmap.pk}. {roadmap.title} ({roadmap.municipality})")
        self.stdout.write(
            f"На {on:%d.%m.%Y}: пунктов {whole.total}, выполнено {whole.finished}, "
            f"в работе {whole.under_way}, срок прошёл у {whole.late}, впереди {whole.ahead}.\n"
        )
        for state in states:
            words = state.activity.text
            cut = words if len(words) <= WIDTH else f"{words[: WIDTH - 1].rstrip()}…"
            figures = f"{state.found} из {state.expected}" if state.expected > 1 else ""
            self.stdout.write(
                f"{state.activity.number:>5}  {state.status.title:<24}{figures:<12}{cut}".rstrip()
            )
        self.stdout.write("")


def _as_data(roadmap: Roadmap, states: Sequence[LineState], on: date) -> dict[str, Any]:
    return {
        "roadmap": roadmap.pk,
        "title": roadmap.title,
        "municipality": roadmap.municipality.name,
        "on": on,
        "lines": [
            {
                "number": state.activity.number,
                "text": state.activity.text,
                "starts_on": state.activity.starts_on,
                "ends_on": state.activity.ends_on,
                "status": state.status.code,
                "late_by": state.status.late_by,
                "expected": state.expected,
                "found": state.found,
                "reported": state.reported,
                "excused": len(state.excused),
                "done_on": state.done_on,
                "missing": [one.name for one in state.missing],
            }
            for state in states
        ],
    }
