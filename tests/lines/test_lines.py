"""Each of the 45 lines of the source order goes from an empty plan to a fulfilled indicator through pages alone."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from tests.lines.deeds import Scene
from tests.lines.stories import STORIES, Story
from tests.lines.town import Town
from tests.visitor import Page

FULFILLED = {"Выполнено": "done", "Постоянно": "alive"}
# A story told by schools or curators begins with their appointments, which are lines themselves.
APPOINTED = {"1.1", "1.2"}


def test_there_is_a_story_for_every_line_of_the_adopted_order(town: Town) -> None:
    assert len(STORIES) == 45
    assert [story.number for story in STORIES] == list(town.lines)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.number)
def test_a_line_becomes_fulfilled_through_pages(town: Town, story: Story) -> None:
    scene = Scene(town, story.number, story.day)
    before = scene.page()
    assert state_shown(before) not in FULFILLED
    told_before = states_told(scene)
    assert told_before[story.number] not in FULFILLED.values()

    story.deed(scene)

    after = scene.page()
    assert state_shown(after) == story.state
    told_after = states_told(scene)
    assert told_after[story.number] == FULFILLED[story.state]
    expected = ({story.number} | story.also) - APPOINTED
    assert fulfilled(told_after) - fulfilled(told_before) - APPOINTED == expected


def state_shown(page: Page) -> str:
    """The word for the state at the head of the line's page."""
    (state,) = page.tree.xpath("//main//*[contains(@class, 'st ') and contains(@class, ' big')]")
    return str(state.text_content()).strip()


def fulfilled(states: dict[str, str]) -> set[str]:
    """The numbers of the lines that stand fulfilled."""
    return {number for number, state in states.items() if state in FULFILLED.values()}


def states_told(scene: Scene) -> dict[str, str]:
    """The state of every line on the day of the scene, as `./opora standings` tells it."""
    said = io.StringIO()
    call_command("standings", "--on", scene.day, "--json", stdout=said)
    (plan,) = json.loads(said.getvalue())
    return {line["number"]: line["status"] for line in plan["lines"]}
