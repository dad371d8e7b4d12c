"""Atom feeds (RFC 4287): of decisions, and of what a search finds. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from lxml import etree

from saksbehandling.innsyn.lesing import Avgjoerelse
from saksbehandling.richtext import without_illegal
from saksbehandling.search_engine.model import Hit

ATOM = "http://www.w3.org/2005/Atom"
MEDIETYPE = "application/atom+xml"


def vedtaksfeed(avgjoerelser: Sequence[Avgjoerelse], kommune: str, rot: str, adresse: str) -> bytes:
    """The feed as XML. `rot`: the site's address without a final slash; `adresse`: the feed's own path."""
    feed = _hode(f"Vedtak i {kommune}", kommune, map(_publisert, avgjoerelser), rot, adresse)
    for rad in avgjoerelser:
        _oppfoering(feed, rad, rot)
    return etree.tostring(feed, xml_declaration=True, encoding="UTF-8")


def soekefeed(hits: Sequence[Hit], tittel: str, kommune: str, rot: str, adresse: str) -> bytes:
    """The hits of a search as a feed, each as of its day."""
    feed = _hode(tittel, kommune, map(_dagen, hits), rot, adresse)
    for hit in hits:
        oppfoering = _ord(feed, "entry")
        _ord(oppfoering, "id", f"{rot}{hit.url}#{hit.id}" if "#" not in hit.url else rot + hit.url)
        _ord(oppfoering, "title", " ".join(filter(None, (*hit.nummer[:1], hit.tittel))))
        _ord(oppfoering, "updated", _naar(_dagen(hit)))
        _lenke(oppfoering, rot + hit.url, "alternate")
        _ord(oppfoering, "summary", "".join(del_.text for del_ in hit.utdrag))
    return etree.tostring(feed, xml_declaration=True, encoding="UTF-8")


def _hode(tittel: str, kommune: str, tider: Iterable[dt.datetime], rot: str, adresse: str) -> etree._Element:
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "nb")
    _ord(feed, "id", rot + adresse)
    _ord(feed, "title", tittel)
    _ord(feed, "updated", _naar(max(tider, default=dt.datetime.fromtimestamp(0, dt.UTC))))
    _ord(_ord(feed, "author"), "name", kommune)
    _lenke(feed, rot + adresse, "self")
    _lenke(feed, f"{rot}/", "alternate")
    return feed


def _dagen(hit: Hit) -> dt.datetime:
    return dt.datetime.combine(hit.dato or dt.date(1970, 1, 1), dt.time(), dt.UTC)


def _oppfoering(feed: etree._Element, rad: Avgjoerelse, rot: str) -> None:
    oppfoering = _ord(feed, "entry")
    _ord(oppfoering, "id", rot + rad.lenke)
    _ord(oppfoering, "title", str(rad.setning))
    _ord(oppfoering, "updated", _naar(_publisert(rad)))
    _lenke(oppfoering, rot + rad.lenke, "alternate")
    if rad.utdrag:
        _ord(oppfoering, "summary", rad.utdrag)


def _publisert(rad: Avgjoerelse) -> dt.datetime:
    naar = rad.moetesak.publisert
    assert naar is not None  # only what is published comes here
    return naar


def _ord(forelder: etree._Element, navn: str, tekst: str | None = None) -> etree._Element:
    element = etree.SubElement(forelder, f"{{{ATOM}}}{navn}")
    element.text = without_illegal(tekst or "")  # the search that a feed is of is as somebody typed it
    return element


def _lenke(forelder: etree._Element, adresse: str, rel: str) -> None:
    lenke = _ord(forelder, "link")
    lenke.set("href", adresse)
    lenke.set("rel", rel)


def _naar(tidspunkt: dt.datetime) -> str:
    return tidspunkt.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
