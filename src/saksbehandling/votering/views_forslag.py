"""Recording proposals and remarks: each form posts to its own address."""

from __future__ import annotations

from collections.abc import Callable

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput, NotFound
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.schemas import Felter
from saksbehandling.moete.views_felles import REGISTRER, registrer
from saksbehandling.moete.views_registrering import medlemmer
from saksbehandling.votering import schemas
from saksbehandling.votering.lesing import partier_i_utvalget
from saksbehandling.votering.models import Forslag, Merknad
from saksbehandling.votering.services_forslag import Forslagsinnhold

Gjoer = Callable[[Forslag, Identitet], None]


@view_config(route_name="forslag_nytt", request_method="POST", permission=REGISTRER)
def fremsett(moetesak: Moetesak, request: Request) -> Response:
    """A proposal is moved."""

    def handling(felter: Felter) -> str:
        forslag = request.tjenester.forslag.foer(moetesak, _innhold(request, moetesak, felter), request.identitet)
        return f"Forslag {forslag.nummer} er ført."

    return registrer(request, moetesak, "forslag", handling)


@view_config(route_name="forslag_rett", request_method="POST", permission=REGISTRER)
def rett(moetesak: Moetesak, request: Request) -> Response:
    """The secretary corrects a proposal; how it stood before is kept."""

    def handling(felter: Felter) -> str:
        forslag = finn_forslag(request, moetesak, felter.tall("forslag"))
        request.tjenester.forslag.endre(forslag, _innhold(request, moetesak, felter), request.identitet)
        return f"Forslag {forslag.nummer} er rettet."

    return registrer(request, moetesak, "rett", handling)


@view_config(route_name="forslag_ta_inn", request_method="POST", permission=REGISTRER)
def ta_inn(moetesak: Moetesak, request: Request) -> Response:
    """A filed proposal is taken into the treatment."""

    gjoer = request.tjenester.forslag.ta_inn
    return _med_forslaget(request, moetesak, "ta_inn", gjoer, "tatt inn i behandlingen")


@view_config(route_name="forslag_trekk", request_method="POST", permission=REGISTRER)
def trekk(moetesak: Moetesak, request: Request) -> Response:
    """A proposal is withdrawn by who moved it."""

    return _med_forslaget(request, moetesak, "trekk", request.tjenester.forslag.trekk, "trukket")


def _med_forslaget(request: Request, moetesak: Moetesak, skjema: str, gjoer: Gjoer, hva: str) -> Response:
    """Do with the proposal that the form names, and tell that it is so."""

    def handling(felter: Felter) -> str:
        forslag = finn_forslag(request, moetesak, felter.tall("forslag"))
        gjoer(forslag, request.identitet)
        return f"Forslag {forslag.nummer} er {hva}."

    return registrer(request, moetesak, skjema, handling)


@view_config(route_name="merknad_ny", request_method="POST", permission=REGISTRER)
def merk(moetesak: Moetesak, request: Request) -> Response:
    """A remark, with the parties that join it at once."""

    def handling(felter: Felter) -> str:
        stillere = schemas.les_stillere(felter, medlemmer(request, moetesak), moetesak.utvalg.navn)
        if len(stillere) != 1:
            raise InvalidInput("Velg den ene som fremmer merknaden.", "stiller")
        partier = schemas.les_tilslutning(felter, partier_i_utvalget(request.tjenester.utvalg, moetesak))
        merknad = request.tjenester.forslag.merk(moetesak, felter.blokker("tekst"), stillere[0])
        request.tjenester.forslag.slutt_til(merknad, partier, request.identitet)
        return f"Merknaden er ført. {len(merknad.tilslutninger)} partier har sluttet seg til."

    return registrer(request, moetesak, "merknad", handling)


@view_config(route_name="merknad_tilslutning", request_method="POST", permission=REGISTRER)
def slutt_til(moetesak: Moetesak, request: Request) -> Response:
    """More parties join a remark."""

    def handling(felter: Felter) -> str:
        merknad = finn_merknad(request, moetesak, felter.tall("merknad"))
        partier = schemas.les_tilslutning(felter, partier_i_utvalget(request.tjenester.utvalg, moetesak))
        if not partier:
            raise InvalidInput("Kryss av for partiene som slutter seg til.", "parti")
        request.tjenester.forslag.slutt_til(merknad, partier, request.identitet)
        return f"{len(merknad.tilslutninger)} partier har sluttet seg til merknaden."

    return registrer(request, moetesak, "tilslutning", handling)


@view_config(route_name="merknad_utmelding", request_method="POST", permission=REGISTRER)
def gaa_ut(moetesak: Moetesak, request: Request) -> Response:
    """A party leaves a remark that it joined."""

    def handling(felter: Felter) -> str:
        merknad = finn_merknad(request, moetesak, felter.tall("merknad"))
        parti = request.tjenester.utvalg.parti(felter.tekst("parti"))
        request.tjenester.forslag.gaa_ut(merknad, parti, request.identitet)
        return f"{parti.kode} står ikke lenger bak merknaden."

    return registrer(request, moetesak, "utmelding", handling)


def _innhold(request: Request, moetesak: Moetesak, felter: Felter) -> Forslagsinnhold:
    partier = partier_i_utvalget(request.tjenester.utvalg, moetesak)
    return schemas.les_forslag(felter, moetesak, medlemmer(request, moetesak), partier)


def finn_forslag(request: Request, moetesak: Moetesak, forslag_id: int | None) -> Forslag:
    forslag = request.dbsession.get(Forslag, forslag_id) if forslag_id is not None else None
    if forslag is None or forslag.moetesak_id != moetesak.id:
        raise NotFound("Forslaget finnes ikke i denne behandlingen.")
    return forslag


def finn_merknad(request: Request, moetesak: Moetesak, merknad_id: int | None) -> Merknad:
    merknad = request.dbsession.get(Merknad, merknad_id) if merknad_id is not None else None
    if merknad is None or merknad.moetesak_id != moetesak.id:
        raise NotFound("Merknaden finnes ikke i denne behandlingen.")
    return merknad
