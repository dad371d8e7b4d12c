"""The decision as it stands, each paragraph with a mark of where it came from; the mark opens what lies behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from saksbehandling.innsyn.figur_blokker import blokker_html
from saksbehandling.richtext import Blocks

NONE = Markup("")


@dataclass(frozen=True, slots=True)
class Opphav:
    """Where a paragraph came from. `merke`: a few words, «Forslag 1 (SV)». `forklaring`: who proposed it.

    `votering`: the sentence of the protocol. `lenke`: the proposal or ballot. `redigert`: the reason why a secretary
    changed the computed text, and `beregnet` the text as it was computed.
    """

    merke: str
    forklaring: str = ""
    votering: str = ""
    lenke: str | None = None
    redigert: str = ""
    beregnet: Blocks = ()


@dataclass(frozen=True, slots=True)
class Vedtaksavsnitt:
    """One paragraph, with the heading that stands before it, if any («FLERTALLSMERKNAD - …»)."""

    blokker: Blocks
    opphav: Opphav | None = None
    overskrift: str = ""


def vedtaksvisning(avsnitt: Sequence[Vedtaksavsnitt], innledning: str = "") -> Markup:
    """The whole decision. `innledning`: the words that wrap it («Saken sendes bystyret med slik INNSTILLING:»)."""
    opening = Markup('<p class="vedtak-innledning">{}</p>').format(innledning) if innledning else NONE
    return Markup('<div class="vedtak">{}{}</div>').format(opening, NONE.join(_paragraph(one) for one in avsnitt))


def _paragraph(avsnitt: Vedtaksavsnitt) -> Markup:
    heading = Markup('<h3 class="vedtak-overskrift">{}</h3>').format(avsnitt.overskrift) if avsnitt.overskrift else NONE
    return Markup('<div class="vedtak-avsnitt"><div class="vedtak-tekst">{}{}</div>{}</div>').format(
        heading, blokker_html(avsnitt.blokker, 5), _origin(avsnitt.opphav) if avsnitt.opphav else NONE
    )


def _origin(opphav: Opphav) -> Markup:
    edited = Markup(' <span class="opphav-redigert">redigert</span>') if opphav.redigert else NONE
    return Markup(
        '<details class="opphav"><summary><span class="ds-sr-only">Opphav: </span>{}{}</summary>'
        '<div class="opphav-innhold">{}</div></details>'
    ).format(opphav.merke, edited, NONE.join(_behind(opphav)))


def _behind(opphav: Opphav) -> list[Markup]:
    said = [Markup("<p>{}</p>").format(text) for text in (opphav.forklaring, opphav.votering) if text]
    if opphav.redigert:
        said.append(Markup("<p><b>Redigert av sekretariatet:</b> {}</p>").format(opphav.redigert))
    if opphav.beregnet:
        said.append(
            Markup('<p>Teksten før redigering:</p><blockquote class="opphav-beregnet">{}</blockquote>').format(
                blokker_html(opphav.beregnet, 5)
            )
        )
    if opphav.lenke:
        said.append(Markup('<p><a class="ds-link" href="{}">Gå til forslaget</a></p>').format(opphav.lenke))
    return said
