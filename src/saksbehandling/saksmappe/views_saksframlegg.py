"""Writing the saksframlegg. Somebody who saved meanwhile is woven in, and nothing of either is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from saksbehandling.errors import Conflict, InvalidInput, SaksbehandlingError
from saksbehandling.richtext import IllegalCharacter, check_text
from saksbehandling.saksmappe.bilder import LENGSTE_BESKRIVELSE, UU_HJEMMEL, mangler_beskrivelse
from saksbehandling.saksmappe.framlegg import SaksframleggService
from saksbehandling.saksmappe.framleggsskjema import Saksframleggsskjema
from saksbehandling.saksmappe.framleggstekst import Framleggstekst
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.saksmappe.schemas import Feil, feil_av, felt_feil, linje, som_feil
from saksbehandling.saksmappe.views_bilde import bilder, ta_inn

MAL = "saksmappe/saksframlegg.jinja2"
TILLATELSE = "rediger_saksframlegg"


@view_config(route_name="saksframlegg", request_method="GET", permission=TILLATELSE, renderer=MAL)
def vis(sak: Saksmappe, request: Request) -> dict[str, Any]:
    tjeneste = request.find_service(SaksframleggService)
    utkast, lagret = tjeneste.utkast(sak, request.identitet), tjeneste.lagret(sak)
    if utkast is None:
        return _side(sak, request, Saksframleggsskjema.av(lagret.tekst, lagret.radversjon))
    return _side(sak, request, Saksframleggsskjema.av(utkast.tekst, utkast.radversjon, utkast.revisjon))


@view_config(route_name="saksframlegg", request_method="POST", permission=TILLATELSE, renderer=MAL)
def lagre(sak: Saksmappe, request: Request) -> Any:
    skjema = Saksframleggsskjema.fra(request.POST, bilder(request).kjente(sak))
    if request.POST.get("handling") == "bilde":
        return _sett_inn_bilde(sak, request, skjema)
    if grunner := skjema.feil():
        return _avvist(sak, request, skjema, som_feil(grunner), InvalidInput.status)
    tekst = skrevet_tekst(sak, request, skjema)
    if request.POST.get("handling") == "forhaandsvis":
        return {**_side(sak, request, skjema), "forhaandsvisning": tekst}
    if grunner := mangler_beskrivelse(tekst.innhold):
        return _avvist(sak, request, skjema, som_feil(grunner), InvalidInput.status)
    tjeneste = request.find_service(SaksframleggService)
    utkast = tjeneste.utkast(sak, request.identitet)
    try:
        tjeneste.lagre(sak, tekst, skjema.radversjon, request.identitet, utkast.merknad if utkast else None)
    except Conflict as feil:
        return _flettet(sak, request, tekst, skjema, feil)
    except SaksbehandlingError as feil:
        return _avvist(sak, request, skjema, feil_av(feil), feil.status)
    request.meld("suksess", "Saksframlegget er lagret.")
    return HTTPSeeOther(request.route_path("sak", aar=sak.saksaar, sekvens=sak.sakssekvensnummer))


def _sett_inn_bilde(sak: Saksmappe, request: Request, skjema: Saksframleggsskjema) -> Any:
    """Without JavaScript: what is typed becomes the person's draft, with the picture last in it."""
    try:
        tekst = skrevet_tekst(sak, request, skjema)
        alt = linje(request.POST.get("bildetekst", ""))
        if not 0 < len(alt) <= LENGSTE_BESKRIVELSE:
            raise InvalidInput(
                f"Beskriv bildet for dem som ikke ser det, med høyst {LENGSTE_BESKRIVELSE} tegn ({UU_HJEMMEL}).",
                "bildetekst",
            )
        bilde = replace(ta_inn(sak, request), alt=check_text(alt))
        request.find_service(SaksframleggService).ta_vare_paa(
            sak,
            replace(tekst, innhold=(*tekst.innhold, bilde)),
            request.identitet,
            skjema.radversjon,
            skjema.revisjon,
        )
    except IllegalCharacter as feil:
        return _avvist(sak, request, skjema, feil_av(InvalidInput(str(feil))), InvalidInput.status)
    except SaksbehandlingError as feil:
        return _avvist(sak, request, skjema, feil_av(feil), feil.status)
    request.meld(
        "info", "Bildet står sist i saksutredningen, i utkastet ditt. Flytt linjen dit bildet skal stå, og lagre."
    )
    return HTTPSeeOther(ramme(sak, "")["adresse"])


def skrevet_tekst(sak: Saksmappe, request: Request, skjema: Saksframleggsskjema) -> Framleggstekst:
    """What was typed, with what the plain form cannot say taken from the texts that it may have begun from."""
    tjeneste = request.find_service(SaksframleggService)
    utkast = tjeneste.utkast(sak, request.identitet)
    kjente = [utkast.tekst] if utkast is not None else []
    return skjema.tekst(*kjente, tjeneste.lagret(sak).tekst)


def _flettet(
    sak: Saksmappe, request: Request, tekst: Framleggstekst, skjema: Saksframleggsskjema, feil: Conflict
) -> dict[str, Any]:
    """The form with both people's changes in it, ready to be saved."""
    tjeneste = request.find_service(SaksframleggService)
    flettet, lagret = tjeneste.flettet(sak, tekst, skjema.radversjon), tjeneste.lagret(sak)
    sammen = Saksframleggsskjema.av(flettet.tekst, lagret.radversjon, skjema.revisjon)
    siste = next(iter(tjeneste.lagringer(sak)), None)
    return {**_avvist(sak, request, sammen, feil_av(feil), feil.status), "flettet": flettet, "deres": siste}


def _avvist(sak: Saksmappe, request: Request, skjema: Saksframleggsskjema, feil: Feil, status: int) -> dict[str, Any]:
    request.tm.doom()
    request.response.status_int = status
    return _side(sak, request, skjema, feil)


def _side(sak: Saksmappe, request: Request, skjema: Saksframleggsskjema, feil: Feil | None = None) -> dict[str, Any]:
    tjeneste = request.find_service(SaksframleggService)
    return {
        **ramme(sak, "Saksframlegg"),
        "skjema": skjema,
        "rik": _rik(sak, request, skjema),
        "bruker_id": request.identitet.bruker_id,
        "feil": feil or [],
        "feltfeil": felt_feil(feil or []),
        "utkast": tjeneste.utkast(sak, request.identitet),
        "lagret": tjeneste.lagret(sak),
        "utsjekking": tjeneste.utsjekking(sak),
        "andre": tjeneste.andre_som_skriver(sak, request.identitet),
        "deres": None,
        "flettet": None,
        "forhaandsvisning": None,
        "bildetekst": request.POST.get("bildetekst", ""),
        "kan_legge_ved": bool(request.has_permission("last_opp_dokument", sak)),
    }


def _rik(sak: Saksmappe, request: Request, skjema: Saksframleggsskjema) -> Framleggstekst | None:
    """What the editor begins with; None where the plain form holds something that no text may."""
    try:
        return skrevet_tekst(sak, request, skjema)
    except IllegalCharacter:
        return None


def ramme(sak: Saksmappe, tittel: str) -> dict[str, Any]:
    """What every page about the saksframlegg says of the case, and the way there."""
    adresse = f"/saker/{sak.saksaar}/{sak.sakssekvensnummer}"
    smuler = [("Saker", "/saker"), (sak.saksnummer, adresse)]
    if tittel != "Saksframlegg":
        smuler.append(("Saksframlegg", f"{adresse}/saksframlegg"))
    return {
        "sak": sak,
        "sakens_adresse": adresse,
        "adresse": f"{adresse}/saksframlegg",
        "broedsmuler": [*smuler, (tittel, None)],
    }
