"""Recording proposals and remarks of a treatment. What a ballot makes of them is the service of ballots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.errors import InvalidInput, Reason, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.services import MoeteService, neste_rekkefoelge
from saksbehandling.richtext import Blocks, to_notation
from saksbehandling.saksmappe.models import Segment
from saksbehandling.utvalg.models import Medlemskap, Parti, Person
from saksbehandling.votering.kodeverk import Forslagshendelse, Forslagsstatus, Forslagstype
from saksbehandling.votering.models import (
    Forslag,
    ForslagPaaVegneAv,
    Forslagsstiller,
    Merknad,
    Merknadstilslutning,
    Voteringsobjekt,
)
from saksbehandling.votering.models_forslag import Forslagsspor
from saksbehandling.votering.oversetting import segmentnoekkel
from saksbehandling.votering.overskrift import vanlig_betegnelse
from saksbehandling.votering.rules import regler_for
from saksbehandling.votering.services import VoteringService, forslag_i, grunntekstverdier, merknader_i
from saksbehandling.votering.stilling import BORTE, utgangsstilling
from saksbehandling.votering.stilling import registrer as registrer_i_stilling

MED_MAAL = (Forslagstype.ENDRING, Forslagstype.STRYKNING)


@dataclass(frozen=True, slots=True)
class Stillerdata:
    """Who moves something: a name as minuted, with the person and party where they are known."""

    navn: str
    person: Person | None = None
    parti: Parti | None = None

    @classmethod
    def fra(cls, medlemskap: Medlemskap) -> Stillerdata:
        return cls(medlemskap.person.navn, medlemskap.person, medlemskap.parti)


@dataclass(frozen=True, slots=True)
class Forslagsinnhold:
    """What a proposal says. `maal`: the segment it changes or strikes; `anker`: the one that an addition follows.

    `betegnelse`: what the minutes call it, where that is not the usual word for its type.
    """

    forslagstype: Forslagstype
    blokker: Blocks
    stillere: Sequence[Stillerdata]
    paa_vegne_av: Sequence[Parti] = ()
    maal: Segment | None = None
    anker: Segment | None = None
    betegnelse: str = ""


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
        betegnelse: str = "",
        overskrift: str | None = None,
        sitat: str | None = None,
        av: Identitet | None = None,
        innsendt: bool = False,
    ) -> Forslag:
        """Record a proposal. `av`: who records it; with `innsendt` a member's own, not yet taken in.

        Raises `InvalidInput` on an empty text or mover, or a missing or foreign target; `Refusal` when the target has
        fallen, and, as every recording here, when the treatment is over.
        """
        self._voteringer.krev_aapen(moetesak)
        innhold = Forslagsinnhold(forslagstype, blokker, stillere, paa_vegne_av, maal, anker, betegnelse)
        self._krev_gyldig(moetesak, innhold)
        forslag = Forslag(
            moetesak=moetesak,
            nummer=self._neste_nummer(moetesak),
            rekkefoelge=neste_rekkefoelge(self._session, moetesak),
            overskrift=overskrift,
            sitat=sitat,
            framsatt=self._clock.now(),
            innsendt_av_id=av.bruker_id if av and innsendt else None,
            mottatt=None if innsendt else self._clock.now(),
        )
        self._sett(forslag, innhold)
        self._session.add(forslag)
        self._spor(forslag, Forslagshendelse.INNSENDT if innsendt else Forslagshendelse.FOERT, av)
        self._moeter.merk_endret(moetesak)
        return forslag

    def foer(self, moetesak: Moetesak, innhold: Forslagsinnhold, av: Identitet, *, innsendt: bool = False) -> Forslag:
        """Record a proposal as its form tells it. Raises as `fremsett`."""
        return self.fremsett(
            moetesak,
            innhold.forslagstype,
            innhold.blokker,
            innhold.stillere,
            paa_vegne_av=innhold.paa_vegne_av,
            maal=innhold.maal,
            anker=innhold.anker,
            betegnelse=innhold.betegnelse,
            av=av,
            innsendt=innsendt,
        )

    def endre(self, forslag: Forslag, innhold: Forslagsinnhold, av: Identitet, *, av_stilleren: bool = False) -> None:
        """Change a proposal; how it stood before is kept. Changed by its mover, it waits to be taken in again.

        Raises as `fremsett`, and `Refusal` when it has been voted on or withdrawn.
        """
        self._krev_ubehandlet(forslag, "endres")
        self._krev_gyldig(forslag.moetesak, innhold)
        foer = forslag_som_felter(forslag)
        self._sett(forslag, innhold)
        forslag.overskrift = None
        if forslag_som_felter(forslag) == foer:
            return
        if av_stilleren:
            forslag.mottatt = None
        self._spor(forslag, Forslagshendelse.ENDRET, av, foer)
        self._moeter.merk_endret(forslag.moetesak)

    def ta_inn(self, forslag: Forslag, av: Identitet) -> None:
        """Take a filed proposal into the treatment. Raises `Refusal` when it does not wait for that."""
        self._voteringer.krev_aapen(forslag.moetesak)
        if not forslag.venter:
            raise Refusal([f"Forslag {forslag.nummer} venter ikke på å bli tatt inn."])
        forslag.mottatt = self._clock.now()
        self._spor(forslag, Forslagshendelse.TATT_INN, av)
        self._moeter.merk_endret(forslag.moetesak)

    def trekk(self, forslag: Forslag, av: Identitet | None = None) -> None:
        """Withdraw a proposal. Raises `Refusal` when it has been voted on or withdrawn."""
        self._krev_ubehandlet(forslag, "trekkes")
        forslag.utfall = Forslagsstatus.TRUKKET
        self._spor(forslag, Forslagshendelse.TRUKKET, av)
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

    def slutt_til(self, merknad: Merknad, partier: Sequence[Parti], av: Identitet | None = None) -> None:
        """Parties join a remark, in this order; its own party and those that have joined are passed over."""
        self._voteringer.krev_aapen(merknad.moetesak)
        med = {merknad.parti_id, *(rad.parti_id for rad in merknad.tilslutninger)}
        for parti in partier:
            if parti.id not in med:
                med.add(parti.id)
                neste = max((rad.rekkefoelge for rad in merknad.tilslutninger), default=0) + 1
                merknad.tilslutninger.append(Merknadstilslutning(parti=parti, parti_id=parti.id, rekkefoelge=neste))
                self._spor(merknad, Forslagshendelse.SLUTTET_SEG_TIL, av, om=parti.kode)
        self._moeter.merk_endret(merknad.moetesak)

    def gaa_ut(self, merknad: Merknad, parti: Parti, av: Identitet) -> None:
        """A party that joined a remark leaves it. Raises `Refusal` when it has not joined."""
        self._voteringer.krev_aapen(merknad.moetesak)
        rad = next((rad for rad in merknad.tilslutninger if rad.parti_id == parti.id), None)
        if rad is None:
            raise Refusal([Reason(f"{parti.kode} har ikke sluttet seg til merknad {merknad.nummer}.", felt="parti")])
        merknad.tilslutninger.remove(rad)
        self._spor(merknad, Forslagshendelse.GIKK_UT, av, om=parti.kode)
        self._moeter.merk_endret(merknad.moetesak)

    def spor(self, moetesak: Moetesak) -> Mapping[int, Sequence[Forslagsspor]]:
        """What happened to each proposal and remark of a treatment, by number, the oldest first."""
        rader = self._session.scalars(
            sa.select(Forslagsspor).where(Forslagsspor.moetesak_id == moetesak.id).order_by(Forslagsspor.id)
        )
        funnet: dict[int, list[Forslagsspor]] = {}
        for rad in rader:
            funnet.setdefault(rad.nummer, []).append(rad)
        return funnet

    def _spor(
        self,
        ting: Forslag | Merknad,
        hendelse: Forslagshendelse,
        av: Identitet | None,
        foer: dict[str, str] | None = None,
        om: str | None = None,
    ) -> None:
        """Without `av` (the demo and what is read from old minutes) nobody is there to be named."""
        if av is None:
            return
        self._session.add(
            Forslagsspor(
                moetesak_id=ting.moetesak.id,
                nummer=ting.nummer,
                hendelse=hendelse,
                tidspunkt=self._clock.now(),
                navn=av.navn,
                bruker_id=av.bruker_id,
                foer=foer,
                om=om,
            )
        )

    def _sett(self, forslag: Forslag, innhold: Forslagsinnhold) -> None:
        forslag.forslagstype = innhold.forslagstype
        malform = forslag.moetesak.utvalg.malform
        vanlig = vanlig_betegnelse(innhold.forslagstype, len(innhold.stillere), malform)
        forslag.betegnelse = innhold.betegnelse or vanlig
        forslag.blokker = innhold.blokker
        forslag.maal, forslag.anker = innhold.maal, innhold.anker
        forslag.stillere = _beholdt(forslag.stillere, [_stillerrad(*ett) for ett in enumerate(innhold.stillere, 1)])
        forslag.paa_vegne_av = _beholdt(
            forslag.paa_vegne_av,
            [ForslagPaaVegneAv(rekkefoelge=nr, parti=parti) for nr, parti in enumerate(innhold.paa_vegne_av, 1)],
        )

    def _krev_gyldig(self, moetesak: Moetesak, innhold: Forslagsinnhold) -> None:
        if not innhold.stillere:
            raise InvalidInput("Velg hvem som fremmer forslaget.", "stiller")
        if not innhold.blokker and innhold.forslagstype is not Forslagstype.STRYKNING:
            raise InvalidInput("Skriv teksten i forslaget.", "tekst")
        self._krev_maal(moetesak, innhold.forslagstype, innhold.maal)
        self._krev_egen(moetesak, innhold.anker, "anker")

    def _krev_ubehandlet(self, forslag: Forslag, hva: str) -> None:
        self._voteringer.krev_aapen(forslag.moetesak)
        if forslag.utfall is Forslagsstatus.TRUKKET:
            raise Refusal([f"Forslag {forslag.nummer} er trukket."])
        if self._er_votert(forslag):
            raise Refusal([f"Forslag {forslag.nummer} er votert over og kan ikke {hva}."])

    def _neste_nummer(self, moetesak: Moetesak) -> int:
        forslag = [rad.nummer for rad in forslag_i(self._session, moetesak)]
        merknader = [rad.nummer for rad in merknader_i(self._session, moetesak)]
        return max([*forslag, *merknader], default=0) + 1

    def _er_votert(self, forslag: Forslag) -> bool:
        soek = sa.select(Voteringsobjekt.id).where(Voteringsobjekt.forslag_id == forslag.id).limit(1)
        return self._session.scalar(soek) is not None

    def _krev_maal(self, moetesak: Moetesak, forslagstype: Forslagstype, maal: Segment | None) -> None:
        if forslagstype in MED_MAAL and maal is None:
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


def forslag_som_felter(forslag: Forslag) -> dict[str, str]:
    """A proposal as its form shows it: field to text."""
    malform = forslag.moetesak.utvalg.malform
    vanlig = vanlig_betegnelse(forslag.forslagstype, len(forslag.stillere), malform)
    return {
        "type": forslag.forslagstype.value,
        "stiller": "; ".join(f"{rad.navn} ({rad.parti.kode})" if rad.parti else rad.navn for rad in forslag.stillere),
        "paa_vegne_av": ", ".join(rad.parti.kode for rad in forslag.paa_vegne_av),
        "maal": segmentnoekkel(forslag.maal) if forslag.maal else "",
        "anker": segmentnoekkel(forslag.anker) if forslag.anker else "",
        "betegnelse": "" if forslag.betegnelse == vanlig else forslag.betegnelse,
        "tekst": to_notation(forslag.blokker),
    }


def _stillerrad(nummer: int, stiller: Stillerdata) -> Forslagsstiller:
    return Forslagsstiller(rekkefoelge=nummer, navn=stiller.navn, person=stiller.person, parti=stiller.parti)


def _beholdt(rader: list[Any], nye: list[Any]) -> list[Any]:
    """The rows that are to stand. Rows have their place as key, so those that exist are written over, not replaced."""
    for rad, ny in zip(rader, nye, strict=False):
        for felt in ("navn", "person", "parti"):
            if hasattr(ny, felt):
                setattr(rad, felt, getattr(ny, felt))
    return [*rader[: len(nye)], *nye[len(rader) :]]
