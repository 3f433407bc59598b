"""The register of kinds: a literal tuple, in the order they are shown for choice."""

from __future__ import annotations

from opora.indicators.kind import Kind
from opora.indicators.kinds import (
    attested,
    channels_active,
    contest_finished,
    documents_marked,
    documents_published,
    documents_ready,
    events_held,
    events_planned,
    form_templates_ready,
    forms_filled,
    people_appointed,
    practices_presented,
    risks_chosen,
    rosters_formed,
    sample_reviewed,
    site_sections_alive,
    visits_held,
    visits_scheduled,
)

KINDS: tuple[Kind, ...] = (
    people_appointed.KIND,
    documents_published.KIND,
    documents_ready.KIND,
    visits_scheduled.KIND,
    visits_held.KIND,
    forms_filled.KIND,
    events_held.KIND,
    events_planned.KIND,
    site_sections_alive.KIND,
    channels_active.KIND,
    form_templates_ready.KIND,
    risks_chosen.KIND,
    documents_marked.KIND,
    sample_reviewed.KIND,
    contest_finished.KIND,
    practices_presented.KIND,
    rosters_formed.KIND,
    attested.KIND,
)

KINDS_BY_CODE: dict[str, Kind] = {kind.code: kind for kind in KINDS}
