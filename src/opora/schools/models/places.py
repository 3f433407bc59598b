"""Places: regions, municipalities with their methodical centre, schools, and who takes part in what."""

from __future__ import annotations

from django.db import models


class Region(models.Model):
    """A subject of the federation; the institution that coordinates differs, so its name is data."""

    name = models.CharField("название", max_length=200, unique=True)
    coordinator_name = models.CharField("учреждение регионального координатора", max_length=300, blank=True)

    class Meta:
        verbose_name = "регион"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality and its methodical centre: the requisites stand on every paper."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="municipalities")
    name = models.CharField("название", max_length=200)
    centre_name = models.CharField("методический центр, полностью", max_length=300)
    centre_short_name = models.CharField("методический центр, коротко", max_length=150)
    centre_address = models.CharField("адрес и телефон для бланка", max_length=500, blank=True)
    place = models.CharField("место составления документов", max_length=150, blank=True)
    head_post = models.CharField("должность руководителя", max_length=200)
    head_name = models.CharField("руководитель: фамилия, имя, отчество", max_length=300)
    is_fictional = models.BooleanField("вымышленное, для примера", default=False)

    class Meta:
        verbose_name = "муниципалитет"
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=("region", "name"), name="municipality_once")]

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A school; `number` sorts and stands in the bridge, `folded_name` finds it whatever the letter case."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="schools")
    name = models.CharField("полное название", max_length=300)
    short_name = models.CharField("короткое название", max_length=100)
    number = models.PositiveIntegerField("номер", null=True, blank=True)
    folded_name = models.CharField("название для поиска", max_length=410, db_index=True)
    site = models.URLField("сайт", blank=True)
    address = models.CharField("адрес", max_length=300, blank=True)
    phone = models.CharField("телефон", max_length=100, blank=True)
    # Degrees, WGS 84: how far curators have to travel when they work across municipalities.
    latitude = models.DecimalField("широта", max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField("долгота", max_digits=8, decimal_places=5, null=True, blank=True)
    is_fictional = models.BooleanField("вымышленная, для примера", default=False)

    class Meta:
        verbose_name = "школа"
        ordering = ("number", "folded_name")
        constraints = [
            models.UniqueConstraint(fields=("municipality", "short_name"), name="school_once"),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="school_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class Participation(models.Model):
    """A school in a programme: ШНОР, ШССУ or both, since a day and until a day."""

    class Kind(models.TextChoices):
        LOW_RESULTS = "low_results", "ШНОР"
        HARD_CONDITIONS = "hard_conditions", "ШССУ"
        BOTH = "both", "ШНОР и ШССУ"

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="participations")
    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="participations"
    )
    kind = models.CharField("категория", max_length=20, choices=Kind.choices, default=Kind.LOW_RESULTS)
    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)
    leave_reason = models.CharField("почему выбыла", max_length=300, blank=True)

    class Meta:
        verbose_name = "участие"
        constraints = [
            models.UniqueConstraint(fields=("school", "programme"), name="participation_once"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="participation_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.programme}"
