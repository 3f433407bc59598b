"""Experts: who may examine what, marks kept and handed in, declined, a third asked, returned, looked at again, settled."""

from __future__ import annotations

from datetime import date

import pytest

from opora.appointments.models import Appointment, Duty
from opora.core.refusal import Refused
from opora.documents.models import Document
from opora.reviews import actions
from opora.reviews.actions import Told
from opora.reviews.choosing import barred_from, experts_of, free_experts, needs_of, plan_of
from opora.reviews.models import Examination, Round, Sampled
from opora.reviews.standing import scale_of, standings_of
from tests.reviews.town import AT, DAY, LAST, LATER, Town, make_town, person

EIGHTH = date(2022, 9, 8)


def code(sampled: Sampled, on: date = LAST) -> str:
    return standings_of(sampled.round, on, scale_of(sampled.round), [Sampled.objects.get(pk=sampled.pk)])[
        0
    ].code


def pair_of(town: Town) -> tuple[Sampled, Examination, Examination]:
    """A document with two experts."""
    row = town.assigned(experts_each=2)
    sampled = row.sampled.select_related("round").first()
    assert sampled is not None
    first, second = sampled.examinations.order_by("pk")
    return sampled, first, second


def test_loads_are_even_and_a_part_has_two_experts(town: Town) -> None:
    row = town.assigned(size_value=100, overlap_share=25)

    loads = [Examination.objects.filter(expert=one).count() for one in town.experts]
    assert sorted(loads) == [5, 5, 5]
    assert sum(row.sampled.count() and one.examinations.count() == 2 for one in row.sampled.all()) == 3
    assert sorted(needs_of(row, list(row.sampled.all())).values()) == [1] * 9 + [2] * 3


def test_nobody_examines_an_own_school_an_own_curated_one_or_an_own_paper(town: Town) -> None:
    row = town.drawn(size_value=100)
    first, second, third = town.experts
    Appointment.objects.create(
        person=first, duty=Duty.SCHOOL_COORDINATOR, programme=town.programme, school=town.schools[1],
        since=date(2022, 1, 10), until=date(2022, 2, 1),
    )  # fmt: skip
    Appointment.objects.create(
        person=second,
        duty=Duty.CURATOR,
        programme=town.programme,
        school=town.schools[2],
        since=date(2022, 1, 10),
    )
    Document.objects.filter(pk=town.documents[3].pk).update(curator=third)
    Document.objects.filter(pk=town.documents[4].pk).update(added_by=third)
    third.workplace = town.schools[5].name
    third.save(update_fields=["workplace"])
    sampled = {one.document_id: one for one in row.sampled.select_related("document__school")}
    barred = barred_from(list(sampled.values()), town.experts, DAY)

    told = {(town.documents.index(one.document), town.experts.index(who)): barred[one.pk, who.pk]
            for one in sampled.values() for who in town.experts if (one.pk, who.pk) in barred}  # fmt: skip
    assert {pair: words.split(",")[0].split(" по ")[0] for pair, words in told.items()} == {
        (1, 0): "координатор этой школы", (2, 1): "куратор этой школы", (3, 2): "документ о собственной работе",
        (4, 2): "сам внёс этот документ", (5, 2): "работает в этой школе",
    }  # fmt: skip
    plan = plan_of(row, town.experts, DAY)
    assert not {(pk, who) for pk, people in plan.pairs().items() for who in people} & barred.keys()
    with pytest.raises(Refused, match="куратор этой школы"):
        actions.ask_expert(
            sampled=sampled[town.documents[2].pk], expert=second, on=DAY, by=town.coordinator, at=AT
        )


def test_one_who_left_a_school_over_a_year_ago_may_examine_it(town: Town) -> None:
    row = town.drawn(size_value=100)
    Appointment.objects.create(
        person=town.experts[0], duty=Duty.CURATOR, programme=town.programme, school=town.schools[1],
        since=date(2020, 1, 10), until=date(2021, 2, 1),
    )  # fmt: skip
    sampled = list(row.sampled.select_related("document__school"))

    assert barred_from(sampled, town.experts[:1], DAY) == {}


def test_experts_serve_their_place_and_curators_are_asked_for(town: Town) -> None:
    other = make_town(1, name="г. о. Соседск")
    wide = person("Краевая", Duty.EXPERT, town.programme, region=town.region)
    here, region = town.drawn(), town.drawn(place=town.region)

    assert set(experts_of(here, DAY)) == {*town.experts, wide}
    assert set(experts_of(region, DAY)) == {*town.experts, *other.experts, wide}
    assert set(experts_of(here, DAY, (Duty.CURATOR,))) == {town.curator}


def test_what_nobody_may_take_is_said_with_the_reason(town: Town) -> None:
    row = town.drawn(size_value=100, most_each=3)
    Document.objects.filter(pk=town.documents[0].pk).update(added_by=town.experts[0])
    plan = plan_of(row, town.experts[:1], DAY)

    assert (plan.total, len(plan.lacking)) == (3, 9)
    told = {one.sampled.document_id: one.why for one in plan.lacking}
    assert told[town.documents[0].pk] == "никому нельзя: сам внёс этот документ"
    assert "у тех, кому можно, уже по 3" in told.values()


def test_a_plan_that_is_not_any_more_true_is_refused(town: Town) -> None:
    row = town.drawn()
    plan = plan_of(row, town.experts, DAY)
    actions.assign_experts(review=row, pairs=plan.pairs(), on=DAY, by=town.coordinator, at=AT)
    with pytest.raises(Refused) as found:
        actions.assign_experts(review=row, pairs=plan.pairs(), on=DAY, by=town.coordinator, at=AT)
    assert found.value.code == "R-CONFLICT"
    assert plan_of(row, town.experts, DAY).total == 0


def test_marks_are_kept_by_version_and_handed_in_whole(town: Town) -> None:
    one = Examination.objects.filter(sampled__round=town.assigned()).first()
    assert one is not None
    scale = scale_of(one.sampled.round)
    first = scale.criteria[0]
    level = first.levels_in_order[2]
    told = Told(levels={first.pk: level.pk}, words={scale.criteria[1].pk: "Уточнить"}, conclusion="Пока так")
    given = {"examination": one, "by": one.expert, "at": AT}

    assert actions.save_draft(told=told, version=1, **given) == 2
    assert actions.save_draft(told=told, version=1, **given) == 2
    assert {(row.criterion_id, row.level_id, row.words) for row in one.scores.all()} == {
        (first.pk, level.pk, ""), (scale.criteria[1].pk, None, "Уточнить"),
    }  # fmt: skip
    with pytest.raises(Refused) as conflict:
        actions.save_draft(told=Told(conclusion="Иначе"), version=1, **given)
    assert (conflict.value.code, conflict.value.status) == ("R-CONFLICT", 409)
    with pytest.raises(Refused, match="ещё по 4"):
        actions.hand_in(told=told, version=2, on=LATER, **given)
    one.refresh_from_db()
    assert (one.version, one.finished_on) == (2, None)
    with pytest.raises(Refused, match="не из этого критерия"):
        actions.save_draft(
            told=Told(levels={first.pk: scale.criteria[1].levels_in_order[0].pk}), version=2, **given
        )
    town.hand_in(one)
    with pytest.raises(Refused, match="сдано"):
        actions.save_draft(told=told, version=3, **given)


def test_rework_is_not_proposed_without_words(town: Town) -> None:
    one = Examination.objects.filter(sampled__round=town.assigned()).first()
    assert one is not None
    with pytest.raises(Refused, match="Напишите вывод"):
        town.hand_in(one, needs_rework=True)
    town.hand_in(one, needs_rework=True, conclusion="Добавить сроки")
    one.refresh_from_db()
    assert (one.finished_on, one.file_version) == (LATER, one.sampled.version)


def test_one_who_declines_is_not_asked_again(town: Town) -> None:
    row = town.assigned()
    one = Examination.objects.filter(sampled__round=row).first()
    assert one is not None
    with pytest.raises(Refused, match="почему"):
        actions.decline(examination=one, reason=" ", on=LATER, by=one.expert, at=AT)
    actions.decline(examination=one, reason="Писал этот документ", on=LATER, by=one.expert, at=AT)

    assert (code(one.sampled, DAY), code(one.sampled)) == ("looked", "alone")
    told = dict(free_experts(one.sampled, town.experts, 1, LATER))
    assert told[one.expert] == "сообщил, что не может"
    plan = plan_of(row, town.experts, LATER)
    assert [people != (one.expert,) for _, people in plan.rows] == [True]


def test_experts_who_part_lead_to_a_third_and_his_word_settles(town: Town) -> None:
    sampled, first, second = pair_of(town)
    town.hand_in(first, 0)
    town.hand_in(second, 2)
    assert code(sampled) == "parted"
    third = next(one for one in town.experts if one not in (first.expert, second.expert))
    asked = actions.ask_expert(
        sampled=sampled, expert=third, is_third=True, on=LATER, by=town.coordinator, at=AT
    )
    assert code(sampled) == "looked"
    town.hand_in(asked, 2)
    assert code(sampled) == "told"
    (standing,) = standings_of(sampled.round, LAST, scale_of(sampled.round), [sampled])
    assert set(standing.levels().values()) == {2}
    actions.settle(review=sampled.round, sampled=[sampled], on=LAST, by=town.coordinator, at=AT)
    assert (code(sampled, EIGHTH), code(sampled)) == ("told", "settled")


def test_neighbours_do_not_part_and_the_lower_level_stands(town: Town) -> None:
    sampled, first, second = pair_of(town)
    town.hand_in(first, 1)
    town.hand_in(second, 2)
    (standing,) = standings_of(sampled.round, LAST, scale_of(sampled.round), [sampled])

    assert (standing.code, set(standing.levels().values())) == ("told", {1})


def test_a_document_is_reworked_and_looked_at_again(town: Town) -> None:
    sampled, first, second = pair_of(town)
    document = sampled.document
    town.hand_in(first, 0, needs_rework=True, conclusion="Нет целей")
    town.hand_in(second, 1)
    sampled = town.returned(sampled)
    document.refresh_from_db()
    assert (code(sampled), document.state) == ("returned", "draft")
    told = {"sampled": sampled, "by": town.keeper, "at": AT}
    with pytest.raises(Refused, match="Новой версии файла нет"):
        actions.mark_reworked(on=LAST, **told)
    latest = town.new_version(document)
    assert actions.mark_reworked(on=LAST, **told) == 1
    with pytest.raises(Refused, match="уже отмечена"):
        actions.mark_reworked(on=LAST, **told)
    again = sampled.examinations.get(look=2)
    assert (again.expert, code(sampled)) == (first.expert, "again")
    town.hand_in(again, 2, on=LAST)
    again.refresh_from_db()
    assert (again.file_version, code(sampled)) == (latest, "told")
    (standing,) = standings_of(sampled.round, LAST, scale_of(sampled.round), [sampled])
    assert set(standing.levels().values()) == {2}
    with pytest.raises(Refused, match="уже возвращали"):
        town.returned(sampled)


def test_what_a_return_refuses(town: Town) -> None:
    sampled, first, _ = pair_of(town)
    with pytest.raises(Refused, match="хотя бы один эксперт"):
        town.returned(sampled)
    town.hand_in(first)
    with pytest.raises(Refused, match="Напишите, что доработать"):
        town.returned(sampled, remarks=" ")
    with pytest.raises(Refused, match="раньше дня возврата"):
        town.returned(sampled, rework_by=DAY)
    town.returned(sampled, is_approval_recalled=False)
    assert Document.objects.get(pk=sampled.document_id).state == "approved"
    assert sampled.examinations.filter(finished_on=None).count() == 0


def test_all_that_is_told_is_settled_at_once_and_the_round_finished(town: Town) -> None:
    row = town.assigned()
    told = {"review": row, "on": LAST, "by": town.coordinator, "at": AT}
    with pytest.raises(Refused, match="сейчас нет"):
        actions.settle(sampled=None, **told)
    for one in Examination.objects.filter(sampled__round=row):
        town.hand_in(one)
    assert actions.settle(sampled=None, **told) == 6
    with pytest.raises(Refused, match="раньше"):
        actions.finish_round(**{**told, "on": LATER})
    actions.finish_round(**told)
    assert Round.objects.get(pk=row.pk).finished_on == LAST
    with pytest.raises(Refused, match="завершена"):
        actions.finish_round(**told)
    with pytest.raises(Refused, match="завершена"):
        actions.take_off(examination=Examination.objects.first(), by=town.coordinator, at=AT)


def test_one_document_may_be_ended_as_it_is(town: Town) -> None:
    sampled, first, second = pair_of(town)
    told = {"review": sampled.round, "sampled": [sampled], "on": LAST, "by": town.coordinator, "at": AT}
    with pytest.raises(Refused, match="рано: рассматривают"):
        actions.settle(**told)
    town.hand_in(first, 0)
    town.hand_in(second, 2)
    assert actions.settle(**told) == 1


def test_an_examination_is_taken_off(town: Town) -> None:
    sampled, first, _ = pair_of(town)
    actions.take_off(examination=first, by=town.coordinator, at=AT)
    assert sampled.examinations.count() == 1
