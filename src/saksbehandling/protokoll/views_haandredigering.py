"""A protocol that is edited by hand: the edited file taken in, what it changes shown, and what happens to it asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.errors import AccessDenied, InvalidInput, SaksbehandlingError
from saksbehandling.filinntak import valgt_fil
from saksbehandling.filsvar import som_fil
from saksbehandling.karantene.vakt import karantene
from saksbehandling.moete.models import Moete
from saksbehandling.moete.schemas import Felter, Utfylling, avvist
from saksbehandling.moete.views_felles import utfoer
from saksbehandling.protokoll.haandredigering import (
    Emne,
    HaandredigeringService,
    Opplastet,
    Protokollkilde,
    redigeringsadresse,
)
from saksbehandling.protokoll.lesing import skjermet_for
from saksbehandling.protokoll.views_moete import FOER
from saksbehandling.saksmappe.opplasting import rent_filnavn

MAL = "protokoll/redigering.jinja2"
SKJEMA = "redigert"
FELTER = {"fil": "fil", "begrunnelse": "begrunnelse"}


@view_config(route_name="protokoll_redigering", request_method="GET", permission=FOER, renderer=MAL)
@view_config(route_name="moeteprotokoll_redigering", request_method="GET", permission=FOER, renderer=MAL)
def vis(emne: Emne, request: Request) -> dict[str, Any]:
    """Which document is the protocol, how it differs from the data, and what can be done."""
    return _side(emne, request, Utfylling())


@view_config(route_name="protokoll_redigering", request_method="POST", permission=FOER, renderer=MAL)
@view_config(route_name="moeteprotokoll_redigering", request_method="POST", permission=FOER, renderer=MAL)
def gjoer(emne: Emne, request: Request) -> Any:
    handling = HANDLINGER.get(request.POST.get("handling", ""), _ukjent)
    try:
        utfoer(request, lambda: handling(_kilde(emne, request), request))
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return _side(emne, request, avvist(SKJEMA, request.POST, feil, FELTER))
    return HTTPSeeOther(redigeringsadresse(emne))


@view_config(route_name="protokoll_redigert_fil", request_method="GET", permission=FOER)
@view_config(route_name="moeteprotokoll_redigert_fil", request_method="GET", permission=FOER)
def last_ned(emne: Emne, request: Request) -> Response:
    """An edited document, in force or not; number 0 is the one that is made of the data."""
    kilde, nummer = _kilde(emne, request), int(request.matchdict["nummer"])
    if not nummer:
        return som_fil(kilde.lag_naa(), DocxRenderer.media_type, "Laget av opplysningene.docx")
    rad = _tjeneste(request).nummer(emne, nummer)
    return som_fil(_tjeneste(request).innhold(rad), DocxRenderer.media_type, rad.filnavn)


def _last_opp(kilde: Protokollkilde, request: Request) -> str:
    navn, innhold = valgt_fil(request, "fil", "Velg dokumentet du har redigert.")
    begrunnelse = Felter(request.POST, SKJEMA).tekst("begrunnelse")
    opplastet = Opplastet(rent_filnavn(navn), innhold[:], begrunnelse, _sett(request))
    with karantene(request, "redigert protokoll", opplastet.filnavn, innhold):
        _tjeneste(request).ta_inn(kilde, opplastet, request.identitet)
    return "Det redigerte dokumentet er nå protokollen. Se over forskjellene."


def _behold(kilde: Protokollkilde, request: Request) -> str:
    _tjeneste(request).behold(kilde, _sett(request))
    return "Det redigerte dokumentet er beholdt."


def _lag_paa_nytt(kilde: Protokollkilde, request: Request) -> str:
    _tjeneste(request).legg_bort(kilde, _sett(request), request.identitet)
    return "Protokollen lages av opplysningene igjen. Det redigerte dokumentet er tatt vare på."


def _ta_fram(kilde: Protokollkilde, request: Request) -> str:
    nummer = _tall(request, "utgave")
    if nummer is None:
        raise InvalidInput("Velg en utgave fra listen.")
    _tjeneste(request).ta_fram(kilde, nummer, _sett(request), request.identitet)
    return f"Utgave {nummer} er tatt i bruk igjen."


def _ukjent(_kilde: Protokollkilde, _request: Request) -> str:
    raise InvalidInput("Velg om dokumentet skal lastes opp, beholdes eller lages på nytt.")


HANDLINGER: dict[str, Callable[[Protokollkilde, Request], str]] = {
    "last_opp": _last_opp,
    "behold": _behold,
    "lag_paa_nytt": _lag_paa_nytt,
    "ta_fram": _ta_fram,
}


def _kilde(emne: Emne, request: Request) -> Protokollkilde:
    """Raises `NotFound` before anything is minuted, `AccessDenied` where parts are hidden from this person."""
    if isinstance(emne, Moete):
        if skjermet_for(request.dbsession, emne, request.identitet):
            raise AccessDenied("Protokollen har saker du ikke kan lese. Den må redigeres av noen som kan lese alle.")
        kilde: Protokollkilde = request.tjenester.moeteprotokollfiler.kilde(emne)
        return kilde
    request.tjenester.protokollfiler.krev_noe_protokollert(emne)
    kilde = request.tjenester.protokollfiler.kilde(emne)
    return kilde


def _tjeneste(request: Request) -> HaandredigeringService:
    tjeneste: HaandredigeringService = request.tjenester.haandredigeringer
    return tjeneste


def _sett(request: Request) -> int | None:
    return _tall(request, "sett")


def _tall(request: Request, felt: str) -> int | None:
    """Raises `InvalidInput` on what the page never sends."""
    tekst = str(request.POST.get(felt, ""))
    if tekst and not (tekst.isdecimal() and len(tekst) < 7):
        raise InvalidInput("Skjemaet er ødelagt. Hent siden på nytt.")
    return int(tekst) if tekst else None


def _side(emne: Emne, request: Request, utfylling: Utfylling) -> dict[str, Any]:
    kilde, tjeneste = _kilde(emne, request), _tjeneste(request)
    moete = emne if isinstance(emne, Moete) else emne.moete
    hjem = request.route_path("moeteprotokoll" if isinstance(emne, Moete) else "registrer", id=emne.id)
    return {
        "kilde": kilde,
        "gjeldende": tjeneste.gjeldende(emne),
        "siden": tjeneste.siden(kilde),
        "forskjell": tjeneste.forskjell(kilde),
        "tidligere": [rad for rad in tjeneste.alle(emne) if rad.lagt_bort],
        "adresse": redigeringsadresse(emne),
        "hjem": hjem,
        "utfylling": utfylling,
        "broedsmuler": [
            ("Møter", request.route_path("moeter")),
            (f"{moete.utvalg.navn}, {moete.dato:%d.%m.%Y}", request.route_path("moete", id=moete.id)),
            ("Protokoll" if isinstance(emne, Moete) else emne.saksnummer, hjem),
            ("Redigert for hånd", None),
        ],
    }
