"""The rules of the decision text: pure functions on frozen values. This is their door.

`konsolidering` computes the text · `rekkefoelge` the usual order of voting · `forskjell` what an editor changed ·
`ordlyd` the words around the text · `oppdrag` what a decision asks for.
"""

from saksbehandling.vedtak.forskjell import Forskjell, forskjell
from saksbehandling.vedtak.konsolidering import (
    Avsnitt,
    Beregning,
    Flertallsmerknad,
    Opphav,
    Prosedyre,
    er_flertallsmerknad,
    konsolider,
    resterende,
)
from saksbehandling.vedtak.oppdrag import Oppdrag, finn_oppdrag
from saksbehandling.vedtak.ordlyd import Vedtaksord, vedtaksord_for
from saksbehandling.vedtak.rekkefoelge import foreslaa_rekkefoelge
from saksbehandling.votering.objektkontroll import kontroller_objekter
from saksbehandling.votering.values import RESTEN, Forslag, Merknad, Objekt, Organ, Segment, Stiller, Voteringsdata

__all__ = [
    "RESTEN",
    "Avsnitt",
    "Beregning",
    "Flertallsmerknad",
    "Forskjell",
    "Forslag",
    "Merknad",
    "Objekt",
    "Oppdrag",
    "Opphav",
    "Organ",
    "Prosedyre",
    "Segment",
    "Stiller",
    "Vedtaksord",
    "Voteringsdata",
    "er_flertallsmerknad",
    "finn_oppdrag",
    "foreslaa_rekkefoelge",
    "forskjell",
    "konsolider",
    "kontroller_objekter",
    "resterende",
    "vedtaksord_for",
]
