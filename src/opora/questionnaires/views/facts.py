"""What the product knows of whoever answers, gathered from the rooms around for `opora.questionnaires.known`."""

from __future__ import annotations

from datetime import date
from typing import Any

from opora.accounts.models import User
from opora.appointments.models import Appointment, Duty
from opora.appointments.queries import in_force
from opora.questionnaires.models import Respondent
from opora.schools.models import School
from opora.schools.risks import cells_on
from opora.visits.models import Visit


def facts_of(respondent: Respondent, person: User, on: date) -> dict[str, Any]:
    """The facts by the names of `known.KNOWN`. Of a nameless collection nothing that would tell who answers."""
    collection = respondent.collection
    told: dict[str, Any] = {
        "opora_programme": str(collection.programme),
        "opora_year": collection.programme.year,
        "opora_municipality": collection.municipality.name,
        "opora_centre": collection.municipality.centre_name,
        "opora_stage": collection.stage.name if collection.stage else "",
        "opora_today": on.isoformat(),
    }
    if collection.is_anonymous:
        return told
    told |= {"opora_person": person.full_name, "opora_post": person.post}
    duties = Appointment.objects.filter(in_force(on), programme=collection.programme)
    if respondent.person is not None:
        led = list(duties.filter(person=respondent.person, school__isnull=False).select_related("school"))
        schools = [one.school.short_name for one in led if one.duty == Duty.CURATOR and one.school]
        own = [one.school for one in led if one.duty == Duty.SCHOOL_COORDINATOR]
        told |= {"opora_schools": schools, "opora_schools_count": len(schools)}
        return told | (_of_school(own[0], respondent, on) if len(own) == 1 and own[0] else {})
    assert respondent.school is not None
    return told | _of_school(respondent.school, respondent, on)


def _of_school(school: School, respondent: Respondent, on: date) -> dict[str, Any]:
    programme = respondent.collection.programme
    duties = Appointment.objects.filter(in_force(on), programme=programme, school=school).select_related(
        "person"
    )
    people = {one.duty: one.person.full_name for one in duties.order_by("-since", "-pk")}
    risks = list(
        cells_on(on, participation__school=school, participation__programme=programme)
        .filter(is_chosen=True)
        .order_by("factor__number")
        .values_list("factor__name", flat=True)
    )
    visits = Visit.objects.filter(school=school, programme=programme, held_on__lte=on, cancelled_on=None)
    return {
        "opora_school": school.name,
        "opora_school_number": school.number,
        "opora_curator": people.get(Duty.CURATOR, ""),
        "opora_coordinator": people.get(Duty.SCHOOL_COORDINATOR, ""),
        "opora_chosen_risks": risks,
        "opora_chosen_risks_count": len(risks),
        "opora_visits_held": visits.count(),
    }
