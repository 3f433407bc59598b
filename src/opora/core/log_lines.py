"""Lines of the server's log: a refusal is one short line, a fault of ours keeps its whole page."""

from __future__ import annotations

import logging

# An address or a header that somebody sends may be 8 KB long: the log needs its beginning.
MOST_LETTERS = 400


class ShortLines(logging.Filter):
    """Takes the page of code off what is no fault of ours (answers 4xx) and cuts long lines."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, made short."""
        status = getattr(record, "status_code", 500)
        if status < 500 or record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
        message = record.getMessage()
        # Only what comes from outside is cut; what our own parts say is bounded where it is said.
        if record.name.startswith("django") and len(message) > MOST_LETTERS:
            record.msg, record.args = f"{message[:MOST_LETTERS]}…", None
        return True
