"""The papers, forms, answers and reviews of the story, in the order of its two stages."""

from __future__ import annotations

from opora.demo import story_of_papers, story_of_register
from opora.demo.advising import discuss_advice, publish_elsewhere
from opora.demo.asking import (
    Facts,
    ask_without_names,
    collect_first_stage,
    collect_second_stage,
    load_federal_survey,
)
from opora.demo.equipping import equip_schools
from opora.demo.moments import at
from opora.demo.papering import write_owed_papers
from opora.demo.players import Troupe
from opora.demo.registering import fill_forms, open_register, renew_register
from opora.demo.reviewing import appoint_experts, note_first_stage, review_first_stage, review_second_stage
from opora.plans.models import Roadmap
from opora.reports.actions import write_words

ADVICE_LINE = "3.2"


def do_first_stage(troupe: Troupe, plan: Roadmap, facts: Facts) -> None:
    """From March to June: owed papers with their marks, the register of forms, answers, a round of review."""
    line = plan.activities.get(number=story_of_register.LINE)
    write_owed_papers(troupe, plan.programme)
    open_register(troupe, plan.programme, line)
    fill_forms(troupe, line, story_of_register.SPRING)
    equip_schools(troupe, plan.programme)
    appoint_experts(troupe, plan)
    collect_first_stage(troupe, plan, facts)
    review_first_stage(troupe, plan)


def do_second_stage(troupe: Troupe, plan: Roadmap, facts: Facts) -> None:
    """August and September: a form renewed, forms returned, a draft discussed, the second collection and round."""
    line = plan.activities.get(number=story_of_register.LINE)
    note_first_stage(troupe, plan)
    renew_register(troupe, line)
    fill_forms(troupe, line, story_of_register.AUTUMN)
    discuss_advice(troupe, plan.activities.get(number=ADVICE_LINE))
    publish_elsewhere(troupe, plan)
    collect_second_stage(troupe, plan, facts)
    ask_without_names(troupe, plan, facts)
    load_federal_survey(troupe, plan)
    review_second_stage(troupe, plan)
    write_words(
        activity=plan.activities.get(number=story_of_papers.LATE_LINE),
        words=story_of_papers.LATE_WORDS,
        by=troupe.person("coordinator"),
        at=at(story_of_papers.LATE_ON, 17),
    )
