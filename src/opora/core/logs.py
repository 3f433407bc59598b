"""What the log is spared."""

from __future__ import annotations

import logging


class WithoutTrace(logging.Filter):
    """Leaves the sentence of a record and drops its trace: the fault is the asker's, not the program's."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = record.exc_text = None
        return True
