"""Rows of the world that are about a region's report on the portal."""

from __future__ import annotations

from datetime import date
from typing import Any

from opora.accounts.models import User
from opora.plans.models import Roadmap
from opora.reports.actions import freeze_region, publish_region_issue


def region_issue_rows(plan: Roadmap, coordinator: User, day: date, at: Any) -> dict[str, dict[str, Any]]:
    """An issue of the report of the roadmap's region that is up on the portal."""
    region = plan.municipality.region
    issue = freeze_region(
        region=region,
        programme=plan.programme,
        since=plan.programme.starts_on,
        as_of=day,
        stretch="cumulative",
        by=coordinator,
        at=at,
    )
    publish_region_issue(issue=issue, on=day, by=coordinator, at=at)
    return {
        "region": {"pk": region.pk},
        "region issue": {"pk": issue.pk},
        "region issue file": {"pk": issue.pk, "ending": "pdf"},
    }
