"""The proposals of an item for everybody, and a member's own form for filing one."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pyramid.httpexceptions import HTTPNoContent, HTTPSeeOther
from webob.multidict import MultiDict

from saksbehandling.errors import InvalidInput, SaksbehandlingError
from saksbehandling.identity.rules import ALLE
from saksbehandling.innsyn import behandlingsbilder
from saksbehandling.innsyn.figur_segmenter import forslagstekst
from saksbehandling.innsyn.figurer import TYPEORD, Forslagsbilde, Segmentbilde
from saksbehandling.moete import TALL
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.schemas import Felter, Utfylling, avvist, medlemsnavn
from saksbehandling.moete.views_felles import moetesak_for, utfoer
from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype
from saksbehandling.votering.lesing import partier_i_utvalget
from saksbehandling.votering.oversetting import foerste_ord, forslagsverdi, segmentnoekkel
from saksbehandling.votering.rules import kollisjoner
from saksbehandling.votering.schemas import forvalg, les_forslag
from saksbehandling.votering.services import forslag_i
from saksbehandling.votering.services_forslag import Forslagsinnhold, Stillerdata, forslag_som_felter
from saksbehandling.votering.values import Forslag as Forslagsverdi
from saksbehandling.votering.views_forslag import finn_forslag, finn_merknad
from saksbehandling.votering.views_tilfoersel import finn_tilfoersel

if TYPE_CHECKING:
    from pyramid.config import Configurator
    from pyramid.request import Request
    from pyramid.response import Response

FELTER = ("type", "stiller", "paa_vegne_av", "maal", "anker", "tekst")
KJENTE = {felt: felt for felt in FELTER}
FREMSETT = "fremsett_forslag"
SKJEMA = "votering/mitt_forslag.jinja2"
KONTROLL = "votering/kontroll.jinja2"
LISTE = "votering/forslagene.jinja2"


class Forslagsliste:
    """The proposals of an item: everybody's from when the agenda was sent, unless the item is exempt."""

    def __init__(self, moetesak: Moetesak) -> None:
        self.moetesak = moetesak
        aapen = moetesak.saksliste.publisert is not None and not moetesak.unntatt
        self.lesere = moetesak.lesere | ({ALLE} if aapen else frozenset())


def includeme(config: Configurator) -> None:
    config.add_route("forslagene_json", f"/moetesaker/{{id:{TALL}}}/forslagene.json", factory=forslagsliste_for)
    config.add_route("forslagene", f"/moetesaker/{{id:{TALL}}}/forslagene", factory=forslagsliste_for)
    config.add_view(vis, route_name="forslagene", request_method="GET", permission="les", renderer=LISTE)
    config.add_view(data, route_name="forslagene_json", request_method="GET", permission="les", renderer="json")
    egen = f"/moeteportal/saker/{{id:{TALL}}}"
    utkast = egen + r"/forslag/{noekkel:[0-9a-f-]{36}}"
    for navn, sti, metode, view, mal in (
        ("mitt_forslag_nytt", egen + "/forslag", "GET", nytt, SKJEMA),
        ("mitt_forslag", utkast, "GET", rediger, SKJEMA),
        ("mitt_forslag", utkast, "POST", lagre, SKJEMA),
        ("mitt_forslag_kontroll", utkast + "/kontroll", "GET", kontroll, KONTROLL),
        ("mitt_forslag_send", utkast + "/send", "POST", send, KONTROLL),
        ("mitt_forslag_slett", utkast + "/slett", "POST", slett, None),
        ("mitt_forslag_trekk", egen + "/trekk", "POST", trekk, None),
        ("min_tilfoersel", egen + "/tilfoersel", "POST", krev_tilfoersel, LISTE),
        ("min_tilfoersel_trekk", egen + "/tilfoersel/trekk", "POST", trekk_tilfoersel, None),
        ("min_tilslutning", egen + "/tilslutning", "POST", slutt_til, None),
    ):
        if metode == "GET" or navn != "mitt_forslag":
            config.add_route(navn, sti, factory=moetesak_for)
        config.add_view(view, route_name=navn, request_method=metode, permission=FREMSETT, renderer=mal)


def forslagsliste_for(request: Request) -> Forslagsliste:
    return Forslagsliste(moetesak_for(request))


def vis(liste: Forslagsliste, request: Request) -> dict[str, Any]:
    """The text with every proposal and remark, and what this member may do with them."""
    return _listen(liste.moetesak, request, Utfylling())


def _listen(moetesak: Moetesak, request: Request, utfylling: Utfylling) -> dict[str, Any]:
    behandling = _les(moetesak, request)
    medlem = bool(request.has_permission(FREMSETT, moetesak))
    tjeneste = request.tjenester.innlevering
    return {
        "moetesak": moetesak,
        "segmenter": behandlingsbilder.segmentbilder(behandling),
        "forslag": behandlingsbilder.forslagsbilder(behandling),
        "kollisjoner": behandlingsbilder.kollisjonsbilder(behandling),
        "spor": request.tjenester.forslag.spor(moetesak),
        "rader": behandling.forslag,
        "merknader": list(zip(behandling.merknader, behandlingsbilder.merknadsbilder(behandling), strict=True)),
        "protokolltilfoersler": behandling.tilfoersler,
        "kan_kreve_tilfoersel": medlem and request.tjenester.tilfoersler.aapent(moetesak),
        "moetet_avgjoer": request.tjenester.tilfoersler.moetet_avgjoer(moetesak),
        "utfylling": utfylling,
        "medlem": medlem,
        "mitt_parti": tjeneste.plass(moetesak, request.identitet).parti if medlem else None,
        "kan_endre": lambda rad: medlem and tjeneste.kan_endre(rad, request.identitet),
        "broedsmuler": _smuler(moetesak, request),
    }


def data(liste: Forslagsliste, request: Request) -> dict[str, Any]:
    """The same as data."""
    behandling = _les(liste.moetesak, request)
    return {
        "sak": liste.moetesak.saksnummer,
        "tittel": liste.moetesak.offentlig_tittel,
        "forslag": [
            {
                "nummer": bilde.nr,
                "type": bilde.type.value,
                "status": "innsendt" if bilde.venter else bilde.status.value,
                "av": bilde.av,
                "paa_vegne_av": list(bilde.paa_vegne_av),
                "tekst": rad["tekst"],
            }
            for bilde, rad in zip(
                behandlingsbilder.forslagsbilder(behandling), map(forslag_som_felter, behandling.forslag), strict=True
            )
        ],
        "kollisjoner": behandlingsbilder.kollisjonsbilder(behandling),
    }


def nytt(moetesak: Moetesak, request: Request) -> dict[str, Any]:
    """An empty form, or one that was opened by pointing at a paragraph or at a filed proposal of one's own."""
    felter = forvalg(request.GET, moetesak)
    if request.GET.get("forslag", "").isdecimal():
        forslag = finn_forslag(request, moetesak, int(request.GET["forslag"]))
        felter = request.tjenester.innlevering.til_endring(forslag, request.identitet)
        return _skjema(moetesak, request, str(uuid.uuid4()), felter, forslag_id=forslag.id)
    return _skjema(moetesak, request, str(uuid.uuid4()), felter)


def rediger(moetesak: Moetesak, request: Request) -> dict[str, Any]:
    """The draft again."""
    utkast = request.tjenester.innlevering.utkast(moetesak, request.identitet, request.matchdict["noekkel"])
    return _skjema(moetesak, request, utkast.noekkel, utkast.felter, forslag_id=utkast.forslag_id)


def lagre(moetesak: Moetesak, request: Request) -> Any:
    """Keep the draft; a script gets a receipt, and a person the page that shows what will be filed."""
    noekkel = request.matchdict["noekkel"]
    felter = {felt: str(request.POST.get(f"forslag-{felt}", ""))[:20_000] for felt in FELTER}
    gjelder = Felter(request.POST, "gjelder").tall("forslag")
    tjeneste = request.tjenester.innlevering
    tjeneste.plass(moetesak, request.identitet)
    forslag = finn_forslag(request, moetesak, gjelder) if gjelder else None
    if forslag is not None:
        tjeneste.til_endring(forslag, request.identitet)
    tjeneste.lagre(moetesak, request.identitet, noekkel, felter, forslag)
    if request.POST.get("stille"):
        return HTTPNoContent()
    if feil := _uleselig(moetesak, request, felter):
        request.response.status_int = feil.status
        utfylling = avvist("forslag", request.POST, feil, KJENTE)
        return {**_skjema(moetesak, request, noekkel, felter, gjelder), "utfylling": utfylling}
    return HTTPSeeOther(request.route_path("mitt_forslag_kontroll", id=moetesak.id, noekkel=noekkel))


def kontroll(moetesak: Moetesak, request: Request, feil: SaksbehandlingError | None = None) -> Any:
    """What will be filed, its difference from the text, and what it collides with; filing is one button away."""
    tjeneste = request.tjenester.innlevering
    utkast = tjeneste.utkast(moetesak, request.identitet, request.matchdict["noekkel"])
    if _uleselig(moetesak, request, utkast.felter):
        return HTTPSeeOther(request.route_path("mitt_forslag", id=moetesak.id, noekkel=utkast.noekkel))
    innhold = _innhold(moetesak, request, utkast.felter)
    grunner = tjeneste.hindringer(moetesak, tjeneste.plass(moetesak, request.identitet))
    return {
        "moetesak": moetesak,
        "utkast": utkast,
        "innhold": innhold,
        "bilde": _bilde(innhold),
        "kollisjoner": _kolliderer(moetesak, request, innhold, utkast.forslag_id),
        "grunner": avvist("", request.POST, feil, {}).grunner if feil else [],
        "hindringer": [] if feil else grunner,
        "broedsmuler": _smuler(moetesak, request),
    }


def send(moetesak: Moetesak, request: Request) -> Any:
    """File it. On a refusal the draft stays as it was."""
    tjeneste = request.tjenester.innlevering
    utkast = tjeneste.utkast(moetesak, request.identitet, request.matchdict["noekkel"])
    innhold = _innhold(moetesak, request, utkast.felter)

    def handling() -> str:
        nummer = tjeneste.send_inn(utkast, innhold, request.identitet).nummer
        return f"Forslaget er sendt inn som nummer {nummer}. Det er synlig for alle."

    try:
        utfoer(request, handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return kontroll(moetesak, request, feil)
    return _til_listen(moetesak, request)


def slett(moetesak: Moetesak, request: Request) -> Response:
    """Throw the draft away."""
    tjeneste = request.tjenester.innlevering
    tjeneste.slett(tjeneste.utkast(moetesak, request.identitet, request.matchdict["noekkel"]))
    request.meld("suksess", "Utkastet er slettet.")
    return HTTPSeeOther(request.route_path("moeteportal"))


def trekk(moetesak: Moetesak, request: Request) -> Response:
    """Withdraw one's own."""
    forslag = finn_forslag(request, moetesak, Felter(request.POST, "trekk").tall("forslag"))
    request.tjenester.innlevering.trekk(forslag, request.identitet)
    request.meld("suksess", f"Forslag {forslag.nummer} er trukket. Det blir stående i protokollen som trukket.")
    return _til_listen(moetesak, request)


def slutt_til(moetesak: Moetesak, request: Request) -> Response:
    """The member's party joins a remark, or leaves it."""
    felter = Felter(request.POST, "tilslutning")
    merknad = finn_merknad(request, moetesak, felter.tall("merknad"))
    parti = request.tjenester.innlevering.plass(moetesak, request.identitet).parti
    if felter.har("ut"):
        request.tjenester.forslag.gaa_ut(merknad, parti, request.identitet)
        request.meld("suksess", f"{parti.kode} står ikke lenger bak merknad {merknad.nummer}.")
    else:
        request.tjenester.forslag.slutt_til(merknad, [parti], request.identitet)
        request.meld("suksess", f"{parti.kode} har sluttet seg til merknad {merknad.nummer}.")
    return _til_listen(moetesak, request)


def krev_tilfoersel(moetesak: Moetesak, request: Request) -> Any:
    """The member asks for a protokolltilførsel. On a refusal the page comes back with what was typed."""

    def handling() -> str:
        fra = Stillerdata.fra(request.tjenester.innlevering.krev_deltar(moetesak, request.identitet))
        tekst = Felter(request.POST, "tilfoersel").blokker("tekst")
        rad = request.tjenester.tilfoersler.krev(moetesak, tekst, fra, request.identitet, innsendt=True)
        return "Protokolltilførselen er sendt" + (" og tatt inn i protokollen." if rad.avgjort else ".")

    try:
        utfoer(request, handling)
    except SaksbehandlingError as feil:
        request.response.status_int = feil.status
        return _listen(moetesak, request, avvist("tilfoersel", request.POST, feil, {"tekst": "tekst"}))
    return _til_listen(moetesak, request)


def trekk_tilfoersel(moetesak: Moetesak, request: Request) -> Response:
    """Withdraw one's own."""
    rad = finn_tilfoersel(request, moetesak, Felter(request.POST, "trekk").tall("tilfoersel"))
    request.tjenester.tilfoersler.trekk(rad, request.identitet)
    request.meld("suksess", "Protokolltilførselen er trukket.")
    return _til_listen(moetesak, request)


def _les(moetesak: Moetesak, request: Request) -> behandlingsbilder.Behandling:
    tjenester = request.tjenester
    return behandlingsbilder.les(request.dbsession, moetesak, tjenester.voteringer, tjenester.vedtak)


def _til_listen(moetesak: Moetesak, request: Request) -> Response:
    return HTTPSeeOther(request.route_path("forslagene", id=moetesak.id))


def _smuler(moetesak: Moetesak, request: Request) -> list[tuple[str, str | None]]:
    moete = moetesak.moete
    navn = f"{moetesak.utvalg.navn}, {moete.dato:%d.%m.%Y}"
    return [
        ("Møter", request.route_path("moeter")),
        (navn, request.route_path("moete", id=moete.id)),
        ("Forslag", None),
    ]


def _skjema(
    moetesak: Moetesak, request: Request, noekkel: str, felter: Mapping[str, str], forslag_id: int | None = None
) -> dict[str, Any]:
    tjeneste = request.tjenester.innlevering
    behandling = _les(moetesak, request)
    medlemmer = request.tjenester.utvalg.medlemmer(moetesak.utvalg, moetesak.moete.dato)
    uten_tekst = (Forslagstype.ENDRING, Forslagstype.STRYKNING)
    return {
        "moetesak": moetesak,
        "noekkel": noekkel,
        "felter": felter,
        "forslag_id": forslag_id,
        "utfylling": Utfylling(),
        "typer": [
            (ett.value, TYPEORD[ett]) for ett in reversed(Forslagstype) if behandling.segmenter or ett not in uten_tekst
        ],
        "segmentvalg": [
            (segmentnoekkel(rad), f"Avsnitt {rad.nummer}: {foerste_ord(rad)}") for rad in behandling.segmenter
        ],
        "segmenter": behandlingsbilder.segmentbilder(behandling),
        "forslag": behandlingsbilder.forslagsbilder(behandling),
        "medlemmer": [medlemsnavn(rad) for rad in medlemmer],
        "hindringer": tjeneste.hindringer(moetesak, tjeneste.plass(moetesak, request.identitet)),
        "broedsmuler": _smuler(moetesak, request),
    }


def _innhold(moetesak: Moetesak, request: Request, felter: Mapping[str, str]) -> Forslagsinnhold:
    """The draft as a proposal of the member's own. Raises `InvalidInput` on what cannot be read."""
    post = MultiDict({f"forslag-{felt}": verdi for felt, verdi in felter.items()})
    plass = request.tjenester.innlevering.plass(moetesak, request.identitet)
    medlemmer = request.tjenester.utvalg.medlemmer(moetesak.utvalg, moetesak.moete.dato)
    partier = partier_i_utvalget(request.tjenester.utvalg, moetesak)
    innhold = les_forslag(Felter(post, "forslag"), moetesak, medlemmer, partier, [Stillerdata.fra(plass)])
    if not innhold.blokker:
        raise InvalidInput("Skriv teksten i forslaget.", "tekst")
    if innhold.forslagstype in (Forslagstype.ENDRING, Forslagstype.STRYKNING) and innhold.maal is None:
        raise InvalidInput("Velg avsnittet som forslaget gjelder.", "maal")
    return innhold


def _uleselig(moetesak: Moetesak, request: Request, felter: Mapping[str, str]) -> InvalidInput | None:
    try:
        _innhold(moetesak, request, felter)
    except InvalidInput as feil:
        return feil
    return None


def _segmentbilde(innhold: Forslagsinnhold) -> Segmentbilde:
    assert innhold.maal is not None  # asked for by the caller
    return Segmentbilde(segmentnoekkel(innhold.maal), innhold.maal.nummer, innhold.maal.blokker)


def _bilde(innhold: Forslagsinnhold) -> Markup:
    """The words of the proposal with the difference to the paragraph marked."""
    segment = _segmentbilde(innhold) if innhold.maal else None
    return forslagstekst(
        Forslagsbilde("nytt", 0, innhold.forslagstype, Forslagsstatus.FRAMSATT, "", blokker=innhold.blokker), segment
    )


def _kolliderer(moetesak: Moetesak, request: Request, innhold: Forslagsinnhold, forslag_id: int | None) -> list[str]:
    """What it would collide with, were it filed now."""
    andre = [rad for rad in forslag_i(request.dbsession, moetesak) if rad.id != forslag_id]
    nummer = max((rad.nummer for rad in andre), default=0) + 1
    nytt_forslag = Forslagsverdi(
        "nytt",
        nummer,
        innhold.forslagstype,
        innhold.blokker,
        maal=segmentnoekkel(innhold.maal) if innhold.maal else None,
        anker=segmentnoekkel(innhold.anker) if innhold.anker else None,
    )
    avsnitt = {
        segmentnoekkel(rad): rad.nummer for rad in (moetesak.grunntekst.segmenter if moetesak.grunntekst else [])
    }
    alle = [*map(forslagsverdi, andre), nytt_forslag]
    return [rad.tekst for rad in kollisjoner(alle, avsnitt) if nummer in rad.numre]
