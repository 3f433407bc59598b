"""Counting rounds of review: finished ones count, drawn ones are reported, schools that no draw took are not waited for."""

from __future__ import annotations

from datetime import date

import pytest

from opora.indicators.register import KINDS_BY_CODE
from opora.programmes.models import DocumentKind
from opora.reviews.models import Round, Sampled
from tests.indicators.town import AT, Town

DRAWN, SETTLED, FINISHED = date(2022, 5, 10), date(2022, 5, 12), date(2022, 5, 16)


def reviewed(town: Town, *, place: int = 0, schools: int = 2, finished_on: date | None = FINISHED) -> Round:
    """A round of a line drawn on 10 May with documents of the first schools."""
    row = Round.objects.create(
        municipality=town.municipality, programme=town.programme, activity=town.lines[place], title="Экспертиза",
        size_value=50, seed="a", drawn_on=DRAWN, finished_on=finished_on, made_at=AT, made_by=town.coordinator,
    )  # fmt: skip
    for position, school in enumerate(town.schools[:schools], start=1):
        document = town.document(f"Концепция {school}", school=school)
        document.activity = None
        document.save(update_fields=["activity"])
        Sampled.objects.create(round=row, document=document, position=position, settled_on=SETTLED)
    return row


def test_a_round_is_reported_since_its_draw_and_counts_since_it_was_finished(town: Town) -> None:
    town.plan([("sample_reviewed", "one", 1)])
    row = reviewed(town)

    before, between, after = (town.state(day) for day in (date(2022, 5, 9), SETTLED, FINISHED))
    assert (before.found, before.reported, before.expected) == (0, 0, 1)
    assert (between.found, between.reported) == (0, 1)
    assert (after.found, after.reported, after.status.code) == (1, 0, "done")
    assert [one.proof for one in after.tallies[0].counted.confirmed] == [f"/reviews/{row.pk}/"]


def test_a_round_not_finished_never_counts(town: Town) -> None:
    town.plan([("sample_reviewed", "one", 1)])
    reviewed(town, finished_on=None)

    assert (town.state().found, town.state().reported) == (0, 1)


def test_by_schools_only_those_of_the_sample_are_waited_for(town: Town) -> None:
    town.plan([("sample_reviewed", "schools", 1)])
    reviewed(town)

    before, after = town.state(date(2022, 5, 9)), town.state(FINISHED)
    assert (before.found, before.expected) == (0, 3)
    assert (after.found, after.expected, after.status.code) == (2, 2, "done")
    spared = after.tallies[0].counted.excused
    assert [(one.name, one.reason) for one in spared] == [(town.schools[2].short_name, "не попала в выборку")]


def test_by_number_documents_of_the_sample_are_counted(town: Town) -> None:
    town.plan([("sample_reviewed", "number", 3)])
    reviewed(town)

    assert (town.state(FINISHED).found, town.state(FINISHED).expected) == (2, 3)


def test_a_round_of_another_line_proves_nothing_here(town: Town) -> None:
    town.plan([("sample_reviewed", "one", 1)], [("sample_reviewed", "one", 1)])
    reviewed(town, place=1)

    assert [town.state(place=place).found for place in (0, 1)] == [0, 1]


def test_papers_and_words_go_on_counting(town: Town) -> None:
    town.plan([("sample_reviewed", "one", 1)])
    town.approved()

    assert town.state().status.code == "done"


@pytest.mark.parametrize("count", [1, 40])
def test_rounds_of_any_number_of_lines_are_asked_by_one_query(
    town: Town, count: int, django_assert_num_queries: object
) -> None:
    from opora.reviews.queries import reviews_of

    town.plan(*([("sample_reviewed", "one", 1)] for _ in range(count)))
    for place in range(count):
        reviewed(town, place=place, schools=1)
    with django_assert_num_queries(1):  # type: ignore[operator]  # -- a fixture
        assert len(reviews_of([one.pk for one in town.lines], FINISHED)) == count


def test_the_rule_is_told_as_built() -> None:
    kind = KINDS_BY_CODE["sample_reviewed"]
    assert kind.is_built
    assert "завершённой экспертизы" in kind.rule


def test_the_papers_that_are_examined_prove_no_examination(town: Town) -> None:
    town.plan([("sample_reviewed", "one", 1)])
    paper = town.approved()
    paper.kind = DocumentKind.objects.create(
        programme=town.programme, code="concept", name="Концепция", position=1, owed_by="school"
    )
    paper.save(update_fields=["kind"])

    assert (town.state().found, town.state().reported) == (0, 0)
