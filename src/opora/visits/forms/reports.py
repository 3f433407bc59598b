"""Forms of curators' reports: words by school, the deeds of the centre, the line a paper goes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from opora.core.forms import DeedForm
from opora.plans.models import Activity
from opora.schools.models import School
from opora.visits.report_fields import ABOUT_ALL, SCHOOL, WordsField
from opora.visits.sheets import Sheet


class QuestionForm(DeedForm):
    """The report goes back with a question."""

    question = forms.CharField(
        label="Что поправить или уточнить", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class LineForm(DeedForm):
    """The paper of the report goes to a line of a roadmap."""

    line = forms.TypedChoiceField(
        label="К какому пункту отнести", required=False, coerce=int, empty_value=None
    )
    field_order = ("line", "on")

    def __init__(self, *args: Any, lines: Sequence[Activity], usual: Activity | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {one.pk: one for one in lines}
        chosen = self.fields["line"]
        assert isinstance(chosen, forms.TypedChoiceField)
        chosen.choices = [("", "Ни к какому"), *((one.pk, str(one)) for one in lines)]
        chosen.initial = usual.pk if usual is not None else ""

    @property
    def activity(self) -> Activity | None:
        """The line chosen."""
        return self.lines.get(self.cleaned_data["line"])


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on the page with what stands under it."""

    name: str
    field: WordsField
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """The questions about one school, or about the whole."""

    key: str
    title: str
    asked: tuple[Asked, ...]


def groups_of(fields: Iterable[WordsField], schools: Iterable[School], words: Sheet) -> list[Group]:
    """The questions of a report with the answers kept, school by school, the whole at the end."""
    known = list(fields)
    places = [(str(one.pk), str(one), True) for one in schools] + [(ABOUT_ALL, "В целом", False)]
    made = []
    for key, title, is_school in places:
        told = words.get(key) if isinstance(words.get(key), dict) else {}
        asked = tuple(
            Asked(f"{key}-{one.code}", one, str((told or {}).get(one.code, "")))
            for one in known
            if (one.about == SCHOOL) == is_school
        )
        if asked:
            made.append(Group(key, title, asked))
    return made


def words_in(post: QueryDict, groups: Iterable[Group], kept: Sheet) -> Sheet:
    """The words as a page sent them; of a school that is not on the page what was kept stays."""
    words = dict(kept)
    for group in groups:
        told = {one.field.code: post.get(one.name, "").replace("\r\n", "\n") for one in group.asked}
        words[group.key] = {code: text for code, text in told.items() if text.strip()}
    return {key: value for key, value in words.items() if value}


def version_in(post: QueryDict) -> int:
    """The version that the page was opened with; 0, which fits nothing, when it cannot be read."""
    text = post.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
