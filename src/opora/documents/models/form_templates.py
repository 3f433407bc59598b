"""The register of unified forms by risk: templates, their versions, who took and who returned which (lines 3.4, 3.5)."""

from __future__ import annotations

from django.db import models


class FormTemplate(models.Model):
    """A unified form of reporting tied to factors of risk; without factors it is for every school."""

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="form_templates"
    )
    municipality = models.ForeignKey(
        "schools.Municipality", on_delete=models.PROTECT, related_name="form_templates"
    )
    activity = models.ForeignKey(
        "plans.Activity", on_delete=models.PROTECT, null=True, blank=True, related_name="form_templates"
    )
    number = models.CharField("номер в реестре", max_length=30)
    title = models.CharField("название", max_length=300)
    folded_title = models.CharField("название для поиска", max_length=310)
    factors = models.ManyToManyField(
        "programmes.RiskFactor", related_name="form_templates", blank=True, verbose_name="для каких рисков"
    )
    added_on = models.DateField("внесена в реестр")
    withdrawn_on = models.DateField("выведена из реестра", null=True, blank=True)
    withdrawn_reason = models.CharField("почему выведена", max_length=300, blank=True)

    class Meta:
        verbose_name = "форма реестра"
        ordering = ("number", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("municipality", "programme", "number"), name="form_template_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on__isnull=True)
                | models.Q(withdrawn_on__gte=models.F("added_on")),
                name="form_template_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class FormTemplateVersion(models.Model):
    """One file of a form, in force since a day until the next one."""

    template = models.ForeignKey(FormTemplate, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("номер")
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("имя файла", max_length=300)
    issued_on = models.DateField("действует с")
    changed = models.CharField("что изменилось", max_length=500, blank=True)
    added_at = models.DateTimeField("внесена")
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "версия формы"
        ordering = ("template", "-number")
        constraints = [
            models.UniqueConstraint(fields=("template", "number"), name="form_template_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.template}, версия {self.number}"


class FormCopy(models.Model):
    """A version of a form in a school's hands: when it was taken, when and by which document it was returned."""

    version = models.ForeignKey(FormTemplateVersion, on_delete=models.PROTECT, related_name="copies")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="form_copies")
    taken_on = models.DateField("взята")
    taken_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    returned_on = models.DateField("возвращена заполненной", null=True, blank=True)
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="form_copies"
    )

    class Meta:
        verbose_name = "экземпляр формы"
        ordering = ("version", "school")
        constraints = [
            models.UniqueConstraint(fields=("version", "school"), name="form_copy_once"),
            models.CheckConstraint(
                condition=models.Q(returned_on__isnull=True)
                | models.Q(returned_on__gte=models.F("taken_on")),
                name="form_copy_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.school}"
