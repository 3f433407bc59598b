"""A visit is one record that lives from the plan to the approved report; steps and stage reports grow out of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Visit(models.Model):
    """A curator's visit to a school (order lines 1.7, 1.8).

    What it is follows from its days, each the day a fact came true: `planned_on` is the day it is meant for,
    `agreed_on` the school's word, `held_on` the day it took place, `reported_on` and `approved_on` its report.
    `group_key` ties visits of several curators or schools that are one journey.
    """

    class Form(models.TextChoices):
        ON_SITE = "on_site", "В школе"
        REMOTE = "remote", "Дистанционно"

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="visits")
    stage = models.ForeignKey("programmes.Stage", on_delete=models.PROTECT, related_name="visits")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="visits")
    curator = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="visits")
    form = models.CharField("как", max_length=10, choices=Form.choices, default=Form.ON_SITE)
    group_key = models.UUIDField("общее посещение", null=True, blank=True, db_index=True)
    planned_on = models.DateField("намечено на")
    starts_at = models.TimeField("время", null=True, blank=True)
    noted_on = models.DateField("внесено в график")
    entered_on = models.DateField("когда внесено прошлым днём", null=True, blank=True)
    agreed_on = models.DateField("школа подтвердила", null=True, blank=True)
    agreed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_day = models.DateField("школа предлагает день", null=True, blank=True)
    proposed_reason = models.CharField("почему другой день", max_length=300, blank=True)
    proposed_on = models.DateField("когда школа предложила", null=True, blank=True)
    proposed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    held_on = models.DateField("состоялось", null=True, blank=True)
    reported_on = models.DateField("отчёт сдан", null=True, blank=True)
    question = models.TextField("вопрос, с которым вернулось", blank=True)
    returned_on = models.DateField("вернулось с вопросом", null=True, blank=True)
    approved_on = models.DateField("отчёт принят", null=True, blank=True)
    approved_at = models.DateTimeField("когда принят", null=True, blank=True)
    approved_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_on = models.DateField("отменено", null=True, blank=True)
    cancel_reason = models.CharField("почему отменено", max_length=300, blank=True)
    sheet = models.JSONField("лист посещения", default=dict, blank=True)
    sheet_version = models.PositiveIntegerField("версия листа", default=0)

    class Meta:
        verbose_name = "посещение"
        ordering = ("planned_on", "pk")
        indexes = [
            models.Index(fields=("school", "planned_on"), name="visit_school"),
            models.Index(fields=("curator", "planned_on"), name="visit_curator"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reported_on__isnull=True) | Q(held_on__isnull=False),
                name="visit_report_after_held",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | Q(reported_on__isnull=False),
                name="visit_approval_after_report",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(held_on__isnull=True),
                name="visit_cancelled_was_not_held",
            ),
            models.UniqueConstraint(
                fields=("school", "curator", "planned_on"),
                condition=Q(cancelled_on__isnull=True),
                name="visit_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.planned_on:%d.%m.%Y}"


class Move(models.Model):
    """A visit pushed from one day to another, and why: what «commitment integrity» is counted from."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="moves")
    from_day = models.DateField("было")
    to_day = models.DateField("стало")
    reason = models.CharField("почему", max_length=300)
    moved_on = models.DateField("когда перенесено")
    moved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "перенос посещения"
        ordering = ("visit", "pk")
        constraints = [models.CheckConstraint(condition=~Q(from_day=F("to_day")), name="move_changes_day")]

    def __str__(self) -> str:
        return f"{self.from_day:%d.%m} → {self.to_day:%d.%m}"


class Step(models.Model):
    """What was agreed at a visit: by which side, by whom and until when; followed up at the next one."""

    class Side(models.TextChoices):
        SCHOOL = "school", "Школа"
        CURATOR = "curator", "Куратор"
        CENTRE = "centre", "Методический центр"

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="steps")
    side = models.CharField("чей шаг", max_length=10, choices=Side.choices)
    text = models.CharField("что сделать", max_length=500)
    responsible = models.CharField("кто", max_length=200, blank=True)
    due_on = models.DateField("до")
    # What the school itself has told: it does not close the step, the curator does.
    told_on = models.DateField("школа сообщила", null=True, blank=True)
    told_words = models.CharField("что сообщила школа", max_length=500, blank=True)
    done_on = models.DateField("сделано", null=True, blank=True)
    done_words = models.CharField("что вышло", max_length=500, blank=True)
    followed_at = models.ForeignKey(
        Visit, on_delete=models.SET_NULL, null=True, blank=True, related_name="followed_steps"
    )

    class Meta:
        verbose_name = "договорённость"
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.text[:100]


class CuratorReport(models.Model):
    """A curator's report for one stage over all schools of the curator (order lines 1.9, 1.10, 4.6, 4.7).

    `words` keeps what the curator wrote, by school and field; figures are taken from records until `approved_on`,
    and from `frozen` after it. `public_document` is the rendition that everybody may read.
    """

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="curator_reports"
    )
    stage = models.ForeignKey("programmes.Stage", on_delete=models.PROTECT, related_name="curator_reports")
    curator = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="curator_reports")
    words = models.JSONField("слова куратора", default=dict, blank=True)
    version = models.PositiveIntegerField("версия", default=1)
    begun_on = models.DateField("начат")
    sent_on = models.DateField("сдан", null=True, blank=True)
    returned_on = models.DateField("вернулся с вопросом", null=True, blank=True)
    question = models.TextField("вопрос", blank=True)
    approved_on = models.DateField("принят", null=True, blank=True)
    approved_at = models.DateTimeField("когда принят", null=True, blank=True)
    approved_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    frozen = models.JSONField("как принят", default=dict, blank=True)
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="curator_reports"
    )
    public_document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="public_reports"
    )

    class Meta:
        verbose_name = "отчёт куратора"
        ordering = ("stage", "curator")
        constraints = [
            models.UniqueConstraint(fields=("stage", "curator"), name="curator_report_once"),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | Q(sent_on__isnull=False), name="curator_report_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.curator}, {self.stage}"


class Feed(models.Model):
    """A calendar (RFC 5545) of a person, a school or a roadmap at a secret address.

    The address is signed over the row and `nonce`: renewing changes the nonce and closes the old address.
    """

    class About(models.TextChoices):
        PERSON = "person", "Мои дела"
        SCHOOL = "school", "Школа"
        ROADMAP = "roadmap", "Дорожная карта"

    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="feeds")
    about = models.CharField("о чём", max_length=10, choices=About.choices)
    school = models.ForeignKey(
        "schools.School", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    roadmap = models.ForeignKey(
        "plans.Roadmap", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    nonce = models.CharField("что меняется при обновлении адреса", max_length=32)
    made_at = models.DateTimeField("создана")

    class Meta:
        verbose_name = "лента календаря"
        constraints = [
            models.UniqueConstraint(
                fields=("owner",), condition=Q(about="person"), name="feed_of_person_once"
            ),
            models.UniqueConstraint(
                fields=("owner", "school"), condition=Q(about="school"), name="feed_of_school_once"
            ),
            models.UniqueConstraint(
                fields=("owner", "roadmap"), condition=Q(about="roadmap"), name="feed_of_roadmap_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner}: {self.get_about_display()}"


class SheetSubmission(models.Model):
    """One sending of a sheet that was taken: the same key again is answered the same and writes nothing."""

    key = models.UUIDField("ключ отправки", unique=True)
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="submissions")
    version = models.PositiveIntegerField("какой версией стала")
    taken_at = models.DateTimeField("когда принята")
    taken_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "отправка листа"

    def __str__(self) -> str:
        return str(self.key)


class SheetPaper(models.Model):
    """A photograph of the sheet filled in by hand: a document of the school that belongs to a visit."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="papers")
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "снимок листа"
        ordering = ("visit", "pk")

    def __str__(self) -> str:
        return f"{self.visit}: {self.document_id}"
