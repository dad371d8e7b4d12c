"""The sentences of protocols and other documents that are computed, in bokmål and nynorsk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from saksbehandling.clock import OSLO
from saksbehandling.errors import InvalidInput
from saksbehandling.protokoll.models import Moeteprotokoll, Protokollrettelse
from saksbehandling.utvalg.models import Funksjon


@dataclass(frozen=True, slots=True)
class Protokollord:
    """`godkjent_i` takes `{sak}` and `{dato}`. `signaturfelt`: the lines to sign on paper, while nobody has signed.

    `aarsmappe`: the title of the case that a year's protocols are kept in. `utdrag`: the edition without what is
    exempt; `rettet`: that it has one correction, or `{antall}` of them.
    """

    godkjent_ved_slutt: str
    godkjent_i: str
    erklaering: str
    begrunnelse: str
    ikke_meldt: str
    kom: str
    gikk: str
    signaturfelt: tuple[str, ...]
    aarsmappe: str
    utdrag: str
    rettet: tuple[str, str]
    rettelse: str
    uttalelse: str


PROTOKOLLORD: Mapping[str, Protokollord] = {
    "nb": Protokollord(
        godkjent_ved_slutt="Protokollen ble godkjent da møtet ble avsluttet.",
        godkjent_i="Protokollen ble godkjent i sak {sak} i møtet {dato}.",
        erklaering="Vi bekrefter med våre underskrifter at det som er ført inn, stemmer med det som ble vedtatt.",
        begrunnelse="Begrunnelse",
        ikke_meldt="forfall ikke meldt",
        kom="kom kl. {kl}",
        gikk="gikk kl. {kl}",
        signaturfelt=("Møteleder", "Protokollunderskriver", "Protokollunderskriver"),
        aarsmappe="Møter i {utvalg} {aar}",
        utdrag="offentlig utgave",
        rettet=("med én rettelse", "med {antall} rettelser"),
        rettelse="Rettelse {nummer}",
        uttalelse="Uttalelse",
    ),
    "nn": Protokollord(
        godkjent_ved_slutt="Møteboka vart godkjend då møtet vart avslutta.",
        godkjent_i="Møteboka vart godkjend i sak {sak} i møtet {dato}.",
        erklaering="Vi stadfestar med underskriftene våre at det som er ført inn, stemmer med det som vart vedteke.",
        begrunnelse="Grunngjeving",
        ikke_meldt="forfall ikkje meldt",
        kom="kom kl. {kl}",
        gikk="gjekk kl. {kl}",
        signaturfelt=("Møteleiar", "Den som skriv under", "Den som skriv under"),
        aarsmappe="Møte i {utvalg} {aar}",
        utdrag="offentleg utgåve",
        rettet=("med éi retting", "med {antall} rettingar"),
        rettelse="Retting {nummer}",
        uttalelse="Fråsegn",
    ),
}


FUNKSJONER = {
    "nb": {
        Funksjon.LEDER: "Leder",
        Funksjon.NESTLEDER: "Nestleder",
        Funksjon.MEDLEM: "Medlem",
        Funksjon.VARAMEDLEM: "Varamedlem",
    },
    "nn": {
        Funksjon.LEDER: "Leiar",
        Funksjon.NESTLEDER: "Nestleiar",
        Funksjon.MEDLEM: "Medlem",
        Funksjon.VARAMEDLEM: "Varamedlem",
    },
}


@dataclass(frozen=True, slots=True)
class Dokumentord:
    """`godkjent`: how a saksframlegg was approved. `klage`: how a party appeals (see `KLAGE_HJEMMEL`).

    `unntatt`: what stands for an attachment whose title not everybody may read.
    """

    godkjent: str
    klage: tuple[str, ...]
    unntatt: str


KLAGE_HJEMMEL = "§§ 18, 28, 29, 32 og 42"
"""Of the forvaltningslov of 1967; the one that is to follow it was not in force when this was written."""

ENKELTVEDTAK = frozenset({"skjenkebevilling"})
"""Workflows whose cases end in an enkeltvedtak: who gets it is told how to appeal (forvaltningsloven §§ 2 and 27)."""

DOKUMENTORD: Mapping[str, Dokumentord] = {
    "nb": Dokumentord(
        godkjent="Godkjent elektronisk, og derfor uten underskrift.",
        klage=(
            "Du kan klage på vedtaket. Fristen er tre uker fra du fikk dette brevet. Send klagen til kommunen, skriv"
            " hvilket vedtak den gjelder, og gjerne hva du vil ha endret og hvorfor.",
            "Du har rett til å se sakens dokumenter, og kan be om at vedtaket ikke settes i verk før klagen er avgjort."
            f" Reglene står i forvaltningsloven {KLAGE_HJEMMEL}.",
        ),
        unntatt="Unntatt offentlighet",
    ),
    "nn": Dokumentord(
        godkjent="Godkjent elektronisk, og difor utan underskrift.",
        klage=(
            "Du kan klage på vedtaket. Fristen er tre veker frå du fekk dette brevet. Send klaga til kommunen, skriv"
            " kva vedtak ho gjeld, og gjerne kva du vil ha endra og kvifor.",
            "Du har rett til å sjå dokumenta i saka, og kan be om at vedtaket ikkje blir sett i verk før klaga er"
            f" avgjord. Reglane står i forvaltningslova {KLAGE_HJEMMEL}.",
        ),
        unntatt="Unnateke offentlegheit",
    ),
}


def protokollord(malform: str) -> Protokollord:
    """Raises `InvalidInput` on another written form."""
    if malform not in PROTOKOLLORD:
        raise InvalidInput(f"Ukjent målform «{malform}». Bruk {' eller '.join(PROTOKOLLORD)}.", "malform")
    return PROTOKOLLORD[malform]


def godkjenningssetning(protokoll: Moeteprotokoll) -> str:
    """How the body approved, as the protocol says it."""
    ord_, i = protokollord(protokoll.data["malform"]), protokoll.godkjennes_i
    setning = (
        ord_.godkjent_i.format(dato=f"{i.moete.dato:%d.%m.%Y}", sak=i.saksnummer) if i else ord_.godkjent_ved_slutt
    )
    return f"{setning} {protokoll.merknad}" if protokoll.merknad else setning


def rettelsesoverskrift(rettelse: Protokollrettelse, malform: str) -> str:
    """«Rettelse 1 til PS 87/19, 12.09.2019 kl. 10.15, Berit Skriver»"""
    hva = f" til {rettelse.moetesak.saksnummer}" if rettelse.moetesak else ""
    ord_ = protokollord(malform).rettelse.format(nummer=rettelse.nummer)
    return f"{ord_}{hva}, {naar(rettelse.tidspunkt)}, {rettelse.skrevet_av}"


def journaltittel(tittel: str, malform: str, *, utdrag: bool, rettelser: int) -> str:
    """«Møteprotokoll - Bystyret 29.08.2019, offentlig utgave, med 2 rettelser»"""
    ord_ = protokollord(malform)
    rettet = ord_.rettet[rettelser > 1].format(antall=rettelser) if rettelser else ""
    return ", ".join(filter(None, (tittel, ord_.utdrag if utdrag else "", rettet)))


def naar(tidspunkt: dt.datetime) -> str:
    """«12.09.2019 kl. 10.15», where the meeting was held."""
    return f"{tidspunkt.astimezone(OSLO):%d.%m.%Y kl. %H.%M}"
