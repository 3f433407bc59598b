"""Where the data folder is served: every address that leaves the product follows it, in this process and in later ones."""

from __future__ import annotations

import os
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from opora.config.environment import bracketed, host_of, kept_in
from opora.config.kept import keep_address

USUAL_HOST: Final = "127.0.0.1"
USUAL_PORT: Final = 8000
EVERYWHERE: Final = ("0.0.0.0", "::", "")  # noqa: S104 -- compared with what the operator asked for


def follow(host: str, port: int) -> None:
    """Let all addresses name the host and port served, and remember them; an address of OPORA_ADDRESS stands above."""
    if os.environ.get("OPORA_ADDRESS", "").strip():
        return
    # «On all addresses» is no address that can be typed.
    named = USUAL_HOST if host in EVERYWHERE else host
    site = f"http://{bracketed(named)}{'' if port == 80 else f':{port}'}"
    kept_in(settings.DATA, lambda data: keep_address(data, site))
    settings.SITE_ADDRESS = site
    settings.CSRF_TRUSTED_ORIGINS = [site]
    if host_of(site) not in settings.ALLOWED_HOSTS:
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, host_of(site)]


def follow_told(host: str | None, port: int | None) -> None:
    """The same for a command that does not serve: what is not told stays as it was."""
    if host is not None or port is not None:
        parts = urlsplit(settings.SITE_ADDRESS)
        follow(host or parts.hostname or USUAL_HOST, port or parts.port or USUAL_PORT)


def serve_words() -> str:
    """The command that serves at the address that the product names now."""
    parts = urlsplit(settings.SITE_ADDRESS)
    if os.environ.get("OPORA_ADDRESS", "").strip():
        return "./opora serve"
    host = f" --host {parts.hostname}" if parts.hostname != USUAL_HOST else ""
    port = f" --port {parts.port or 80}" if (parts.port or 80) != USUAL_PORT else ""
    return f"./opora serve{host}{port}"
