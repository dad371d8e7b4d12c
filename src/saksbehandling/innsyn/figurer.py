"""The figures of the pages, made from plain data. Pure: no session, clock or request; every word is escaped.

rute_svg(stasjoner)              the route of a case
segmentvisning(segmenter, ...)   a base text with the proposals beside it
voteringsstolper(votering)       a ballot as bars
vedtaksvisning(avsnitt)          a decision with the origin of each paragraph
blokker_html(blocks)             rich text
tilstandsord(ord, slag)          a state as a word with a shape
"""

from __future__ import annotations

from saksbehandling.innsyn.figur_blokker import blokker_html
from saksbehandling.innsyn.figur_rute import Sloeyfe, Stasjon, Stasjonstilstand, rute_svg
from saksbehandling.innsyn.figur_segmenter import (
    STATUSORD,
    TYPEORD,
    Forslagsbilde,
    Segmentbilde,
    segmentvisning,
    tilstandsord,
)
from saksbehandling.innsyn.figur_vedtak import Opphav, Vedtaksavsnitt, vedtaksvisning
from saksbehandling.innsyn.figur_votering import Partistemmer, Voteringsbilde, voteringsstolper
from saksbehandling.richtext import pictures, plain_text
from saksbehandling.tekstforskjell import orddiff

__all__ = [
    "GLOBALER",
    "STATUSORD",
    "TYPEORD",
    "Forslagsbilde",
    "Opphav",
    "Partistemmer",
    "Segmentbilde",
    "Sloeyfe",
    "Stasjon",
    "Stasjonstilstand",
    "Vedtaksavsnitt",
    "Voteringsbilde",
    "blokker_html",
    "orddiff",
    "rute_svg",
    "segmentvisning",
    "tilstandsord",
    "vedtaksvisning",
    "voteringsstolper",
]

GLOBALER = {
    "TYPEORD": TYPEORD,
    "blokker_html": blokker_html,
    "orddiff": orddiff,
    "pictures": pictures,
    "plain_text": plain_text,
    "rute_svg": rute_svg,
    "segmentvisning": segmentvisning,
    "tilstandsord": tilstandsord,
    "vedtaksvisning": vedtaksvisning,
    "voteringsstolper": voteringsstolper,
}
"""What templates call, by name: for `jinja2.globals`."""
