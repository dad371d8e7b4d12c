"""Meetings as iCalendar (RFC 5545), so that they show in the calendars of members, press and public. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from icalendar import Calendar, Event

from saksbehandling.clock import OSLO
from saksbehandling.moete.kodeverk import Moetestatus
from saksbehandling.moete.models import Moete

MEDIETYPE = "text/calendar"


def kalender(moeter: Iterable[Moete], navn: str, rot: str, naa: dt.datetime) -> bytes:
    """The calendar called `navn`. `rot`: the site's address without a final slash; `naa`: when it is made.

    A meeting without a time of day takes the whole day; one that is called off says so.
    """
    kal = Calendar()
    kal.add("prodid", "-//Saksbehandling//nb")
    kal.add("version", "2.0")
    kal.add("x-wr-calname", navn)
    for moete in moeter:
        kal.add_component(_oppfoering(moete, rot, naa))
    kal.add_missing_timezones()
    return kal.to_ical()


def _oppfoering(moete: Moete, rot: str, naa: dt.datetime) -> Event:
    hendelse, avlyst = Event(), moete.status is Moetestatus.AVLYST
    hendelse.add("uid", f"moete-{moete.id}@{rot.split('://', 1)[-1]}")
    hendelse.add("dtstamp", naa)
    hendelse.add("summary", f"{'Avlyst: ' if avlyst else ''}{moete.utvalg.navn}")
    hendelse.add("status", "CANCELLED" if avlyst else "CONFIRMED")
    hendelse.add("url", f"{rot}/moeter/{moete.id}")
    hendelse.add("dtstart", _tid(moete, moete.starttid))
    if moete.starttid and moete.sluttid and moete.sluttid > moete.starttid:
        hendelse.add("dtend", _tid(moete, moete.sluttid))
    if moete.sted:
        hendelse.add("location", moete.sted)
    return hendelse


def _tid(moete: Moete, kl: dt.time | None) -> dt.date:
    """The instant in Oslo; only the day where nobody has set a time."""
    return dt.datetime.combine(moete.dato, kl, OSLO) if kl else moete.dato
