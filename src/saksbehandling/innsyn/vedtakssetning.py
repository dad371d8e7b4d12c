"""A decision in one plain sentence, from its data: «Bystyret vedtok Havneplan, mot 5 stemmer (V, KrF)». Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from saksbehandling.innsyn.datoer import antall
from saksbehandling.moete.models import Moetesak, Moetesaksutfall
from saksbehandling.skrivemaate import dato
from saksbehandling.votering.kodeverk import Behandlingstype, Stemme, Voteringsform
from saksbehandling.votering.models import Votering

VERB = {
    Behandlingstype.VEDTAK: "vedtok",
    Behandlingstype.INNSTILLING: "ga innstilling i",
    Behandlingstype.UTTALELSE: "uttalte seg om",
}
UTEN_VEDTAK = {
    Moetesaksutfall.UTSATT: "utsatte",
    Moetesaksutfall.TILBAKESENDT: "sendte tilbake",
    Moetesaksutfall.TRUKKET: "behandlet ikke",
}
INNLEDNING = "Til uttalelse: "


@dataclass(frozen=True, slots=True)
class Setning:
    """`foer` the title, which is the link, and what comes `etter` it."""

    foer: str
    tittel: str
    etter: str

    def __str__(self) -> str:
        return f"{self.foer} {self.tittel}{self.etter}"


def vedtakssetning(moetesak: Moetesak, voteringer: Sequence[Votering]) -> Setning:
    """What the body did with the case, and how it voted."""
    tittel = moetesak.offentlig_tittel.removeprefix(INNLEDNING)
    if moetesak.utfall in UTEN_VEDTAK:
        til = f" til {dato(moetesak.utsatt_til)}" if moetesak.utsatt_til else ""
        return Setning(f"{moetesak.utvalg.navn} {UTEN_VEDTAK[moetesak.utfall]}", tittel, f"{til}.")
    hvordan = stemmetall(voteringer)
    return Setning(
        f"{moetesak.utvalg.navn} {VERB[moetesak.behandlingstype]}", tittel, f", {hvordan}." if hvordan else "."
    )


def stemmetall(voteringer: Sequence[Votering]) -> str:
    """How it was voted: «enstemmig», «mot 5 stemmer (V, KrF)», or the most that any of several ballots met."""
    avgjort = [en for en in voteringer if en.vinner is not None and en.voteringsform is not Voteringsform.PROEVE]
    if not avgjort:
        return ""
    hardest = max(avgjort, key=_imot)
    if not _imot(hardest):
        return "enstemmig" if all(en.enstemmig for en in avgjort) else ""
    partier = ", ".join(tapernes_partier(hardest))
    hvor = "på det meste " if len(avgjort) > 1 else ""
    return f"{hvor}mot {antall(_imot(hardest), 'stemme', 'stemmer')}{f' ({partier})' if partier else ''}"


def tapernes_partier(votering: Votering) -> tuple[str, ...]:
    """The parties that voted for what lost: those that minutes name."""
    taper = Stemme.MOT if votering.vinner == 0 else Stemme.FOR
    for_en_annen = (rad.parti.kode for rad in votering.alternativstemmer if rad.side != votering.vinner)
    imot = (rad.parti.kode for rad in votering.partistemmer if rad.stemme is taper)
    return tuple(dict.fromkeys((*imot, *for_en_annen)))


def _imot(votering: Votering) -> int:
    """Votes for what lost."""
    if votering.alternativstemmer:
        return sum(rad.antall for rad in votering.alternativstemmer if rad.side != votering.vinner)
    return (votering.stemmer_mot if votering.vinner == 0 else votering.stemmer_for) or 0
