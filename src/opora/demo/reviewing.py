"""Furnishes two rounds of review: one examined and finished in June, one in work in September."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from opora.accounts.models import User
from opora.appointments.actions import appoint
from opora.appointments.models import Duty
from opora.demo import story_of_reviews as story
from opora.demo.cast import EXPERTS
from opora.demo.moments import at
from opora.demo.players import Troupe
from opora.plans.models import Roadmap
from opora.reports.actions import freeze, publish_issue
from opora.reviews.actions import (
    RoundTold,
    Told,
    assign_experts,
    draw_sample,
    finish_round,
    hand_in,
    make_round,
    return_for_rework,
    save_draft,
    set_criteria,
    settle,
)
from opora.reviews.choosing import plan_of
from opora.reviews.models import Examination, Round
from opora.reviews.population import preview_of
from opora.reviews.queries import criteria_of
from opora.reviews.starting import CONCEPT, OTHER, StartingSet

_STEPS = (2, 2, 1, 2, 2, 0, 1)


def appoint_experts(troupe: Troupe, plan: Roadmap) -> None:
    """Two experts from outside are appointed for the municipality."""
    for player in EXPERTS:
        appoint(
            person=troupe.person(player.key),
            duty=Duty.EXPERT,
            programme=plan.programme,
            place=plan.municipality,
            since=story.EXPERTS_SINCE,
            order_number=story.EXPERTS_ORDER,
            order_date=story.EXPERTS_SINCE,
            by=troupe.person("coordinator"),
            at=at(story.EXPERTS_SINCE),
        )


def review_first_stage(troupe: Troupe, plan: Roadmap) -> None:
    """A quarter of the papers of the first stage is examined, most of them by both experts, and summed up."""
    told = RoundTold(
        title=story.FIRST_TITLE,
        kinds=tuple(plan.programme.document_kinds.filter(code__in=story.SECTIONS)),
        stage=plan.programme.stages.get(number=1),
        activity=plan.activities.get(number="4.2"),
        strata=("factor",),
        size_value=Decimal(story.FIRST_SHARE),
        overlap_share=story.FIRST_OVERLAP,
        due_on=story.FIRST_DUE,
    )
    review = _drawn(troupe, plan, told, story.FIRST_SEED, CONCEPT, story.FIRST_DRAWN)
    _give(troupe, review, story.FIRST_GIVEN)
    for place, one in enumerate(_asked(review)):
        _hand_in(one, review, place, story.FIRST_LOOKED)
    by, on = troupe.person("coordinator"), story.FIRST_SETTLED
    settle(review=review, sampled=None, on=on, by=by, at=at(on, 11))
    on = story.FIRST_FINISHED
    finish_round(review=review, on=on, by=by, at=at(on, 11))


def note_first_stage(troupe: Troupe, plan: Roadmap) -> None:
    """The note on the finished round is frozen and put on the portal: it names neither experts nor schools."""
    by, day = troupe.person("coordinator"), story.NOTED_ON
    issue = freeze(
        roadmap=plan,
        since=plan.programme.starts_on,
        as_of=day,
        stretch="cumulative",
        line=None,
        kind="reviews",
        words=story.NOTE,
        on=day,
        by=by,
        at=at(day, 12),
    )
    day = story.NOTE_SHOWN_ON
    publish_issue(issue=issue, on=day, by=by, at=at(day, 12))


def review_second_stage(troupe: Troupe, plan: Roadmap) -> None:
    """Filled forms are drawn in September: one comes back to its school, one is examined, the others wait."""
    told = RoundTold(
        title=story.SECOND_TITLE,
        kinds=tuple(plan.programme.document_kinds.filter(code="filled-form")),
        stage=plan.programme.stages.get(number=2),
        activity=plan.activities.get(number="4.9"),
        size_rule=Round.Size.NUMBER,
        size_value=Decimal(story.SECOND_NUMBER),
        due_on=story.SECOND_DUE,
    )
    review = _drawn(troupe, plan, told, story.SECOND_SEED, OTHER, story.SECOND_DRAWN)
    _give(troupe, review, story.SECOND_GIVEN)
    asked = _asked(review)
    # The school whose account is shown gets its document back, where the draw took it; else the first one does.
    back = next((one for one in asked if one.sampled.document.school == troupe.school(101)), asked[0])
    _hand_in(back, review, 0, story.SECOND_LOOKED, rework=story.REWORK)
    on = story.SECOND_RETURNED
    return_for_rework(
        sampled=back.sampled,
        remarks=story.REWORK,
        rework_by=story.SECOND_REWORK_BY,
        is_approval_recalled=True,
        on=on,
        by=troupe.person("coordinator"),
        at=at(on, 11),
    )
    # The expert whose account is shown keeps one to look at, the other hands one in.
    shown, others = troupe.person("expert"), [one for one in asked if one != back]
    _hand_in(next(one for one in others if one.expert != shown), review, 1, story.SECOND_LOOKED)
    own = next(one for one in others if one.expert == shown)
    begun = _told(own, review, 2)
    half = Told(levels=dict(list(begun.levels.items())[:1]), words=dict(list(begun.words.items())[:1]))
    on = story.SECOND_RETURNED
    save_draft(examination=own, told=half, version=own.version, by=own.expert, at=at(on, 17))


def _drawn(
    troupe: Troupe, plan: Roadmap, told: RoundTold, seed: str, criteria: StartingSet, on: date
) -> Round:
    by = troupe.person("coordinator")
    review = make_round(
        place=plan.municipality, programme=plan.programme, told=told, seed=seed, by=by, at=at(on, 10)
    )
    set_criteria(review=review, criteria=criteria.criteria, by=by, at=at(on, 11))
    return draw_sample(review=review, seen=preview_of(review, on).mark, on=on, by=by, at=at(on, 12))


def _give(troupe: Troupe, review: Round, on: date) -> None:
    people: list[User] = [troupe.person(player.key) for player in EXPERTS]
    pairs = plan_of(review, people, on).pairs()
    assign_experts(review=review, pairs=pairs, on=on, by=troupe.person("coordinator"), at=at(on, 14))


def _asked(review: Round) -> list[Examination]:
    rows = Examination.objects.filter(sampled__round=review).select_related(
        "expert", "sampled__document__school"
    )
    return list(rows.order_by("sampled__position", "pk"))


def _hand_in(one: Examination, review: Round, place: int, on: date, rework: str = "") -> None:
    told = _told(one, review, place, rework)
    hand_in(examination=one, told=told, version=one.version, on=on, by=one.expert, at=at(on, 15))


def _told(one: Examination, review: Round, place: int, rework: str = "") -> Told:
    """Levels around the middle: two who look at the same paper may differ by a step, never from end to end."""
    levels, words = {}, {}
    for row, criterion in enumerate(criteria_of(review)):
        steps = [level.pk for level in criterion.levels_in_order]  # type: ignore[attr-defined]  # -- prefetched under this name
        step = _STEPS[one.sampled.position * (row + 2) % len(_STEPS)]
        if (place + row) % 5 == 0:
            step = 1 if step == 2 else step + 1
        levels[criterion.pk] = steps[0 if rework and row == 0 else step]
        if row == place % 3:
            words[criterion.pk] = story.WORDS[place % len(story.WORDS)]
    conclusion = rework or story.CONCLUSIONS[place % len(story.CONCLUSIONS)]
    return Told(levels=levels, words=words, conclusion=conclusion, needs_rework=bool(rework))
