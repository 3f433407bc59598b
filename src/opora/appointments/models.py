"""Appointments: a person, a duty, a place, an order, since and until."""

from __future__ import annotations

from django.db import models


class Duty(models.TextChoices):
    """What a person is appointed to do (domain, section 1)."""

    REGIONAL_COORDINATOR = "regional_coordinator", "региональный координатор"
    MUNICIPAL_COORDINATOR = "municipal_coordinator", "муниципальный координатор"
    HEAD = "head", "директор центра"
    CURATOR = "curator", "куратор"
    SCHOOL_COORDINATOR = "school_coordinator", "школьный координатор"
    EXPERT = "expert", "эксперт"


class Appointment(models.Model):
    """One person in one duty at one place; history is kept by closing and opening, never by rewriting."""

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="appointments")
    duty = models.CharField("обязанность", max_length=30, choices=Duty.choices)
    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="appointments"
    )
    region = models.ForeignKey("schools.Region", on_delete=models.PROTECT, null=True, blank=True)
    municipality = models.ForeignKey("schools.Municipality", on_delete=models.PROTECT, null=True, blank=True)
    school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    order_number = models.CharField("номер приказа", max_length=50, blank=True)
    order_date = models.DateField("дата приказа", null=True, blank=True)
    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)
    release_reason = models.CharField("почему освобождён", max_length=300, blank=True)

    class Meta:
        verbose_name = "назначение"
        ordering = ("since", "pk")
        indexes = [
            models.Index(fields=("school", "duty"), name="appointment_school"),
            models.Index(fields=("person", "until"), name="appointment_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="appointment_term",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(region__isnull=False, municipality__isnull=True, school__isnull=True)
                    | models.Q(region__isnull=True, municipality__isnull=False, school__isnull=True)
                    | models.Q(region__isnull=True, municipality__isnull=True, school__isnull=False)
                ),
                name="appointment_one_place",
            ),
            models.UniqueConstraint(
                fields=("person", "duty", "programme", "school"),
                condition=models.Q(until__isnull=True, school__isnull=False),
                name="appointment_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_duty_display()}, {self.place}"

    @property
    def place(self) -> str:
        return str(self.school or self.municipality or self.region)


class NameForm(models.Model):
    """A word of a name or a whole post in a case, as a person mended it for papers."""

    class Case(models.TextChoices):
        ACCUSATIVE = "accusative", "винительный"

    original = models.CharField("как пишется", max_length=200)
    case = models.CharField("падеж", max_length=20, choices=Case.choices, default=Case.ACCUSATIVE)
    form = models.CharField("в этом падеже", max_length=200)

    class Meta:
        verbose_name = "форма имени"
        ordering = ("original",)
        constraints = [models.UniqueConstraint(fields=("original", "case"), name="name_form_once")]

    def __str__(self) -> str:
        return f"{self.original} → {self.form}"


class CuratorCompetence(models.Model):
    """A factor of risk that a person knows how to work with, as the coordinator marked it."""

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="competences")
    factor = models.ForeignKey("programmes.RiskFactor", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "с чем работает куратор"
        ordering = ("person", "factor")
        constraints = [models.UniqueConstraint(fields=("person", "factor"), name="competence_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.factor}"
