"""The line page links to a proof only where the reader may open it."""

from opora.appointments.queries import Access
from opora.indicators.openings import openings_of


def access(**places: frozenset[int]) -> Access:
    nobody = {
        name: frozenset[int]() for name in ("region_ids", "municipality_ids", "school_ids", "own_school_ids")
    }
    return Access(duties=frozenset(), permissions=frozenset(), **(nobody | places))


def test_the_centre_opens_every_proof() -> None:
    openings = openings_of(access(municipality_ids=frozenset({1})), 5, with_common=False)

    assert all(key in openings for key in ("school-7", "curator-9", "one"))


def test_a_curator_opens_what_is_about_own_schools_and_oneself() -> None:
    openings = openings_of(access(school_ids=frozenset({7})), 5, with_common=False)

    assert [key in openings for key in ("school-7", "school-8", "curator-5", "curator-9", "one")] == [
        True, False, True, False, False,
    ]  # fmt: skip


def test_confirmed_papers_of_nobody_in_particular_are_open_to_all() -> None:
    openings = openings_of(access(school_ids=frozenset({7})), 5, with_common=True)

    assert [key in openings for key in ("one", "document-3", "school-8")] == [True, True, False]
