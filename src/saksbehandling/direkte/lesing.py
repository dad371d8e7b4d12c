"""Reads a meeting as a `Moetebilde`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.direkte.bilde import Avstemning, Deltaker, Moetebilde, Resultat, Sak, Taler, Tekst
from saksbehandling.direkte.kodeverk import Talerstatus
from saksbehandling.direkte.models import Direktemoete, Talerpost
from saksbehandling.direkte.rules import Innsyn, hovedinnlegg, i_orden
from saksbehandling.direkte.talerliste import poster_i, som_verdi, taletider
from saksbehandling.direkte.votering import Elektronisk, aapen_votering, objekter_i, stemmer_i
from saksbehandling.moete.lesing import saksliste
from saksbehandling.moete.models import Moetesak, Moetesaksutfall
from saksbehandling.moete.oppmoete import inhabile_i, inne_i
from saksbehandling.moete.services import MoeteService
from saksbehandling.saksmappe.models import Segment
from saksbehandling.utvalg.models import Funksjon
from saksbehandling.utvalg.services import UtvalgService
from saksbehandling.votering.lesing import stabilt_frammoete, stemmer_per_parti
from saksbehandling.votering.models import Forslag, Votering
from saksbehandling.votering.oversetting import voteringsverdi
from saksbehandling.votering.rules import stemmer_for, stemmer_mot


class Tjenestene(Protocol):
    """The services that reading a meeting needs."""

    session: Session

    @property
    def moeter(self) -> MoeteService: ...

    @property
    def utvalg(self) -> UtvalgService: ...

    @property
    def elektronisk(self) -> Elektronisk: ...


def les_sekvens(session: Session, moete_id: int) -> int | None:
    """The number of the last change; None where the meeting has never been held live."""
    return session.scalar(sa.select(Direktemoete.sekvens).where(Direktemoete.moete_id == moete_id))


def les_bilde(tjenester: Tjenestene, moete_id: int) -> Moetebilde | None:
    """The meeting as it is. The number is read first, so that what comes after it is seen again, never missed."""
    direkte = tjenester.session.get(Direktemoete, moete_id)
    if direkte is None:
        return None
    sekvens, moete, moetesak = direkte.sekvens, direkte.moete, direkte.moetesak
    deltakere = _deltakere(tjenester, direkte)
    faste = [rad for rad in tjenester.utvalg.medlemmer(moete.utvalg, moete.dato) if _fast(rad.funksjon)]
    poster = list(poster_i(tjenester.session, moetesak)) if moetesak else []
    verdier = [som_verdi(post) for post in poster]
    hoved = hovedinnlegg(verdier)
    per_id = {post.id: post for post in poster}
    return Moetebilde(
        moete_id=moete_id,
        utvalg_id=moete.utvalg_id,
        utvalg=moete.utvalg.navn,
        dato=moete.dato,
        sekvens=sekvens,
        i_gang=direkte.avsluttet is None,
        strek=direkte.strek,
        klubbet=direkte.klubbet is not None,
        sak=_sak(direkte, moetesak, deltakere) if moetesak else None,
        neste=_neste(tjenester.session, direkte),
        deltakere=deltakere,
        plasser=len(faste),
        tider=taletider(tjenester.session, moete),
        taler=next((_taler(post) for post in poster if post.status is Talerstatus.TALER), None),
        hovedtaler=hoved.person_id if hoved else None,
        venter=tuple(_taler(per_id[verdi.id]) for verdi in i_orden(verdier)),
        avstemning=_avstemning(tjenester, moete_id),
        resultat=_resultat(tjenester.session, moetesak, poster) if moetesak else None,
    )


def _fast(funksjon: Funksjon) -> bool:
    return funksjon is not Funksjon.VARAMEDLEM


def _deltakere(tjenester: Tjenestene, direkte: Direktemoete) -> dict[int, Deltaker]:
    moete = direkte.moete
    i_saken = inne_i(direkte.moetesak) if direkte.moetesak else []
    inne = {rad.medlemskap_id for rad in [*tjenester.moeter.til_stede(moete), *i_saken]}
    inhabile = inhabile_i(direkte.moetesak) if direkte.moetesak else set()
    return {
        rad.person_id: Deltaker(
            rad.person_id,
            rad.id,
            rad.person.navn,
            rad.parti.kode,
            rad.person.bruker_id,
            rad.id in inne,
            rad.person_id in inhabile,
        )
        for rad in tjenester.utvalg.medlemmer(moete.utvalg, moete.dato)
    }


def _sak(direkte: Direktemoete, moetesak: Moetesak, deltakere: Mapping[int, Deltaker]) -> Sak:
    innsyn = Innsyn(
        direkte.lukket or moetesak.unntatt,
        moetesak.lesere,
        frozenset(rad.person_id for rad in deltakere.values() if rad.inhabil),
        frozenset(rad.person_id for rad in deltakere.values() if rad.til_stede),
    )
    nummer = moetesak.nummer
    sti: dict[str, str | int] = {"utvalg": moetesak.utvalg.kode, "aar": nummer.aar, "nummer": nummer.sekvens}
    sti["dato"] = moetesak.moete.dato.isoformat()
    return Sak(moetesak.id, moetesak.saksnummer, moetesak.tittel, moetesak.radversjon, sti, innsyn)


def _neste(session: Session, direkte: Direktemoete) -> str:
    """The item that comes after this one, in words that everybody may read; the first when none is up."""
    saker = [sak for sak in saksliste(session, direkte.moete) if sak.utfall is Moetesaksutfall.AAPEN]
    sist = direkte.moetesak.rekkefoelge if direkte.moetesak else 0
    neste = next((sak for sak in saker if sak.rekkefoelge > sist), None)
    return f"{neste.saksnummer} {neste.offentlig_tittel}" if neste else ""


def _taler(post: Talerpost) -> Taler:
    plass = post.medlemskap
    return Taler(
        post.id,
        plass.person_id,
        plass.person.navn,
        plass.parti.kode,
        post.innleggstype,
        post.startet,
        post.taletid,
    )


def _avstemning(tjenester: Tjenestene, moete_id: int) -> Avstemning | None:
    votering = aapen_votering(tjenester.session, moete_id)
    if votering is None:
        return None
    alle = objekter_i(tjenester.session, votering.moetesak)
    return Avstemning(
        votering.id,
        votering.voteringsform,
        votering.hemmelig,
        tuple(tuple(_tekst(alle[noekkel]) for noekkel in side) for side in votering.sider),
        tuple(tjenester.elektronisk.mulige_svar(votering)),
        {rad.person_id: rad.svar for rad in stemmer_i(tjenester.session, votering)},
        tuple(tjenester.elektronisk.stemmeberettigede(votering.moetesak)),
    )


def _tekst(objekt: Segment | Forslag) -> Tekst:
    if isinstance(objekt, Segment):
        return Tekst(f"Innstillingen, avsnitt {objekt.nummer}", objekt.blokker)
    fra = ", ".join(f"{rad.navn}{f' ({rad.parti.kode})' if rad.parti else ''}" for rad in objekt.stillere)
    return Tekst(f"Forslag {objekt.nummer}, {objekt.betegnelse} fra {fra}", objekt.blokker)


def _resultat(session: Session, moetesak: Moetesak, poster: Sequence[Talerpost]) -> Resultat | None:
    """The last ballot of the item, until somebody has had the floor after it."""
    siste = session.scalar(
        sa.select(Votering).where(Votering.moetesak_id == moetesak.id).order_by(Votering.nummer.desc()).limit(1)
    )
    if siste is None or any(post.startet is not None and post.startet > siste.registrert for post in poster):
        return None
    verdi = voteringsverdi(siste)
    partier = tuple(stemmer_per_parti(siste, stabilt_frammoete(session, moetesak)))
    return Resultat(
        siste.nummer,
        siste.voteringsform,
        siste.setning,
        siste.vinner,
        stemmer_for(verdi),
        stemmer_mot(verdi),
        partier,
        verdi.stemmer_per_objekt,
    )
