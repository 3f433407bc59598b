"""Everything that writes in this room: words, issues and their publication, own templates."""

from opora.reports.actions.issues import freeze, freeze_region, publish_issue, write_words
from opora.reports.actions.publishing import publish_region_issue, take_down_region_issue
from opora.reports.actions.templates import add_template, withdraw_template

__all__ = [
    "add_template",
    "freeze",
    "freeze_region",
    "publish_issue",
    "publish_region_issue",
    "take_down_region_issue",
    "withdraw_template",
    "write_words",
]
