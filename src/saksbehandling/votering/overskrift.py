"""The heading lines of proposals and remarks in the minutes, computed from who moved what on whose behalf."""

from __future__ import annotations

from collections.abc import Sequence

from saksbehandling.votering.models import Forslag, Merknad


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


def _med_parti(navn: str, parti: str | None) -> str:
    return f"{navn} ({parti})" if parti else navn


def _oppramset(navn: Sequence[str]) -> str:
    return " og ".join(filter(None, [", ".join(navn[:-1]), navn[-1]])) if navn else ""
