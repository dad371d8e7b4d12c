"""Recording proposals, remarks and ballots: each form posts to its own address."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, NotFound
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.schemas import Felter
from saksbehandling.moete.views_felles import REGISTRER, registrer
from saksbehandling.votering import schemas
from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.lesing import partier_i_utvalget
from saksbehandling.votering.rules import Objekt, Voteringsdata, kontroller_votering, parse_partistemmer, regler_for
from saksbehandling.votering.services import forslag_i, voteringer_i


@view_config(route_name="votering_ny", request_method="POST", permission=REGISTRER)
def voter(moetesak: Moetesak, request: Request) -> Response:
    """A ballot is held."""

    def handling(felter: Felter) -> str:
        partier = [parti.kode for parti in partier_i_utvalget(request.tjenester.utvalg, moetesak)]
        inndata = schemas.les_votering(felter, moetesak, forslag_i(request.dbsession, moetesak), partier)
        setning: str = request.tjenester.voteringer.registrer(moetesak, inndata).setning
        return setning

    return registrer(request, moetesak, "votering", handling, aapne="votering")


@view_config(route_name="votering_navn", request_method="POST", permission=REGISTRER)
def navngi(moetesak: Moetesak, request: Request) -> Response:
    """Who of the parties that split voted with the minority."""

    def handling(felter: Felter) -> str:
        nummer = felter.tall("votering")
        voteringer = voteringer_i(request.dbsession, moetesak)
        votering = next((rad for rad in voteringer if rad.nummer == nummer), None)
        if votering is None:
            raise NotFound("Voteringen finnes ikke i denne behandlingen.")
        if votering.alternativstemmer:
            request.tjenester.navngiving.navngi_flere(votering, schemas.les_svar(felter))
        else:
            personer = {int(verdi) for verdi in felter.alle("person") if verdi.isdecimal()}
            request.tjenester.navngiving.navngi(votering, personer)
        return f"Navnene er ført i votering {votering.nummer}."

    return registrer(request, moetesak, "navn", handling, aapne="votering")


@view_config(route_name="votering_angre", request_method="POST", permission=REGISTRER)
def angre(moetesak: Moetesak, request: Request) -> Response:
    """The last ballot was recorded wrongly and is taken back."""

    def handling(_felter: Felter) -> str:
        request.tjenester.voteringer.angre_siste(moetesak)
        return "Den siste voteringen er tatt tilbake."

    return registrer(request, moetesak, "angre", handling, aapne="votering")


@view_config(route_name="stemmetall", request_method="GET", permission=REGISTRER, renderer="json")
def sjekk_stemmetall(moetesak: Moetesak, request: Request) -> dict[str, Any]:
    """What a tally that is being typed comes to: for the page to show at once. Changes nothing."""
    partier = [parti.kode for parti in partier_i_utvalget(request.tjenester.utvalg, moetesak)]
    try:
        stemmer = parse_partistemmer(request.GET.get("tekst", ""), partier)
    except InvalidInput as feil:
        return {"gyldig": False, "tekst": str(feil)}
    frammoete = request.tjenester.moeter.frammoete(moetesak)
    til_stede = frammoete.til_stede if frammoete else None
    data = Voteringsdata(
        1,
        Voteringsform.FOR_MOT,
        (Objekt(resten=True),),
        til_stede,
        partistemmer={Stemme.MOT: stemmer} if stemmer else {},
    )
    organ, regler = request.tjenester.voteringer.organ(moetesak), regler_for(moetesak.moete.dato)
    grunner = kontroller_votering(data, organ, regler, frammoete.per_parti if frammoete else None) if stemmer else []
    if grunner:
        return {"gyldig": False, "tekst": " ".join(grunn.text for grunn in grunner)}
    return {"gyldig": True, "tekst": _sum(sum(stemmer.values()), til_stede)}


def _sum(mindretall: int, til_stede: int | None) -> str:
    if til_stede is None:
        return f"{mindretall} i mindretallet. Frammøtet er ikke ført, så flertallet telles ikke."
    flertall = til_stede - mindretall
    merke = "" if flertall > mindretall else " Mindretallet er større enn flertallet: kontroller tallene."
    return f"{mindretall} i mindretallet, {flertall} i flertallet, {til_stede} til stede.{merke}"
