"""The templates: which are in force, what came before, an edited one taken in, an earlier one put back."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.markerlist import Usable, usable
from saksbehandling.errors import InvalidFile, InvalidInput, Refusal
from saksbehandling.filinntak import valgt_fil
from saksbehandling.filsvar import som_fil
from saksbehandling.karantene.vakt import karantene
from saksbehandling.maler.models import Malversjon
from saksbehandling.maler.ressurser import TILLATELSE, Mal
from saksbehandling.maler.services import LEVERT, MalService, filnavn
from saksbehandling.utvalg.models import Utvalg
from saksbehandling.utvalg.services import MALFORMER, UtvalgService

PROEV = "proev"
SMULE = ("Maler", "/maler")

_SIDE = {"route_name": "mal", "permission": TILLATELSE, "renderer": "maler/mal.jinja2"}


@view_config(route_name="maler", request_method="GET", permission=TILLATELSE, renderer="maler/liste.jinja2")
def vis_liste(request: Request) -> dict[str, Any]:
    maler: MalService = request.tjenester.maler
    rader = [
        {
            "adresse": f"/maler/{navn}/{malform}",
            "tittel": slag.tittel,
            "om": slag.om,
            "maalform": ord_,
            "gjelder": _gjelder(maler.gjeldende(navn, malform, None)),
            "egne": _utvalg_med_egen(maler.versjoner(navn, malform)),
        }
        for navn, slag in sorted(maler.slag.items(), key=lambda par: par[1].tittel)
        for malform, ord_ in MALFORMER.items()
    ]
    return {"rader": rader, "broedsmuler": [(SMULE[0], None)]}


@view_config(request_method="GET", **_SIDE)
def vis(mal: Mal, request: Request) -> dict[str, Any]:
    return _side(mal, request, [])


@view_config(request_method="POST", **_SIDE)
def ta_inn(mal: Mal, request: Request) -> Any:
    """Take in an edited template, or only show what it makes. What is wrong is told on the same page."""
    try:
        navn, innhold = valgt_fil(request, "fil", "Velg malen som er redigert, en fil som slutter på .docx.")
        utvalg = _utvalg(request)
        with karantene(request, f"malen {mal.navn}", navn, innhold):
            if request.POST.get("handling") == PROEV:
                proevd = request.tjenester.maler.proev_fil(mal.navn, mal.malform, navn, innhold[:])
                return _proevedokument(mal, proevd)
            versjon = request.tjenester.maler.lagre(mal.navn, mal.malform, utvalg, navn, innhold[:], request.identitet)
    except (InvalidFile, InvalidInput, Refusal) as feil:
        request.tm.doom()
        request.response.status_int = feil.status
        grunner = feil.reasons if isinstance(feil, Refusal) else [feil]
        return _side(mal, request, [(str(grunn), "fil", None) for grunn in grunner])
    request.meld("suksess", f"Versjon {versjon.versjonsnummer} gjelder nå for {_eier(versjon)}.")
    return HTTPSeeOther(mal.adresse)


@view_config(route_name="mal_gjenopprett", request_method="POST", permission=TILLATELSE)
def gjenopprett(mal: Mal, request: Request) -> Response:
    nummer = int(request.matchdict["versjon"])
    utvalg = _utvalg(request)
    versjon = request.tjenester.maler.gjenopprett(mal.navn, mal.malform, utvalg, nummer, request.identitet)
    request.meld("suksess", f"Gjenopprettet. Versjon {versjon.versjonsnummer} gjelder nå for {_eier(versjon)}.")
    return HTTPSeeOther(mal.adresse)


@view_config(route_name="mal_fil", request_method="GET", permission=TILLATELSE)
def last_ned(mal: Mal, request: Request) -> Response:
    nummer = int(request.matchdict["versjon"])
    navn = filnavn(mal.navn, mal.malform)
    return som_fil(request.tjenester.maler.innhold(mal.navn, mal.malform, nummer), DocxRenderer.media_type, navn)


@view_config(route_name="mal_proeve", request_method="GET", permission=TILLATELSE)
def proeve(mal: Mal, request: Request) -> Response:
    """A document with made-up data, as this version makes it."""
    nummer = int(request.matchdict["versjon"])
    return _proevedokument(mal, request.tjenester.maler.proeve(mal.navn, mal.malform, nummer))


def _proevedokument(mal: Mal, innhold: bytes) -> Response:
    return som_fil(innhold, DocxRenderer.media_type, f"proeve-{mal.navn}.docx")


def _utvalg(request: Request) -> Utvalg | None:
    """The body that was chosen; None for the whole municipality. Raises `InvalidInput`."""
    valgt = request.POST.get("utvalg", "")
    if not valgt:
        return None
    utvalg = next((ett for ett in _alle_utvalg(request) if str(ett.id) == valgt), None)
    if utvalg is None:
        raise InvalidInput("Velg et utvalg fra listen.", "utvalg")
    return utvalg


def _alle_utvalg(request: Request) -> list[Utvalg]:
    return list(request.find_service(UtvalgService).alle())


def _side(mal: Mal, request: Request, feil: list[tuple[str, str | None, str | None]]) -> dict[str, Any]:
    versjoner = request.tjenester.maler.versjoner(mal.navn, mal.malform)
    gjeldende: dict[int | None, int] = {}
    for versjon in versjoner:
        gjeldende.setdefault(versjon.utvalg_id, versjon.id)
    return {
        "mal": mal,
        "maalform": MALFORMER[mal.malform],
        "versjoner": versjoner,
        "i_bruk": set(gjeldende.values()),
        "eier": _eier,
        "levert": LEVERT,
        "levert_i_bruk": not any(ver.sjekksum for ver in versjoner if ver.id in gjeldende.values() and not ver.utvalg),
        "egne": _utvalg_med_egen(versjoner),
        "utvalg": [(ett.id, ett.navn) for ett in _alle_utvalg(request)],
        "valgt_utvalg": request.POST.get("utvalg", ""),
        "feil": feil,
        "feltfeil": {felt: tekst for tekst, felt, _ in feil if felt},
        "merker": _merker(mal),
        "broedsmuler": [SMULE, (f"{mal.slag.tittel}, {MALFORMER[mal.malform]}", None)],
    }


def _merker(mal: Mal) -> list[tuple[str, list[Usable]]]:
    """The markers that the template can use: those of the document, and then those of each list."""
    alle = usable(mal.slag.eksempel(mal.malform))
    return [(liste, list(gruppe)) for liste, gruppe in groupby(alle, key=lambda ett: ett.list)]


def _gjelder(versjon: Malversjon | None) -> str:
    if versjon is None or versjon.sjekksum is None:
        return "Malen som følger med"
    return f"Egen mal, versjon {versjon.versjonsnummer}"


def _utvalg_med_egen(versjoner: list[Malversjon]) -> list[Utvalg]:
    """The bodies with a template of their own in force."""
    nyeste: dict[int, Malversjon] = {}
    for versjon in versjoner:
        if versjon.utvalg_id is not None:
            nyeste.setdefault(versjon.utvalg_id, versjon)
    return [versjon.utvalg for versjon in nyeste.values() if versjon.sjekksum and versjon.utvalg]


def _eier(versjon: Malversjon) -> str:
    return versjon.utvalg.navn if versjon.utvalg else "hele kommunen"
