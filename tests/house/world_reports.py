"""Rows of the reports in the world: reports by their addresses, issues as files, regions, own templates."""

from __future__ import annotations

import io
from typing import Any

import docx

from opora.accounts.models import User
from opora.plans.models import Roadmap
from opora.reports.actions import add_template
from opora.reports.models import Issue
from opora.reports.papers import PAPERS_BY_CODE, try_template


def report_rows(plan: Roadmap, issue: Issue, coordinator: User, at: Any) -> dict[str, dict[str, Any]]:
    """What the addresses of reports are asked with, and a template of the roadmap's municipality."""
    region = {"pk": plan.municipality.region_id, "programme_pk": plan.programme_id, "code": "region_progress"}
    file = io.BytesIO()
    paper = docx.Document()
    paper.add_paragraph("{{ head.title }}")
    paper.save(file)
    tried = try_template("evidence", file.getvalue(), "Свой.docx", PAPERS_BY_CODE["evidence"].example())
    own = add_template(place=plan.municipality, tried=tried, by=coordinator, at=at)
    return {
        "report": {"pk": plan.pk, "code": "progress"},
        "report file": {"pk": plan.pk, "code": "progress", "ending": "xlsx"},
        "issue file": {"pk": issue.pk, "ending": "xlsx"},
        "region report": region,
        "region report file": {**region, "ending": "xlsx"},
        "own template": {"pk": own.pk},
    }
