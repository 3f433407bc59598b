"""Remarks on a draft: what in the order itself a person should look at before the plan is adopted."""

from __future__ import annotations

from opora.imports.checks.numbers import number_problems
from opora.imports.checks.promises import promise_problems
from opora.imports.checks.terms import term_problems
from opora.imports.draft import Problem, RoadmapDraft


def check(draft: RoadmapDraft) -> list[Problem]:
    """All remarks on a draft as it stands, so that a corrected draft can be asked again; none for a clean roadmap."""
    return [*number_problems(draft), *term_problems(draft), *promise_problems(draft)]
