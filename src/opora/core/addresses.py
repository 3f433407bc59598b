"""How the outside knows this installation: full addresses of its pages and lasting names of its things."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT: Final = "opora.core.addresses"


def full_address(path: str) -> str:
    """The address of a page as it is written in letters, codes on paper, feeds and calendars.

    It is never taken from a request: a page that was opened under another name must not teach that name to others.
    """
    return str(settings.SITE_ADDRESS) + path


def installation_name() -> str:
    """A name of this installation that lasts as long as its secret key, whatever address it is served at."""
    return f"{salted_hmac(_SALT, 'installation').hexdigest()[:20]}.opora"


def lasting_name(key: str) -> str:
    """The name of one thing for feeds («urn:opora:…»): readers that know it do not show the thing anew."""
    return f"urn:opora:{installation_name()}:{key.strip('/').replace('/', ':')}"
