"""Two people who save one card: the second sees both versions, and nothing typed is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms

from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from opora.desk.versions import Changed, as_seen, version_of
from opora.schools.models import School
from tests.appointments.town import Town
from tests.visitor import Page, Visitor


def cards(town: Town) -> list[tuple[str, str, str]]:
    """An address of a card, a field of words, and how the field is called on the page."""
    return [
        (f"/people/{town.curator.pk}/", "post", "Должность"),
        (f"/schools/{town.schools[0].pk}/change/", "address", "Адрес"),
        (f"/settings/centre/{town.municipality.pk}/", "head_post", "Должность руководителя"),
    ]


def form_of(page: Page, field: str) -> Any:
    return next(form for form in page.tree.forms if field in form.fields and form.method == "POST")


@pytest.mark.parametrize("place", range(3))
def test_the_second_sees_both_versions_and_saves_knowingly(town: Town, place: int) -> None:
    address, field, label = cards(town)[place]
    one, other = Visitor(town.coordinator), Visitor(town.coordinator)
    mine, theirs = one.open(address), other.open(address)
    one.send_form(mine, form_of(mine, field), **{field: "Первое слово"})

    told = other.send_form(theirs, form_of(theirs, field), 409, **{field: "Второе слово"})
    for words in (
        "Обе версии",
        label,
        "Первое слово",
        "Второе слово",
        " ".join(str(town.coordinator).split()),
    ):
        assert words in told.words, words
    assert form_of(told, field).fields[field] == "Второе слово"
    assert form_of(one.open(address), field).fields[field] == "Первое слово"

    other.send_form(told, form_of(told, field))
    assert form_of(one.open(address), field).fields[field] == "Второе слово"


def test_a_change_of_something_else_on_the_row_is_no_conflict(town: Town) -> None:
    address, field, _ = cards(town)[0]
    visitor = Visitor(town.coordinator)
    page = visitor.open(address)
    visitor.send(page, f"{address}invite/", how="letter")
    visitor.send_form(page, form_of(page, field), **{field: "Слово"})
    assert form_of(visitor.open(address), field).fields[field] == "Слово"


def test_the_version_survives_a_refusal_of_the_form(town: Town) -> None:
    address, field, _ = cards(town)[0]
    one, other = Visitor(town.coordinator), Visitor(town.coordinator)
    mine, theirs = one.open(address), other.open(address)
    one.send_form(mine, form_of(mine, field), **{field: "Первое слово"})
    mended = other.send_form(theirs, form_of(theirs, field), 422, last_name="", **{field: "Второе"})
    other.send_form(mended, form_of(mended, field), 409, last_name="Сваева")


class CardForm(forms.Form):
    """A card of a school with a choice, for words of values."""

    kind = forms.ChoiceField(choices=[("a", "Первый вид"), ("b", "Второй вид")])
    is_good = forms.BooleanField(required=False)
    since = forms.DateField()


def test_values_are_told_in_words(town: Town) -> None:
    begun = {"kind": "a", "is_good": True, "since": date(2022, 9, 1)}
    seen = version_of(CardForm(initial=begun))
    form = CardForm({"kind": "b", "since": "2022-09-03", "_seen": seen}, initial=begun)
    assert form.is_valid()
    stands = {**begun, "since": date(2022, 9, 2)}
    with pytest.raises(Changed) as found, as_seen(form, town.schools[0], lambda row: stands):
        raise AssertionError
    assert [(one.yours, one.stands) for one in found.value.both] == [
        ("Второй вид", "Первый вид"),
        ("нет", "да"),
        ("03.09.2022", "02.09.2022"),
    ]
    assert HistoryEntry.objects.count() == 0


def test_a_row_that_is_gone_is_a_refusal(town: Town) -> None:
    row = School.objects.create(municipality=town.municipality, short_name="Ушла")
    form = CardForm({"kind": "a", "since": "2022-09-03"}, initial={"kind": "a"})
    assert form.is_valid()
    School.objects.filter(pk=row.pk).delete()
    with pytest.raises(Refused, match="больше нет"), as_seen(form, row, lambda one: {}):
        raise AssertionError
