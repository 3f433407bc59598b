"""Rows of the ground: the history of deeds, stored files, work to be done later, presses of buttons."""

from __future__ import annotations

from django.db import models


class HistoryEntry(models.Model):
    """One deed of one person, chained to the one before by its hash; rows are never changed or removed.

    The person and the subject are kept as words too, so that an entry reads the same for ever.
    """

    number = models.BigIntegerField("номер", unique=True)
    at = models.DateTimeField("когда")
    person_id = models.BigIntegerField("кто", null=True)
    person_name = models.CharField("кто (словами)", max_length=300)
    verb = models.CharField("что", max_length=60)
    subject_kind = models.CharField("о чём: вид", max_length=60)
    subject_id = models.BigIntegerField("о чём: номер строки")
    subject_name = models.CharField("о чём (словами)", max_length=500)
    facts = models.TextField("подробности, JSON", default="{}")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "запись истории"
        ordering = ("number",)
        indexes = [models.Index(fields=("subject_kind", "subject_id", "number"), name="history_subject")]

    def __str__(self) -> str:
        return f"{self.number}: {self.verb} {self.subject_name}"


class StoredFile(models.Model):
    """A file as it came: kept under the name of its hash, described by our own detection."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField("размер, байт")
    kind = models.CharField("формат", max_length=10)
    added_at = models.DateTimeField("когда принят")

    class Meta:
        verbose_name = "файл"

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class Job(models.Model):
    """Work for later: a durable row with a lease; a killed worker's job is done again."""

    class State(models.TextChoices):
        WAITING = "waiting", "ждёт"
        DONE = "done", "сделано"
        FAILED = "failed", "не удалось"

    task = models.CharField(max_length=100)
    arguments = models.TextField(default="{}")
    about = models.CharField("о какой строке", max_length=100, default="", blank=True, db_index=True)
    key = models.CharField("ключ повтора", max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    run_after = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField("что не удалось, словами", default="", blank=True)
    made_at = models.DateTimeField()
    started_at = models.DateTimeField("начало последней попытки", null=True)
    stuck_at = models.DateTimeField("когда зависшее перестали ждать", null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "задание"
        indexes = [models.Index(fields=("state", "run_after"), name="job_next")]

    def __str__(self) -> str:
        return f"{self.task} ({self.state})"


class Press(models.Model):
    """A form that was sent and did its deed: the same form that comes again gets the same answer.

    `mark` is a hash of the person, the address, the key and all that was in the form; `answer` is the address that the
    person was led to.
    """

    mark = models.CharField(max_length=64, unique=True)
    number = models.UUIDField("номер запроса", unique=True)
    answer = models.TextField("куда привела", default="", blank=True)
    at = models.DateTimeField("когда", db_index=True)

    class Meta:
        verbose_name = "отправка формы"

    def __str__(self) -> str:
        return self.mark[:12]
