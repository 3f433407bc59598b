"""A pasted list of appointments: rows are understood one by one, each with what is doubtful or wrong in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from opora.accounts.models import User
from opora.accounts.queries import Likeness
from opora.appointments.actions import Newcomer, Wish
from opora.appointments.forms.deeds import OrderForm
from opora.appointments.models import Appointment, Duty
from opora.appointments.rules import reason_among
from opora.core.russian import fold
from opora.documents.forms import TextField
from opora.programmes.models import Programme
from opora.schools.days_told import NoSuchDay, day_told
from opora.schools.models import School

MOST_ROWS = 5000
WIDEST = 300
MOST_OF_NUMBER = 50
HEADINGS = ("фио", "ф.и.о", "ф. и. о", "фамилия")
# Words a row may name a duty by, the first that fits.
DUTY_WORDS = (("куратор", Duty.CURATOR), ("координатор", Duty.SCHOOL_COORDINATOR))


# Person, duty, school, mail, and the order when the row has its own: number and day.
Cells = tuple[str, str, str, str, str, str]


@dataclass
class Row:
    """One line of the list: as it was typed, as it was understood, and remarks."""

    number: int
    cells: Cells
    person: User | Newcomer | None = None
    duty: str = ""
    school: School | None = None
    alike: list[User] = field(default_factory=list)
    # Newcomers of earlier rows who may be the same person, with the numbers of those rows.
    alike_above: list[tuple[int, Newcomer]] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    order_date: date | None = None

    @property
    def order_words(self) -> str:
        """The row's own order: «№ 12 от 01.09.2022»."""
        day = f" от {self.order_date:%d.%m.%Y}" if self.order_date else ""
        return f"№ {self.cells[4]}{day}" if self.cells[4] else ""

    @property
    def is_new(self) -> bool:
        """Whether somebody will be entered."""
        return isinstance(self.person, Newcomer)

    @property
    def same_as(self) -> int:
        """The number of the earlier row whose newcomer this is; 0 for nobody's."""
        return next((number for number, one in self.alike_above if one == self.person), 0)

    @property
    def duty_words(self) -> str:
        """The duty as it is called."""
        return Duty(self.duty).label if self.duty else self.cells[1]

    @property
    def who(self) -> str:
        """The name of the field that says whether a newcomer is one of those alike."""
        return f"who-{self.number}"

    def wish(self) -> Wish:
        """The row as the action takes it; only for rows without mistakes."""
        assert self.person is not None, "a row without mistakes names a person"
        assert self.school is not None, "and a school"
        return Wish(self.person, self.duty, self.school, self.cells[4], self.order_date)


class ManyForm(OrderForm):
    """The list, pasted or in a file, and what is common to all its rows."""

    text = TextField(
        label="Список",
        max_length=1_000_000,
        strip=False,
        help_text="По строке на назначение: ФИО; обязанность; школа; почта; приказ №; от какого дня. "
        "Можно вставить столбцы прямо из таблицы.",
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="Или файл со списком",
        required=False,
        help_text="xlsx, ods, csv. Столбцы «ФИО», «Обязанность», «Школа», «Почта», «Приказ №», «от» — или «Школа», "
        "«Куратор», «Школьный координатор».",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt,.xls"}),
    )
    field_order = ("text", "file", "since")

    def clean_text(self) -> str:
        """Not empty and not longer than a person can look through."""
        text: str = self.cleaned_data["text"]
        count = len(lines_of(text))
        if count > MOST_ROWS:
            raise ValidationError(f"Строк больше {MOST_ROWS:,}. Разделите список.".replace(",", "\u00a0"))
        if not count:
            raise ValidationError("В списке нет ни одной строки.")
        return text


class Reader:
    """Understands the rows of a list among the schools, people and appointments that are there."""

    def __init__(
        self,
        schools: Iterable[School],
        people: Iterable[User],
        held: Mapping[int, list[Appointment]],
        choices: Mapping[str, Any],
        *,
        programme: Programme,
        since: date,
        today: date,
    ) -> None:
        self._programme, self._since, self._today = programme, since, today
        self._schools = _names_of_schools(schools)
        self._people = list(people)
        self._by_pk = {str(one.pk): one for one in self._people}
        self._by_mail = {one.email: one for one in self._people if one.email}
        self._likeness = Likeness(self._people)
        self._held, self._choices = held, choices
        self._told: set[tuple[object, str, int]] = set()
        self._coordinated: set[int] = set()
        self._above: dict[object, dict[Newcomer, int]] = defaultdict(dict)

    def rows(self, text: str) -> list[Row]:
        """All rows in the order of the list."""
        return [self._row(number, line) for number, line in lines_of(text)]

    def _row(self, number: int, line: str) -> Row:
        row = Row(number, cells_of(line))
        self._name_duty(row)
        self._find_school(row)
        self._find_person(row)
        self._read_order(row)
        if not row.mistakes:
            self._look_at_others(row)
        return row

    def _name_duty(self, row: Row) -> None:
        words = fold(row.cells[1])
        row.duty = next((duty.value for word, duty in DUTY_WORDS if word in words), "")
        if not row.duty:
            told = f"Обязанность «{row.cells[1]}» не понята" if words else "Нет обязанности"
            row.mistakes.append(f"{told}. Напишите «куратор» или «школьный координатор».")

    def _find_school(self, row: Row) -> None:
        words = fold(row.cells[2])
        found = self._schools.get(words, [])
        numbers = _numbers(words)
        if not found and len(numbers) == 1:
            found = self._schools.get(numbers[0], [])
        if len(found) == 1:
            row.school = found[0]
        elif not words:
            row.mistakes.append("Нет школы.")
        elif found:
            row.mistakes.append(f"Школ «{row.cells[2]}» несколько. Напишите полное название.")
        else:
            row.mistakes.append(
                f"Школы «{row.cells[2]}» нет в списке школ. Проверьте номер или внесите школу."
            )

    def _read_order(self, row: Row) -> None:
        """An order of the row has a number and a day that has come, or neither."""
        number, day = row.cells[4:]
        try:
            row.order_date = day_told(day)
        except NoSuchDay as error:
            row.mistakes.append(f"День приказа {error}.")
            return
        if len(number) > MOST_OF_NUMBER:
            row.mistakes.append(f"Номер приказа длиннее {MOST_OF_NUMBER} знаков.")
        elif row.order_date and not number:
            row.mistakes.append("У приказа есть дата и нет номера.")
        elif number and not row.order_date:
            row.mistakes.append("У приказа есть номер и нет даты.")
        elif row.order_date and row.order_date > self._today:
            row.mistakes.append(f"Приказ датирован будущим днём: {row.order_date:%d.%m.%Y}.")

    def _find_person(self, row: Row) -> None:
        words = row.cells[0].split()
        email = row.cells[3].lower()
        if len(words) < 2:
            row.mistakes.append("Нужны фамилия и имя.")
            return
        if email and not _is_mail(email):
            row.mistakes.append(f"Почта «{row.cells[3]}» написана с опечаткой.")
            return
        last, first, middle = words[0], words[1], " ".join(words[2:])
        exact = self._likeness.exact(last, first, middle)
        if len(exact) == 1:
            row.person = exact[0]
            return
        owner = self._by_mail.get(email) if email else None
        row.alike = self._likeness.alike(last, first, middle)
        if owner is not None and owner not in row.alike:
            row.mistakes.append(f"Почта {email} — у другого человека: {owner.full_name}.")
            return
        told = str(self._choices.get(row.who, ""))
        chosen = self._by_pk.get(told)
        row.person = chosen if chosen in row.alike else self._newcomer(row, told, last, first, middle, email)

    def _newcomer(self, row: Row, told: str, last: str, first: str, middle: str, email: str) -> Newcomer:
        """Somebody new, unless they were said to be one of those who are new in a row above."""
        made = Newcomer(last, first, middle, email)
        keys = (fold(last), (fold(first), fold(middle)))
        above = {one: number for key in keys for one, number in self._above[key].items() if one != made}
        known = {
            User(
                pk=number, last_name=one.last_name, first_name=one.first_name, middle_name=one.middle_name
            ): one
            for one, number in above.items()
        }
        row.alike_above = [(one.pk, known[one]) for one in Likeness(known).alike(last, first, middle)]
        same = next((one for number, one in row.alike_above if told == f"row-{number}"), None)
        if same is not None:
            return same
        for key in keys:
            self._above[key].setdefault(made, row.number)
        return made

    def _look_at_others(self, row: Row) -> None:
        assert row.school is not None, "looked at only without mistakes"
        person = row.person if isinstance(row.person, User) else None
        reason = reason_among(
            self._held.get(row.school.pk, ()),
            person,
            row.duty,
            row.school,
            self._programme,
            self._since,
        )
        key = (row.person, row.duty, row.school.pk)
        if reason:
            row.mistakes.append(reason)
        elif key in self._told:
            row.mistakes.append("Эта строка уже есть выше.")
        elif row.duty == Duty.SCHOOL_COORDINATOR and row.school.pk in self._coordinated:
            row.mistakes.append(f"{row.school}: координатор уже назван выше. У школы он один.")
        elif self._is_rival(row):
            row.mistakes.append("Один и тот же человек назван и куратором, и координатором этой школы.")
        self._told.add(key)
        if row.duty == Duty.SCHOOL_COORDINATOR:
            self._coordinated.add(row.school.pk)

    def _is_rival(self, row: Row) -> bool:
        assert row.school is not None, "looked at only without mistakes"
        other = Duty.CURATOR if row.duty == Duty.SCHOOL_COORDINATOR else Duty.SCHOOL_COORDINATOR
        return (row.person, other.value, row.school.pk) in self._told


def lines_of(text: str) -> list[tuple[int, str]]:
    """The lines that say something, with their numbers in the list; a line of headings is passed over."""
    told = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip(" \t;")]
    if told and fold(cells_of(told[0][1])[0]).startswith(HEADINGS):
        return told[1:]
    return told


def cells_of(line: str) -> Cells:
    """Six cells of a line parted by tabs, or by semicolons where there are no tabs."""
    cells = [" ".join(cell.split())[:WIDEST] for cell in line.split("\t" if "\t" in line else ";")]
    one, two, three, four, five, six = (*cells, "", "", "", "", "", "")[:6]
    return one, two, three, four, re.sub(r"^№ ?", "", five), re.sub(r"^от ", "", six)


def _names_of_schools(schools: Iterable[School]) -> dict[str, list[School]]:
    names: dict[str, list[School]] = defaultdict(list)
    for school in schools:
        told = {fold(school.short_name), fold(school.name)}
        for name in told | {str(school.number)} if school.number else told | set(_numbers(school.short_name)):
            names[name].append(school)
    return names


def _numbers(words: str) -> list[str]:
    return re.findall(r"\d+", words)


def _is_mail(words: str) -> bool:
    try:
        validate_email(words)
    except ValidationError:
        return False
    return True
