"""Which proofs of a line a person may open: a link is shown only where the page behind it would let them in."""

from __future__ import annotations

from dataclasses import dataclass

from opora.appointments.queries import Access
from opora.indicators.ground import curator_key, school_key


@dataclass(frozen=True, slots=True)
class Openings:
    """Keys of subjects whose proof a person may open; asked by templates with `in`.

    The centre opens all of its place. Others open what is about their own schools or themselves, and, when
    `with_common`, what is about nobody in particular: the approved papers of the centre.
    """

    is_of_centre: bool
    own: frozenset[str]
    with_common: bool

    def __contains__(self, key: object) -> bool:
        if self.is_of_centre or key in self.own:
            return True
        return self.with_common and not str(key).startswith(("school-", "curator-"))


def openings_of(access: Access, person_id: int, *, with_common: bool) -> Openings:
    """What a person may open; common papers are open to all once they are confirmed."""
    own = frozenset({curator_key(person_id), *(school_key(pk) for pk in access.school_ids)})
    return Openings(access.is_of_centre, own, with_common)
