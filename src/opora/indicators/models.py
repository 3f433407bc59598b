"""What each line promises to be counted by, who is excused, and the readings of its state by days."""

from __future__ import annotations

from django.db import models


class Indicator(models.Model):
    """How one line counts itself: a kind, for whom (scope), and how many where the scope is a number.

    A line that promises two things has two indicators and is done when both are.
    """

    class Scope(models.TextChoices):
        ONE = "one", "один раз"
        NUMBER = "number", "не меньше, чем"
        SCHOOLS = "schools", "каждая школа-участница"
        CURATORS = "curators", "каждый куратор"
        MUNICIPALITIES = "municipalities", "каждый муниципалитет"

    activity = models.ForeignKey("plans.Activity", on_delete=models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField("порядок", default=1)
    kind = models.CharField("вид", max_length=40)
    scope = models.CharField("для кого", max_length=20, choices=Scope.choices, default=Scope.ONE)
    number = models.PositiveIntegerField("сколько", default=1)

    class Meta:
        verbose_name = "показатель"
        ordering = ("activity", "position")
        constraints = [models.UniqueConstraint(fields=("activity", "position"), name="indicator_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.activity_id}"


class Excuse(models.Model):
    """A school that a line does not expect, with the reason and the day: not counted and not hidden."""

    activity = models.ForeignKey("plans.Activity", on_delete=models.CASCADE, related_name="excuses")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="excuses")
    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)
    reason = models.CharField("почему", max_length=300)
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "освобождение школы от пункта"
        constraints = [
            models.UniqueConstraint(
                fields=("activity", "school"),
                condition=models.Q(until__isnull=True),
                name="excuse_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.reason}"


class Reading(models.Model):
    """The state of one line on one day; one a day, never edited."""

    activity = models.ForeignKey("plans.Activity", on_delete=models.CASCADE, related_name="readings")
    taken_on = models.DateField("день")
    status = models.CharField("состояние", max_length=20)
    expected = models.PositiveIntegerField("ожидается")
    found = models.PositiveIntegerField("подтверждено")
    reported = models.PositiveIntegerField("заявлено")
    excused = models.PositiveIntegerField("освобождено")

    class Meta:
        verbose_name = "замер"
        ordering = ("activity", "taken_on")
        constraints = [models.UniqueConstraint(fields=("activity", "taken_on"), name="reading_once_a_day")]

    def __str__(self) -> str:
        return f"{self.taken_on}: {self.found} из {self.expected}"
