"""Steps agreed at a visit: written, corrected, closed, looked at again at the next visit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opora.appointments.queries import access_of
from opora.core.refusal import Refused
from opora.visits import actions
from opora.visits.actions import SentTwice
from opora.visits.actions.steps import MOST_STEPS
from opora.visits.models import Step, Visit
from opora.visits.queries import steps_before, steps_open, steps_seen_by
from tests.indicators.town import Town, make_person
from tests.visits.town import AT, TODAY, approve, hold, make_visited_town, plan, verbs

APRIL_1 = date(2022, 4, 1)


@pytest.fixture
def town(db: None) -> Town:
    return make_visited_town()


@pytest.fixture
def visit(town: Town) -> Visit:
    return hold(town, plan(town))


def add(town: Town, visit: Visit, text: str = "Открытый урок", **more: Any) -> Step:
    said = {"side": "school", "responsible": "Завуч", "due_on": APRIL_1, **more}
    return actions.add_step(visit=visit, text=text, by=town.curators[0], at=AT, **said)


def close(town: Town, step: Step, done_on: date = date(2022, 3, 30), **more: Any) -> None:
    actions.close_step(step=step, done_on=done_on, by=town.curators[0], at=AT, **more)


def test_a_step_is_written_clean(town: Town, visit: Visit) -> None:
    step = add(town, visit, " Открытый\u200b урок ", side="centre", responsible=" Методист ")

    assert (step.side, step.text, step.responsible, step.due_on) == (
        "centre", "Открытый урок", "Методист", APRIL_1,
    )  # fmt: skip
    assert verbs(visit)[-1] == "visit.step_added"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": " "}, "Напишите, что сделать"),
        ({"text": "д" * 501}, "Слишком длинно"),
        ({"text": "Урок\x00"}, "недопустимые символы"),
        ({"responsible": "д" * 201}, "Слишком длинно"),
        ({"responsible": "Завуч\x00"}, "недопустимые символы"),
        ({"side": "ministry"}, "Чей это шаг"),
        ({"due_on": date(2022, 3, 9)}, "Посещение"),
        ({"due_on": date(2024, 1, 2)}, "больше чем через год"),
    ],
)
def test_a_step_that_does_not_fit_is_refused(
    town: Town, visit: Visit, fields: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        add(town, visit, **fields)
    assert not Step.objects.exists()


def test_the_same_step_twice_is_one_and_their_number_is_bounded(town: Town, visit: Visit) -> None:
    add(town, visit)
    with pytest.raises(SentTwice):
        add(town, visit)
    Step.objects.bulk_create(
        Step(visit=visit, side="school", text=f"Шаг {number}", due_on=APRIL_1)
        for number in range(MOST_STEPS - 1)
    )

    with pytest.raises(Refused, match="не более 50"):
        add(town, visit, "Ещё один")


def test_a_cancelled_visit_has_no_steps(town: Town) -> None:
    visit = plan(town)
    actions.cancel_visit(visit=visit, reason="Карантин", on=TODAY, by=town.head, at=AT)

    with pytest.raises(Refused, match="отменено"):
        add(town, visit)


def test_a_step_is_corrected_while_it_is_open(town: Town, visit: Visit) -> None:
    step = add(town, visit)
    said = {"side": "school", "responsible": "Завуч", "by": town.curators[0], "at": AT}

    changed = actions.change_step(step=step, text="Два открытых урока", due_on=date(2022, 4, 8), **said)
    actions.change_step(step=step, text="Два открытых урока", due_on=date(2022, 4, 8), **said)

    assert (changed.text, changed.due_on) == ("Два открытых урока", date(2022, 4, 8))
    assert verbs(visit).count("visit.step_changed") == 1
    close(town, changed)
    with pytest.raises(Refused, match="сначала откройте"):
        actions.change_step(step=step, text="Иное", due_on=APRIL_1, **said)


def test_a_step_is_closed_once_with_what_came_of_it(town: Town, visit: Visit) -> None:
    step = add(town, visit)
    later = plan(town, day=date(2022, 5, 3))

    close(town, step, words="Урок прошёл", followed_at=later)

    step.refresh_from_db()
    assert (step.done_on, step.done_words, step.followed_at) == (date(2022, 3, 30), "Урок прошёл", later)
    with pytest.raises(SentTwice):
        close(town, step)


def test_a_step_is_not_closed_ahead_before_the_visit_or_at_another_school(town: Town, visit: Visit) -> None:
    step = add(town, visit)
    elsewhere = plan(town, town.schools[1])

    with pytest.raises(Refused, match="ещё не наступило"):
        close(town, step, date(2022, 9, 16))
    with pytest.raises(Refused, match="Договорились"):
        close(town, step, date(2022, 3, 9))
    with pytest.raises(Refused, match="той же школы"):
        close(town, step, followed_at=elsewhere)
    step.refresh_from_db()
    assert step.done_on is None


def test_a_step_closed_by_mistake_is_open_again(town: Town, visit: Visit) -> None:
    step = add(town, visit)
    with pytest.raises(Refused, match="и так открыта"):
        actions.reopen_step(step=step, by=town.head, at=AT)
    close(town, step, words="Сделано")

    actions.reopen_step(step=step, by=town.head, at=AT)

    step.refresh_from_db()
    assert (step.done_on, step.done_words, step.followed_at) == (None, "", None)
    assert verbs(visit)[-1] == "visit.step_reopened"


def test_a_step_written_by_mistake_is_taken_away_until_approval(town: Town, visit: Visit) -> None:
    first, second = add(town, visit), add(town, visit, "Второй")
    kept = Step.objects.get(pk=first.pk)

    actions.remove_step(step=first, by=town.head, at=AT)

    assert list(visit.steps.all()) == [second]
    with pytest.raises(Refused, match="уже убрали"):
        actions.remove_step(step=kept, by=town.head, at=AT)
    approve(town, visit)
    with pytest.raises(Refused, match="убрать её нельзя"):
        actions.remove_step(step=second, by=town.head, at=AT)


def test_open_steps_are_those_agreed_and_not_done_by_a_day(town: Town, visit: Visit) -> None:
    step, done = add(town, visit), add(town, visit, "Сделанное")
    close(town, done)
    ahead = plan(town, day=date(2022, 5, 3))
    add(town, ahead, "Ещё не было посещения", due_on=date(2022, 5, 4))
    access = access_of(town.curators[0], TODAY)

    assert list(steps_open(access, TODAY)) == [step]
    assert set(steps_open(access, date(2022, 3, 29))) == {step, done}
    assert not steps_open(access, date(2022, 3, 9)).exists()
    assert list(steps_before(ahead, TODAY)) == [step]
    assert not steps_before(visit, TODAY).exists()


def test_nobody_sees_steps_of_schools_that_are_not_theirs(town: Town, visit: Visit) -> None:
    add(town, visit)
    stranger = make_person("Сторонняя")
    town.appoint("school_coordinator", town.schools[1], stranger)

    assert steps_seen_by(access_of(town.coordinator, TODAY)).count() == 1
    assert not steps_seen_by(access_of(stranger, TODAY)).exists()
