"""Pages obey the strict content policy: no inline style, script or handler, no outside host."""

import re

import pytest

from tests.house.tree import PACKAGE, named, templates

FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "htmx handler or evaluated value": re.compile(r"\shx-(on|vals\s*=\s*[\"']js:)", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "outside host": re.compile(r"(src|href|action|hx-\w+)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
}


@pytest.mark.parametrize("fault", FORBIDDEN)
def test_no_template_has(fault: str) -> None:
    found = [named(path) for path in templates() if FORBIDDEN[fault].search(path.read_text(encoding="utf-8"))]
    assert len(templates()) > 10
    assert found == []


def test_the_patterns_see_what_they_look_for() -> None:
    bad = {
        "inline style": '<p style="x">',
        "style element": "<style>",
        "inline script": "<script>1</script>",
        "handler": '<a onclick="x">',
        "htmx handler or evaluated value": '<a hx-on:click="x">',
        "script address": "javascript:1",
        "outside host": '<img src="//example.org/x.png">',
        "unescaped text": "{{ words|safe }}",
    }
    assert bad.keys() == FORBIDDEN.keys()
    assert all(FORBIDDEN[fault].search(text) for fault, text in bad.items())


def test_styles_ask_no_outside_host() -> None:
    styles = [path for path in PACKAGE.rglob("*.css") if "static" in path.parts]
    assert styles
    asked = [
        named(path)
        for path in styles
        if re.search(r"@import|url\(\s*[\"']?(https?:)?//", path.read_text(encoding="utf-8"))
    ]
    assert asked == []


def included(text: str) -> str:
    """The texts of the parts that a piece of a template includes by name."""
    names = re.findall(r"\{% include \"([\w/]+\.html)\"", text)
    return "".join(
        path.read_text(encoding="utf-8")
        for path in templates()
        for name in names
        if str(path).endswith(f"templates/{name}")
    )


def test_every_form_that_posts_is_protected() -> None:
    form = re.compile(r"<form\b[^>]*\bmethod\s*=\s*[\"']post[\"'].*?</form>", re.IGNORECASE | re.DOTALL)
    bare, seen = [], 0
    for path in templates():
        for found in form.findall(path.read_text(encoding="utf-8")):
            seen += 1
            if not re.search(r"\{% (csrf_token|form_key)\b|\{\{ csrf_token \}\}", found + included(found)):
                bare.append(named(path))
    assert seen > 3
    assert bare == []
