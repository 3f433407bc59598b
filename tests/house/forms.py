"""The forms of all pages: each is found once, on the page of somebody who may send it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import lxml.html
from django.test import Client
from django.urls import Resolver404, resolve

from tests.house.doors import addresses
from tests.house.junk import content_of, place_of
from tests.house.matrix import MATRIX, OPEN, SIGNED
from tests.house.world import World


class Form(NamedTuple):
    """A form of a page: the door it stands at, where it leads, who saw it, what stands in it."""

    door: str
    leads_to: str
    person: Any
    page: str
    address: str
    tree: Any

    @property
    def told(self) -> dict[str, list[str]]:
        """What a browser sends when the first button is pressed and nothing has been typed."""
        said: dict[str, list[str]] = {}
        for name, value in self.tree.form_values():
            said.setdefault(name, []).append(value.removeprefix("\n"))
        for button in self.tree.xpath("(.//button)[1][@name]"):
            said.setdefault(button.get("name"), [button.get("value") or ""])
        return said

    @property
    def filled(self) -> list[str]:
        """The visible fields that begin with words or a choice in them."""
        return [
            field.get("name")
            for field in self.tree.xpath(
                ".//textarea[@name] | .//select[@name] | .//input[@name][not(@type='hidden' or @type='checkbox'"
                " or @type='radio' or @type='date' or @type='file' or @readonly)]"
            )
            if (field.value or "").strip()
            if not isinstance(field.value, set)
        ]


def forms_of(world: World) -> Iterator[Form]:
    """Every form that is sent by POST, one of a kind: the same door and the same door behind it."""
    seen: set[tuple[str, str]] = set()
    for door in addresses():
        for letter in _letters(door.name):
            client, place = Client(), place_of(door, world)
            person = world.people[letter] if letter else None
            if person is not None:
                client.force_login(person)
            answer = client.get(place, follow=True)
            content = content_of(answer)
            if not answer.headers["Content-Type"].startswith("text/html") or not content.strip():
                continue
            page = answer.redirect_chain[-1][0] if answer.redirect_chain else place
            for tree in lxml.html.fromstring(content.decode()).forms:
                address = urljoin(page, tree.action or page)
                kind = (door.name, _door_behind(address))
                if tree.method == "POST" and kind not in seen:
                    seen.add(kind)
                    yield Form(*kind, person, page, address, tree)


def _letters(door: str) -> list[str]:
    row = MATRIX[door]
    if row == OPEN:
        return [""]
    if row == SIGNED:
        return ["M"]
    return [letter for letter in "MSE" if letter in row] or [row[0]]


def _door_behind(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return address
