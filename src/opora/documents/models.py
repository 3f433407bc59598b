"""A document and its versions, its way through approval, and where it is published."""

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
    title = models.CharField("название", max_length=300)
    folded_title = models.CharField("название для поиска", max_length=310, db_index=True)
    number = models.CharField("номер", max_length=50, blank=True)
    dated_on = models.DateField("дата документа")
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.DRAFT)
    added_on = models.DateField("внесён")
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField("отправлен на согласование", null=True, blank=True)
    approved_on = models.DateField("утверждён", null=True, blank=True)
    approved_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_on = models.DateField("вернулся с вопросом", null=True, blank=True)
    question = models.TextField("вопрос, с которым вернулся", blank=True)
    form_key = models.UUIDField("ключ отправленной формы", null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = "документ"
        ordering = ("-dated_on", "-pk")
        indexes = [models.Index(fields=("activity", "approved_on"), name="document_activity")]
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


class Publication(models.Model):
    """A document made public: on the portal, or at an address elsewhere; taken down with a reason."""

    class Where(models.TextChoices):
        PORTAL = "portal", "На портале"
        ELSEWHERE = "elsewhere", "На другом сайте"

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="publications")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="publications", null=True)
    where = models.CharField("где", max_length=10, choices=Where.choices)
    address = models.URLField("адрес страницы", max_length=500, blank=True)
    published_on = models.DateField("размещён")
    published_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField("ключ отправленной формы", null=True, blank=True, unique=True, editable=False)
    taken_down_on = models.DateField("снят", null=True, blank=True)
    taken_down_reason = models.CharField("почему снят", max_length=300, blank=True)

    class Meta:
        verbose_name = "публикация"
        ordering = ("-published_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(where="portal") | ~models.Q(address=""), name="publication_has_address"
            ),
            models.CheckConstraint(
                condition=models.Q(taken_down_on__isnull=True)
                | models.Q(taken_down_on__gte=models.F("published_on")),
                name="publication_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.get_where_display()}"


class Attestation(models.Model):
    """A person's word that a line was done, with what came of it; counts once another has confirmed it.

    For a line that is counted by schools the word is about one school.
    """

    activity = models.ForeignKey("plans.Activity", on_delete=models.PROTECT, related_name="attestations")
    school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="attestations"
    )
    happened_on = models.DateField("когда было")
    words = models.TextField("что сделано")
    is_nothing = models.BooleanField("сообщать нечего", default=False)
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField("внесено")
    confirmed_on = models.DateField("подтверждено", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_on = models.DateField("отозвано", null=True, blank=True)
    withdrawn_reason = models.CharField("почему отозвано", max_length=300, blank=True)
    form_key = models.UUIDField("ключ отправленной формы", null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = "подтверждение пункта"
        ordering = ("-happened_on", "-pk")
        indexes = [models.Index(fields=("activity", "confirmed_on"), name="attestation_activity")]

    def __str__(self) -> str:
        return f"{self.activity.number}: {self.words}"[:200]
