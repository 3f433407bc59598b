"""The front page of the portal in a real browser: it opens, asks no outside host and breaks no policy."""

from typing import Any

import pytest

from tests.axe import faults

pytestmark = pytest.mark.browser


def test_the_portal_opens_clean_on_a_desk_and_on_a_phone(page: Any) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for width, height in ((1366, 768), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        answer = page.goto("/")
        assert answer.status == 200
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("h1").count() == 1
    assert all(url.startswith("http://127.0.0.1:") for url in asked)
    assert said == []


@pytest.mark.parametrize(
    "path", ["/", "/login/", "/password/forgotten/", "/open/accessibility/", "/nowhere/"]
)
def test_open_pages_are_accessible(page: Any, path: str) -> None:
    page.goto(path)
    assert faults(page) == []
