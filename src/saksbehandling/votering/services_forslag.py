"""Recording proposals and remarks of a treatment. What a ballot makes of them is the service of ballots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.errors import InvalidInput, Reason, Refusal
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.services import MoeteService, neste_rekkefoelge
from saksbehandling.richtext import Blocks
from saksbehandling.saksmappe.models import Segment
from saksbehandling.utvalg.models import Medlemskap, Parti, Person
from saksbehandling.votering.kodeverk import Forslagsstatus, Forslagstype
from saksbehandling.votering.models import (
    Forslag,
    ForslagPaaVegneAv,
    Forslagsstiller,
    Merknad,
    Merknadstilslutning,
    Voteringsobjekt,
)
from saksbehandling.votering.oversetting import segmentnoekkel
from saksbehandling.votering.rules import regler_for
from saksbehandling.votering.services import VoteringService, forslag_i, grunntekstverdier, merknader_i
from saksbehandling.votering.stilling import BORTE, utgangsstilling
from saksbehandling.votering.stilling import registrer as registrer_i_stilling

BETEGNELSER: Mapping[Forslagstype, str] = {
    Forslagstype.UTSETTELSE: "utsettelsesforslag",
    Forslagstype.TILBAKESENDELSE: "forslag om tilbakesending",
    Forslagstype.AVVISNING: "avvisningsforslag",
    Forslagstype.OVERSENDELSE: "oversendelsesforslag",
    Forslagstype.ALTERNATIVT: "alternativt forslag",
    Forslagstype.ENDRING: "endringsforslag",
    Forslagstype.STRYKNING: "strykningsforslag",
    Forslagstype.TILLEGG: "tilleggsforslag",
}
_MED_MAAL = (Forslagstype.ENDRING, Forslagstype.STRYKNING)


@dataclass(frozen=True, slots=True)
class Stillerdata:
    """Who moves something: a name as minuted, with the person and party where they are known."""

    navn: str
    person: Person | None = None
    parti: Parti | None = None

    @classmethod
    def fra(cls, medlemskap: Medlemskap) -> Stillerdata:
        return cls(medlemskap.person.navn, medlemskap.person, medlemskap.parti)


class ForslagService:
    """Everything happens in the caller's transaction. Each method first meets whoever recorded something else."""

    def __init__(self, session: Session, clock: SystemClock, moeter: MoeteService, voteringer: VoteringService) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter
        self._voteringer = voteringer

    def fremsett(
        self,
        moetesak: Moetesak,
        forslagstype: Forslagstype,
        blokker: Blocks,
        stillere: Sequence[Stillerdata],
        *,
        paa_vegne_av: Sequence[Parti] = (),
        maal: Segment | None = None,
        anker: Segment | None = None,
        betegnelse: str | None = None,
        overskrift: str | None = None,
        sitat: str | None = None,
    ) -> Forslag:
        """Record a proposal. Raises `InvalidInput` on an empty text or mover, or a missing or foreign target.

        Raises `Refusal` when the target has fallen, and, as every recording here, when the treatment is over.
        """
        self._voteringer.krev_aapen(moetesak)
        if not stillere:
            raise InvalidInput("Velg hvem som fremmer forslaget.", "stiller")
        if not blokker and forslagstype is not Forslagstype.STRYKNING:
            raise InvalidInput("Skriv teksten i forslaget.", "tekst")
        self._krev_maal(moetesak, forslagstype, maal)
        self._krev_egen(moetesak, anker, "anker")
        forslag = Forslag(
            moetesak=moetesak,
            nummer=self._neste_nummer(moetesak),
            rekkefoelge=neste_rekkefoelge(self._session, moetesak),
            forslagstype=forslagstype,
            betegnelse=betegnelse or BETEGNELSER[forslagstype],
            overskrift=overskrift,
            blokker=blokker,
            sitat=sitat,
            maal=maal,
            anker=anker,
            framsatt=self._clock.now(),
            stillere=[
                Forslagsstiller(rekkefoelge=nummer, navn=stiller.navn, person=stiller.person, parti=stiller.parti)
                for nummer, stiller in enumerate(stillere, 1)
            ],
            paa_vegne_av=[
                ForslagPaaVegneAv(rekkefoelge=nummer, parti=parti) for nummer, parti in enumerate(paa_vegne_av, 1)
            ],
        )
        self._session.add(forslag)
        self._moeter.merk_endret(moetesak)
        return forslag

    def trekk(self, forslag: Forslag) -> None:
        """Withdraw a proposal. Raises `Refusal` when it has been voted on."""
        self._voteringer.krev_aapen(forslag.moetesak)
        if self._er_votert(forslag):
            raise Refusal([f"Forslag {forslag.nummer} er votert over og kan ikke trekkes."])
        forslag.utfall = Forslagsstatus.TRUKKET
        self._moeter.merk_endret(forslag.moetesak)

    def merk(
        self,
        moetesak: Moetesak,
        blokker: Blocks,
        av: Stillerdata,
        *,
        overskrift: str | None = None,
        tilslutning: str | None = None,
    ) -> Merknad:
        """Record a remark. Raises `InvalidInput` on an empty text or a remark without a party."""
        self._voteringer.krev_aapen(moetesak)
        if not blokker:
            raise InvalidInput("Skriv teksten i merknaden.", "tekst")
        if av.parti is None:
            raise InvalidInput("En merknad må ha et parti.", "stiller")
        merknad = Merknad(
            moetesak=moetesak,
            nummer=self._neste_nummer(moetesak),
            rekkefoelge=neste_rekkefoelge(self._session, moetesak),
            person=av.person,
            parti=av.parti,
            navn=av.navn,
            overskrift=overskrift,
            blokker=blokker,
            tilslutning=tilslutning,
        )
        self._session.add(merknad)
        self._moeter.merk_endret(moetesak)
        return merknad

    def slutt_til(self, merknad: Merknad, partier: Sequence[Parti]) -> None:
        """Parties join a remark, in this order; its own party and those that have joined are passed over."""
        self._voteringer.krev_aapen(merknad.moetesak)
        med = {merknad.parti_id, *(rad.parti_id for rad in merknad.tilslutninger)}
        for parti in partier:
            if parti.id not in med:
                med.add(parti.id)
                neste = len(merknad.tilslutninger) + 1
                merknad.tilslutninger.append(Merknadstilslutning(parti=parti, parti_id=parti.id, rekkefoelge=neste))
        self._moeter.merk_endret(merknad.moetesak)

    def _neste_nummer(self, moetesak: Moetesak) -> int:
        forslag = [rad.nummer for rad in forslag_i(self._session, moetesak)]
        merknader = [rad.nummer for rad in merknader_i(self._session, moetesak)]
        return max([*forslag, *merknader], default=0) + 1

    def _er_votert(self, forslag: Forslag) -> bool:
        soek = sa.select(Voteringsobjekt.id).where(Voteringsobjekt.forslag_id == forslag.id).limit(1)
        return self._session.scalar(soek) is not None

    def _krev_maal(self, moetesak: Moetesak, forslagstype: Forslagstype, maal: Segment | None) -> None:
        if forslagstype in _MED_MAAL and maal is None:
            raise InvalidInput("Velg avsnittet som forslaget gjelder.", "maal")
        if maal is None:
            return
        self._krev_egen(moetesak, maal, "maal")
        grunner = self._borte(moetesak, maal)
        if grunner:
            raise Refusal(grunner)

    def _krev_egen(self, moetesak: Moetesak, segment: Segment | None, felt: str) -> None:
        if segment is not None and segment.grunntekst_id != moetesak.grunntekst_id:
            raise InvalidInput("Avsnittet hører ikke til teksten som behandles her.", felt)

    def _borte(self, moetesak: Moetesak, maal: Segment) -> list[Reason]:
        stilling = utgangsstilling(grunntekstverdier(moetesak), self._voteringer.forslagsverdier(moetesak))
        for votering in self._voteringer.tidligere(moetesak):
            registrer_i_stilling(stilling, votering, regler_for(moetesak.moete.dato))
        segment = stilling.segment(segmentnoekkel(maal))
        if segment is None or segment.stand not in BORTE:
            return []
        return [Reason(f"Avsnitt {maal.nummer} er {segment.stand.value} og kan ikke endres.", felt="maal")]
