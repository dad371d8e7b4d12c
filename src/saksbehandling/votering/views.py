"""Recording proposals, remarks and ballots: each form posts to its own address."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, NotFound
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.schemas import Felter, les_partier
from saksbehandling.moete.views_felles import REGISTRER, registrer
from saksbehandling.moete.views_registrering import medlemmer
from saksbehandling.votering import schemas
from saksbehandling.votering.kodeverk import Forslagstype, Stemme, Voteringsform
from saksbehandling.votering.lesing import partier_i_utvalget
from saksbehandling.votering.models import Forslag, Merknad
from saksbehandling.votering.rules import Objekt, Voteringsdata, kontroller_votering, parse_partistemmer, regler_for
from saksbehandling.votering.services import forslag_i

MED_MAAL = (Forslagstype.ENDRING, Forslagstype.STRYKNING)


@view_config(route_name="forslag_nytt", request_method="POST", permission=REGISTRER)
def fremsett(moetesak: Moetesak, request: Request) -> Response:
    """A proposal is moved."""

    def handling(felter: Felter) -> str:
        utvalg = moetesak.utvalg.navn
        forslagstype = schemas.les_forslagstype(felter)
        maal = schemas.les_segment(felter, "maal", moetesak) if forslagstype in MED_MAAL else None
        forslag = request.tjenester.forslag.fremsett(
            moetesak,
            forslagstype,
            schemas.les_forslagstekst(felter, forslagstype, maal),
            schemas.les_stillere(felter, medlemmer(request, moetesak), utvalg),
            paa_vegne_av=les_partier(
                felter.tekst("paa_vegne_av"), partier_i_utvalget(request.tjenester.utvalg, moetesak), "paa_vegne_av"
            ),
            maal=maal,
            anker=schemas.les_segment(felter, "anker", moetesak) if forslagstype is Forslagstype.TILLEGG else None,
        )
        return f"Forslag {forslag.nummer} er ført."

    return registrer(request, moetesak, "forslag", handling)


@view_config(route_name="forslag_trekk", request_method="POST", permission=REGISTRER)
def trekk(moetesak: Moetesak, request: Request) -> Response:
    """A proposal is withdrawn by who moved it."""

    def handling(felter: Felter) -> str:
        forslag = _forslag(request, moetesak, felter.tall("forslag"))
        request.tjenester.forslag.trekk(forslag)
        return f"Forslag {forslag.nummer} er trukket."

    return registrer(request, moetesak, "trekk", handling)


@view_config(route_name="votering_ny", request_method="POST", permission=REGISTRER)
def voter(moetesak: Moetesak, request: Request) -> Response:
    """A ballot is held."""

    def handling(felter: Felter) -> str:
        partier = [parti.kode for parti in partier_i_utvalget(request.tjenester.utvalg, moetesak)]
        inndata = schemas.les_votering(felter, moetesak, forslag_i(request.dbsession, moetesak), partier)
        setning: str = request.tjenester.voteringer.registrer(moetesak, inndata).setning
        return setning

    return registrer(request, moetesak, "votering", handling, aapne="votering")


@view_config(route_name="votering_angre", request_method="POST", permission=REGISTRER)
def angre(moetesak: Moetesak, request: Request) -> Response:
    """The last ballot was recorded wrongly and is taken back."""

    def handling(_felter: Felter) -> str:
        request.tjenester.voteringer.angre_siste(moetesak)
        return "Den siste voteringen er tatt tilbake."

    return registrer(request, moetesak, "angre", handling, aapne="votering")


@view_config(route_name="merknad_ny", request_method="POST", permission=REGISTRER)
def merk(moetesak: Moetesak, request: Request) -> Response:
    """A remark, with the parties that join it at once."""

    def handling(felter: Felter) -> str:
        stillere = schemas.les_stillere(felter, medlemmer(request, moetesak), moetesak.utvalg.navn)
        if len(stillere) != 1:
            raise InvalidInput("Velg den ene som fremmer merknaden.", "stiller")
        partier = schemas.les_tilslutning(felter, partier_i_utvalget(request.tjenester.utvalg, moetesak))
        merknad = request.tjenester.forslag.merk(moetesak, felter.blokker("tekst"), stillere[0])
        request.tjenester.forslag.slutt_til(merknad, partier)
        return f"Merknaden er ført. {len(merknad.tilslutninger)} partier har sluttet seg til."

    return registrer(request, moetesak, "merknad", handling)


@view_config(route_name="merknad_tilslutning", request_method="POST", permission=REGISTRER)
def slutt_til(moetesak: Moetesak, request: Request) -> Response:
    """More parties join a remark."""

    def handling(felter: Felter) -> str:
        merknad = _merknad(request, moetesak, felter.tall("merknad"))
        partier = schemas.les_tilslutning(felter, partier_i_utvalget(request.tjenester.utvalg, moetesak))
        if not partier:
            raise InvalidInput("Kryss av for partiene som slutter seg til.", "parti")
        request.tjenester.forslag.slutt_til(merknad, partier)
        return f"{len(merknad.tilslutninger)} partier har sluttet seg til merknaden."

    return registrer(request, moetesak, "tilslutning", handling)


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


def _forslag(request: Request, moetesak: Moetesak, forslag_id: int | None) -> Forslag:
    forslag = request.dbsession.get(Forslag, forslag_id) if forslag_id is not None else None
    if forslag is None or forslag.moetesak_id != moetesak.id:
        raise NotFound("Forslaget finnes ikke i denne behandlingen.")
    return forslag


def _merknad(request: Request, moetesak: Moetesak, merknad_id: int | None) -> Merknad:
    merknad = request.dbsession.get(Merknad, merknad_id) if merknad_id is not None else None
    if merknad is None or merknad.moetesak_id != moetesak.id:
        raise NotFound("Merknaden finnes ikke i denne behandlingen.")
    return merknad
