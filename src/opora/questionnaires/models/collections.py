"""A collection: a form, for whom, by when, for which line; and everyone who owes an answer."""

from __future__ import annotations

from django.db import models


class Collection(models.Model):
    """Answers that are collected from schools, curators or coordinators; never from teachers or pupils."""

    class Audience(models.TextChoices):
        SCHOOLS = "schools", "Школы"
        CURATORS = "curators", "Кураторы"
        COORDINATORS = "coordinators", "Школьные координаторы"

    version = models.ForeignKey(
        "questionnaires.QuestionnaireVersion", on_delete=models.PROTECT, related_name="collections"
    )
    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="collections"
    )
    municipality = models.ForeignKey(
        "schools.Municipality", on_delete=models.PROTECT, related_name="collections"
    )
    activity = models.ForeignKey(
        "plans.Activity", on_delete=models.PROTECT, null=True, blank=True, related_name="collections"
    )
    stage = models.ForeignKey(
        "programmes.Stage", on_delete=models.PROTECT, null=True, blank=True, related_name="collections"
    )
    title = models.CharField("название", max_length=300)
    words = models.TextField("зачем и как заполнять", blank=True)
    audience = models.CharField("от кого", max_length=15, choices=Audience.choices)
    # Who of the audience: by category of participation, by a chosen factor, or schools named one by one.
    kind = models.CharField("категория школ", max_length=20, blank=True)
    factor = models.ForeignKey(
        "programmes.RiskFactor", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opens_on = models.DateField("открывается")
    due_on = models.DateField("сдать до")
    is_accepted_by_hand = models.BooleanField("ответ принимает центр", default=True)
    is_anonymous = models.BooleanField("без имён", default=False)
    closed_on = models.DateField("закрыт", null=True, blank=True)
    made_at = models.DateTimeField("заведён")
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "сбор"
        ordering = ("-due_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("opens_on")), name="collection_term"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Respondent(models.Model):
    """One who owes an answer: a school, or a person. The state follows from the days, so any day can be seen.

    In an anonymous collection it tells only that the answer was given: no submission names it.
    """

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="respondents")
    school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    since = models.DateField("ожидается с")
    extended_to = models.DateField("срок продлён до", null=True, blank=True)
    extension_reason = models.CharField("почему продлён", max_length=300, blank=True)
    extended_on = models.DateField("когда продлён", null=True, blank=True)
    opened_on = models.DateField("открыта", null=True, blank=True)
    submitted_on = models.DateField("сдана", null=True, blank=True)
    returned_on = models.DateField("вернулась с вопросом", null=True, blank=True)
    question = models.TextField("вопрос, с которым вернулась", blank=True)
    accepted_on = models.DateField("принята", null=True, blank=True)
    acceptance_entered_on = models.DateField("когда внесён приём прошлым днём", null=True, blank=True)
    accepted_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_nothing = models.BooleanField("сообщать нечего", default=False)
    nothing_words = models.CharField("почему нечего", max_length=500, blank=True)
    reminded_on = models.DateField("напомнили", null=True, blank=True)
    excused_on = models.DateField("больше не ожидается", null=True, blank=True)

    class Meta:
        verbose_name = "кто отвечает"
        ordering = ("collection", "school__number", "person__last_name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(school__isnull=False, person__isnull=True)
                | models.Q(school__isnull=True, person__isnull=False),
                name="respondent_is_one",
            ),
            models.UniqueConstraint(
                fields=("collection", "school"),
                condition=models.Q(school__isnull=False),
                name="respondent_school_once",
            ),
            models.UniqueConstraint(
                fields=("collection", "person"),
                condition=models.Q(person__isnull=False),
                name="respondent_person_once",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_on__isnull=True) | models.Q(submitted_on__isnull=False),
                name="respondent_accepted_answer",
            ),
        ]

    def __str__(self) -> str:
        return str(self.school or self.person)
