"""The sentences of a møteprotokoll that are not data, in bokmål and nynorsk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from saksbehandling.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Protokollord:
    """`godkjent_i` takes `{sak}` and `{dato}`. `signaturfelt`: the lines to sign on paper, while nobody has signed."""

    godkjent_ved_slutt: str
    godkjent_i: str
    erklaering: str
    begrunnelse: str
    kom: str
    gikk: str
    signaturfelt: tuple[str, ...]


PROTOKOLLORD: Mapping[str, Protokollord] = {
    "nb": Protokollord(
        godkjent_ved_slutt="Protokollen ble godkjent da møtet ble avsluttet.",
        godkjent_i="Protokollen ble godkjent i sak {sak} i møtet {dato}.",
        erklaering="Vi bekrefter med våre underskrifter at det som er ført inn, stemmer med det som ble vedtatt.",
        begrunnelse="Begrunnelse",
        kom="kom kl. {kl}",
        gikk="gikk kl. {kl}",
        signaturfelt=("Møteleder", "Protokollunderskriver", "Protokollunderskriver"),
    ),
    "nn": Protokollord(
        godkjent_ved_slutt="Møteboka vart godkjend då møtet vart avslutta.",
        godkjent_i="Møteboka vart godkjend i sak {sak} i møtet {dato}.",
        erklaering="Vi stadfestar med underskriftene våre at det som er ført inn, stemmer med det som vart vedteke.",
        begrunnelse="Grunngjeving",
        kom="kom kl. {kl}",
        gikk="gjekk kl. {kl}",
        signaturfelt=("Møteleiar", "Den som skriv under", "Den som skriv under"),
    ),
}


def protokollord(malform: str) -> Protokollord:
    """Raises `InvalidInput` on another written form."""
    if malform not in PROTOKOLLORD:
        raise InvalidInput(f"Ukjent målform «{malform}». Bruk {' eller '.join(PROTOKOLLORD)}.", "malform")
    return PROTOKOLLORD[malform]
