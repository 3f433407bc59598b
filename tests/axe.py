"""What axe finds on a page, looked at when it is at rest."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# A colour on its way to another has no contrast of its own.
AT_REST = "Promise.allSettled(document.getAnimations().map(one => one.finished))"


def faults(page: Any, tags: list[str] | None = None) -> list[str]:
    """The broken rules (all of axe's, or those of some tags), each with its first two places."""
    page.wait_for_load_state("load")
    page.evaluate(AT_REST)
    options = {"runOnly": {"type": "tag", "values": tags}} if tags else {}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:2]]}" for one in found]
