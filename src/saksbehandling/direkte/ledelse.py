"""What only those who lead a meeting see: the agenda, the ballot that comes next, and who has not voted."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request

from saksbehandling.direkte.visning import Visning
from saksbehandling.direkte.votering import objekter_i
from saksbehandling.moete.kodeverk import Moetehendelse
from saksbehandling.moete.lesing import saksliste, tilstand
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.moete.rules import mulige
from saksbehandling.saksmappe.models import Segment
from saksbehandling.votering.models import Forslag
from saksbehandling.votering.oversetting import foerste_ord


def ledelse(request: Request, v: Visning) -> dict[str, Any]:
    """For the chair's screen, read anew each time it has changed."""
    moete = request.dbsession.get_one(Moete, v.bilde.moete_id)
    moetesak = request.dbsession.get(Moetesak, v.sak.id) if v.sak else None
    saker = saksliste(request.dbsession, moete)
    sted = next((nr for nr, sak in enumerate(saker) if moetesak and sak.id == moetesak.id), -1)
    til_stede = [rad for rad in v.bilde.deltakere.values() if rad.til_stede]
    return {
        "saker": saker,
        "kan_settes": Moetehendelse.SETT in mulige(moete.status),
        "tilstand": tilstand,
        "neste_sak": saker[sted + 1] if sted + 1 < len(saker) else None,
        "utkast": request.tjenester.voteringsgang.neste(moetesak) if moetesak else None,
        "objekter": _objektvalg(request, moetesak) if moetesak else [],
        "flere": _flere(request, moetesak) if moetesak else [],
        "til_stede": sorted(til_stede, key=lambda rad: rad.navn),
    }


def _objektvalg(request: Request, moetesak: Moetesak) -> list[tuple[str, str, str]]:
    """What can be voted on: key, name, and its first words."""
    return [(noekkel, *_navn(objekt)) for noekkel, objekt in objekter_i(request.dbsession, moetesak).items()]


def _flere(request: Request, moetesak: Moetesak) -> list[tuple[str, str, str]]:
    """The three or more that shut each other out and can be voted on together: keys, name, and first words."""
    alle = objekter_i(request.dbsession, moetesak)
    return [
        ("+".join(side), *(_navn(alle[side[0]]) if len(side) == 1 else ("Innstillingen", "hele teksten")))
        for side in request.tjenester.voteringsgang.flere_alternativer(moetesak)
    ]


def _navn(objekt: Segment | Forslag) -> tuple[str, str]:
    if isinstance(objekt, Segment):
        return f"Avsnitt {objekt.nummer}", foerste_ord(objekt, 10)
    fra = ", ".join(rad.navn for rad in objekt.stillere)
    return f"Forslag {objekt.nummer}", f"{objekt.betegnelse}, {fra}"
