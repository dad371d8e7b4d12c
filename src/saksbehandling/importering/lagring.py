"""From a read packet to stored rows: bodies, meetings, treatments, proposals, ballots and decisions, as minuted."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock, at_noon
from saksbehandling.errors import Refusal
from saksbehandling.importering import pakke as lest
from saksbehandling.importering.registre import Registre
from saksbehandling.moete.kodeverk import Moetestatus
from saksbehandling.moete.models import (
    Behandlingsnotat,
    Habilitetsutfall,
    Habilitetsvurdering,
    Moete,
    Moetesak,
    Moetesaksnummer,
    Moetesaksutfall,
    Saksliste,
)
from saksbehandling.richtext import Blocks, paragraph
from saksbehandling.saksmappe.models import Grunntekst, Saksmappe, Segment
from saksbehandling.saksmappe.services import ny_grunntekst
from saksbehandling.utvalg.models import Utvalg
from saksbehandling.votering.kodeverk import Forslagsstatus, Stemme, Voteringsform
from saksbehandling.votering.models import (
    Forslag,
    ForslagPaaVegneAv,
    Forslagsstiller,
    Merknad,
    Merknadstilslutning,
    Partistemmer,
    Votering,
    Voteringsobjekt,
)

Innslag = Forslag | Merknad


class Behandlingslagring:
    """Stores the treatments of one case, in time order; base texts that are equal are stored once."""

    def __init__(self, session: Session, clock: SystemClock, registre: Registre, sak: Saksmappe) -> None:
        self._session = session
        self._clock = clock
        self._registre = registre
        self._sak = sak
        self._grunntekster: list[Grunntekst] = []

    def grunntekst(self, segmenter: Sequence[Blocks]) -> Grunntekst | None:
        """The base text of these segments: the one already stored when there is an equal one."""
        if not segmenter:
            return None
        for kjent in self._grunntekster:
            if [segment.blokker for segment in kjent.segmenter] == list(segmenter):
                return kjent
        ny = ny_grunntekst(segmenter)
        self._session.add(ny)
        self._session.flush()
        self._grunntekster.append(ny)
        return ny

    def lagre(self, behandling: lest.Behandling) -> Moetesak:
        """Store one treatment without its decision and workflow.

        Raises `Refusal` when the meeting has another item with that number.
        """
        utvalg = self._registre.utvalg(behandling)
        saksliste = self._moete(utvalg, behandling)
        nummer = self._nummer(utvalg, behandling.sak)
        if any(annen.nummer is nummer for annen in saksliste.saker):
            raise Refusal([f"{utvalg.navn} har allerede en sak {nummer} i møtet {behandling.moetedato:%d.%m.%Y}."])
        moetesak = Moetesak(
            saksliste=saksliste,
            rekkefoelge=len(saksliste.saker) + 1,
            saksmappe=self._sak,
            nummer=nummer,
            behandlingstype=behandling.type,
            tittel=behandling.sakstittel,
            grunntekst=self.grunntekst(behandling.grunnlag),
            resultat=behandling.resultat,
            utfall=Moetesaksutfall.UTSATT if _er_utsatt(behandling) else Moetesaksutfall.BEHANDLET,
            utsatt_til=behandling.utsatt_til,
            endret=self._clock.now(),
        )
        self._session.add(moetesak)
        self._saksordfoerer(moetesak, behandling.saksordfoerer)
        self._session.flush()
        innslag = self._innslag(moetesak, behandling)
        self._voteringer(moetesak, behandling, innslag)
        return moetesak

    def _moete(self, utvalg: Utvalg, behandling: lest.Behandling) -> Saksliste:
        moete = self._session.scalar(
            sa.select(Moete).where(Moete.utvalg_id == utvalg.id, Moete.dato == behandling.moetedato)
        )
        if moete is None:
            moete = Moete(
                utvalg=utvalg,
                dato=behandling.moetedato,
                status=Moetestatus.AVHOLDT,
                saksliste=Saksliste(publisert=at_noon(behandling.moetedato)),
            )
            self._session.add(moete)
        moete.saksliste = moete.saksliste or Saksliste()
        self._session.flush()
        return moete.saksliste

    def _nummer(self, utvalg: Utvalg, sak: lest.Saksnummer) -> Moetesaksnummer:
        noekkel = {"utvalg_id": utvalg.id, "prefiks": sak.prefiks or "PS", "aar": sak.aar, "sekvens": sak.nummer}
        funnet = self._session.scalar(sa.select(Moetesaksnummer).filter_by(**noekkel))
        return funnet or Moetesaksnummer(**noekkel)

    def _saksordfoerer(self, moetesak: Moetesak, deltaker: lest.Deltaker | None) -> None:
        if deltaker is not None:
            stiller = self._registre.stiller(deltaker)
            moetesak.saksordfoerer = stiller.person
            moetesak.saksordfoerer_parti = stiller.parti

    def _innslag(self, moetesak: Moetesak, behandling: lest.Behandling) -> dict[int, Innslag]:
        """Notes, proposals and remarks in minuted order; returns proposals and remarks by number."""
        nummerert: dict[int, Innslag] = {}
        habilitet = {vurdering.tekst: vurdering for vurdering in behandling.habilitet}
        for rekkefoelge, ett in enumerate(behandling.innslag, 1):
            moetesak.siste_rekkefoelge = rekkefoelge
            match ett:
                case lest.Notat():
                    self._notat(moetesak, rekkefoelge, ett, habilitet)
                case lest.Forslag():
                    nummerert[ett.nr] = self._forslag(moetesak, rekkefoelge, ett)
                case lest.Merknad():
                    nummerert[ett.nr] = self._merknad(moetesak, rekkefoelge, ett, _i_vedtaket(behandling, ett))
        self._session.flush()
        return nummerert

    def _notat(
        self, moetesak: Moetesak, rekkefoelge: int, notat: lest.Notat, habilitet: dict[str, lest.Habilitet]
    ) -> None:
        vurdering = next((habilitet[tekst] for tekst in habilitet if (paragraph(tekst),) == notat.blokker), None)
        if vurdering is None:
            moetesak.notater.append(Behandlingsnotat(rekkefoelge=rekkefoelge, blokker=notat.blokker))
            return
        moetesak.habilitet.append(
            Habilitetsvurdering(
                rekkefoelge=rekkefoelge,
                person=self._registre.person(vurdering.navn),
                utfall=Habilitetsutfall(vurdering.utfall),
                blokker=notat.blokker,
            )
        )

    def _forslag(self, moetesak: Moetesak, rekkefoelge: int, forslag: lest.Forslag) -> Forslag:
        stillere = [self._registre.stiller(deltaker) for deltaker in forslag.stillere]
        rad = Forslag(
            moetesak=moetesak,
            nummer=forslag.nr,
            rekkefoelge=rekkefoelge,
            forslagstype=forslag.type,
            betegnelse=forslag.type_skrevet,
            overskrift=forslag.overskrift,
            blokker=forslag.blokker,
            sitat=forslag.sitat,
            maal=_segment(moetesak.grunntekst, forslag.gjelder_avsnitt),
            utfall=Forslagsstatus.TRUKKET if forslag.trukket else Forslagsstatus.FRAMSATT,
            framsatt=at_noon(moetesak.moete.dato),
            stillere=[
                Forslagsstiller(rekkefoelge=nummer, navn=stiller.navn, person=stiller.person, parti=stiller.parti)
                for nummer, stiller in enumerate(stillere, 1)
            ],
            paa_vegne_av=[
                ForslagPaaVegneAv(rekkefoelge=nummer, parti=self._registre.parti(kode))
                for nummer, kode in enumerate(forslag.paa_vegne_av, 1)
            ],
        )
        self._session.add(rad)
        return rad

    def _merknad(self, moetesak: Moetesak, rekkefoelge: int, merknad: lest.Merknad, flertall: bool) -> Merknad:
        stiller = self._registre.stiller(merknad.av)
        assert stiller.parti is not None  # the reader makes a remark only of one with a party
        partier = [self._registre.parti(kode) for kode in merknad.tilsluttet_av]
        rad = Merknad(
            moetesak=moetesak,
            nummer=merknad.nr,
            rekkefoelge=rekkefoelge,
            person=stiller.person,
            parti=stiller.parti,
            navn=stiller.navn,
            overskrift=merknad.overskrift,
            blokker=merknad.blokker,
            tilslutning=" ".join(merknad.tilslutning) or None,
            flertall=flertall,
            tilslutninger=[
                Merknadstilslutning(parti=parti, rekkefoelge=nummer) for nummer, parti in enumerate(partier, 1)
            ],
        )
        self._session.add(rad)
        return rad

    def _voteringer(self, moetesak: Moetesak, behandling: lest.Behandling, innslag: dict[int, Innslag]) -> None:
        for votering in behandling.voteringer:
            objekter = [
                rad
                for side, objekt in enumerate(_sider(votering))
                for rad in _objektrader(objekt, side, moetesak.grunntekst, innslag)
            ]
            self._session.add(
                Votering(
                    moetesak=moetesak,
                    nummer=votering.nummer,
                    voteringsform=votering.form,
                    stemmer_for=votering.for_stemmer,
                    stemmer_mot=votering.mot_stemmer,
                    enstemmig=votering.enstemmig,
                    vinner=_vinner(votering),
                    setning=votering.setning,
                    registrert=at_noon(behandling.moetedato),
                    objekter=objekter,
                    partistemmer=[
                        *self._partistemmer(Stemme.FOR, votering.for_partier),
                        *self._partistemmer(Stemme.MOT, votering.mot_partier),
                    ],
                )
            )
        self._session.flush()

    def _partistemmer(self, stemme: Stemme, partier: Sequence[tuple[str, int]]) -> list[Partistemmer]:
        return [
            Partistemmer(parti=self._registre.parti(kode), stemme=stemme, rekkefoelge=nummer, antall=antall)
            for nummer, (kode, antall) in enumerate(partier, 1)
        ]


def _er_utsatt(behandling: lest.Behandling) -> bool:
    """The minutes say when to, or carry the innstilling on, or call the result so."""
    foelger = behandling.vedtak is not None and bool(behandling.vedtak.foelgetekst)
    return behandling.utsatt_til is not None or foelger or "utsatt" in (behandling.resultat or "").lower()


def _i_vedtaket(behandling: lest.Behandling, merknad: lest.Merknad) -> bool:
    trykt = behandling.vedtak.merknader if behandling.vedtak else ()
    return any(ett.blokker == merknad.blokker for ett in trykt)


def _sider(votering: lest.Votering) -> Sequence[lest.Objekt]:
    """An alternative ballot's sides with the winner first, so that the votes against were given for the second."""
    if votering.form is Voteringsform.ALTERNATIV and votering.vinner == 1:
        return votering.objekter[::-1]
    return votering.objekter


def _vinner(votering: lest.Votering) -> int | None:
    if votering.form is Voteringsform.PROEVE:
        return None
    if votering.form is Voteringsform.ALTERNATIV:
        return None if votering.vinner is None else 0
    return 0 if votering.vedtatt else 1


def _segment(grunntekst: Grunntekst | None, avsnitt: int | None) -> Segment | None:
    if grunntekst is None or avsnitt is None or avsnitt > len(grunntekst.segmenter):
        return None
    return grunntekst.segmenter[avsnitt - 1]


def _objektrader(
    objekt: lest.Objekt, side: int, grunntekst: Grunntekst | None, innslag: dict[int, Innslag]
) -> list[Voteringsobjekt]:
    segmenter = [_segment(grunntekst, avsnitt) for avsnitt in objekt.avsnitt]
    forslag = [innslag.get(nr) for nr in objekt.forslag]
    return [
        *(Voteringsobjekt(side=side, segment=segment) for segment in segmenter if segment is not None),
        *(Voteringsobjekt(side=side, forslag=ett) for ett in forslag if isinstance(ett, Forslag)),
    ]
