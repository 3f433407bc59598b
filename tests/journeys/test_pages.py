"""Every page a coordinator reaches: both themes, a desk, a phone and 200 % zoom; axe finds nothing."""

from __future__ import annotations

import pytest

from opora.documents.models import Document
from opora.plans.models import Activity
from opora.reports.models import Issue
from opora.schools.models import School
from tests.journeys.conftest import PHONE, ZOOMED, OpenDesk

pytestmark = pytest.mark.browser


def pages() -> list[str]:
    """The addresses of the pages, with rows of the story."""
    line = Activity.objects.get(number="1.7")
    plan, place = line.roadmap_id, f"/roadmaps/{line.roadmap_id}/lines/{line.pk}/"
    document = Document.objects.filter(activity__number="2.10").get()
    person = line.roadmap.adopted_by_id
    return [
        "/today/",
        f"/roadmaps/{plan}/",
        f"/roadmaps/{plan}/?section=1&state=late",
        f"/roadmaps/{plan}/print/",
        f"/roadmaps/{plan}/responsible/",
        place,
        f"{place}rule/",
        f"{place}excuse/",
        f"/lines/{line.pk}/word/",
        "/words/",
        "/words/?which=confirmed",
        "/documents/",
        "/documents/add/",
        f"/documents/{document.pk}/",
        f"/documents/{document.pk}/approve/",
        "/imports/",
        "/reports/",
        f"/reports/{plan}/progress/",
        f"/reports/issues/{Issue.objects.get(kind='progress').pk}/",
        "/people/",
        "/people/new/",
        f"/people/{person}/",
        "/appointments/",
        "/appointments/new/",
        "/appointments/many/",
        "/appointments/order/",
        "/appointments/rights/",
        "/schools/",
        "/schools/new/",
        f"/schools/{School.objects.order_by('pk')[0].pk}/",
        "/settings/",
        "/help/",
        "/account/",
        "/account/password/",
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_accessible_in_both_themes(story: None, desk: OpenDesk, theme: str) -> None:
    window = desk(color_scheme=theme)
    window.sign_in("coordinator@opora.example")
    for address in pages():
        window.go(address)
        window.look()


def test_no_page_has_to_be_moved_sideways_on_a_phone_or_zoomed_twice(story: None, desk: OpenDesk) -> None:
    window = desk()
    window.sign_in("coordinator@opora.example")
    for address in pages():
        window.go(address)
        for width, height in (PHONE, ZOOMED):
            window.page.set_viewport_size({"width": width, "height": height})
            window.check_width()
