"""The secretary's registration page: the agenda, the item with its forms, and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import exception_view_config, view_config

from saksbehandling.direkte.views import SEKRETAER, side
from saksbehandling.errors import AccessDenied, Conflict, Reason, SaksbehandlingError
from saksbehandling.innsyn import behandlingsbilder, vedtaksbilder
from saksbehandling.innsyn.adresser import behandlingsadresse
from saksbehandling.innsyn.behandlingsside import kan_foere
from saksbehandling.innsyn.figurer import TYPEORD
from saksbehandling.moete import TALL
from saksbehandling.moete.lesing import saksliste, tilstand
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.oppmoete import oppmoete, oppmoetemerke
from saksbehandling.moete.regelsett import regler_for as moeteregler_for
from saksbehandling.moete.resultatord import RESULTATORD
from saksbehandling.moete.schemas import Felter, Utfylling, avvist, medlemsnavn
from saksbehandling.moete.views_felles import (
    REGISTRER,
    Skjemaavslag,
    krev_innlogget,
    moetesak_for,
    uendret,
    utfoer,
)
from saksbehandling.protokoll.lesing import protokoll_i
from saksbehandling.protokoll.views_moete import FOER
from saksbehandling.vedtak.lesing import Voteringsutkast
from saksbehandling.vedtak.views import redigerbar
from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype
from saksbehandling.votering.lesing import bortfalt_sist, kreves_til_stede, partier_i_utvalget
from saksbehandling.votering.models import Forslag
from saksbehandling.votering.navngiving_flere import svarord
from saksbehandling.votering.oversetting import foerste_ord, forslagsnoekkel, segmentnoekkel
from saksbehandling.votering.schemas import forvalg, samlet
from saksbehandling.votering.services import Voteringsinndata
from saksbehandling.votering.services_forslag import forslag_som_felter
from saksbehandling.votering.views_tilfoersel import FOER as FOER_TILFOERSEL

if TYPE_CHECKING:
    from pyramid.config import Configurator
    from pyramid.request import Request

MAL = "behandling/registrer.jinja2"

# What the rules call a field -> its name in the form.
KJENTE: Mapping[str, Mapping[str, str]] = {
    "forslag": {
        "type": "type",
        "stiller": "stiller",
        "tekst": "tekst",
        "maal": "maal",
        "paa_vegne_av": "paa_vegne_av",
        "betegnelse": "betegnelse",
    },
    "rett": {
        "type": "type",
        "stiller": "stiller",
        "tekst": "tekst",
        "maal": "maal",
        "paa_vegne_av": "paa_vegne_av",
        "betegnelse": "betegnelse",
    },
    "votering": {
        "objekter": "objekter",
        "form": "form",
        "voteringsform": "form",
        "resultat": "resultat",
        "enstemmig": "resultat",
        "mindretall": "mindretall",
        "partistemmer": "mindretall",
        "parti": "mindretall",
        "stemmer_mot": "mindretall",
        "stemmer_for": "mindretall",
        "til_stede": "til_stede",
        "blanke": "blanke",
        "moeteleders_stemme": "moeteleder",
    },
    "merknad": {"stiller": "stiller", "tekst": "tekst", "parti": "parti"},
    "tilslutning": {"parti": "parti"},
    "navn": {"person": "person"},
    "notat": {"tekst": "tekst"},
    "tilfoersel": {"stiller": "stiller", "tekst": "tekst"},
    "habilitet": {"person": "person", "utfall": "utfall", "tekst": "tekst", "vara": "vara"},
    "saksordfoerer": {"person": "person"},
    "vedtak": {"begrunnelse": "begrunnelse", "tekst": "tekst", "utsatt_til": "utsatt_til", "forslag": "lukk"},
    "utsett": {"til": "til", "utsatt_til": "til"},
    "send_tilbake": {"mandat": "mandat"},
    "trekk": {"forslag": "forslag"},
}


def includeme(config: Configurator) -> None:
    config.add_route("registrer", f"/moetesaker/{{id:{TALL}}}/registrer", factory=moetesak_for)
    config.scan("saksbehandling.innsyn.registreringsside")


@view_config(route_name="registrer", request_method="GET", permission="les", renderer=MAL)
def vis(moetesak: Moetesak, request: Request) -> Any:
    """The page, for who may record or approve; when all is done, the treatment itself."""
    if not kan_foere(request, moetesak):
        krev_innlogget(request)
        if moetesak.flyt is not None and moetesak.flyt.aktive == "publisert":
            return HTTPSeeOther(behandlingsadresse(moetesak))
        raise AccessDenied("Behandlingen føres av utvalgets sekretær.")
    return _side(moetesak, request, Utfylling(), request.GET.get("skjema", ""))


@exception_view_config(Skjemaavslag, renderer=MAL)
def avslag(avslag: Skjemaavslag, request: Request) -> dict[str, Any]:
    """The page again, with what was typed and every reason; on a conflict, also what is new."""
    request.response.status_int = avslag.feil.status
    utfylling = avvist(avslag.skjema, request.POST, avslag.feil, KJENTE.get(avslag.skjema, {}))
    side = _side(avslag.moetesak, request, utfylling, avslag.skjema)
    if isinstance(avslag.feil, Conflict):
        side["konflikt"] = str(avslag.feil)
        side["nytt"] = nytt_siden(side["behandling"], str(request.POST.get("sett", "")))
    return side


def _side(moetesak: Moetesak, request: Request, utfylling: Utfylling, aapent: str) -> dict[str, Any]:
    tjenester, session = request.tjenester, request.dbsession
    behandling = behandlingsbilder.les(session, moetesak, tjenester.voteringer, tjenester.vedtak)
    medlemmer = tjenester.utvalg.medlemmer(moetesak.utvalg, moetesak.moete.dato)
    saker = saksliste(session, moetesak.moete)
    sted = list(saker).index(moetesak)
    valg = _valg(moetesak, request)
    registrerer = bool(request.has_permission(REGISTRER, moetesak))
    utkast = foreslaatt_votering(moetesak, tjenester) if registrerer else None
    frammoete = tjenester.moeter.frammoete(moetesak)
    return {
        "moetesak": moetesak,
        "behandling": behandling,
        "tilstand": tilstand,
        "saker": saker,
        "forrige": saker[sted - 1] if sted else None,
        "neste": saker[sted + 1] if sted + 1 < len(saker) else None,
        "kan_aapne_sak": lambda sak: kan_foere(request, sak),
        "adresse": behandlingsadresse,
        "valg": valg,
        "sperret": _sperret(moetesak, request) if "publiser" not in valg else (),
        "registrerer": registrerer,
        "kan_foere_tilfoersel": bool(request.has_permission(FOER_TILFOERSEL, moetesak)),
        "moetet_avgjoer": tjenester.tilfoersler.moetet_avgjoer(moetesak),
        "kan_vedta": bool(request.has_permission("rediger_vedtak", moetesak)) and behandling.beregning is not None,
        "segmenter": behandlingsbilder.segmentbilder(behandling),
        "forslag": behandlingsbilder.forslagsbilder(behandling),
        "kollisjoner": behandlingsbilder.kollisjonsbilder(behandling),
        "spor": tjenester.forslag.spor(moetesak),
        "forvalg": forvalg(request.GET, moetesak),
        "rettes": _rettes(behandling, utfylling, request),
        "voteringer": list(zip(behandling.voteringer, behandlingsbilder.voteringsbilder(behandling), strict=True)),
        "merknader": list(zip(behandling.merknader, behandlingsbilder.merknadsbilder(behandling), strict=True)),
        "innledning": vedtaksbilder.innledning(behandling),
        "vedtaksavsnitt": vedtaksbilder.vedtaksavsnitt(behandling),
        "redigerbar": redigerbar(behandling.beregning) if behandling.beregning else "",
        "objekter": objektvalg(behandling),
        "utkast": utkast,
        "navnespoersmaal": tjenester.navngiving.mangler(moetesak) if registrerer else [],
        "navnespoersmaal_flere": tjenester.navngiving.mangler_flere(moetesak) if registrerer else [],
        "svarord": svarord,
        "flere": tjenester.voteringsgang.flere_alternativer(moetesak) if registrerer else (),
        "bortfalte": bortfalt_sist(session, moetesak),
        "aapne_forslag": [rad for rad in behandling.forslag if _aapent(behandling, rad)],
        "typer": _forslagstyper(moetesak),
        "segmentvalg": [
            (segmentnoekkel(rad), f"Avsnitt {rad.nummer}: {foerste_ord(rad)}") for rad in behandling.segmenter
        ],
        "medlemmer": [samlet(moetesak.utvalg.navn), *(medlemsnavn(rad) for rad in medlemmer)],
        "partier": partier_i_utvalget(tjenester.utvalg, moetesak),
        "resultater": RESULTATORD[moetesak.utvalg.malform].alle,
        "oppmoete": oppmoete(session, moetesak.moete, medlemmer),
        "habilitetshjemmel": moeteregler_for(moetesak.moete.dato).hjemmel.habilitet,
        "habilitetsspoersmaal": tjenester.habilitet.spoersmaal(moetesak),
        "oppmoetemerke": oppmoetemerke(moetesak.moete.oppmoete),
        "frammoete": frammoete,
        "kreves": kreves_til_stede(behandling.organ, moetesak),
        "protokoll": protokoll_i(session, moetesak),
        "kan_redigere": bool(request.has_permission(FOER, moetesak)),
        "sett": sett_til(behandling),
        "utfylling": utfylling,
        "aapent": aapent or ("votering" if utkast else ""),
        "direkte": side(moetesak.moete, request, SEKRETAER),
        "konflikt": None,
        "nytt": [],
        "naa": tjenester.felles.clock.now(),
        "broedsmuler": [
            ("Møter", request.route_path("moeter")),
            (
                f"{moetesak.utvalg.navn}, {moetesak.moete.dato:%d.%m.%Y}",
                request.route_path("moete", id=moetesak.moete.id),
            ),
            (moetesak.saksnummer, None),
        ],
    }


def _valg(moetesak: Moetesak, request: Request) -> dict[str, Any]:
    """The workflow's events that this person may fire now, by name."""
    if moetesak.flyt is None:
        return {}
    roller = request.identitet.roller_i(moetesak.utvalg.id)
    alle = request.tjenester.flyt.choices(moetesak.flyt, moetesak, roller)
    return {ett.hendelse: ett for ett in alle if ett.tillatt}


def _sperret(moetesak: Moetesak, request: Request) -> Sequence[Reason | str]:
    """Why the protocol cannot be published by who otherwise may."""
    if moetesak.flyt is None or not request.has_permission("publiser", moetesak):
        return ()
    roller = request.identitet.roller_i(moetesak.utvalg.id)
    valg = request.tjenester.flyt.choices(moetesak.flyt, moetesak, roller)
    return next((ett.grunner for ett in valg if ett.hendelse == "publiser"), ())


def foreslaatt_votering(moetesak: Moetesak, tjenester: Any) -> Voteringsutkast | None:
    """The ballot that comes next."""
    utkast: Voteringsutkast | None = tjenester.voteringsgang.neste(moetesak)
    return utkast


def foer_votering(
    request: Request,
    moetesak: Moetesak,
    les: Callable[[Felter], Voteringsinndata],
    vis_igjen: Callable[[Utfylling], dict[str, Any]],
    kjente: Mapping[str, str],
) -> Any:
    """Record the ballot that `les` reads, and go back to the registration page; the form again when it is refused."""

    def handling() -> str:
        inndata = les(Felter(request.POST, "votering"))
        setning: str = request.tjenester.voteringer.registrer(moetesak, inndata).setning
        return setning

    try:
        utfoer(request, lambda: uendret(request, moetesak), handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return vis_igjen(avvist("votering", request.POST, feil, kjente))
    return HTTPSeeOther(request.route_path("registrer", id=moetesak.id, _query={"skjema": "votering"}))


def voteringsside(
    behandling: behandlingsbilder.Behandling, request: Request, utfylling: Utfylling, navn: str
) -> dict[str, Any]:
    """What the pages share on which one ballot is recorded in a way of its own."""
    moetesak = behandling.moetesak
    return {
        "moetesak": moetesak,
        "sett": sett_til(behandling),
        "utfylling": utfylling,
        "broedsmuler": [
            ("Møter", request.route_path("moeter")),
            (moetesak.saksnummer, request.route_path("registrer", id=moetesak.id)),
            (navn, None),
        ],
    }


def objektvalg(behandling: behandlingsbilder.Behandling) -> list[tuple[str, str, str]]:
    """What can be voted on: key, name, and its first words."""
    segmenter = [(segmentnoekkel(rad), f"Avsnitt {rad.nummer}", foerste_ord(rad, 10)) for rad in behandling.segmenter]
    forslag = [
        (forslagsnoekkel(rad), f"Forslag {rad.nummer}", f"{rad.betegnelse}, {behandlingsbilder.stillere(rad)}")
        for rad in behandling.forslag
        if rad.utfall is not Forslagsstatus.TRUKKET and not rad.venter
    ]
    return segmenter + forslag


def _rettes(
    behandling: behandlingsbilder.Behandling, utfylling: Utfylling, request: Request
) -> tuple[Forslag, Mapping[str, str]] | None:
    """The proposal that the form for corrections is about, with what stands in it."""
    valgt = str(utfylling.verdi("rett-forslag", request.GET.get("forslag", "")))
    funnet = next((rad for rad in behandling.forslag if str(rad.id) == valgt and _aapent(behandling, rad)), None)
    return (funnet, forslag_som_felter(funnet)) if funnet else None


def _aapent(behandling: behandlingsbilder.Behandling, forslag: Any) -> bool:
    return behandlingsbilder.forslagsstatus(behandling, forslag) is Forslagsstatus.FRAMSATT


def _forslagstyper(moetesak: Moetesak) -> list[tuple[str, str]]:
    """The kinds that can be moved here; without a base text there is nothing to change or strike."""
    uten_tekst = (Forslagstype.ENDRING, Forslagstype.STRYKNING)
    vanlige = (Forslagstype.TILLEGG, Forslagstype.ENDRING, Forslagstype.STRYKNING, Forslagstype.ALTERNATIVT)
    typer = dict.fromkeys((*vanlige, *Forslagstype))
    return [(ett.value, TYPEORD[ett]) for ett in typer if moetesak.grunntekst is not None or ett not in uten_tekst]


def sett_til(behandling: behandlingsbilder.Behandling) -> str:
    """A mark of how far the page has seen: the last place in the minutes, and the last ballot."""
    return f"{behandling.moetesak.siste_rekkefoelge}.{len(behandling.voteringer)}"


def nytt_siden(behandling: behandlingsbilder.Behandling, sett: str) -> list[str]:
    """What was recorded after a page that had seen `sett`; nothing when the mark cannot be read."""
    plass, _, antall = sett.partition(".")
    if not (plass.isdecimal() and antall.isdecimal()):
        return []
    moetesak, sist = behandling.moetesak, int(plass)
    nytt = [
        *(
            (rad.rekkefoelge, f"Forslag {rad.nummer}, {rad.betegnelse} fra {behandlingsbilder.stillere(rad)}")
            for rad in behandling.forslag
        ),
        *((rad.rekkefoelge, f"Merknad {rad.nummer} fra {rad.navn} ({rad.parti.kode})") for rad in behandling.merknader),
        *((rad.rekkefoelge, "Et notat i protokollen") for rad in moetesak.notater),
        *((rad.rekkefoelge, f"Habilitet: {rad.person.navn} er {rad.utfall.value}") for rad in moetesak.habilitet),
    ]
    linjer = [tekst for rekkefoelge, tekst in sorted(nytt) if rekkefoelge > sist]
    linjer += [f"Votering {rad.nummer}: {rad.setning}" for rad in behandling.voteringer[int(antall) :]]
    if len(behandling.voteringer) < int(antall):
        linjer.append("En votering er tatt tilbake")
    return linjer
