"""The course of a meeting: the agenda put in order and sent, the meeting opened, adjourned, called off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from saksbehandling.clock import OSLO, SystemClock
from saksbehandling.errors import Conflict, Reason, Refusal
from saksbehandling.moete import rules
from saksbehandling.moete.events import MoeteEndret, MoeteHevet, MoeteSatt
from saksbehandling.moete.kodeverk import Moetehendelse
from saksbehandling.moete.models import Moete, Moetesak, Moetesaksutfall
from saksbehandling.moete.nummer import ordne
from saksbehandling.moete.regelsett import regler_for
from saksbehandling.moete.saksliste import SakslisteService
from saksbehandling.moete.services import MoeteService
from saksbehandling.richtext import parse_notation
from saksbehandling.utvalg.services import UtvalgService

UNDER_BEHANDLING = "til_behandling"
HASTESAKSNOTAT = (
    "Saken sto ikke på den utsendte sakslisten. Møtelederen tok den opp i møtet, "
    "og {mot} motsatte seg at den ble behandlet."
)


class Moetegang:
    """Everything happens in the caller's transaction; `meld` is called when the meeting is opened or adjourned."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        utvalg: UtvalgService,
        moeter: MoeteService,
        sakslister: SakslisteService,
        meld: Callable[[object], None],
    ) -> None:
        self._session = session
        self._clock = clock
        self._utvalg = utvalg
        self._moeter = moeter
        self._sakslister = sakslister
        self._meld = meld

    def naa(self) -> dt.time:
        """The wall time."""
        return self._clock.now().astimezone(OSLO).time().replace(second=0, microsecond=0)

    def ordne(self, moete: Moete, orden: Sequence[int], sett: Sequence[int]) -> None:
        """Put the draft agenda in the order of these ids. `sett`: the order that the person saw.

        Raises `Conflict` when it has changed since, `Refusal` when the agenda is sent: then the numbers stand.
        """
        saker = {sak.id: sak for sak in moete.saksliste.saker} if moete.saksliste else {}
        if list(saker) != list(sett) or sorted(orden) != sorted(saker):
            raise Conflict("Noen andre har endret sakslisten etter at du åpnet siden. Se hvordan den er nå.")
        if moete.saksliste is not None and moete.saksliste.publisert:
            hjemmel = regler_for(moete.dato).hjemmel.innkalling
            raise Refusal([Reason("Sakslisten er sendt, og da ligger rekkefølge og numre fast.", hjemmel)])
        ordne(self._session, [saker[nr] for nr in orden])

    def innkall(self, moete: Moete, begrunnelse: str = "") -> None:
        """Send the summons with the agenda. Raises `Refusal` when it is late and nobody says why."""
        self._fyr(moete, Moetehendelse.INNKALL)
        regler = self._utvalg.regler(moete.utvalg, moete.dato)
        frist, hjemmel = regler.innkallingsfrist, regler.hjemmel
        sent = rules.for_sen_innkalling(moete.dato, self._clock.today(), frist, hjemmel, regler_for(moete.dato))
        if sent is not None and not begrunnelse:
            raise Refusal([sent])
        self._sakslister.publiser(moete)
        if moete.saksliste is not None and sent is not None:
            moete.saksliste.sen_begrunnelse = begrunnelse

    def ta_opp(self, moetesak: Moetesak, mot: int, *, moeteleder_mot: bool) -> None:
        """Take up a case that was raised in the meeting, and minute that it could be. Raises `Refusal`."""
        moete = moetesak.moete
        til_stede = len(self._moeter.til_stede(moete))
        grunner = rules.motstand_mot_ny_sak(
            til_stede, mot, moeteleder_mot=moeteleder_mot, regler=regler_for(moete.dato)
        )
        if grunner:
            raise Refusal(grunner)
        tekst = HASTESAKSNOTAT.format(mot=f"{mot} av {til_stede} til stede" if mot else "ingen")
        self._moeter.noter(moetesak, parse_notation(tekst))

    def sett(self, moete: Moete, kl: dt.time | None = None) -> None:
        """Open the meeting, or take it up again. Raises `Refusal` when attendance is not recorded."""
        self._fyr(moete, Moetehendelse.SETT)
        if not moete.oppmoete:
            hjemmel = regler_for(moete.dato).hjemmel.protokoll
            raise Refusal([Reason("Frammøtet er ikke ført. Før hvem som er til stede før møtet settes.", hjemmel)])
        moete.starttid = moete.starttid or kl or self.naa()
        moete.sluttid = None
        self._session.flush()
        self._meld(MoeteSatt(moete.id))

    def hev(self, moete: Moete, kl: dt.time | None = None) -> None:
        """Adjourn the meeting. Raises `Refusal` naming every case that is still open."""
        self._fyr(moete, Moetehendelse.HEV)
        saker = moete.saksliste.saker if moete.saksliste else []
        aapne = [sak for sak in saker if sak.flyt is not None and sak.utfall is Moetesaksutfall.AAPEN]
        if aapne:
            raise Refusal([f"{sak.saksnummer} {_aapen(sak)}" for sak in aapne])
        moete.sluttid = kl or self.naa()
        self._session.flush()
        self._meld(MoeteHevet(moete.id))

    def avslutt(self, moete: Moete) -> None:
        """The meeting is over for good: it is adjourned and its protocol approved. Raises `Refusal` otherwise."""
        self._fyr(moete, Moetehendelse.AVSLUTT)
        self._session.flush()

    def avlys(self, moete: Moete) -> None:
        """Call the meeting off. Raises `Refusal` while cases stand on its agenda."""
        self._fyr(moete, Moetehendelse.AVLYS)
        saker = moete.saksliste.saker if moete.saksliste else []
        staar = [sak.saksnummer for sak in saker if sak.utfall is Moetesaksutfall.AAPEN]
        if staar:
            raise Refusal([f"{', '.join(staar)} står på sakslisten. Utsett eller trekk sakene før møtet avlyses."])
        self._session.flush()

    def _fyr(self, moete: Moete, hendelse: Moetehendelse) -> None:
        ny = rules.etter(moete.status, hendelse)
        if isinstance(ny, Reason):
            raise Refusal([ny])
        moete.status = ny
        self._meld(MoeteEndret(moete.id))


def _aapen(sak: Moetesak) -> str:
    if sak.flyt is not None and sak.flyt.aktive == UNDER_BEHANDLING:
        return "er under behandling. Avslutt, utsett eller trekk den før møtet heves."
    return "er ikke tatt opp. Behandle, utsett eller trekk den før møtet heves."
