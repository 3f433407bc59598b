"""Appointing, releasing, replacing, many at once, and everything that is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from opora.accounts.models import User
from opora.appointments import actions
from opora.appointments.actions import Newcomer, Wish
from opora.appointments.models import Appointment, NameForm
from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from opora.programmes.models import Programme
from tests.appointments.town import AT, TODAY, Town, person

SINCE = date(2022, 9, 1)


def appoint(town: Town, who: User, duty: str = "curator", **more: object) -> Appointment:
    said = {"place": town.schools[1], "since": SINCE, "by": town.coordinator, "at": AT, **more}
    return actions.appoint(person=who, duty=duty, programme=town.programme, **said)


def test_an_appointment_is_kept_with_its_order_and_a_line_of_history(town: Town) -> None:
    made = appoint(town, town.curator, order_number=" 12-ОД ", order_date=date(2022, 8, 30))
    assert (made.order_number, made.school, made.municipality, made.region) == (
        "12-ОД",
        town.schools[1],
        None,
        None,
    )
    assert HistoryEntry.objects.get(subject_kind="appointments.appointment", subject_id=made.pk).verb == (
        "appointment.opened"
    )


def test_a_past_day_is_accepted(town: Town) -> None:
    assert appoint(town, town.curator, since=date(2020, 9, 1)).since == date(2020, 9, 1)


@pytest.mark.parametrize("duty", ["regional_coordinator", "municipal_coordinator", "head", "expert"])
def test_a_duty_of_a_centre_is_not_given_at_a_school(town: Town, duty: str) -> None:
    with pytest.raises(Refused, match="назначается на"):
        appoint(town, person("Новая"), duty)


@pytest.mark.parametrize("duty", ["curator", "school_coordinator"])
def test_a_duty_of_a_school_is_not_given_at_a_centre(town: Town, duty: str) -> None:
    with pytest.raises(Refused, match="на школу"):
        appoint(town, person("Новая"), duty, place=town.municipality)


def test_nobody_curates_the_own_school(town: Town) -> None:
    with pytest.raises(Refused, match="координатор этой же школы"):
        appoint(town, town.keeper, place=town.schools[0])
    with pytest.raises(Refused, match="куратор этой же школы"):
        appoint(town, town.curator, "school_coordinator", place=town.schools[0])


@pytest.mark.parametrize(
    "workplace", ["Школа № 102", "школа №  102".replace("  ", " "), "МОУ «Школа № 102» (вымышленная)"]
)
def test_nobody_curates_the_school_of_the_own_work(town: Town, workplace: str) -> None:
    with pytest.raises(Refused, match="работает в этой школе"):
        appoint(town, person("Новая", workplace=workplace))


def test_a_former_coordinator_curates_the_own_school_only_after_a_year(town: Town) -> None:
    held = Appointment.objects.get(person=town.keeper)
    actions.release(appointment=held, until=date(2022, 5, 31), reason="перешла", by=town.coordinator, at=AT)

    with pytest.raises(Refused, match="года ещё не прошло"):
        appoint(town, town.keeper, place=town.schools[0])

    assert appoint(town, town.keeper, place=town.schools[1]).pk, "another school is not one's own"
    assert appoint(town, town.keeper, place=town.schools[0], since=date(2023, 5, 31)).pk


def test_the_own_school_is_own_in_every_programme(town: Town) -> None:
    held = Appointment.objects.get(person=town.keeper)
    held.programme = Programme.objects.create(
        code="other", name="Другая", short_name="Другая", year=2022, starts_on=held.since, ends_on=TODAY
    )
    held.save()

    with pytest.raises(Refused, match="координатор этой же школы в другой программе"):
        appoint(town, town.keeper, place=town.schools[0])


def test_the_same_duty_is_not_given_twice_at_a_place(town: Town) -> None:
    with pytest.raises(Refused, match="уже куратор: Школа № 101"):
        appoint(town, town.curator, place=town.schools[0])
    with pytest.raises(Refused, match="уже эксперт"):
        appoint(town, town.expert, "expert", place=town.municipality)


def test_a_school_has_one_coordinator_and_may_have_two_curators(town: Town) -> None:
    with pytest.raises(Refused, match=r"уже есть — Камнева А. П.".replace(" ", r"\s")):
        appoint(town, person("Новая"), "school_coordinator", place=town.schools[0])
    assert appoint(town, person("Вторая"), place=town.schools[0]).pk


def test_a_day_more_than_a_year_ahead_is_refused(town: Town) -> None:
    appoint(town, town.curator, since=TODAY + timedelta(days=366))
    with pytest.raises(Refused, match="больше чем через год"):
        appoint(town, person("Новая"), since=TODAY + timedelta(days=367))


def test_an_order_of_tomorrow_is_refused(town: Town) -> None:
    with pytest.raises(Refused, match="будущим днём"):
        appoint(town, town.curator, order_number="1", order_date=TODAY + timedelta(days=1))


def test_a_release_keeps_its_day_and_reason(town: Town) -> None:
    held = Appointment.objects.get(person=town.curator)
    actions.release(appointment=held, until=date(2022, 5, 31), reason="переезд", by=town.coordinator, at=AT)
    held.refresh_from_db()
    assert (held.until, held.release_reason) == (date(2022, 5, 31), "переезд")
    with pytest.raises(Refused, match="уже закрыто"):
        actions.release(appointment=held, until=TODAY, reason="ещё раз", by=town.coordinator, at=AT)


@pytest.mark.parametrize(
    ("until", "reason", "words"),
    [
        (date(2022, 1, 9), "переезд", "не может быть раньше первого"),
        (date(2022, 5, 31), "  ", "почему"),
        (date(2024, 1, 1), "переезд", "больше чем через год"),
    ],
)
def test_a_release_that_makes_no_sense_is_refused(town: Town, until: date, reason: str, words: str) -> None:
    held = Appointment.objects.get(person=town.curator)
    with pytest.raises(Refused, match=words):
        actions.release(appointment=held, until=until, reason=reason, by=town.coordinator, at=AT)
    held.refresh_from_db()
    assert held.until is None


def test_a_replacement_leaves_no_gap_and_no_overlap(town: Town) -> None:
    held = Appointment.objects.get(person=town.keeper)
    made = actions.replace(
        appointment=held, person=person("Новая"), since=SINCE, reason="отпуск", by=town.coordinator, at=AT
    )
    held.refresh_from_db()
    assert held.until == date(2022, 8, 31)
    assert (made.since, made.duty, made.school) == (SINCE, "school_coordinator", town.schools[0])


def test_a_refused_replacement_releases_nobody(town: Town) -> None:
    held = Appointment.objects.get(person=town.keeper)
    with pytest.raises(Refused, match="куратор этой же школы"):
        actions.replace(
            appointment=held, person=town.curator, since=SINCE, reason="отпуск", by=town.coordinator, at=AT
        )
    held.refresh_from_db()
    assert held.until is None


def test_many_are_appointed_together_and_a_newcomer_is_entered_once(town: Town) -> None:
    newcomer = Newcomer("Ростверкова", "Ольга", "Ильинична", "olga@example.test")
    made = actions.appoint_many(
        wishes=[Wish(newcomer, "curator", school) for school in town.schools],
        programme=town.programme,
        order_number="12",
        order_date=date(2022, 8, 30),
        since=SINCE,
        by=town.coordinator,
        at=AT,
    )
    assert {row.person.last_name for row in made} == {"Ростверкова"}
    assert User.objects.filter(last_name="Ростверкова").count() == 1


def test_one_bad_row_of_many_leaves_nothing(town: Town) -> None:
    before = Appointment.objects.count()
    wishes = [
        Wish(Newcomer("Ростверкова", "Ольга"), "curator", town.schools[1]),
        Wish(town.keeper, "curator", town.schools[0]),
    ]
    with pytest.raises(Refused, match="Строка 2: "):
        actions.appoint_many(wishes=wishes, programme=town.programme, since=SINCE, by=town.coordinator, at=AT)
    assert Appointment.objects.count() == before
    assert not User.objects.filter(last_name="Ростверкова").exists()


def test_an_order_is_written_into_appointments_that_had_none(town: Town) -> None:
    held = list(Appointment.objects.filter(person__in=[town.curator, town.keeper]))
    actions.note_order(
        appointments=held, order_number="7", order_date=date(2022, 1, 10), by=town.coordinator, at=AT
    )
    assert set(Appointment.objects.filter(pk__in=[row.pk for row in held]).values_list("order_number")) == {
        ("7",)
    }
    with pytest.raises(Refused, match="уже указан"):
        actions.note_order(
            appointments=held, order_number="8", order_date=date(2022, 1, 10), by=town.coordinator, at=AT
        )


def test_a_mended_form_is_kept_and_forgotten(town: Town) -> None:
    actions.mend_name_forms(forms={"Коваль": "Коваля"}, by=town.coordinator, at=AT)
    actions.mend_name_forms(forms={"Коваль": "Коваль"}, by=town.coordinator, at=AT)
    assert NameForm.objects.get().form == "Коваль"
    actions.mend_name_forms(forms={"Коваль": ""}, by=town.coordinator, at=AT)
    assert not NameForm.objects.exists()
