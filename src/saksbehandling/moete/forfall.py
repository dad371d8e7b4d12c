"""Who cannot come to a meeting, and which substitutes are called instead, in their group's elected order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from saksbehandling.clock import SystemClock
from saksbehandling.errors import InvalidInput, Reason, Refusal
from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.models import Bruker, Rolletildeling
from saksbehandling.identity.services import BrukerService
from saksbehandling.moete.kodeverk import Moetestatus, Varastatus
from saksbehandling.moete.models import Forfall, Moete, Varainnkalling
from saksbehandling.moete.regelsett import regler_for
from saksbehandling.moete.rules import Varaplass, neste_vara
from saksbehandling.utvalg.models import Funksjon, Medlemskap
from saksbehandling.utvalg.services import UtvalgService

KOMMER = (Varastatus.INNKALT, Varastatus.MOETER)


@dataclass(frozen=True, slots=True)
class Forfallsrad:
    """An absence with who is called for the member, and who is next in turn when nobody is. `hoppet_over`: declined."""

    forfall: Forfall
    innkalling: Varainnkalling | None
    neste: Medlemskap | None
    hoppet_over: Sequence[Varainnkalling]


class ForfallService:
    """Everything happens in the caller's transaction."""

    def __init__(self, session: Session, clock: SystemClock, utvalg: UtvalgService, brukere: BrukerService) -> None:
        self._session = session
        self._clock = clock
        self._utvalg = utvalg
        self._brukere = brukere

    def meld(
        self,
        moete: Moete,
        medlem: Medlemskap,
        grunn: str,
        hvem: str,
        *,
        fra: dt.time | None = None,
        til: dt.time | None = None,
    ) -> Forfall:
        """Report that a member cannot come. Raises `InvalidInput` without a reason, `Refusal` when it is done."""
        regler = regler_for(moete.dato)
        if moete.status in (Moetestatus.HEVET, Moetestatus.AVHOLDT, Moetestatus.AVLYST):
            raise Refusal([f"Møtet er {moete.status.value}. Forfall kan ikke meldes lenger."])
        if not grunn:
            raise InvalidInput("Skriv hvorfor. Medlemmer har plikt til å møte når de ikke har gyldig forfall.", "grunn")
        if fra is not None and til is not None and til <= fra:
            raise InvalidInput("Fraværet må slutte etter at det begynner.", "til")
        if self.for_medlem(moete, medlem) is not None:
            raise Refusal([Reason(f"{medlem.person.navn} har alt meldt forfall.", regler.hjemmel.moeteplikt, "person")])
        forfall = Forfall(
            moete_id=moete.id,
            medlemskap=medlem,
            grunn=grunn,
            fra=fra,
            til=til,
            meldt=self._clock.now(),
            meldt_av=hvem,
        )
        self._session.add(forfall)
        self._session.flush()
        return forfall

    def trekk(self, forfall: Forfall, moete: Moete) -> None:
        """The member comes after all; whoever was called in the member's place need not."""
        forfall.trukket = self._clock.now()
        for innkalling in self.innkallinger(moete):
            if innkalling.vara_for_id == forfall.medlemskap_id and innkalling.status in KOMMER:
                self._avslutt(innkalling, moete, Varastatus.IKKE_NOEDVENDIG)

    def kall_inn(self, forfall: Forfall, moete: Moete, hvem: str) -> Varainnkalling:
        """Call the next substitute of the member's group, who may read the body's papers until the meeting is over.

        Raises `Refusal` when somebody is called already, or nobody is left to call.
        """
        rad = self._rad(forfall, moete)
        hjemmel = regler_for(moete.dato).hjemmel.vara
        if rad.innkalling is not None:
            raise Refusal([Reason(f"{rad.innkalling.medlemskap.person.navn} er alt innkalt.", hjemmel)])
        if rad.neste is None:
            gruppe = forfall.medlemskap.gruppe
            raise Refusal(
                [Reason(f"{gruppe.navn if gruppe else 'Gruppen'} har ingen flere vara å kalle inn.", hjemmel)]
            )
        forfall.godkjent_av = forfall.godkjent_av or hvem
        self._gi_tilgang(rad.neste, moete)
        return self._ny_innkalling(forfall, rad.neste, moete, Varastatus.INNKALT, hvem)

    def hopp_over(self, forfall: Forfall, moete: Moete, hvem: str) -> Varainnkalling:
        """Note that the next in turn cannot come, without calling. Raises `Refusal` when nobody is next."""
        neste = self._rad(forfall, moete).neste
        if neste is None:
            raise Refusal([Reason("Ingen står for tur til å kalles inn.", regler_for(moete.dato).hjemmel.vara)])
        return self._ny_innkalling(forfall, neste, moete, Varastatus.KAN_IKKE, hvem)

    def svar(self, innkalling: Varainnkalling, moete: Moete, *, kommer: bool) -> None:
        """The substitute's answer. Raises `Refusal` when the call no longer stands."""
        if innkalling.status not in KOMMER:
            raise Refusal(["Innkallingen gjelder ikke lenger."])
        if kommer:
            innkalling.status, innkalling.svart = Varastatus.MOETER, self._clock.now()
        else:
            self._avslutt(innkalling, moete, Varastatus.KAN_IKKE)

    def for_medlem(self, moete: Moete, medlem: Medlemskap) -> Forfall | None:
        """The absence that stands for this member."""
        return next((rad for rad in self.alle(moete) if rad.medlemskap_id == medlem.id), None)

    def alle(self, moete: Moete) -> Sequence[Forfall]:
        """Every absence that stands, in the order they were reported."""
        soek = sa.select(Forfall).where(Forfall.moete_id == moete.id, Forfall.trukket.is_(None)).order_by(Forfall.id)
        return self._session.scalars(soek.options(joinedload(Forfall.medlemskap))).all()

    def innkallinger(self, moete: Moete) -> Sequence[Varainnkalling]:
        soek = sa.select(Varainnkalling).where(Varainnkalling.moete_id == moete.id).order_by(Varainnkalling.id)
        return self._session.scalars(soek.options(joinedload(Varainnkalling.medlemskap))).all()

    def oversikt(self, moete: Moete) -> list[Forfallsrad]:
        """Each absence with its substitute, or the next to call; nobody is proposed twice."""
        varaer = self._varaer(moete)
        plasser = [Varaplass(vara.id, vara.gruppe_id, vara.vararekkefoelge or 0) for vara in varaer.values()]
        innkallinger = self.innkallinger(moete)
        alle = self.alle(moete)
        opptatt = {rad.medlemskap_id for rad in innkallinger} | {rad.medlemskap_id for rad in alle}
        rader = []
        for forfall in alle:
            egne = [rad for rad in innkallinger if rad.vara_for_id == forfall.medlemskap_id]
            kommer = next((rad for rad in egne if rad.status in KOMMER), None)
            plass = None if kommer else neste_vara(forfall.medlemskap.gruppe_id, plasser, opptatt)
            if plass is not None:
                opptatt.add(plass.id)
            nei = [rad for rad in egne if rad.status is Varastatus.KAN_IKKE]
            rader.append(Forfallsrad(forfall, kommer, varaer[plass.id] if plass else None, nei))
        return rader

    def ventet(self, moete: Moete) -> tuple[list[Medlemskap], dict[int, Medlemskap]]:
        """Who is expected when the meeting opens: members without absence, and called substitutes (with for whom)."""
        borte = {rad.medlemskap_id for rad in self.alle(moete) if rad.fra is None}
        kommer = {rad.medlemskap_id: rad.vara_for for rad in self.innkallinger(moete) if rad.status in KOMMER}
        alle = self._utvalg.medlemmer(moete.utvalg, moete.dato)
        inne = [
            rad for rad in alle if rad.id in kommer or (rad.funksjon is not Funksjon.VARAMEDLEM and rad.id not in borte)
        ]
        return inne, kommer

    def _rad(self, forfall: Forfall, moete: Moete) -> Forfallsrad:
        return next(rad for rad in self.oversikt(moete) if rad.forfall is forfall)

    def _varaer(self, moete: Moete) -> dict[int, Medlemskap]:
        alle = self._utvalg.medlemmer(moete.utvalg, moete.dato)
        return {rad.id: rad for rad in alle if rad.funksjon is Funksjon.VARAMEDLEM}

    def _ny_innkalling(
        self, forfall: Forfall, vara: Medlemskap, moete: Moete, status: Varastatus, hvem: str
    ) -> Varainnkalling:
        innkalling = Varainnkalling(
            moete_id=moete.id,
            medlemskap=vara,
            vara_for=forfall.medlemskap,
            status=status,
            innkalt=self._clock.now(),
            innkalt_av=hvem,
        )
        self._session.add(innkalling)
        self._session.flush()
        return innkalling

    def _avslutt(self, innkalling: Varainnkalling, moete: Moete, status: Varastatus) -> None:
        innkalling.status, innkalling.svart = status, self._clock.now()
        self._ta_tilgang(innkalling.medlemskap, moete)

    def _gi_tilgang(self, vara: Medlemskap, moete: Moete) -> None:
        bruker = self._bruker(vara)
        if bruker is not None:
            fra = min(self._clock.today(), moete.dato)
            self._brukere.gi_rolle(bruker, Rolle.REPRESENTANT, moete.utvalg_id, fra=fra, til=moete.dato)

    def _ta_tilgang(self, vara: Medlemskap, moete: Moete) -> None:
        bruker = self._bruker(vara)
        for tildeling in list(bruker.roller) if bruker else []:
            if bruker is not None and _er_for_moetet(tildeling, moete):
                bruker.roller.remove(tildeling)
        self._session.flush()

    def _bruker(self, vara: Medlemskap) -> Bruker | None:
        return self._session.get(Bruker, vara.person.bruker_id) if vara.person.bruker_id is not None else None


def _er_for_moetet(tildeling: Rolletildeling, moete: Moete) -> bool:
    """Whether it is the role that a call to this meeting gave: a member's, in that body, until that day."""
    return (tildeling.rolle, tildeling.utvalg_id, tildeling.til) == (Rolle.REPRESENTANT, moete.utvalg_id, moete.dato)
