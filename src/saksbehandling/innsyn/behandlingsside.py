"""The page of a treatment: one for all who may read it, and its JSON twin."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from saksbehandling.errors import NotFound
from saksbehandling.identity.rules import kan_lese
from saksbehandling.innsyn import behandlingsbilder, vedtaksbilder
from saksbehandling.innsyn.adresser import behandlingsadresse, saksadresse
from saksbehandling.innsyn.behandling_json import som_json
from saksbehandling.moete.lesing import behandlinger_av_saken, tilstand
from saksbehandling.moete.models import Moete, Moetesak, Moetesaksnummer, Moetesaksutfall, Saksliste
from saksbehandling.moete.oppmoete import oppmoete
from saksbehandling.protokoll.lesing import protokoll_i
from saksbehandling.protokoll.views import kan_se_utkast
from saksbehandling.protokoll.views_moete import FOER
from saksbehandling.protokoll.views_saerutskrift import SEND

if TYPE_CHECKING:
    from pyramid.config import Configurator
    from pyramid.request import Request


def includeme(config: Configurator) -> None:
    nummer = r"/innsyn/{utvalg}/{aar:\d{4}}/{nummer:\d{1,9}}"
    dag = nummer + r"/{dato:\d{4}-\d{2}-\d{2}}"
    config.add_route("behandling_json", dag + ".json", factory=behandling_for)
    config.add_route("behandling", dag, factory=behandling_for)
    config.add_route("behandlingsnummer_json", nummer + ".json", factory=behandling_for)
    config.add_route("behandlingsnummer", nummer, factory=behandling_for)
    for navn in ("behandling", "behandlingsnummer"):
        config.add_view(vis, route_name=navn, request_method="GET", permission="les", renderer="behandling/side.jinja2")
        config.add_view(data, route_name=f"{navn}_json", request_method="GET", permission="les", renderer="json")


def behandling_for(request: Request) -> Moetesak:
    """The treatment of that number, in the meeting of that day or else the latest that the person may see.

    Raises `NotFound`.
    """
    deler = request.matchdict
    utvalg = request.tjenester.utvalg.finn(deler["utvalg"])
    soek = (
        sa.select(Moetesak)
        .join(Moetesaksnummer, Moetesak.nummer_id == Moetesaksnummer.id)
        .join(Saksliste, Moetesak.saksliste_id == Saksliste.id)
        .join(Moete)
        .where(
            Moetesaksnummer.utvalg_id == utvalg.id,
            Moetesaksnummer.aar == int(deler["aar"]),
            Moetesaksnummer.sekvens == int(deler["nummer"]),
        )
        .order_by(Moete.dato.desc(), Moetesak.id)
    )
    if "dato" in deler:
        soek = soek.where(Moete.dato == _dato(deler["dato"]))
    funnet = request.dbsession.scalars(soek).all()
    if not funnet:
        raise NotFound(
            f"{utvalg.navn} har ingen behandling av sak {deler['nummer']}/{int(deler['aar']) % 100:02d} her."
        )
    synlige = [moetesak for moetesak in funnet if kan_lese(request.identitet, moetesak.lesere)]
    return (synlige or funnet)[0]


def _dato(tekst: str) -> dt.date:
    try:
        return dt.date.fromisoformat(tekst)
    except ValueError:
        raise NotFound(f"{tekst} er ingen dato.") from None


def vis(moetesak: Moetesak, request: Request) -> dict[str, Any]:
    """Everything about the treatment, and what this person may do with it now."""
    behandling = _les(moetesak, request)
    av_saken = behandlinger_av_saken(request.dbsession, moetesak, request.identitet)
    sted = av_saken.index(moetesak)
    medlemmer = request.tjenester.utvalg.medlemmer(moetesak.utvalg, moetesak.moete.dato)
    sak = moetesak.saksmappe
    protokoll, ser_utkast = protokoll_i(request.dbsession, moetesak), kan_se_utkast(request, moetesak)
    kan_redigere = bool(request.has_permission(FOER, moetesak))
    return {
        "moetesak": moetesak,
        "behandling": behandling,
        "tilstand": tilstand(moetesak),
        "segmenter": behandlingsbilder.segmentbilder(behandling),
        "forslag": behandlingsbilder.forslagsbilder(behandling),
        "voteringer": list(zip(behandling.voteringer, behandlingsbilder.voteringsbilder(behandling), strict=True)),
        "merknader": behandlingsbilder.merknadsbilder(behandling),
        "protokolltilfoersler": behandling.tilfoersler,
        "innledning": vedtaksbilder.innledning(behandling),
        "vedtaksavsnitt": vedtaksbilder.vedtaksavsnitt(behandling),
        "protokoll": protokoll,
        "kan_se_utkast": ser_utkast,
        "redigert": request.tjenester.haandredigeringer.gjeldende(moetesak) if protokoll or ser_utkast else None,
        "kan_sende": protokoll is not None
        and moetesak.utfall is Moetesaksutfall.BEHANDLET
        and bool(request.has_permission(SEND, moetesak)),
        "kan_redigere": kan_redigere,
        "redigert_venter": kan_redigere and request.tjenester.protokollfiler.venter_paa_svar(moetesak),
        "oppmoete": oppmoete(request.dbsession, moetesak.moete, medlemmer),
        "kan_foere": kan_foere(request, moetesak),
        "saksadresse": saksadresse(sak) if kan_lese(request.identitet, sak.lesere) else None,
        "forrige": av_saken[sted - 1] if sted else None,
        "neste": av_saken[sted + 1] if sted + 1 < len(av_saken) else None,
        "andre_moeter": [rad for rad in av_saken if rad.nummer_id == moetesak.nummer_id and rad is not moetesak],
        "adresse": behandlingsadresse,
        "broedsmuler": [
            ("Innsyn", "/"),
            (moetesak.utvalg.navn, f"/innsyn/{moetesak.utvalg.kode}"),
            (f"Sak {moetesak.nummer}", None),
        ],
    }


def data(moetesak: Moetesak, request: Request) -> dict[str, Any]:
    """The same as data."""
    return som_json(_les(moetesak, request), protokoll_i(request.dbsession, moetesak) is not None)


def kan_foere(request: Request, moetesak: Moetesak) -> bool:
    """Whether the registration page has anything for this person to do in this state."""
    return kan_se_utkast(request, moetesak)


def _les(moetesak: Moetesak, request: Request) -> behandlingsbilder.Behandling:
    tjenester = request.tjenester
    return behandlingsbilder.les(request.dbsession, moetesak, tjenester.voteringer, tjenester.vedtak)
