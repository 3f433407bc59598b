"""Who plays in the demonstration: a fictional municipality, eleven schools and the people around them.

Every name is invented; the schools bear «(вымышленная)» in their full names, addresses end in `.example`.
"""

from __future__ import annotations

from dataclasses import dataclass

REGION = "Вымышленная область"
REGION_COORDINATOR = "Вымышленный центр непрерывного повышения мастерства"
MUNICIPALITY = "г. о. Примерск"
CENTRE = "Муниципальное учреждение «Информационно-методический центр» (вымышленное)"
CENTRE_SHORT = "МУ «ИМЦ» г. о. Примерск"
ADDRESS = "Примерск, ул. Образцовая, д. 1, тел. 8 (000) 000-00-00"
PLACE = "г. Примерск"
HEAD_POST = "Директор МУ «ИМЦ»"


@dataclass(frozen=True, slots=True)
class Player:
    """A person of the story; `key` is how the story calls them, a mail means that they sign in."""

    key: str
    last: str
    first: str
    middle: str
    post: str
    workplace: str = CENTRE_SHORT
    mail: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.last} {self.first} {self.middle}"


COORDINATOR = Player(
    "coordinator", "Русакова", "Ирина", "Павловна", "старший методист", mail="coordinator@opora.example"
)
SECOND = Player("second", "Инжеватова", "Нина", "Сергеевна", "методист", mail="second@opora.example")
HEAD = Player("head", "Кузьмина", "Лариса", "Викторовна", "директор", mail="head@opora.example")
REGIONAL = Player(
    "regional", "Баранова", "Ольга", "Николаевна", "методист", REGION_COORDINATOR, "region@opora.example"
)
CURATORS = (
    Player(
        "demkina",
        "Дёмкина",
        "Светлана",
        "Андреевна",
        "директор",
        "Гимназия № 201 (вымышленная)",
        "curator@opora.example",
    ),
    Player(
        "kezhaev",
        "Кежаев",
        "Денис",
        "Михайлович",
        "директор",
        "Лицей № 202 (вымышленный)",
        "curator2@opora.example",
    ),
    Player("uchvatov", "Учватов", "Павел", "Ильич", "заместитель директора", "Лицей № 203 (вымышленный)"),
    Player("milovanova", "Милованова", "Галина", "Романовна", "директор", "Школа № 204 (вымышленная)"),
    Player("laptev", "Лаптев", "Алексей", "Викторович", "заместитель директора", "Школа № 205 (вымышленная)"),
)
FORMER_CURATOR = Player("volgin", "Волгин", "Сергей", "Кириллович", "директор", "Школа № 206 (вымышленная)")

INSTITUTE = "Вымышленный институт развития образования"
EXPERTS = (
    Player(
        "expert", "Кочеткова", "Мария", "Алексеевна", "эксперт, доцент", INSTITUTE, "expert@opora.example"
    ),
    Player("expert2", "Ситников", "Роман", "Евгеньевич", "эксперт, методист", INSTITUTE),
)

# School number → its curator; 108 changed hands in May.
CURATED = {
    101: "demkina", 102: "kezhaev", 103: "demkina", 104: "uchvatov", 105: "laptev", 106: "kezhaev",
    107: "milovanova", 108: "kezhaev", 109: "uchvatov", 110: "laptev", 111: "milovanova",
}  # fmt: skip

_DEPUTIES = (
    ("Ларина", "Елена", "Владимировна"), ("Суродькина", "Татьяна", "Юрьевна"), ("Чиндяева", "Анна", "Петровна"),
    ("Горшенина", "Марина", "Олеговна"), ("Тимошкина", "Екатерина", "Васильевна"), ("Рузанова", "Юлия", "Игоревна"),
    ("Паршина", "Вера", "Степановна"), ("Девяткина", "Людмила", "Борисовна"), ("Сульдина", "Оксана", "Евгеньевна"),
    ("Абрамкин", "Игорь", "Фомич"), ("Назарова", "Наталья", "Львовна"),
)  # fmt: skip
SCHOOLS = tuple(range(101, 112))
SCHOOL_COORDINATORS = {
    number: Player(
        f"school{number}",
        *_DEPUTIES[place],
        "заместитель директора",
        f"Школа № {number} (вымышленная)",
        "school@opora.example" if number == 101 else "",
    )
    for place, number in enumerate(SCHOOLS)
}
EVERYBODY = (
    COORDINATOR,
    SECOND,
    HEAD,
    REGIONAL,
    *CURATORS,
    FORMER_CURATOR,
    *EXPERTS,
    *SCHOOL_COORDINATORS.values(),
)


def school_name(number: int) -> str:
    """The short name of a school, as it stands in tables."""
    return f"Школа № {number}"


def school_full_name(number: int) -> str:
    """The full name, with a clear mark that the school is invented."""
    return f"Муниципальное общеобразовательное учреждение «Школа № {number}» (вымышленная)"
