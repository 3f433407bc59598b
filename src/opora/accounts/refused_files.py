"""Everything that reads refused files: the list, and people whose files were refused time after time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from opora.accounts.models import RefusedFile, User

# Five refusals of one person in ten minutes show up for the administrator (trust contract, 1.7).
MANY: Final = 5
WITHIN: Final = timedelta(minutes=10)
LOOKED_BACK: Final = timedelta(days=14)
_MOST: Final = 5_000

# What the codes say of the matter, in the words of a list.
WORDS: Final[dict[str, str]] = {
    "F-EMPTY": "пустой файл",
    "F-SIZE": "больше допустимого",
    "F-TYPE": "не тот формат",
    "F-OLD": "старый формат Office",
    "F-BROKEN": "повреждён",
    "F-BOMB": "слишком велик после распаковки",
    "F-PASS": "защищён паролем",
    "F-MACRO": "макросы",
    "F-ACTIVE": "вложенная программа, команда или сценарий",
    "F-EXT": "ссылки на внешние данные",
    "F-SCAN": "скан без текста",
    "F-PAGES": "слишком много страниц",
    "F-ROWS": "слишком много строк",
    "F-NOTABLE": "нет нужной таблицы",
    "F-ENC": "неизвестная кодировка",
    "F-NAME": "недопустимое имя внутри архива",
    "F-FORM": "формула без значения",
    "F-VIRUS": "антивирус нашёл угрозу",
    "F-TIME": "слишком сложен",
}


@dataclass(frozen=True, slots=True)
class Burst:
    """One person's refusals that came close together; `count` is the most within ten minutes."""

    person: User
    count: int
    at: datetime


def refused_files_of(people: QuerySet[User]) -> QuerySet[RefusedFile]:
    """Files that these people were refused, the latest first."""
    return RefusedFile.objects.filter(person__in=people).select_related("person")


def bursts_of(people: QuerySet[User], at: datetime) -> list[Burst]:
    """People with five refusals within ten minutes in the last fortnight, the latest first. One query."""
    rows = refused_files_of(people).filter(at__gt=at - LOOKED_BACK, at__lte=at).order_by("-at", "-pk")[:_MOST]
    by_person: dict[int, list[RefusedFile]] = defaultdict(list)
    for row in rows:
        by_person[row.person_id or 0].append(row)
    found = []
    for own in by_person.values():
        counts = [
            (sum(one.at - other.at <= WITHIN for other in own[place:]), one) for place, one in enumerate(own)
        ]
        count, last = max(counts, key=lambda pair: (pair[0], pair[1].at))
        if count >= MANY and last.person is not None:
            found.append(Burst(last.person, count, last.at))
    return sorted(found, key=lambda burst: burst.at, reverse=True)
