"""The form of many files at once: what is common to them, the files, and what to do with those that are there already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from opora.core.filetypes import EXTENSIONS
from opora.documents.batch import MOST_FILES, paired
from opora.documents.forms import AddDocumentForm, FilesField, ManyFiles, TextField
from opora.documents.models import Document

_PICTURE_TYPES = "image/jpeg,image/png,image/webp"
_SIGNATURES = ",".join(f".{end}" for end in EXTENSIONS["sig"])


class SnapshotsField(FilesField):
    """Several pictures of one document."""

    widget = ManyFiles(attrs={"accept": _PICTURE_TYPES})


class CameraField(FilesField):
    """One picture taken right now: a phone opens its camera."""

    widget = ManyFiles(attrs={"accept": _PICTURE_TYPES, "capture": "environment"})


class UploadForm(AddDocumentForm):
    """What is common to all files; the title and the number may be told for one of them alone."""

    papers = FilesField(
        label="Файлы",
        required=False,
        help_text=f"До {MOST_FILES} файлов, каждый до 20 МБ: Word, Excel, PDF, OpenDocument, текст, снимки, сканы."
        " Подпись .sig, выбранная вместе с файлом того же имени, ляжет рядом с ним.",
    )
    snaps = SnapshotsField(
        label="Снимки одного документа",
        required=False,
        help_text="Снимки страниц по порядку: соберём их в один PDF. jpg, png, webp.",
    )
    camera = CameraField(label="Снять камерой телефона", required=False)
    snaps_title = TextField(label="Название документа из снимков", max_length=300, required=False)
    into = forms.ModelChoiceField(
        Document.objects.none(),
        label="Куда внести",
        required=False,
        empty_label="Каждый файл — новый документ",
    )
    field_order: tuple[str, ...] = (  # type: ignore[assignment]  # -- another order than that of one document
        "dated_on", "activity", "school", "curator", "kind", "factor", "audience", "storage_term", "then", "into",
        "papers", "snaps", "camera", "snaps_title",
    )  # fmt: skip

    def __init__(self, *args: Any, documents: QuerySet[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields.pop("seen")
        if "audience" in self.fields:
            self.fields["audience"].required = False
        papers = self.fields["papers"].widget.attrs
        papers["accept"] = f"{papers.get('accept', '')},{_SIGNATURES}"
        # Two hundred options are as many as a person looks through.
        newest = documents.exclude(state=Document.State.APPROVED).order_by("-pk").values("pk")[:200]
        self.fields["into"].queryset = documents.filter(pk__in=list(newest.values_list("pk", flat=True)))  # type: ignore[attr-defined]  # -- the stubs lose the field's own class

    def common(self) -> list[forms.BoundField]:
        """The fields that are told once for all the files."""
        own = {"title", "number", "papers", "snaps", "camera", "snaps_title"}
        return [field for field in self.visible_fields() if field.name not in own]

    def pictures(self) -> list[UploadedFile[Any]]:
        """The snapshots of one document in order, those of the camera last."""
        return [*(self.cleaned_data.get("snaps") or []), *(self.cleaned_data.get("camera") or [])]

    def clean(self) -> dict[str, Any]:
        title = self.cleaned_data.get("title", "")
        values = {**super().clean(), "title": title}
        papers, pictures = values.get("papers") or [], self.pictures()
        if max(len(papers), len(pictures)) > MOST_FILES:
            count = max(len(papers), len(pictures))
            self.add_error(
                "papers",
                f"Выбрано файлов: {count}, за один раз — не больше {MOST_FILES}. Внесите их в два приёма",
            )
        if values.get("into") and len(paired(papers)[0]) + bool(pictures) > 1:
            self.add_error(
                "into", "Новая версия — один файл. Выберите один файл или внесите каждый как документ"
            )
        return values
