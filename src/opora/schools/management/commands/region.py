"""`./opora region`: a region, its coordinating institution and its first coordinator, for whoever keeps the server."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils import timezone

from opora.accounts.models import User
from opora.appointments.actions import appoint
from opora.appointments.models import Appointment, Duty
from opora.appointments.queries import in_force
from opora.core.command import RussianCommand
from opora.core.refusal import Refused
from opora.core.russian import fold
from opora.programmes.queries import programme_on
from opora.schools.actions.places import add_region, change_region
from opora.schools.models import Region


class Command(RussianCommand):
    help = (
        "Внести регион или поправить учреждение его координатора. Прав выше региона в «Опоре» нет, поэтому регион "
        "вносит тот, кто ведёт сервер. Повторный запуск ничего не удваивает."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="НАЗВАНИЕ", help="например, «Примерская область»")
        parser.add_argument(
            "--coordinator", metavar="УЧРЕЖДЕНИЕ", help="учреждение регионального координатора"
        )
        parser.add_argument(
            "--person",
            metavar="ПОЧТА",
            help="назначить этого человека первым региональным координатором; дальше муниципалитеты вносит он",
        )

    @transaction.atomic
    def handle(self, *arguments: Any, **options: Any) -> None:
        at = timezone.now()
        self.stdout.write(self._settle(options["name"], options["coordinator"], at))
        if options["person"] is not None:
            self.stdout.write(self._lead(_region(options["name"]), options["person"], at))

    def _settle(self, name: str, coordinator: str | None, at: datetime) -> str:
        region = _region(name)
        if region is None:
            made = add_region(name=name, coordinator_name=coordinator or "", by=None, at=at)
            return f"Регион «{made}» внесён."
        if coordinator is None:
            return f"Регион «{region}» уже есть, ничего не изменено."
        if change_region(region=region, coordinator_name=coordinator, by=None, at=at):
            return f"Регион «{region}»: учреждение координатора — {region.coordinator_name or 'не указано'}."
        return f"Регион «{region}» уже есть с этим учреждением, ничего не изменено."

    def _lead(self, region: Region | None, email: str, at: datetime) -> str:
        person = User.objects.filter(email__iexact=email.strip()).first()
        programme, today = programme_on(timezone.localdate(at)), timezone.localdate(at)
        if person is None or region is None:
            raise Refused(f"Человека с почтой «{email}» нет. Его заводят на странице «Люди».")
        if programme is None:
            raise Refused("Программ пока нет. Их загружает команда «./opora init».")
        duty = Duty.REGIONAL_COORDINATOR
        held = Appointment.objects.filter(in_force(today), region=region, duty=duty, programme=programme)
        if held.filter(person=person).exists():
            return f"{person} уже региональный координатор."
        if held.exists():
            raise Refused(
                f"У региона «{region}» координатор уже есть: дальше назначает он и методические центры."
            )
        appoint(person=person, duty=duty, programme=programme, place=region, since=today, by=None, at=at)
        return f"{person} — региональный координатор: {region}."


def _region(name: str) -> Region | None:
    """The region of a name, whatever its letters."""
    return next((one for one in Region.objects.all() if fold(one.name) == fold(name)), None)
