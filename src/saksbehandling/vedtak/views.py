"""Ending a treatment: making the decision, postponing, sending back, withdrawing."""

from __future__ import annotations

from collections.abc import Sequence

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from saksbehandling.errors import InvalidInput
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.resultatord import RESULTATORD, Resultatord
from saksbehandling.moete.schemas import Felter
from saksbehandling.moete.views_felles import hendelsesdato, krev_innlogget, registrer
from saksbehandling.richtext import Blocks, segments, to_notation
from saksbehandling.saksmappe.models import Segment
from saksbehandling.vedtak.rules import Beregning
from saksbehandling.votering.kodeverk import Forslagstype
from saksbehandling.votering.models import Forslag
from saksbehandling.votering.oversetting import forslagsnoekkel, segmentnoekkel
from saksbehandling.votering.services import forslag_i


@view_config(route_name="vedtak_fatt", request_method="POST", permission="rediger_vedtak")
def fatt(moetesak: Moetesak, request: Request) -> Response:
    """The decision is made from the ballots, as computed or as edited."""

    def handling(felter: Felter) -> str:
        lukk, rekkefoelge = felter.har("lukk"), _rekkefoelge(felter, moetesak, request)
        beregning = request.tjenester.vedtak.beregn(moetesak, lukk=lukk, rekkefoelge=rekkefoelge)
        if beregning.prosedyre is not None and beregning.prosedyre.forslagstype is Forslagstype.UTSETTELSE:
            request.tjenester.moeter.sett_utsatt_til(moetesak, felter.dato("utsatt_til"))
        vedtak = request.tjenester.vedtak.fatt(
            moetesak,
            request.identitet,
            lukk=lukk,
            rekkefoelge=rekkefoelge,
            redigert=_redigert(felter, request.tjenester.vedtak.beregn(moetesak, lukk=lukk)),
            begrunnelse=felter.tekst("begrunnelse"),
            resultat=felter.tekst("resultat") if felter.alle("resultat") else None,
            dato=hendelsesdato(request, moetesak.moete),
        )
        return f"Vedtaket er fattet, med {len(vedtak.avsnitt)} avsnitt. Les gjennom og godkjenn protokollen."

    return registrer(request, moetesak, "vedtak", handling)


@view_config(route_name="behandling_utsett", request_method="POST", permission="les")
def utsett(moetesak: Moetesak, request: Request) -> Response:
    """Postponed without a ballot, or never reached. What was moved and not voted on has lapsed."""
    krev_innlogget(request)

    def handling(felter: Felter) -> str:
        til = felter.dato("til")
        request.tjenester.vedtak.avslutt_forslag(moetesak)
        request.tjenester.moeter.utsett(moetesak, request.identitet, til, dato=hendelsesdato(request, moetesak.moete))
        return f"{moetesak.saksnummer} er utsatt{f' til {til:%d.%m.%Y}' if til else ''}."

    return registrer(request, moetesak, "utsett", handling)


@view_config(route_name="behandling_send_tilbake", request_method="POST", permission="les")
def send_tilbake(moetesak: Moetesak, request: Request) -> Response:
    """Sent back, with the words that say what is to be done; they stand in the minutes."""
    krev_innlogget(request)

    def handling(felter: Felter) -> str:
        mandat = felter.blokker("mandat")
        if not mandat:
            raise InvalidInput("Skriv hva som skal gjøres før saken kommer tilbake.", "mandat")
        request.tjenester.moeter.noter(moetesak, mandat)
        _avslutt(moetesak, request, "send_tilbake", _ord(moetesak).sendt_tilbake, to_notation(mandat))
        return f"{moetesak.saksnummer} er sendt tilbake."

    return registrer(request, moetesak, "send_tilbake", handling)


@view_config(route_name="behandling_trekk", request_method="POST", permission="les")
def trekk(moetesak: Moetesak, request: Request) -> Response:
    """Taken off the agenda; the number stays used."""
    krev_innlogget(request)

    def handling(_felter: Felter) -> str:
        _avslutt(moetesak, request, "trekk", _ord(moetesak).trukket, None)
        return f"{moetesak.saksnummer} er trukket fra sakslisten. Nummeret brukes ikke på nytt."

    return registrer(request, moetesak, "trekk_sak", handling)


def _ord(moetesak: Moetesak) -> Resultatord:
    return RESULTATORD[moetesak.utvalg.malform]


def _avslutt(moetesak: Moetesak, request: Request, hendelse: str, resultat: str, merknad: str | None) -> None:
    request.tjenester.vedtak.avslutt_forslag(moetesak)
    moetesak.resultat = resultat
    request.tjenester.moeter.hendelse(
        moetesak, hendelse, request.identitet, dato=hendelsesdato(request, moetesak.moete), merknad=merknad
    )


def _rekkefoelge(felter: Felter, moetesak: Moetesak, request: Request) -> Sequence[Segment | Forslag] | None:
    """The order that was typed, as places beside the paragraphs; None where it is the computed one."""
    alle = _objekter(moetesak, request)
    plasser = {noekkel: plass for noekkel in alle if (plass := felter.tall(f"plass-{noekkel}")) is not None}
    beregnet = list(
        dict.fromkeys(ett.opphav_id for ett in request.tjenester.vedtak.beregn(moetesak, lukk=True).avsnitt)
    )
    oensket = sorted((noekkel for noekkel in beregnet if noekkel in plasser), key=lambda noekkel: plasser[noekkel])
    if oensket == [noekkel for noekkel in beregnet if noekkel in plasser]:
        return None
    return [alle[noekkel] for noekkel in oensket]


def _objekter(moetesak: Moetesak, request: Request) -> dict[str, Segment | Forslag]:
    segmenter = moetesak.grunntekst.segmenter if moetesak.grunntekst else []
    return {
        **{segmentnoekkel(rad): rad for rad in segmenter},
        **{forslagsnoekkel(rad): rad for rad in forslag_i(request.dbsession, moetesak)},
    }


def redigerbar(beregning: Beregning) -> str:
    """The computed text as it stands in the editor."""
    return "\n\n".join(to_notation(avsnitt.blokker) for avsnitt in beregning.avsnitt)


def _redigert(felter: Felter, beregning: Beregning) -> tuple[Blocks, ...] | None:
    """The paragraphs as edited; None where the text stands as the page showed it, whatever order was chosen."""
    skrevet = felter.tekst("tekst").replace("\r\n", "\n")
    if not skrevet or skrevet == redigerbar(beregning).strip():
        return None
    return segments(felter.blokker("tekst"))
