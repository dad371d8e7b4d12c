"""The guided demo case: carried from saksframlegg to published decision by the product's own services.

`Demosak.spill` is a generator: each step does its work and then tells what was done, so that whoever drives it may
print, commit or stop between two steps. The dates, numbers and votes are those of the real PS 87/19 in Trondheim; the
words, people and municipality are ours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum

from saksbehandling.demo import tekster
from saksbehandling.demo.raad import Raad
from saksbehandling.demo.seter import periode_for
from saksbehandling.demo.tekster import Forslagstekst
from saksbehandling.identity.rules import Identitet
from saksbehandling.identity.services import identitet_for
from saksbehandling.moete.models import Habilitetsutfall, Moete, Moetesak
from saksbehandling.richtext import Blocks, paragraph, parse_notation
from saksbehandling.saksmappe.models import Saksmappe, Segment
from saksbehandling.tjenester import Tjenester
from saksbehandling.utvalg.models import Funksjon, Medlemskap
from saksbehandling.votering.kodeverk import Forslagstype, Voteringsform
from saksbehandling.votering.models import Forslag
from saksbehandling.votering.services import Voteringsinndata
from saksbehandling.votering.services_forslag import Stillerdata
from saksbehandling.workflow_engine.service import Actor

SAKSNUMMER = "2019/8286"
OPPRETTET = dt.date(2019, 2, 4)
RAADSMOETER: Mapping[str, tuple[dt.date, int]] = {
    "mangfoldsraadet": (dt.date(2019, 3, 26), 10),
    "funksjonsevneraadet": (dt.date(2019, 3, 26), 11),
    "studentraadet": (dt.date(2019, 3, 26), 8),
    "ungdommens_bystyre": (dt.date(2019, 4, 2), 8),
}
SAKSFRAMLEGG_DATO = dt.date(2019, 4, 25)
KOMITE_1 = (dt.date(2019, 5, 9), 24)
KOMITE_2 = (dt.date(2019, 5, 28), 29)
BYSTYRET_1 = (dt.date(2019, 6, 13), 87)
BYSTYRET_2 = dt.date(2019, 8, 29)


class Steg(IntEnum):
    """How far the case is carried."""

    OPPRETTET = 1
    TIL_UTTALELSE = 2
    UTTALELSER = 3
    TIL_GODKJENNING = 4
    GODKJENT = 5
    KOMITE_UTSATT = 6
    KOMITE_INNSTILT = 7
    BYSTYRET_UTSATT = 8
    PAA_BYSTYRETS_SAKSLISTE = 9
    UNDER_BEHANDLING = 10
    VEDTATT = 11
    PROTOKOLL_GODKJENT = 12
    PUBLISERT = 13


class Demosak:
    """`forskyvning`: days by which every date is moved, for cases that stand somewhere on the way today.

    With the real dates the case and its treatments also get the real numbers; otherwise the next free ones.
    """

    def __init__(self, tjenester: Tjenester, raad: Raad, *, tittel: str = tekster.TITTEL, forskyvning: int = 0) -> None:
        self._tjenester = tjenester
        self._raad = raad
        self._tittel = tittel
        self._forskyvning = dt.timedelta(days=forskyvning)
        self._ekte = forskyvning == 0

    def spill(self, til: Steg = Steg.PUBLISERT) -> Iterator[str]:
        """Carry the case as far as `til`, telling each step."""
        for steg, utfoer in self._steg():
            if steg > til:
                return
            yield from utfoer()

    def _steg(self) -> Iterator[tuple[Steg, Callable[[], Iterable[str]]]]:
        """Every step with what carries it out."""
        yield Steg.OPPRETTET, self._opprett
        yield Steg.TIL_UTTALELSE, self._send_til_uttalelse
        yield Steg.UTTALELSER, self._uttalelser
        yield Steg.TIL_GODKJENNING, self._til_godkjenning
        yield Steg.GODKJENT, self._godkjenn
        yield Steg.KOMITE_UTSATT, self._komite_utsetter
        yield Steg.KOMITE_INNSTILT, self._komite_innstiller
        yield Steg.BYSTYRET_UTSATT, self._bystyret_utsetter
        yield Steg.PAA_BYSTYRETS_SAKSLISTE, self._paa_bystyrets_saksliste
        yield Steg.UNDER_BEHANDLING, self._bystyret_behandler
        yield Steg.VEDTATT, self._bystyret_voterer
        yield Steg.PROTOKOLL_GODKJENT, self._godkjenn_protokoll
        yield Steg.PUBLISERT, self._publiser

    def _opprett(self) -> Iterator[str]:
        tjenester, raad = self._tjenester, self._raad
        ansvarlig = raad.brukere["saksbehandler"]
        self.sak: Saksmappe = tjenester.saker.opprett(
            self._tittel,
            Actor(ansvarlig.navn, ansvarlig.id),
            dato=self._dato(OPPRETTET),
            ansvarlig=ansvarlig,
            enhet=tekster.ENHET,
            saksnummer=SAKSNUMMER if self._ekte else None,
        )
        tjenester.saker.lagre_saksframlegg(
            self.sak,
            tittel=self._tittel,
            innhold=parse_notation(tekster.SAKSFRAMLEGG),
            innstilling=[parse_notation(segment) for segment in tekster.INNSTILLING],
            dato=self._dato(SAKSFRAMLEGG_DATO),
            signaturer=[
                {"navn": raad.brukere["kommunedirektoer"].navn, "tittel": "kommunedirektør"},
                {"navn": ansvarlig.navn, "tittel": "saksbehandler"},
            ],
            lagret_av=ansvarlig.navn,
        )
        yield f"Sak {self.sak.saksnummer} opprettet: {self._tittel}, med utkast til saksframlegg."

    def _send_til_uttalelse(self) -> Iterator[str]:
        self._hendelse("send_til_uttalelse", "saksbehandler", min(dato for dato, _ in RAADSMOETER.values()))
        yield "Sendt til uttalelse i fire råd."

    def _uttalelser(self) -> Iterator[str]:
        for kode in RAADSMOETER:
            yield self._uttalelse(kode)

    def _uttalelse(self, kode: str) -> str:
        dato, nummer = RAADSMOETER[kode]
        moetesak = self._aapne(kode, dato, nummer, "raadssekretaer")
        self._noter(moetesak, tekster.NOTAT_ORIENTERING.format(navn=self._raad.brukere["saksbehandler"].navn))
        forslag = [self._fremsett(moetesak, tekst) for tekst in tekster.RAADENES_FORSLAG.get(kode, ())]
        if not forslag:
            forslag = [self._enighet(moetesak, tekster.TIL_ORIENTERING[kode])]
        else:
            for ett in forslag:
                self._voter(moetesak, [ett], enstemmig=True)
        rekkefoelge = forslag[::-1] if len(forslag) > 1 else None
        self._tjenester.vedtak.fatt(
            moetesak, self._identitet("raadssekretaer"), rekkefoelge=rekkefoelge, dato=self._dato(dato)
        )
        self._publiser_protokoll(moetesak, "raadssekretaer", dato)
        return f"{moetesak.utvalg.navn} {moetesak.saksnummer}, {self._dag(dato)}: uttalelse avgitt."

    def _til_godkjenning(self) -> Iterator[str]:
        self._hendelse("fullfoer_saksframlegg", "saksbehandler", SAKSFRAMLEGG_DATO)
        yield "Alle uttalelser er inne. Saksframlegget er sendt til godkjenning."

    def _godkjenn(self) -> Iterator[str]:
        self._hendelse("godkjenn", "kommunedirektoer", SAKSFRAMLEGG_DATO)
        yield f"Saksframlegget godkjent {self._dag(SAKSFRAMLEGG_DATO)}."

    def _komite_utsetter(self) -> Iterator[str]:
        dato, nummer = KOMITE_1
        moetesak = self._aapne("finanskomiteen", dato, nummer, "sekretaer")
        forslag = [self._fremsett(moetesak, tekst) for tekst in tekster.KOMITE_FOERSTE_MOETE]
        utsettelse = next(ett for ett in forslag if ett.forslagstype is Forslagstype.UTSETTELSE)
        self._voter(moetesak, [utsettelse], enstemmig=True)
        self._tjenester.vedtak.fatt(moetesak, self._identitet("sekretaer"), lukk=True, dato=self._dato(dato))
        self._publiser_protokoll(moetesak, "sekretaer", dato)
        yield f"{moetesak.utvalg.navn} {moetesak.saksnummer}, {self._dag(dato)}: saken utsatt, to forslag bortfalt."

    def _komite_innstiller(self) -> Iterator[str]:
        dato, nummer = KOMITE_2
        moetesak = self._aapne("finanskomiteen", dato, nummer, "sekretaer")
        saksordfoerer = self._medlem("finanskomiteen", dato, "Ap")
        moetesak.saksordfoerer = saksordfoerer.person
        moetesak.saksordfoerer_parti = saksordfoerer.parti
        navn = saksordfoerer.person.navn
        self._tjenester.habilitet.vurder(
            moetesak, saksordfoerer.person, Habilitetsutfall.HABIL, (paragraph(tekster.HABILITET.format(navn=navn)),)
        )
        self._noter(moetesak, tekster.NOTAT_SKRIFTLIG_SVAR)
        forslag = [self._fremsett(moetesak, tekst) for tekst in tekster.KOMITE_ANDRE_MOETE]
        self._voter(moetesak, self._segmenter(moetesak), enstemmig=True)
        for ett in forslag:
            self._voter(moetesak, [ett], enstemmig=True)
        self._tjenester.vedtak.fatt(moetesak, self._identitet("sekretaer"), dato=self._dato(dato))
        self._publiser_protokoll(moetesak, "sekretaer", dato)
        yield f"{moetesak.utvalg.navn} {moetesak.saksnummer}, {self._dag(dato)}: innstilling i fem avsnitt."

    def _bystyret_utsetter(self) -> Iterator[str]:
        dato, nummer = BYSTYRET_1
        moetesak = self._aapne("bystyret", dato, nummer, "sekretaer")
        ny_dato = f"{self._dato(BYSTYRET_2):%d.%m.%Y}"
        self._noter(moetesak, tekster.NOTAT_UTSATT_TIL.format(dato=ny_dato))
        moetesak.utsatt_til = self._dato(BYSTYRET_2)
        moetesak.resultat = "Saken utsatt"
        self._tjenester.moeter.hendelse(moetesak, "utsett", self._identitet("sekretaer"), dato=self._dato(dato))
        self._publiser_protokoll(moetesak, "sekretaer", dato)
        yield f"Bystyret {moetesak.saksnummer}, {self._dag(dato)}: saken utsatt til {ny_dato}."

    def _paa_bystyrets_saksliste(self) -> Iterator[str]:
        self.moetesak = self._paa_saksliste("bystyret", BYSTYRET_2, None, "sekretaer")
        yield f"Bystyret {self.moetesak.saksnummer} står på sakslisten til {self._dag(BYSTYRET_2)}."

    def _bystyret_behandler(self) -> Iterator[str]:
        self._moet_fram(self.moetesak.moete)
        self._tjenester.moeter.hendelse(
            self.moetesak, "aapne", self._identitet("sekretaer"), dato=self._dato(BYSTYRET_2)
        )
        self._forslag = [self._fremsett(self.moetesak, tekst) for tekst in tekster.BYSTYRETS_FORSLAG]
        tekst = tekster.BYSTYRETS_MERKNAD
        merknad = self._tjenester.forslag.merk(
            self.moetesak, parse_notation(tekst.tekst), Stillerdata.fra(self._medlem("bystyret", BYSTYRET_2, "SV"))
        )
        partier = [self._raad.partier[kode] for kode in tekst.tilslutning]
        self._tjenester.forslag.slutt_til(merknad, partier)
        yield f"Saken åpnet: {len(self._forslag)} forslag og én merknad, som {len(partier)} partier slutter seg til."

    def _bystyret_voterer(self) -> Iterator[str]:
        segmenter = self._segmenter(self.moetesak)
        en, to, strykning, fire = self._forslag
        yield self._voter(self.moetesak, [*segmenter[:2], *segmenter[3:]], enstemmig=True)
        mot = {"Ap": 1, "MDG": 5, "SV": 4, "R": 2}
        yield self._voter(self.moetesak, [segmenter[2]], mot=mot, mot_objekter=[strykning])
        yield self._voter(self.moetesak, [en], mot={"V": 3, "KrF": 2})
        yield self._voter(self.moetesak, [to], mot={"FrP": 4})
        yield self._voter(self.moetesak, [fire], mot={"R": 2})
        vedtak = self._tjenester.vedtak.fatt(self.moetesak, self._identitet("sekretaer"), dato=self._dato(BYSTYRET_2))
        yield f"Vedtak beregnet: {len(vedtak.avsnitt)} avsnitt, hvert med sitt opphav."

    def _godkjenn_protokoll(self) -> Iterator[str]:
        self._tjenester.protokoller.godkjenn(self.moetesak, self._identitet("sekretaer"), dato=self._dato(BYSTYRET_2))
        yield "Saksprotokollen er godkjent og frosset."

    def _publiser(self) -> Iterator[str]:
        identitet = self._identitet("sekretaer")
        self._tjenester.protokoller.publiser(self.moetesak, identitet, dato=self._dato(BYSTYRET_2))
        self._hendelse("publiser", "sekretaer", BYSTYRET_2)
        yield "Vedtaket er publisert, og saken er til oppfølging."

    def _aapne(self, kode: str, dato: dt.date, nummer: int, hvem: str) -> Moetesak:
        """Put the case on the agenda, let the members meet, and open the item."""
        moetesak = self._paa_saksliste(kode, dato, nummer, hvem)
        self._moet_fram(moetesak.moete)
        self._tjenester.moeter.hendelse(moetesak, "aapne", self._identitet(hvem), dato=self._dato(dato))
        return moetesak

    def _paa_saksliste(self, kode: str, dato: dt.date, nummer: int | None, hvem: str) -> Moetesak:
        moeter, sakslister = self._tjenester.moeter, self._tjenester.sakslister
        utvalg = self._raad.utvalg[kode]
        moete = moeter.finn_moete(utvalg, self._dato(dato)) or moeter.opprett(
            utvalg, self._dato(dato), starttid=dt.time(17), sted="Rådhuset"
        )
        moetesak = sakslister.sett_paa(
            moete, self.sak, self._identitet(hvem), nummer=nummer if self._ekte else None, dato=self._dato(dato)
        )
        sakslister.publiser(moete)
        return moetesak

    def _moet_fram(self, moete: Moete) -> None:
        """Every member is there."""
        if not moete.oppmoete:
            alle = self._tjenester.utvalg.medlemmer(moete.utvalg, moete.dato)
            faste = [rad for rad in alle if rad.funksjon is not Funksjon.VARAMEDLEM]
            self._tjenester.moeter.registrer_oppmoete(moete, faste)

    def _fremsett(self, moetesak: Moetesak, tekst: Forslagstekst) -> Forslag:
        medlem = self._medlem(moetesak.utvalg.kode, moetesak.moete.dato, tekst.parti, forskjoevet=True)
        segmenter = self._segmenter(moetesak)
        return self._tjenester.forslag.fremsett(
            moetesak,
            tekst.forslagstype,
            _med_sitat(tekst),
            [Stillerdata.fra(medlem)],
            paa_vegne_av=[self._raad.partier[kode] for kode in tekst.paa_vegne_av],
            maal=segmenter[tekst.gjelder_segment - 1] if tekst.gjelder_segment else None,
            sitat=tekst.sitat,
        )

    def _enighet(self, moetesak: Moetesak, tekst: str) -> Forslag:
        """A body that agrees without a ballot."""
        forslag = self._tjenester.forslag.fremsett(
            moetesak, Forslagstype.TILLEGG, parse_notation(tekst), [Stillerdata(f"{moetesak.utvalg.navn} samlet")]
        )
        self._tjenester.voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.ENIGHET, [forslag]))
        return forslag

    def _voter(
        self,
        moetesak: Moetesak,
        objekter: Sequence[Segment | Forslag],
        *,
        mot: Mapping[str, int] | None = None,
        mot_objekter: Sequence[Segment | Forslag] = (),
        enstemmig: bool = False,
    ) -> str:
        form = Voteringsform.ALTERNATIV if mot_objekter else Voteringsform.FOR_MOT
        stemmer = self._innenfor_plassene(moetesak, mot or {})
        inndata = Voteringsinndata(form, objekter, mot_objekter, mot_partier=stemmer, enstemmig=enstemmig)
        return self._tjenester.voteringer.registrer(moetesak, inndata).setning

    def _innenfor_plassene(self, moetesak: Moetesak, mot: Mapping[str, int]) -> dict[str, int]:
        """The real votes, but no more than a party has seats in the council of the day."""
        _, plasser = self._tjenester.utvalg.plasser(moetesak.utvalg, moetesak.moete.dato)
        return {parti: min(antall, plasser[parti]) for parti, antall in mot.items() if plasser.get(parti)}

    def _publiser_protokoll(self, moetesak: Moetesak, hvem: str, dato: dt.date) -> None:
        identitet = self._identitet(hvem)
        self._tjenester.protokoller.godkjenn(moetesak, identitet, dato=self._dato(dato))
        self._tjenester.protokoller.publiser(moetesak, identitet, dato=self._dato(dato))

    def _noter(self, moetesak: Moetesak, tekst: str) -> None:
        self._tjenester.moeter.noter(moetesak, parse_notation(tekst))

    def _hendelse(self, hendelse: str, hvem: str, dato: dt.date) -> None:
        self._tjenester.saker.hendelse(self.sak, hendelse, self._identitet(hvem), dato=self._dato(dato))

    def _segmenter(self, moetesak: Moetesak) -> list[Segment]:
        return list(moetesak.grunntekst.segmenter) if moetesak.grunntekst else []

    def _medlem(self, kode: str, dato: dt.date, parti: str, *, forskjoevet: bool = False) -> Medlemskap:
        return self._raad.medlem(kode, periode_for(dato if forskjoevet else self._dato(dato)), parti)

    def _identitet(self, hvem: str) -> Identitet:
        return identitet_for(self._raad.brukere[hvem], self._tjenester.felles.clock.today())

    def _dato(self, dato: dt.date) -> dt.date:
        return dato + self._forskyvning

    def _dag(self, dato: dt.date) -> str:
        return f"{self._dato(dato):%d.%m.%Y}"


def _med_sitat(tekst: Forslagstekst) -> Blocks:
    sitat = parse_notation(f"«{tekst.sitat}»") if tekst.sitat else ()
    return (*parse_notation(tekst.tekst), *sitat)
