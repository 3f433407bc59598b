"""Deeds of a round: made, changed, criteria, drawn as of a day, finished; what is refused and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from opora.documents.models import Document, Version
from opora.reviews import actions
from opora.reviews.actions import RoundTold
from opora.reviews.models import Round
from opora.reviews.population import preview_of, redrawn
from opora.reviews.protocol import protocol_of
from opora.reviews.starting import STARTING_SETS, CriterionTold, LevelTold
from tests.reviews.town import AT, DAY, LAST, Town, make_town

GOLDEN = [7011, 7008, 7009, 7006, 7007, 7010]


def test_a_round_is_drawn_by_strata_and_kept_as_it_came_out(town: Town) -> None:
    row = town.drawn(size_value=Decimal(50))

    assert (row.population, row.sampled.count(), row.drawn_on, row.drawn_by) == (12, 6, DAY, town.coordinator)
    by_factor = [row.sampled.filter(factor=one).count() for one in town.factors]
    assert by_factor == [2, 2, 2]
    assert [one["taken"] for one in row.drawn_from] == [2, 2, 2]
    assert all(one.version is not None for one in row.sampled.all())
    assert HistoryEntry.objects.filter(verb="round.drawn").count() == 1


def test_the_same_documents_and_seed_give_the_same_sample_on_any_engine(db: None) -> None:
    town = make_town(1)
    Version.objects.all().delete()
    Document.objects.all().delete()
    for pk in range(7001, 7013):
        Document.objects.create(
            pk=pk, municipality=town.municipality, kind=town.kind, factor=town.factors[pk % 3], title=f"Документ {pk}",
            folded_title="", dated_on=date(2022, 3, 1), state="sent", added_on=date(2022, 3, 1),
            added_by=town.coordinator, sent_on=date(2022, 3, 2),
        )  # fmt: skip
    row = town.drawn(size_value=Decimal(50))

    assert list(row.sampled.order_by("position").values_list("document_id", flat=True)) == GOLDEN


def test_a_draw_can_be_repeated_after_the_documents_have_changed(town: Town) -> None:
    row = town.drawn()
    kept = tuple(row.sampled.order_by("position").values_list("document_id", flat=True))
    Document.objects.filter(pk__in=kept[:3]).update(factor=None, state="draft", approved_on=None)

    assert redrawn(Round.objects.get(pk=row.pk)) == kept


def test_only_documents_ready_by_the_day_of_the_kinds_and_the_stage_are_drawn(town: Town) -> None:
    first, second, third, fourth, fifth = town.documents[:5]
    Document.objects.filter(pk=first.pk).update(approved_on=date(2022, 9, 6))
    Document.objects.filter(pk=second.pk).update(state="draft", approved_on=None)
    Document.objects.filter(pk=third.pk).update(
        state="returned", approved_on=None, sent_on=date(2022, 3, 2), returned_on=date(2022, 3, 3)
    )
    Document.objects.filter(pk=fourth.pk).update(state="sent", approved_on=None, sent_on=date(2022, 3, 2))
    Document.objects.filter(pk=fifth.pk).update(dated_on=date(2022, 6, 1))
    stage = town.programme.stages.get(number=1)
    row = town.round(stage=stage, size_value=Decimal(100))

    assert preview_of(row, DAY).population == 12 - 4
    assert fourth.pk in preview_of(row, DAY).keys
    assert preview_of(row, date(2022, 9, 6)).population == 12 - 3


def test_strata_of_curators_and_places_are_named(town: Town) -> None:
    row = town.round(strata=("curator", "municipality"), size_value=Decimal(100))

    labels = [one.label for one in preview_of(row, DAY).strata]
    assert labels == ["г. о. Примерск, без куратора", f"г. о. Примерск, {town.curator.short_name}"]


def test_a_region_draws_from_all_of_its_towns(town: Town) -> None:
    other = make_town(6, name="г. о. Соседск")
    row = town.drawn(place=town.region, strata=("municipality",), size_value=Decimal(50))

    assert (row.population, row.sampled.count()) == (18, 9)
    assert row.sampled.filter(document__municipality=other.municipality).count() == 3


def test_what_a_draw_refuses(town: Town) -> None:
    row = town.round()
    mark = preview_of(row, DAY).mark
    told = {"review": row, "by": town.coordinator, "at": AT}
    with pytest.raises(Refused, match="ещё не наступило"):
        actions.draw_sample(seen=mark, on=date(2022, 9, 11), **told)
    Document.objects.filter(pk=town.documents[0].pk).update(state="draft", approved_on=None)
    with pytest.raises(Refused) as changed:
        actions.draw_sample(seen=mark, on=DAY, **told)
    assert (changed.value.code, changed.value.status) == ("R-CONFLICT", 409)
    actions.draw_sample(seen=preview_of(row, DAY).mark, on=DAY, **told)
    with pytest.raises(Refused, match="уже сделана"):
        actions.draw_sample(seen=mark, on=DAY, **told)
    bare = actions.make_round(
        place=town.municipality, programme=town.programme, seed="a", by=town.coordinator, at=AT,
        told=RoundTold(title="Без критериев", kinds=(town.kind,)),
    )  # fmt: skip
    with pytest.raises(Refused, match="критерии"):
        actions.draw_sample(review=bare, seen="", on=DAY, by=town.coordinator, at=AT)
    Document.objects.update(state="draft", approved_on=None)
    empty = town.round()
    with pytest.raises(Refused, match="Выбирать не из чего"):
        actions.draw_sample(
            review=empty, seen=preview_of(empty, DAY).mark, on=DAY, by=town.coordinator, at=AT
        )


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"title": " "}, "название"), ({"kinds": ()}, "вид документов"), ({"size_value": Decimal(0)}, "больше нуля"),
        ({"size_value": Decimal(101)}, "больше 100"), ({"size_rule": "error", "size_value": Decimal(60)}, "от 1 до 50"),
        ({"experts_each": 0}, "не меньше одного"), ({"title": "Имя\x00"}, "недопустимые символы"),
    ],
)  # fmt: skip
def test_a_round_out_of_bounds_is_refused(town: Town, told: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        town.round(**told)
    assert not Round.objects.exists()


def test_after_the_draw_what_was_drawn_does_not_change(town: Town) -> None:
    row = town.drawn()
    same = {"kinds": (town.kind,), "strata": ("factor",), "size_value": Decimal(50)}
    changed = actions.change_round(
        review=row, told=RoundTold(title="Другое имя", due_on=LAST, **same), by=town.coordinator, at=AT
    )
    assert (changed.title, changed.due_on) == ("Другое имя", LAST)
    with pytest.raises(Refused, match="больше не меняются"):
        actions.change_round(
            review=row,
            told=RoundTold(title="Имя", **{**same, "size_value": Decimal(60)}),
            by=town.coordinator,
            at=AT,
        )


def test_criteria_out_of_bounds_are_refused(town: Town) -> None:
    row = town.round()
    levels = (LevelTold(0, "Нет"), LevelTold(1, "Есть"))
    for criteria, words in (
        ((), "хотя бы один"), ((CriterionTold("", "", levels),), "нет названия"),
        ((CriterionTold("А", "", levels[:1]),), "от двух"), ((CriterionTold("А", "", (levels[0], levels[0])),), "баллы"),
        ((CriterionTold("А", "", levels),) * 21, "не больше 20"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            actions.set_criteria(review=row, criteria=criteria, by=town.coordinator, at=AT)
    assert row.criteria.count() == 5


def test_the_starting_sets_are_sound(town: Town) -> None:
    row = town.round()
    for one in STARTING_SETS:
        actions.set_criteria(review=row, criteria=one.criteria, by=town.coordinator, at=AT)
        assert row.criteria.count() == len(one.criteria)
    assert [one.code for one in STARTING_SETS] == ["concept", "anti-risk", "other"]


def test_the_protocol_tells_how_the_sample_was_made(town: Town) -> None:
    told = protocol_of(town.assigned(overlap_share=20), DAY)

    assert told.day == "5 сентября 2022 года".replace(" ", "\xa0")
    assert [row[1:] for row in told.strata] == [("4", "2")] * 3
    assert (len(told.documents), len(told.experts)) == (6, 3)
    assert "семь опор" in told.method[3]
    with pytest.raises(Refused):
        protocol_of(town.round(), DAY)


def test_finishing_waits_for_every_document(town: Town) -> None:
    row = town.assigned()
    with pytest.raises(Refused, match="6 документов ещё не рассмотрены".replace(" ", ".")):
        actions.finish_round(review=row, on=LAST, by=town.coordinator, at=AT)
