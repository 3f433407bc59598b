"""What is asked of every request in the matter of people: files refused on the way are noted with who sent them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from opora.accounts.actions import note_refused_files
from opora.core.refused_files import noting

Answer = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger(__name__)


def refused_files(answer: Answer) -> Answer:
    """Note the files that were refused while a request was answered; stands above whatever reads its body."""

    def with_notes(request: HttpRequest) -> HttpResponse:
        with noting() as notes:
            response = answer(request)
        if notes:
            person: Any = getattr(request, "user", None)
            try:
                note_refused_files(
                    person=person if person is not None and person.is_authenticated else None,
                    notes=notes,
                    at=timezone.now(),
                )
            except DatabaseError:
                # The answer is made: that its refusal could not be noted is for the operator.
                _log.warning("refused files could not be noted", exc_info=True)
        return response

    return with_notes
