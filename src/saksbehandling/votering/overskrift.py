"""The heading lines of proposals and remarks in the minutes, computed from who moved what on whose behalf."""

from __future__ import annotations

from collections.abc import Sequence

from saksbehandling.richtext import Blocks, paragraph
from saksbehandling.votering.kodeverk import Tilfoerselsstatus
from saksbehandling.votering.models import Forslag, Merknad
from saksbehandling.votering.models_tilfoersel import Protokolltilfoersel

IKKE_TATT_INN = {
    "nb": "{fra} ba om en protokolltilførsel. Den ble ikke tatt inn.",
    "nn": "{fra} bad om ei protokolltilførsle. Ho vart ikkje teken inn.",
}


def forslagsoverskrift(forslag: Forslag) -> str:
    """As written by hand, else `Kari Lie (Sp), tilleggsforslag pva Sp, V:`."""
    if forslag.overskrift is not None:
        return forslag.overskrift
    stillere = _oppramset([_med_parti(rad.navn, rad.parti.kode if rad.parti else None) for rad in forslag.stillere])
    paa_vegne_av = ", ".join(rad.parti.kode for rad in forslag.paa_vegne_av)
    return f"{stillere}, {forslag.betegnelse}{f' pva {paa_vegne_av}' if paa_vegne_av else ''}:"


def merknadsoverskrift(merknad: Merknad) -> str:
    """As written by hand, else `Kari Lie (Sp), merknad:`."""
    return merknad.overskrift or f"{_med_parti(merknad.navn, merknad.parti.kode)}, merknad:"


def tilslutningssetning(merknad: Merknad) -> str:
    """As written by hand, else who joined it; empty when nobody did."""
    if merknad.tilslutning is not None:
        return merknad.tilslutning
    partier = ", ".join(rad.parti.kode for rad in merknad.tilslutninger)
    return f"{partier} sluttet seg til merknaden fra {merknad.parti.kode}." if partier else ""


def tilfoerselspunkt(rad: Protokolltilfoersel) -> tuple[str, Blocks]:
    """Heading and text as minuted. Of one that was not taken in only that, and nothing of one that was withdrawn."""
    if rad.status is Tilfoerselsstatus.TATT_INN:
        return f"{rad.fra}, protokolltilførsel:", rad.blokker
    ord_ = IKKE_TATT_INN[rad.moetesak.utvalg.malform]
    return "", (paragraph(ord_.format(fra=rad.fra)),) if rad.status is Tilfoerselsstatus.AVVIST else ()


def _med_parti(navn: str, parti: str | None) -> str:
    return f"{navn} ({parti})" if parti else navn


def _oppramset(navn: Sequence[str]) -> str:
    return " og ".join(filter(None, [", ".join(navn[:-1]), navn[-1]])) if navn else ""
