"""Carries a generated case through the product's own services, from saksframlegg to published protocol."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from saksbehandling.demo.modell import GenerertForslag, GenerertSak
from saksbehandling.demo.raad import Raad
from saksbehandling.identity.rules import Identitet
from saksbehandling.identity.services import identitet_for
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.richtext import parse_notation
from saksbehandling.saksmappe.models import Saksmappe, Segment
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Funksjon, Utvalg
from saksbehandling.vedtak.models import Oppfoelgingsstatus
from saksbehandling.vedtak.rekkefoelge import VANLIG_ORDEN
from saksbehandling.votering.kodeverk import Behandlingstype, Forslagsstatus, Forslagstype, Voteringsform
from saksbehandling.votering.models import Forslag
from saksbehandling.votering.services import Voteringsinndata
from saksbehandling.votering.services_forslag import Stillerdata
from saksbehandling.workflow_engine.service import Actor

Par = tuple[GenerertForslag, Forslag]
GAMMEL = dt.timedelta(
    days=120
)  # a committee decides older cases itself, so that they do not wait for bystyret for years


class Gjennomfoering:
    """Plays cases in the order of their meetings, within the caller's transaction."""

    def __init__(self, tjenester: Tjenester, raad: Raad) -> None:
        self._tjenester = tjenester
        self._raad = raad

    def spill(self, sak: GenerertSak) -> Saksmappe:
        """The case with everything that happened in it."""
        saksmappe = self._saksmappe(sak)
        moetesak = self._paa_saksliste(sak, saksmappe)
        forslag = [(ett, self._fremsett(moetesak, sak, ett)) for ett in sak.forslag]
        for merknad in sak.merknader:
            medlem = self._raad.medlem(sak.utvalg, sak.periode, merknad.parti, merknad.medlem_nr)
            rad = self._tjenester.forslag.merk(moetesak, parse_notation(merknad.tekst), Stillerdata.fra(medlem))
            self._tjenester.forslag.slutt_til(rad, [self._raad.partier[kode] for kode in merknad.tilslutning])
        self._voter(moetesak, sak, forslag)
        self._avslutt(moetesak, sak)
        return saksmappe

    def _saksmappe(self, sak: GenerertSak) -> Saksmappe:
        saker = self._tjenester.saker
        saksmappe = saker.opprett(
            sak.tittel,
            Actor(self._identitet("saksbehandler").navn, self._identitet("saksbehandler").bruker_id),
            dato=sak.opprettet,
            ansvarlig=self._raad.brukere["saksbehandler"],
            enhet=sak.enhet,
            offentlig_tittel=sak.offentlig_tittel,
            skjermingshjemmel=sak.skjermingshjemmel,
        )
        framlagt = sak.moetedato - dt.timedelta(days=14)
        saker.lagre_saksframlegg(
            saksmappe,
            tittel=sak.tittel,
            innhold=parse_notation(sak.saksframlegg),
            innstilling=[parse_notation(segment) for segment in sak.innstilling],
            dato=framlagt,
            lagret_av=self._identitet("saksbehandler").navn,
        )
        for hendelse, hvem in (("fullfoer_saksframlegg", "saksbehandler"), ("godkjenn", "kommunedirektoer")):
            saker.hendelse(saksmappe, hendelse, self._identitet(hvem), dato=framlagt)
        return saksmappe

    def _paa_saksliste(self, sak: GenerertSak, saksmappe: Saksmappe) -> Moetesak:
        sakslister, sekretaer = self._tjenester.sakslister, self._identitet("sekretaer")
        moete = self._moete(self._raad.utvalg[sak.utvalg], sak.moetedato)
        behandlingstype = Behandlingstype.VEDTAK if self._er_gammel(sak) else sak.behandlingstype
        moetesak = sakslister.sett_paa(moete, saksmappe, sekretaer, behandlingstype=behandlingstype, dato=sak.moetedato)
        sakslister.publiser(moete)
        self._tjenester.moeter.hendelse(moetesak, "aapne", sekretaer, dato=sak.moetedato)
        return moetesak

    def _moete(self, utvalg: Utvalg, dato: dt.date) -> Moete:
        moeter = self._tjenester.moeter
        moete = moeter.finn_moete(utvalg, dato)
        if moete is None:
            moete = moeter.opprett(utvalg, dato, starttid=dt.time(17), sted="Rådhuset")
            alle = self._tjenester.utvalg.medlemmer(utvalg, dato)
            moeter.registrer_oppmoete(moete, [rad for rad in alle if rad.funksjon is not Funksjon.VARAMEDLEM])
        return moete

    def _fremsett(self, moetesak: Moetesak, sak: GenerertSak, ett: GenerertForslag) -> Forslag:
        medlem = self._raad.medlem(sak.utvalg, sak.periode, ett.parti, ett.medlem_nr)
        forslag = self._tjenester.forslag.fremsett(
            moetesak,
            ett.forslagstype,
            parse_notation(ett.tekst),
            [Stillerdata.fra(medlem)],
            paa_vegne_av=[self._raad.partier[kode] for kode in ett.paa_vegne_av],
            maal=_segmenter(moetesak)[ett.gjelder_segment - 1] if ett.gjelder_segment else None,
            betegnelse=ett.betegnelse,
        )
        if ett.utfall is Forslagsstatus.TRUKKET:
            self._tjenester.forslag.trekk(forslag)
        return forslag

    def _voter(self, moetesak: Moetesak, sak: GenerertSak, forslag: Sequence[Par]) -> None:
        """In the usual order: procedure, alternatives, the untouched paragraphs, then one proposal at a time."""
        voteres = [(ett, rad) for ett, rad in forslag if ett.stemmer_for or ett.stemmer_mot]
        voteres.sort(key=lambda par: VANLIG_ORDEN[par[0].forslagstype])
        foerst = [par for par in voteres if VANLIG_ORDEN[par[0].forslagstype] <= VANLIG_ORDEN[Forslagstype.ALTERNATIVT]]
        for ett, rad in foerst:
            self._voter_over(moetesak, ett, rad)
        if any(ett.forslagstype.prosedyre and ett.utfall is Forslagsstatus.VEDTATT for ett, _ in foerst):
            return
        beroert = {rad.maal_id for ett, rad in voteres if ett.gjelder_segment}
        uberoert = [segment for segment in _segmenter(moetesak) if segment.id not in beroert]
        if uberoert:
            self._registrer(moetesak, uberoert, mot=sak.innstilling_mot)
        for ett, rad in voteres:
            if (ett, rad) not in foerst:
                self._voter_over(moetesak, ett, rad)

    def _voter_over(self, moetesak: Moetesak, ett: GenerertForslag, rad: Forslag) -> None:
        vedtatt = ett.utfall is Forslagsstatus.VEDTATT
        if rad.maal is None:
            self._registrer(moetesak, [rad], for_={} if vedtatt else ett.stemmer_for, mot=ett.stemmer_mot)
        elif vedtatt:
            self._registrer(moetesak, [rad], mot=ett.stemmer_mot, mot_objekter=[rad.maal])
        else:
            self._registrer(moetesak, [rad.maal], mot=ett.stemmer_for, mot_objekter=[rad])

    def _registrer(
        self,
        moetesak: Moetesak,
        objekter: Sequence[Segment | Forslag],
        *,
        for_: Mapping[str, int] | None = None,
        mot: Mapping[str, int],
        mot_objekter: Sequence[Segment | Forslag] = (),
    ) -> None:
        form = Voteringsform.ALTERNATIV if mot_objekter else Voteringsform.FOR_MOT
        falt_med = for_ or {}
        self._tjenester.voteringer.registrer(
            moetesak,
            Voteringsinndata(
                form,
                objekter,
                mot_objekter,
                for_partier=falt_med,
                mot_partier={} if falt_med else mot,
                enstemmig=not mot,
            ),
        )

    def _avslutt(self, moetesak: Moetesak, sak: GenerertSak) -> None:
        sekretaer, protokoller = self._identitet("sekretaer"), self._tjenester.protokoller
        vedtak = self._tjenester.vedtak.fatt(moetesak, sekretaer, lukk=True, dato=sak.moetedato)
        moetesak.utsatt_til = sak.utsatt_til
        for punkt in sak.oppfoelging:
            rad = self._tjenester.oppfoelging.foelg_opp(vedtak, punkt.tekst, sak.enhet, punkt.frist)
            if self._er_gammel(sak) and punkt.frist < self._idag - GAMMEL:
                rad.status = Oppfoelgingsstatus.UTFOERT
        protokoller.godkjenn(moetesak, sekretaer, dato=sak.moetedato)
        protokoller.publiser(moetesak, sekretaer, dato=sak.moetedato)
        self._rydd(moetesak.saksmappe, sak)

    def _rydd(self, saksmappe: Saksmappe, sak: GenerertSak) -> None:
        """Cases of former years are closed when nothing is left to do, or were withdrawn where they stopped."""
        assert saksmappe.flyt is not None  # every case has a workflow
        if saksmappe.flyt.aktive == "vedtatt":
            self._hendelse(saksmappe, "publiser", sak.moetedato)
        if not self._er_gammel(sak):
            return
        siste = max([sak.moetedato, *(punkt.frist for punkt in sak.oppfoelging)])
        if saksmappe.flyt.aktive != "oppfoelging":
            self._hendelse(saksmappe, "trekk", sak.moetedato + GAMMEL)
        elif siste < self._idag - GAMMEL:
            self._hendelse(saksmappe, "avslutt", siste)

    def _hendelse(self, saksmappe: Saksmappe, hendelse: str, dato: dt.date) -> None:
        self._tjenester.saker.hendelse(saksmappe, hendelse, self._identitet("sekretaer"), dato=dato)

    def _er_gammel(self, sak: GenerertSak) -> bool:
        return sak.moetedato < self._idag - GAMMEL

    @property
    def _idag(self) -> dt.date:
        return self._tjenester.felles.clock.today()

    def _identitet(self, hvem: str) -> Identitet:
        return identitet_for(self._raad.brukere[hvem], self._tjenester.felles.clock.today())


def _segmenter(moetesak: Moetesak) -> list[Segment]:
    return list(moetesak.grunntekst.segmenter) if moetesak.grunntekst else []
