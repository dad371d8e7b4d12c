"""The heading lines of proposals and remarks in the minutes, computed from who moved what on whose behalf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from saksbehandling.moete.models import Moetesak
from saksbehandling.richtext import Blocks, paragraph
from saksbehandling.votering.kodeverk import Forslagstype, Tilfoerselsstatus
from saksbehandling.votering.models import Forslag, Merknad
from saksbehandling.votering.models_tilfoersel import Protokolltilfoersel


@dataclass(frozen=True, slots=True)
class Overskriftsord:
    """The words of one written form of Norwegian. `betegnelser`: what a proposal of each type is called."""

    betegnelser: Mapping[Forslagstype, str]
    felles: str
    merknad: str
    sluttet_seg: str
    tilfoersel: str
    ikke_tatt_inn: str


OVERSKRIFTSORD: Mapping[str, Overskriftsord] = {
    "nb": Overskriftsord(
        betegnelser={
            Forslagstype.UTSETTELSE: "utsettelsesforslag",
            Forslagstype.TILBAKESENDELSE: "forslag om tilbakesending",
            Forslagstype.AVVISNING: "avvisningsforslag",
            Forslagstype.OVERSENDELSE: "oversendelsesforslag",
            Forslagstype.ALTERNATIVT: "alternativt forslag",
            Forslagstype.ENDRING: "endringsforslag",
            Forslagstype.STRYKNING: "strykningsforslag",
            Forslagstype.TILLEGG: "tilleggsforslag",
        },
        felles="felles {betegnelse}",
        merknad="{fra}, merknad:",
        sluttet_seg="{partier} sluttet seg til merknaden fra {fra}.",
        tilfoersel="{fra}, protokolltilførsel:",
        ikke_tatt_inn="{fra} ba om en protokolltilførsel. Den ble ikke tatt inn.",
    ),
    "nn": Overskriftsord(
        betegnelser={
            Forslagstype.UTSETTELSE: "utsetjingsframlegg",
            Forslagstype.TILBAKESENDELSE: "framlegg om tilbakesending",
            Forslagstype.AVVISNING: "avvisingsframlegg",
            Forslagstype.OVERSENDELSE: "oversendingsframlegg",
            Forslagstype.ALTERNATIVT: "alternativt framlegg",
            Forslagstype.ENDRING: "endringsframlegg",
            Forslagstype.STRYKNING: "strykingsframlegg",
            Forslagstype.TILLEGG: "tilleggsframlegg",
        },
        felles="felles {betegnelse}",
        merknad="{fra}, merknad:",
        sluttet_seg="{partier} slutta seg til merknaden frå {fra}.",
        tilfoersel="{fra}, protokolltilførsle:",
        ikke_tatt_inn="{fra} bad om ei protokolltilførsle. Ho vart ikkje teken inn.",
    ),
}


def vanlig_betegnelse(forslagstype: Forslagstype, stillere: int, malform: str) -> str:
    """What the minutes usually call it: «tilleggsforslag», and of several movers together «felles tilleggsforslag»."""
    ord_ = OVERSKRIFTSORD[malform]
    betegnelse = ord_.betegnelser[forslagstype]
    return ord_.felles.format(betegnelse=betegnelse) if stillere > 1 else betegnelse


def forslagsoverskrift(forslag: Forslag) -> str:
    """As written by hand, else `Kari Lie (Sp), tilleggsforslag pva Sp, V:`."""
    if forslag.overskrift is not None:
        return forslag.overskrift
    stillere = _oppramset([_med_parti(rad.navn, rad.parti.kode if rad.parti else None) for rad in forslag.stillere])
    paa_vegne_av = ", ".join(rad.parti.kode for rad in forslag.paa_vegne_av)
    return f"{stillere}, {forslag.betegnelse}{f' pva {paa_vegne_av}' if paa_vegne_av else ''}:"


def merknadsoverskrift(merknad: Merknad) -> str:
    """As written by hand, else `Kari Lie (Sp), merknad:`."""
    fra = _med_parti(merknad.navn, merknad.parti.kode)
    return merknad.overskrift or _ord(merknad.moetesak).merknad.format(fra=fra)


def tilslutningssetning(merknad: Merknad) -> str:
    """As written by hand, else who joined it; empty when nobody did."""
    if merknad.tilslutning is not None:
        return merknad.tilslutning
    partier = ", ".join(rad.parti.kode for rad in merknad.tilslutninger)
    ord_ = _ord(merknad.moetesak)
    return ord_.sluttet_seg.format(partier=partier, fra=merknad.parti.kode) if partier else ""


def tilfoerselspunkt(rad: Protokolltilfoersel) -> tuple[str, Blocks]:
    """Heading and text as minuted. Of one that was not taken in only that, and nothing of one that was withdrawn."""
    ord_ = _ord(rad.moetesak)
    if rad.status is Tilfoerselsstatus.TATT_INN:
        return ord_.tilfoersel.format(fra=rad.fra), rad.blokker
    return "", (paragraph(ord_.ikke_tatt_inn.format(fra=rad.fra)),) if rad.status is Tilfoerselsstatus.AVVIST else ()


def _ord(moetesak: Moetesak) -> Overskriftsord:
    return OVERSKRIFTSORD[moetesak.utvalg.malform]


def _med_parti(navn: str, parti: str | None) -> str:
    return f"{navn} ({parti})" if parti else navn


def _oppramset(navn: Sequence[str]) -> str:
    return " og ".join(filter(None, [", ".join(navn[:-1]), navn[-1]])) if navn else ""
