"""Somebody at a browser without scripts: opens pages, follows their links, fills in and sends their forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin

import lxml.html

from tests.clock import DayClient

WELL = 200


@dataclass(frozen=True)
class Page:
    """An opened page: its address, status and tree."""

    address: str
    status: int
    tree: Any
    content: bytes
    headers: Any

    @property
    def words(self) -> str:
        """Everything that is to be read on the page, with single spaces."""
        return words_of(self.tree.find(".//main"))

    def forms_to(self, action: str) -> list[Any]:
        """The forms sent by POST to an address that ends so; an empty one is a form of the page itself."""
        return [
            form
            for form in self.tree.forms
            if form.method == "POST" and (form.action or "").split("?")[0].endswith(action or "nowhere")
        ] or [form for form in self.tree.forms if form.method == "POST" and not action and not form.action]


class Visitor:
    """One person's browser; forms are sent with their CSRF marks, as a browser does."""

    def __init__(self, person: Any = None) -> None:
        self.client = DayClient(enforce_csrf_checks=True)
        if person is not None:
            self.client.force_login(person)

    def open(self, address: str, status: int = WELL) -> Page:
        """Go to an address and on where it leads."""
        return self.page_of(self.client.get(address, follow=True), address, status)

    def follow(self, page: Page, address: str) -> Page:
        """Press a link of the page that leads to an address beginning so."""
        links = [link.get("href") for link in page.tree.iterfind(".//main//a[@href]")]
        found = [urljoin(page.address, link) for link in links]
        chosen = [link for link in found if link.startswith(address)]
        assert chosen, f"{page.address} has no link to {address}, only {links}"
        return self.open(chosen[0])

    def enter(self, page: Page, pattern: str) -> Page:
        """Press the first link of the page whose address is all of this pattern, a question mark and on aside."""
        links = [urljoin(page.address, link.get("href")) for link in page.tree.iterfind(".//main//a[@href]")]
        found = [link for link in links if re.fullmatch(pattern, link.split("?")[0])]
        assert found, f"{page.address} has no link like {pattern}, only {links}"
        return self.open(found[0])

    def ask(self, page: Page, action: str, **values: Any) -> Page:
        """Fill in the form of the page that asks by GET and leads to `action`, and press its button."""
        forms = [form for form in page.tree.forms if form.method == "GET" and form.action == action]
        assert forms, (
            f"{page.address} has no question to «{action}»: {[form.action for form in page.tree.forms]}"
        )
        told = dict(forms[0].form_values())
        for name in values:
            assert name in forms[0].fields, f"no field {name}"
        return self.open(f"{action}?{urlencode({**told, **values})}")

    def send(self, page: Page, action: str = "", status: int = WELL, **values: Any) -> Page:
        """Fill in the form of the page that is sent to `action` and press its button."""
        forms = page.forms_to(action)
        assert forms, f"{page.address} has no form to «{action}»: {[form.action for form in page.tree.forms]}"
        return self.send_form(page, forms[0], status, **values)

    def send_form(self, page: Page, form: Any, status: int = WELL, **values: Any) -> Page:
        """Send this form with what stands in it and the values over it."""
        told: dict[str, Any] = {}
        for name, value in form.form_values():
            told.setdefault(name, []).append(value.removeprefix("\n"))
        for name in values:
            assert name in form.fields or form.xpath(f".//button[@name='{name}']"), f"no field {name}"
        address = urljoin(page.address, form.action or page.address)
        answer = self.client.post(address, {**told, **values}, follow=True)
        return self.page_of(answer, address, status)

    def page_of(self, answer: Any, address: str, status: int) -> Page:
        """The page that an answer shows, after all the ways it led on."""
        last = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        address = urljoin(address, last)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        is_page = answer.headers["Content-Type"].startswith("text/html")
        tree = lxml.html.fromstring(content, base_url=None) if is_page and content.strip() else None
        complaints = words_of(tree.find(".//main"))[:1500] if is_page else ""
        assert answer.status_code == status, f"{address}: {answer.status_code}: {complaints}"
        return Page(address, answer.status_code, tree, content, answer.headers)


def words_of(node: Any) -> str:
    """The words inside of a node with single spaces."""
    return " ".join(node.text_content().split()) if node is not None else ""
