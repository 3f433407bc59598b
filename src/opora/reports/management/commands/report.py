"""`./opora report`: a report of a roadmap as a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from opora.core.arguments import day
from opora.core.command import RussianCommand
from opora.core.refusal import Refused
from opora.core.standing import standing_day
from opora.plans.models import Roadmap
from opora.plans.queries import roadmaps_asked
from opora.reports.asked import Asked
from opora.reports.models import Issue
from opora.reports.papers import ENDINGS, file_of
from opora.reports.register import KINDS, ReportKind, kinds_of


class Command(RussianCommand):
    help = "Собрать отчёт по дорожной карте и записать его в файл Word, PDF или Excel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--roadmap", type=int, metavar="N", help="номер карты, если их несколько")
        parser.add_argument(
            "--kind",
            choices=[kind.code for kind in kinds_of("roadmap")],
            default="progress",
            help="; ".join(f"{kind.code} — {kind.title.lower()}" for kind in kinds_of("roadmap")),
        )
        parser.add_argument(
            "--stretch",
            choices=Issue.Stretch.values,
            default=Issue.Stretch.CUMULATIVE.value,
            help="interim — промежуточный, cumulative — с нарастающим итогом, stretch — за период",
        )
        parser.add_argument("--since", type=day, metavar="ГГГГ-ММ-ДД", help="прибавку считать с этого дня")
        parser.add_argument(
            "--about",
            metavar="О ЧЁМ",
            help="section:2, stage:2, survey:5, round:3; иначе о целом или о последнем",
        )
        parser.add_argument("--on", type=day, metavar="ГГГГ-ММ-ДД", help="на какую дату, иначе сегодня")
        parser.add_argument("--to", type=Path, required=True, metavar="ФАЙЛ", help="куда: .docx, .pdf, .xlsx")

    def handle(self, *arguments: Any, **options: Any) -> None:
        place: Path = options["to"]
        ending = place.suffix.lower().removeprefix(".")
        if ending not in ENDINGS:
            raise Refused(f"Имя файла кончается на «{place.suffix}», а бывает .docx, .pdf или .xlsx.")
        if not place.parent.is_dir():
            raise Refused(f"Папки «{place.parent}» нет. Создайте её или укажите другую.")
        roadmap = _chosen(options["roadmap"])
        on = options["on"] or standing_day(timezone.localdate())
        since = options["since"] or roadmap.programme.starts_on
        if since > on:
            raise Refused(f"Начало {since:%d.%m.%Y} позже дня отчёта {on:%d.%m.%Y}.")
        kind = KINDS[options["kind"]]
        asked = Asked(
            programme=roadmap.programme,
            roadmap=roadmap,
            since=since,
            as_of=on,
            stretch=options["stretch"],
            about=_about(kind, roadmap, on, options["about"] or ""),
        )
        built = kind.build(asked)
        place.write_bytes(file_of(kind, built, ending, place=asked.place))
        self.stdout.write(f"{built.head.title}, на {on:%d.%m.%Y}: {place}")


def _about(kind: ReportKind, roadmap: Roadmap, on: date, told: str) -> str:
    topics = kind.topics(roadmap, on) if kind.topics else []
    if told and told not in dict(topics):
        offered = "\n".join(f"  {key}  {words}" for key, words in topics if key) or "  нечего выбрать"
        raise Refused(f"О «{told}» такого отчёта нет. Бывает:\n{offered}")
    return told


def _chosen(number: int | None) -> Roadmap:
    found = roadmaps_asked(number)
    if len(found) > 1:
        told = "\n".join(f"  {one.pk}  {one.title} ({one.municipality})" for one in found)
        raise Refused(f"Дорожных карт несколько. Укажите --roadmap:\n{told}")
    return found[0]
