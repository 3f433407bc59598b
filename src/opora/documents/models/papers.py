"""A document and its versions, what is said about a draft, the text that is found by search."""

from __future__ import annotations

from django.db import models


class Document(models.Model):
    """One paper of the project: belongs to a line of a roadmap, or to a school, or to the centre as a whole.

    Counts as ready since `approved_on`; a paper that is only there is «заявлено» and does not count.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Черновик"
        SENT = "sent", "На согласовании"
        RETURNED = "returned", "Вернулось с вопросом"
        APPROVED = "approved", "Утверждён"

    class Audience(models.TextChoices):
        PLACE = "place", "Все участники программы, когда утверждён"
        CENTRE = "centre", "Только центр и школа, о которой документ"

    municipality = models.ForeignKey(
        "schools.Municipality", on_delete=models.PROTECT, related_name="documents"
    )
    activity = models.ForeignKey(
        "plans.Activity", on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    curator = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.ForeignKey("programmes.DocumentKind", on_delete=models.PROTECT, null=True, blank=True)
    factor = models.ForeignKey(
        "programmes.RiskFactor", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    audience = models.CharField("кому виден", max_length=10, choices=Audience.choices, default=Audience.PLACE)
    storage_term = models.CharField("срок хранения", max_length=100, blank=True)
    # Until this day a draft is open to the words of those whom it concerns (order lines 3.2, 3.3, 3.5).
    discussed_until = models.DateField("замечания принимаются до", null=True, blank=True)
    title = models.CharField("название", max_length=300)
    folded_title = models.CharField("название для поиска", max_length=310, db_index=True)
    number = models.CharField("номер", max_length=50, blank=True)
    dated_on = models.DateField("дата документа")
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.DRAFT)
    added_on = models.DateField("внесён")
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField("отправлен на согласование", null=True, blank=True)
    approved_on = models.DateField("утверждён", null=True, blank=True)
    approval_entered_on = models.DateField("когда внесено утверждение прошлым днём", null=True, blank=True)
    approved_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_on = models.DateField("вернулся с вопросом", null=True, blank=True)
    question = models.TextField("вопрос, с которым вернулся", blank=True)
    form_key = models.UUIDField("ключ отправленной формы", null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = "документ"
        ordering = ("-dated_on", "-pk")
        indexes = [
            models.Index(fields=("activity", "approved_on"), name="document_activity"),
            models.Index(fields=("school", "kind"), name="document_school_kind"),
            # The order of every list: a page is full after a few rows of it, whatever the base holds.
            models.Index(fields=("-dated_on", "-id"), name="document_latest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(approved_on__isnull=False),
                name="approved_has_day",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """One file of a document, as it came; a detached signature stands beside it and is never rewritten."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("номер")
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("имя файла", max_length=300)
    signature = models.ForeignKey(
        "core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField("внесена")
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "версия документа"
        ordering = ("document", "-number")
        constraints = [models.UniqueConstraint(fields=("document", "number"), name="version_once")]

    def __str__(self) -> str:
        return f"{self.name}, версия {self.number}"


class Comment(models.Model):
    """What a person said about one version of a draft, and how it was settled: taken in, or left with a reason."""

    class Outcome(models.TextChoices):
        OPEN = "open", "Не разобрано"
        TAKEN = "taken", "Учтено"
        LEFT = "left", "Оставлено как есть"

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="comments")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, null=True, related_name="+")
    place = models.CharField("к какому месту", max_length=200, blank=True)
    words = models.TextField("предложение или вопрос")
    said_at = models.DateTimeField("когда")
    said_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField("разобрано", max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    answer = models.TextField("ответ", blank=True)
    settled_on = models.DateField("когда разобрано", null=True, blank=True)
    settled_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "замечание"
        ordering = ("said_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="open") | models.Q(settled_on__isnull=False),
                name="comment_settled_has_day",
            )
        ]

    def __str__(self) -> str:
        return self.words[:100]


class DocumentText(models.Model):
    """What search looks through: stems of the title, the number and the text inside the latest version."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="text")
    version = models.ForeignKey(Version, on_delete=models.SET_NULL, null=True, related_name="+")
    stems = models.TextField("основы слов")
    words = models.TextField("слова текста, для выдержки", blank=True)

    class Meta:
        verbose_name = "текст документа"

    def __str__(self) -> str:
        return self.words[:100]
