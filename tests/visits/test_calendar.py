"""Calendar feeds: their secret addresses, what they tell and keep to themselves, the grammar of RFC 5545."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client

from opora.accounts.models import User
from opora.appointments.models import Appointment
from opora.core.addresses import installation_name
from opora.core.models import HistoryEntry
from opora.visits import actions
from opora.visits.actions.feeds import close_feed, open_feed, renew_feed
from opora.visits.calendar import calendar_of, mac_of
from opora.visits.models import Feed, Visit
from tests.indicators.town import Town
from tests.visitor import Visitor
from tests.visits.town import AT, MARCH_10, agree, hold, make_visited_town, plan

pytestmark = pytest.mark.django_db
SITE = "https://opora.example.org"
LINE = re.compile(
    rb"[A-Za-z0-9-]+(;[A-Za-z0-9-]+=([^\x00-\x08\x0a-\x1f\x7f\";:,]*|\"[^\x00-\x08\x0a-\x1f\x7f\"]*\"))*:.*"
)
VALUES = {
    "UID": r"[\w.-]+@[\w.:-]+", "DTSTAMP": r"\d{8}T\d{6}Z", "DTSTART": r"\d{8}(T\d{6}Z)?", "DTEND": r"\d{8}(T\d{6}Z)?",
    "SEQUENCE": r"\d+", "STATUS": "TENTATIVE|CONFIRMED|CANCELLED", "TRANSP": "TRANSPARENT|OPAQUE",
    "URL": r"https?://\S+", "VERSION": r"2\.0", "CALSCALE": "GREGORIAN",
}  # fmt: skip
ESCAPED = re.compile(r"(\\[\\;,nN]|[^\\;,])*")
TEXTS = {"SUMMARY", "LOCATION", "DESCRIPTION", "NAME", "X-WR-CALNAME"}
ONCE = {"UID", "DTSTAMP", "DTSTART"}


def read_strictly(content: bytes) -> list[dict[str, str]]:
    """The events of a feed by the grammar of RFC 5545 (3.1, 3.4, 3.6.1); anything else fails."""
    assert content.endswith(b"\r\n")
    physical = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in physical)
    assert b"\xef\xbb\xbf" not in content
    logical: list[bytes] = []
    for line in physical:
        if line[:1] in b" \t" and line:
            logical[-1] += line[1:]
        else:
            logical.append(line)
    stack: list[str] = []
    events: list[dict[str, str]] = []
    for line in logical:
        assert LINE.fullmatch(line), line
        head, _, value = line.decode().partition(":")
        name, *parameters = head.split(";")
        if name == "BEGIN":
            stack.append(value)
            assert stack in (["VCALENDAR"], ["VCALENDAR", "VEVENT"])
            if value == "VEVENT":
                events.append({})
            continue
        if name == "END":
            assert stack.pop() == value
            continue
        assert stack
        assert re.fullmatch(VALUES.get(name, ".*"), value), line
        if name in TEXTS:
            assert ESCAPED.fullmatch(value), line
        if name in {"DTSTART", "DTEND"}:
            assert parameters == (["VALUE=DATE"] if len(value) == 8 else []), line
        if stack[-1] == "VEVENT":
            assert name not in events[-1], f"twice: {line!r}"
            events[-1][name] = value
    assert stack == []
    assert all(event.keys() >= ONCE for event in events)
    assert len({event["UID"] for event in events}) == len(events)
    assert logical[0] == b"BEGIN:VCALENDAR"
    assert {b"VERSION:2.0"} <= set(logical)
    assert any(line.startswith(b"PRODID:") for line in logical)
    return events


def feed_of(town: Town, owner: User | None = None, **about: Any) -> Feed:
    return open_feed(owner=owner or town.coordinator, by=town.coordinator, at=AT, **about)


def events_of(feed: Feed) -> list[dict[str, str]]:
    """The events of a feed as both parsers read them."""
    content = calendar_of(feed, site=SITE, at=AT)
    assert content is not None
    strictly = read_strictly(content)
    loosely = icalendar.Calendar.from_ical(content)
    assert [str(one["uid"]) for one in loosely.walk("VEVENT")] == [one["UID"] for one in strictly]
    assert not loosely.errors
    return strictly


def address_of(feed: Feed) -> str:
    return f"/calendar/{feed.pk}-{mac_of(feed)}.ics"


def test_a_visit_without_a_time_takes_the_whole_day() -> None:
    town = make_visited_town()
    visit = plan(town)
    (event,) = events_of(feed_of(town, school=town.schools[0]))
    assert (event["DTSTART"], event["DTEND"]) == ("20220310", "20220311")
    assert event["UID"] == f"visit-{visit.pk}@{installation_name()}"
    assert event["SUMMARY"] == "Посещение: Школа № 101"
    assert event["LOCATION"] == "Школа № 101"
    assert event["URL"] == f"{SITE}/visits/{visit.pk}/"
    assert (event["STATUS"], event["SEQUENCE"]) == ("TENTATIVE", "0")


def test_a_visit_with_a_time_stands_at_its_moment() -> None:
    town = make_visited_town()
    plan(town, starts_at=time(10, 30))
    (event,) = events_of(feed_of(town, school=town.schools[0]))
    assert (event["DTSTART"], event["DTEND"]) == ("20220310T073000Z", "20220310T083000Z")


def test_the_number_of_a_visit_grows_with_every_change_and_its_name_stays() -> None:
    town = make_visited_town()
    visit = plan(town)
    feed = feed_of(town, school=town.schools[0])
    told = [events_of(feed)[0]]
    agree(town, visit)
    told.append(events_of(feed)[0])
    by = {"by": town.coordinator, "at": AT}
    actions.propose_day(visit=visit, day=date(2022, 3, 14), reason="педсовет", on=date(2022, 2, 7), **by)
    told.append(events_of(feed)[0])
    actions.move_visit(visit=visit, to_day=date(2022, 3, 14), reason="", on=date(2022, 2, 8), **by)
    told.append(events_of(feed)[0])
    actions.cancel_visit(visit=visit, reason="карантин", on=date(2022, 2, 9), **by)
    told.append(events_of(feed)[0])
    numbers = [int(event["SEQUENCE"]) for event in told]
    assert numbers == sorted(set(numbers))
    assert len({event["UID"] for event in told}) == 1
    assert [event["STATUS"] for event in told] == [
        "TENTATIVE", "CONFIRMED", "TENTATIVE", "CONFIRMED", "CANCELLED",
    ]  # fmt: skip
    assert [event["DTSTART"] for event in told] == ["20220310"] * 3 + ["20220314"] * 2


def test_a_visit_that_took_place_stands_on_its_real_day() -> None:
    town = make_visited_town()
    hold(town, plan(town), on=MARCH_10 + timedelta(days=1))
    assert events_of(feed_of(town, school=town.schools[0]))[0]["DTSTART"] == "20220311"


def test_nobody_is_named_in_the_feeds_of_a_school_and_a_roadmap() -> None:
    town = make_visited_town()
    town.plan((("visits_held", "schools", 3),))
    plan(town)
    people = [*town.curators, town.coordinator, town.head]
    for about in ({"school": town.schools[0]}, {"roadmap": town.roadmap}):
        content = calendar_of(feed_of(town, **about), site=SITE, at=AT) or b""
        said = content.replace(b"\r\n ", b"").decode()
        assert len(said) > 100
        assert not any(person.last_name in said for person in people)


def test_a_roadmap_tells_the_ends_of_its_terms() -> None:
    town = make_visited_town()
    town.plan(
        (("visits_held", "schools", 3),),
        (("visits_held", "schools", 3),),
        text="Отчёты; графики, итоги\\ «да»\nи ещё",
    )
    events = events_of(feed_of(town, roadmap=town.roadmap))
    assert [event["DTSTART"] for event in events] == ["20220531", "20220531"]
    assert events[0]["SUMMARY"].startswith("Срок: пункт 1.1 Отчёты\\; графики\\, итоги")
    assert events[0]["TRANSP"] == "TRANSPARENT"
    assert events[0]["URL"] == f"{SITE}/roadmaps/{town.roadmap.pk}/lines/{town.lines[0].pk}/"


def test_one_s_own_feed_holds_own_visits_and_own_lines() -> None:
    from opora.plans.actions import assign_responsible

    town = make_visited_town()
    town.plan((("visits_held", "schools", 3),))
    other = town.appoint("curator", town.schools[1], town.curators[1]).person
    mine, theirs = plan(town, town.schools[1], curator=other), plan(town)
    assert {event["UID"] for event in events_of(feed_of(town, other))} == {
        f"visit-{mine.pk}@{installation_name()}"
    }
    assign_responsible(
        activities=town.lines, person=town.coordinator, since=date(2022, 2, 1), by=town.head, at=AT
    )
    told = {event["UID"].split("@")[0] for event in events_of(feed_of(town))}
    assert told == {f"visit-{mine.pk}", f"visit-{theirs.pk}", f"line-{town.lines[0].pk}"}


def test_long_names_are_folded_between_letters() -> None:
    town = make_visited_town()
    town.schools[0].short_name = "Средняя общеобразовательная школа имени Первооткрывателей; корпус 2, № 101"
    town.schools[0].save(update_fields=["short_name"])
    plan(town)
    (event,) = events_of(feed_of(town, school=town.schools[0]))
    assert event["LOCATION"].replace("\\", "") == town.schools[0].short_name


def test_the_address_opens_the_feed_to_whoever_has_it() -> None:
    town = make_visited_town()
    plan(town)
    answer = Client().get(address_of(feed_of(town)))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    assert len(read_strictly(answer.content)) == 1


def test_a_wrong_and_an_old_address_are_missing() -> None:
    town = make_visited_town()
    feed, other = feed_of(town), feed_of(town, school=town.schools[0])
    old = address_of(feed)
    assert Client().get(f"/calendar/{feed.pk}-{mac_of(other)}.ics").status_code == 404
    assert Client().get(f"/calendar/{feed.pk}-{'x' * 43}.ics").status_code == 404
    assert Client().get(f"/calendar/{10**30}-{mac_of(feed)}.ics").status_code == 404
    assert Client().get(f"/calendar/{feed.pk}-ы.ics").status_code == 404
    renew_feed(feed=feed, by=town.coordinator, at=AT)
    assert Client().get(old).status_code == 404
    assert Client().get(address_of(feed)).status_code == 200
    close_feed(feed=other, by=town.coordinator, at=AT)
    assert Client().get(old).status_code == 404


def test_a_feed_is_missing_when_its_owner_may_not_look_any_more() -> None:
    town = make_visited_town()
    at_school = town.appoint("school_coordinator", town.schools[0]).person
    feed = feed_of(town, at_school, school=town.schools[0])
    assert Client().get(address_of(feed)).status_code == 200
    Appointment.objects.filter(person=at_school).update(until=date(2022, 3, 1))
    assert Client().get(address_of(feed)).status_code == 404
    own = feed_of(town)
    User.objects.filter(pk=town.coordinator.pk).update(is_active=False)
    assert Client().get(address_of(own)).status_code == 404


def test_a_person_opens_renews_and_closes_a_feed() -> None:
    town = make_visited_town()
    visitor = Visitor(town.coordinator)
    page = visitor.open("/account/calendar/")
    opened = visitor.send(page, deed="open")
    (feed,) = Feed.objects.all()
    assert feed.owner == town.coordinator
    assert opened.tree.get_element_by_id(f"feed-{feed.pk}").get("value").endswith(address_of(feed))
    old = address_of(feed)
    renewed = visitor.send(opened, deed="renew")
    feed.refresh_from_db()
    assert address_of(feed) != old
    assert address_of(feed) in renewed.tree.get_element_by_id(f"feed-{feed.pk}").get("value")
    visitor.send(renewed, deed="close")
    assert Feed.objects.count() == 0
    verbs = list(HistoryEntry.objects.filter(verb__startswith="calendar.").values_list("verb", flat=True))
    assert sorted(verbs) == ["calendar.closed", "calendar.opened", "calendar.renewed"]


def test_a_feed_is_opened_once() -> None:
    town = make_visited_town()
    assert feed_of(town, school=town.schools[0]) == feed_of(town, school=town.schools[0])
    assert Feed.objects.count() == 1


def test_feeds_of_others_are_neither_shown_nor_touched() -> None:
    town, other = make_visited_town(), make_visited_town(name="г. о. Другой")
    feed = feed_of(other)
    visitor = Client()
    visitor.force_login(town.coordinator)
    assert mac_of(feed) not in visitor.get("/account/calendar/").content.decode()
    for told in (
        {"feed": feed.pk, "deed": "close"},
        {"school": other.schools[0].pk, "deed": "open"},
        {"roadmap": "999999", "deed": "open"},
        {"deed": "nothing"},
    ):
        assert visitor.post("/account/calendar/", told).status_code == 404
    assert Feed.objects.get() == feed


def test_three_and_thirty_visits_cost_the_same(django_assert_num_queries: Any) -> None:
    for schools, name in ((3, "г. о. Малый"), (30, "г. о. Большой")):
        town = make_visited_town(schools, name=name)
        for school in town.schools:
            plan(town, school)
        feed = feed_of(town)
        with django_assert_num_queries(3):
            content = calendar_of(feed, site=SITE, at=AT)
        assert len(read_strictly(content or b"")) == schools
    assert Visit.objects.count() == 33
