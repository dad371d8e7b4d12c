"""A stored case as the packet it could have been read from, in the shape of `importer --json` (`vis --json`)."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.importering import pakke as lest
from saksbehandling.moete.models import Behandlingsnotat, Habilitetsvurdering, Moete, Moetesak, Saksliste
from saksbehandling.richtext import plain_text
from saksbehandling.saksmappe.models import Grunntekst, Saksframlegg, Saksmappe, Segment, Tilknytning
from saksbehandling.utvalg.models import Parti, Partitype
from saksbehandling.vedtak.models import Avsnittstype, Vedtak, Vedtaksavsnitt
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.votering.kodeverk import Forslagsstatus, Stemme, Voteringsform
from saksbehandling.votering.models import Forslag, Merknad, Votering, Voteringsobjekt
from saksbehandling.votering.overskrift import forslagsoverskrift, merknadsoverskrift
from saksbehandling.votering.services import forslag_i, merknader_i, voteringer_i

Innslag = Behandlingsnotat | Habilitetsvurdering | Forslag | Merknad


def pakke_av(session: Session, sak: Saksmappe) -> lest.Pakke:
    """The case with its saksframlegg and every treatment, in time order."""
    framlegg = sak.gjeldende_saksframlegg
    behandlinger = session.scalars(
        sa.select(Moetesak)
        .join(Saksliste)
        .join(Moete)
        .where(Moetesak.saksmappe_id == sak.id)
        .order_by(Moete.dato, Moetesak.id)
    )
    return lest.Pakke(
        filnavn="",
        overskrift=None,
        tittel=sak.tittel,
        sak=None,
        arkivsak=lest.Arkivsak(sak.saksaar, sak.sakssekvensnummer),
        saksframlegg=_saksframlegg(sak, framlegg) if framlegg else None,
        behandlinger=tuple(_behandling(session, moetesak) for moetesak in behandlinger),
        uforstaatt=(),
        advarsler=(),
    )


def _saksframlegg(sak: Saksmappe, framlegg: Saksframlegg) -> lest.Saksframlegg:
    vedlegg = [
        dokument
        for post in sak.journalposter
        for dokument in post.dokumenter
        if dokument.tilknytning is Tilknytning.VEDLEGG
    ]
    return lest.Saksframlegg(
        tittel=framlegg.tittel,
        arkivsak=lest.Arkivsak(sak.saksaar, sak.sakssekvensnummer),
        dato=framlegg.dato,
        signert_av=tuple(lest.Signatur(rad["navn"], rad["tittel"]) for rad in framlegg.signaturer),
        innstilling_overskrift="",
        innstilling=_segmenter(framlegg.grunntekst),
        broedtekst=framlegg.innhold,
        underskrift=(),
        uttalelser_gjengitt_fra=tuple(framlegg.uttalelser_gjengitt_fra),
        vedlegg=tuple(
            lest.Vedlegg(nummer, dokument.tittel, dokument.tekst or ()) for nummer, dokument in enumerate(vedlegg, 1)
        ),
        hode_annet=(),
        linje=0,
    )


def _behandling(session: Session, moetesak: Moetesak) -> lest.Behandling:
    sak = moetesak.saksmappe
    vedtak = vedtak_i(session, moetesak)
    forslag, merknader = forslag_i(session, moetesak), merknader_i(session, moetesak)
    innslag: list[Innslag] = [*moetesak.notater, *moetesak.habilitet, *forslag, *merknader]
    innslag.sort(key=lambda rad: rad.rekkefoelge)
    nummer = moetesak.nummer
    return lest.Behandling(
        utvalg=moetesak.utvalg.navn,
        utvalg_skrevet=moetesak.utvalg.navn,
        type=moetesak.behandlingstype,
        moetedato=moetesak.moete.dato,
        sak=lest.Saksnummer(nummer.prefiks, nummer.sekvens, nummer.aar),
        sak_skrevet=str(nummer),
        tittel=moetesak.tittel,
        resultat=moetesak.resultat,
        arkivsak=lest.Arkivsak(sak.saksaar, sak.sakssekvensnummer),
        utsatt_til=moetesak.utsatt_til,
        saksordfoerer=_saksordfoerer(moetesak),
        habilitet=tuple(
            lest.Habilitet(rad.person.navn, rad.utfall.value, plain_text(rad.blokker)) for rad in moetesak.habilitet
        ),
        grunnlag=_segmenter(moetesak.grunntekst),
        grunnlag_fra=None,
        vedtak=_vedtakstekst(vedtak) if vedtak else None,
        innslag=tuple(_innslag(rad) for rad in innslag),
        voteringer=tuple(_votering(rad) for rad in voteringer_i(session, moetesak)),
        hode_annet=(),
        avslutning=(),
        linje=0,
    )


def _segmenter(grunntekst: Grunntekst | None) -> lest.Segmenter:
    return tuple(segment.blokker for segment in grunntekst.segmenter) if grunntekst else ()


def _saksordfoerer(moetesak: Moetesak) -> lest.Deltaker | None:
    person = moetesak.saksordfoerer
    return _deltaker(person.navn, moetesak.saksordfoerer_parti) if person else None


def _deltaker(navn: str, parti: Parti | None) -> lest.Deltaker:
    if parti is not None and parti.partitype is Partitype.ORGANISASJON:
        return lest.Deltaker(navn, gruppe=parti.kode)
    return lest.Deltaker(navn, parti.kode if parti else None)


def _innslag(rad: Innslag) -> lest.Innslag:
    if isinstance(rad, Forslag):
        return _forslag(rad)
    if isinstance(rad, Merknad):
        return _merknad(rad)
    return lest.Notat(rad.blokker, 0)


def _forslag(forslag: Forslag) -> lest.Forslag:
    return lest.Forslag(
        nr=forslag.nummer,
        stillere=tuple(_deltaker(stiller.navn, stiller.parti) for stiller in forslag.stillere),
        paa_vegne_av=tuple(rad.parti.kode for rad in forslag.paa_vegne_av),
        type=forslag.forslagstype,
        type_skrevet=forslag.betegnelse,
        overskrift=forslagsoverskrift(forslag),
        blokker=forslag.blokker,
        linje=0,
        sitat=forslag.sitat,
        gjelder_avsnitt=forslag.maal.nummer if forslag.maal else None,
        trukket=forslag.utfall is Forslagsstatus.TRUKKET,
    )


def _merknad(merknad: Merknad) -> lest.Merknad:
    return lest.Merknad(
        nr=merknad.nummer,
        av=_deltaker(merknad.navn, merknad.parti),
        type_skrevet="merknad",
        overskrift=merknadsoverskrift(merknad),
        blokker=merknad.blokker,
        linje=0,
        tilsluttet_av=tuple(rad.parti.kode for rad in merknad.tilslutninger),
        tilslutning=(merknad.tilslutning,) if merknad.tilslutning else (),
    )


def _votering(votering: Votering) -> lest.Votering:
    sider = sorted({rad.side for rad in votering.objekter}) or [0]
    # Minutes tell the votes from the winner's side: those against were given for the one that lost.
    for_, mot = _vinnersiden_foerst(votering)
    return lest.Votering(
        nummer=votering.nummer,
        form=votering.voteringsform,
        setning=votering.setning,
        objekter=tuple(_objekt([rad for rad in votering.objekter if rad.side == side]) for side in sider),
        vedtatt=votering.vinner == 0 or (len(sider) > 1 and votering.vinner is not None),
        linje=0,
        vinner=votering.vinner if len(sider) > 1 else None,
        enstemmig=votering.enstemmig,
        for_stemmer=votering.stemmer_for if for_ is Stemme.FOR else votering.stemmer_mot,
        mot_stemmer=votering.stemmer_mot if mot is Stemme.MOT else votering.stemmer_for,
        for_partier=_partier(votering, for_),
        mot_partier=_partier(votering, mot),
    )


def _vinnersiden_foerst(votering: Votering) -> tuple[Stemme, Stemme]:
    snudd = votering.voteringsform is Voteringsform.ALTERNATIV and votering.vinner == 1
    return (Stemme.MOT, Stemme.FOR) if snudd else (Stemme.FOR, Stemme.MOT)


def _objekt(rader: Sequence[Voteringsobjekt]) -> lest.Objekt:
    """One side of a ballot. Segments are told as the whole base text, or as all but, or as those alone."""
    segmenter = [rad.segment for rad in rader if rad.segment is not None]
    forslag = tuple(rad.forslag.nummer for rad in rader if rad.forslag is not None)
    if not segmenter:
        return lest.Objekt("", forslag=forslag)
    valgt = tuple(segment.nummer for segment in segmenter)
    utelatt = tuple(nummer for nummer in _alle(segmenter[0]) if nummer not in valgt)
    fleste = len(utelatt) < len(valgt)
    return lest.Objekt(
        "",
        innstilling=True,
        nevnt=() if fleste else valgt,
        unntatt=utelatt if fleste else (),
        avsnitt=valgt,
        forslag=forslag,
    )


def _alle(segment: Segment) -> list[int]:
    return [ett.nummer for ett in segment.grunntekst.segmenter]


def _partier(votering: Votering, stemme: Stemme) -> tuple[tuple[str, int], ...]:
    return tuple((rad.parti.kode, rad.antall) for rad in votering.partistemmer if rad.stemme is stemme)


def _vedtakstekst(vedtak: Vedtak) -> lest.Vedtakstekst:
    foelger = _av_type(vedtak, Avsnittstype.FOELGER_SAKEN)
    return lest.Vedtakstekst(
        overskrift=vedtak.overskrift,
        innledning=tuple(plain_text(rad.blokker) for rad in _av_type(vedtak, Avsnittstype.INNLEDNING)),
        avsnitt=tuple(rad.blokker for rad in _av_type(vedtak, Avsnittstype.TEKST)),
        foelgeledd=foelger[0].overskrift if foelger else None,
        foelgetekst=tuple(rad.blokker for rad in foelger),
        merknader=tuple(
            lest.MerknadIVedtak(rad.overskrift or "", (), rad.blokker) for rad in _av_type(vedtak, Avsnittstype.MERKNAD)
        ),
    )


def _av_type(vedtak: Vedtak, avsnittstype: Avsnittstype) -> list[Vedtaksavsnitt]:
    return [rad for rad in vedtak.avsnitt if rad.avsnittstype is avsnittstype]
