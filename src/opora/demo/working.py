"""Furnishes what schools and curators of the demonstration did: anti-risk programmes, stage reports, results."""

from __future__ import annotations

from opora.appointments.actions import mark_competences
from opora.demo import story_of_work as story
from opora.demo.cast import CURATORS
from opora.demo.moments import at
from opora.demo.players import Troupe
from opora.demo.story import CURATED_FIRST
from opora.plans.models import Activity
from opora.programmes.models import Programme
from opora.schools.actions.outcomes import load_outcomes
from opora.schools.actions.work import confirm_measure, note_done, save_work
from opora.schools.models import Municipality, Outcome, School
from opora.schools.outcome_plan import plan_outcomes
from opora.schools.told_outcomes import ToldOutcome
from opora.visits.actions import approve_report, begin_report, save_words, send_report
from opora.visits.actions.accepting import Papers


def mark_competent(troupe: Troupe, programme: Programme) -> None:
    """The centre marks which risks each curator works with."""
    factors = {factor.number: factor for factor in programme.risk_factors.all()}
    mark_competences(
        programme=programme,
        marks={
            troupe.person(key): [factors[number] for number in numbers]
            for key, numbers in story.COMPETENCES.items()
        },
        by=troupe.person("coordinator"),
        at=at(story.COMPETENT_ON),
    )


def work_on_risks(troupe: Troupe, programme: Programme) -> None:
    """Schools write what they do about their risks and note what is done; curators confirm what they saw."""
    factors = {factor.number: factor for factor in programme.risk_factors.all()}
    for work in story.WORKS:
        school = troupe.school(work.school)
        by, curator = troupe.person(f"school{work.school}"), troupe.person(CURATED_FIRST[work.school])
        row = save_work(
            participation=programme.participations.get(school=school),
            factor=factors[work.factor],
            version=0,
            told=work.told,
            by=by,
            at=at(story.WRITTEN_ON, 15),
        )
        for measure, (done, seen) in zip(row.measures.order_by("position"), work.days, strict=True):
            if done is not None:
                note_done(measure=measure, on=done, by=by, at=at(done, 16))
            if seen is not None:
                confirm_measure(measure=measure, on=seen, by=curator, at=at(seen, 13))


def report_first_stage(troupe: Troupe, programme: Programme, line: Activity, papers: Papers) -> None:
    """Each curator reports of the first stage, the centre approves: what line 1.9 of the order waits for."""
    stage = programme.stages.get(number=1)
    numbers = {str(number): str(school.pk) for number, school in troupe.schools.items()}
    for player in CURATORS:
        curator = troupe.person(player.key)
        day = story.REPORT_BEGUN_ON
        report = begin_report(stage=stage, curator=curator, on=day, by=curator, at=at(day, 10))
        words = {numbers.get(key, key): answers for key, answers in story.words_of(player.key).items()}
        day = story.REPORT_SENT_ON
        save_words(report=report, words=words, version=report.version, by=curator, at=at(day, 14))
        send_report(report=report, on=day, by=curator, at=at(day, 15))
        day = story.REPORT_APPROVED_ON
        by = troupe.person("coordinator")
        approve_report(report=report, activity=line, papers=papers, on=day, by=by, at=at(day, 11))


def load_results(troupe: Troupe, place: Municipality) -> None:
    """The table of shares of two years is loaded as the centre does it, by the same comparing."""
    rows = [ToldOutcome(place=f"строка {number}", **told) for number, told in enumerate(story.results(), 2)]
    schools = School.objects.filter(municipality=place)
    plan = plan_outcomes(
        rows, municipalities=[place], schools=schools, known=Outcome.objects.filter(school__in=schools)
    )
    load_outcomes(
        rows=plan.writes,
        file_name=story.RESULTS_FILE,
        by=troupe.person("coordinator"),
        at=at(story.LOADED_ON),
    )
