"""A treatment as the figures of the pages draw it: segments with proposals, ballots, remarks, the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from saksbehandling.innsyn.figurer import Forslagsbilde, Segmentbilde, Voteringsbilde
from saksbehandling.innsyn.figurer import Partistemmer as Partistolpe
from saksbehandling.moete.models import Moetesak, Moetesaksutfall
from saksbehandling.richtext import Blocks, plain_text
from saksbehandling.saksmappe.models import Segment
from saksbehandling.vedtak.models import Vedtak
from saksbehandling.vedtak.rules import Beregning, Organ, er_flertallsmerknad
from saksbehandling.vedtak.services import VedtakService, vedtak_i
from saksbehandling.votering.kodeverk import Forslagsstatus, Stemme, Voteringsform
from saksbehandling.votering.lesing import last_inn, siste_votering, stabilt_frammoete, stemmer_per_parti, utfallstekst
from saksbehandling.votering.models import Forslag, Merknad, Votering
from saksbehandling.votering.models_tilfoersel import Protokolltilfoersel
from saksbehandling.votering.oversetting import forslagsnoekkel, forslagsverdi, merknadsverdi, segmentnoekkel
from saksbehandling.votering.oversetting import voteringsverdi as votering_som_verdi
from saksbehandling.votering.overskrift import merknadsoverskrift, tilslutningssetning
from saksbehandling.votering.rules import format_partistemmer, kollisjoner, objektnavn, stemmer_for, stemmer_mot
from saksbehandling.votering.services import (
    VoteringService,
    forslag_i,
    grunntekstverdier,
    merknader_i,
    voteringer_i,
    voteringsord_for,
)
from saksbehandling.votering.services_tilfoersel import tilfoersler_i


@dataclass(frozen=True, slots=True)
class Behandling:
    """Everything recorded of a treatment. `vedtak` None: not made yet; `beregning` is then what it has come to."""

    moetesak: Moetesak
    segmenter: Sequence[Segment]
    forslag: Sequence[Forslag]
    merknader: Sequence[Merknad]
    voteringer: Sequence[Votering]
    tilfoersler: Sequence[Protokolltilfoersel]
    organ: Organ
    vedtak: Vedtak | None
    beregning: Beregning | None
    frammoete: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Merknadsbilde:
    """A remark. `partier`: who made it and who joined, in order. `flertall`: whether they are one."""

    ident: str
    nr: int
    overskrift: str
    blokker: Blocks
    partier: tuple[str, ...]
    tilslutning: str
    flertall: bool


def les(session: Session, moetesak: Moetesak, voteringer: VoteringService, vedtak: VedtakService) -> Behandling:
    """Read a treatment whole."""
    last_inn(session, moetesak)
    fattet = vedtak_i(session, moetesak)
    avgjort = fattet is not None or moetesak.utfall is not Moetesaksutfall.AAPEN
    return Behandling(
        moetesak=moetesak,
        segmenter=moetesak.grunntekst.segmenter if moetesak.grunntekst else [],
        forslag=forslag_i(session, moetesak),
        merknader=merknader_i(session, moetesak),
        voteringer=voteringer_i(session, moetesak),
        tilfoersler=tilfoersler_i(session, moetesak),
        organ=voteringer.organ(moetesak),
        vedtak=fattet,
        beregning=None if avgjort else vedtak.beregn(moetesak),
        frammoete=stabilt_frammoete(session, moetesak),
    )


def segmentbilder(behandling: Behandling) -> list[Segmentbilde]:
    return [Segmentbilde(segmentnoekkel(rad), rad.nummer, rad.blokker) for rad in behandling.segmenter]


def forslagsbilder(behandling: Behandling) -> list[Forslagsbilde]:
    return [_forslagsbilde(behandling, forslag) for forslag in behandling.forslag]


def _forslagsbilde(behandling: Behandling, forslag: Forslag) -> Forslagsbilde:
    votering = siste_votering(behandling.voteringer, forslag)
    return Forslagsbilde(
        ident=forslagsnoekkel(forslag),
        nr=forslag.nummer,
        type=forslag.forslagstype,
        status=forslagsstatus(behandling, forslag),
        av=stillere(forslag),
        paa_vegne_av=tuple(rad.parti.kode for rad in forslag.paa_vegne_av),
        felles=len(forslag.stillere) > 1,
        segment=segmentnoekkel(forslag.maal) if forslag.maal else None,
        blokker=forslag.blokker,
        sitat=_sitat(forslag),
        votering=utfallstekst(*votering) if votering else "",
        venter=forslag.venter,
    )


def kollisjonsbilder(behandling: Behandling) -> list[str]:
    """The proposals in each other's way, as sentences; none once the treatment has ended."""
    if behandling.beregning is None:
        return []
    avsnitt = {segmentnoekkel(rad): rad.nummer for rad in behandling.segmenter}
    aapne = [
        forslagsverdi(ett) for ett in behandling.forslag if forslagsstatus(behandling, ett) is Forslagsstatus.FRAMSATT
    ]
    return [ett.tekst for ett in kollisjoner(aapne, avsnitt)]


def forslagsstatus(behandling: Behandling, forslag: Forslag) -> Forslagsstatus:
    """Where a proposal stands: as stored once the treatment has ended, until then as the ballots have brought it."""
    if behandling.beregning is None:
        return forslag.utfall
    return behandling.beregning.forslagsutfall.get(forslagsnoekkel(forslag), forslag.utfall)


def stillere(forslag: Forslag) -> str:
    """Who moved it: `Kari Lie (Sp), Ola By (V)`."""
    return ", ".join(f"{rad.navn} ({rad.parti.kode})" if rad.parti else rad.navn for rad in forslag.stillere)


def _sitat(forslag: Forslag) -> str | None:
    """The words that a deletion names, unless they are the whole paragraph, which is then struck as a whole."""
    if forslag.sitat is None or forslag.maal is None:
        return forslag.sitat
    return None if forslag.sitat.strip() == plain_text(forslag.maal.blokker).strip() else forslag.sitat


def voteringsbilder(behandling: Behandling) -> list[Voteringsbilde]:
    grunntekst = grunntekstverdier(behandling.moetesak)
    forslag = [forslagsverdi(ett) for ett in behandling.forslag]
    ordlyd = voteringsord_for(behandling.moetesak)
    return [
        _voteringsbilde(behandling, votering, objektnavn(votering_som_verdi(votering), forslag, grunntekst, ordlyd))
        for votering in behandling.voteringer
    ]


def _voteringsbilde(behandling: Behandling, votering: Votering, navn: Sequence[str]) -> Voteringsbilde:
    data = votering_som_verdi(votering)
    alternativ = votering.voteringsform is Voteringsform.ALTERNATIV and len(navn) > 1
    uten_tall = votering.voteringsform.uten_tall
    return Voteringsbilde(
        tittel=_stor((" mot " if alternativ else ", ").join(navn)),
        partier=tuple(_stolper(behandling, votering)),
        for_totalt=None if uten_tall else stemmer_for(data),
        mot_totalt=None if uten_tall else stemmer_mot(data),
        for_navn=f"for {navn[0]}" if alternativ else "for",
        mot_navn=f"for {navn[1]}" if alternativ else "mot",
        setning=votering.setning,
        alternativer=tuple(
            (_stor(ett), antall, format_partistemmer(partier))
            for ett, antall, partier in zip(navn, data.stemmer_per_objekt, data.partier_per_objekt, strict=False)
        ),
    )


def _stolper(behandling: Behandling, votering: Votering) -> list[Partistolpe]:
    return [
        Partistolpe(
            tall.parti,
            tall.for_,
            tall.mot,
            navn_for=_navn(votering, tall.parti, Stemme.FOR, behandling),
            navn_mot=_navn(votering, tall.parti, Stemme.MOT, behandling),
        )
        for tall in stemmer_per_parti(votering, behandling.frammoete)
    ]


def _navn(votering: Votering, parti: str, stemme: Stemme, behandling: Behandling) -> tuple[str, ...]:
    """Who of the party voted so, where the minutes name them."""
    periode = behandling.moetesak.moete
    return tuple(
        rad.person.navn
        for rad in votering.personstemmer
        if rad.stemme is stemme
        and any(
            plass.parti.kode == parti and plass.utvalgsperiode.utvalg_id == periode.utvalg_id
            for plass in rad.person.medlemskap
        )
    )


def merknadsbilder(behandling: Behandling) -> list[Merknadsbilde]:
    return [
        Merknadsbilde(
            ident=f"merknad-{rad.nummer}",
            nr=rad.nummer,
            overskrift=merknadsoverskrift(rad),
            blokker=rad.blokker,
            partier=(rad.parti.kode, *(ett.parti.kode for ett in rad.tilslutninger)),
            tilslutning=tilslutningssetning(rad),
            flertall=er_flertallsmerknad(merknadsverdi(rad), behandling.organ),
        )
        for rad in behandling.merknader
    ]


def _stor(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]
