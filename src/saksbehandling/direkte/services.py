"""Leading a meeting live: start and end, the item that is up, the doors, the gavel."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.direkte.endringer import Endringslogg
from saksbehandling.direkte.kodeverk import Direktehendelse
from saksbehandling.direkte.models import Direktemoete
from saksbehandling.direkte.talerliste import Talerliste
from saksbehandling.direkte.votering import aapen_votering
from saksbehandling.errors import InvalidInput, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.moete.services import MoeteService

LUKKING = "kommuneloven § 11-5"


class DirekteService:
    """Everything happens in the caller's transaction, and each change is noted in the meeting's log."""

    def __init__(
        self, session: Session, clock: SystemClock, moeter: MoeteService, logg: Endringslogg, talere: Talerliste
    ) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter
        self._logg = logg
        self._talere = talere

    def start(self, moete: Moete) -> Direktemoete:
        """The meeting is held from now on; one that was ended goes on. Raises `Refusal` before the agenda is sent."""
        if moete.saksliste is None or moete.saksliste.publisert is None:
            raise Refusal(["Sakslisten er ikke sendt ut. Send den før møtet settes."])
        direkte = self._session.get(Direktemoete, moete.id, with_for_update=True, populate_existing=True)
        if direkte is not None and direkte.avsluttet is None:
            return direkte
        if direkte is None:
            direkte = Direktemoete(moete=moete, startet=self._clock.now(), sekvens=0, lukket=False, strek=False)
            self._session.add(direkte)
            self._session.flush()
        direkte.avsluttet = None
        self._logg.noter(direkte, Direktehendelse.STARTET)
        return direkte

    def avslutt(self, moete: Moete) -> None:
        """The screens follow it no longer. Raises `Refusal` while a ballot is open."""
        if self._session.get(Direktemoete, moete.id) is None:
            return
        direkte = self._laas_uten_votering(moete)
        self._forlat_saken(direkte)
        direkte.moetesak, direkte.lukket, direkte.avsluttet = None, False, self._clock.now()
        self._logg.noter(direkte, Direktehendelse.AVSLUTTET)

    def ta_opp(self, moete: Moete, moetesak: Moetesak, identitet: Identitet, dato: dt.date) -> None:
        """Take up an item; one that waits on the agenda is opened. Raises `Refusal` while a ballot is open.

        `dato`: the day that the workflow notes. The doors stay as they are: closing is decided for each case.
        """
        direkte = self._laas_uten_votering(moete)
        if moetesak.moete.id != moete.id:
            raise InvalidInput("Saken står ikke på sakslisten for dette møtet.", "sak")
        self._forlat_saken(direkte)
        direkte.moetesak, direkte.klubbet, direkte.strek, direkte.lukket = moetesak, None, False, False
        if moetesak.flyt is not None and moetesak.flyt.aktive == "paa_saksliste":
            self._moeter.hendelse(moetesak, "aapne", identitet, dato=dato)
        self._logg.noter(direkte, Direktehendelse.SAK_TATT_OPP)

    def klubb(self, moete: Moete) -> None:
        """The gavel falls: the item is done, nobody waits for the floor. Raises `Refusal` while a ballot is open."""
        direkte = self._laas_uten_votering(moete)
        if direkte.moetesak is None:
            raise Refusal(["Ingen sak er oppe. Ta opp en sak først."])
        self._talere.toem(direkte.moetesak)
        direkte.klubbet = self._clock.now()
        self._logg.noter(direkte, Direktehendelse.KLUBBET)

    def sett_doerer(self, moete: Moete, *, lukket: bool) -> None:
        """Close or open the doors, as the body has decided. A case with exempt papers is closed by itself."""
        direkte = self._logg.laas(moete)
        direkte.lukket = lukket
        self._logg.noter(direkte, Direktehendelse.DOERENE)

    def sett_strek(self, moete: Moete, *, strek: bool) -> None:
        """Draw the line: nobody new may ask for the floor in this item; or take it away again."""
        direkte = self._logg.laas(moete)
        direkte.strek = strek
        self._logg.noter(direkte, Direktehendelse.TALERLISTE)

    def _laas_uten_votering(self, moete: Moete) -> Direktemoete:
        direkte = self._logg.laas(moete)
        if aapen_votering(self._session, moete.id) is not None:
            raise Refusal(["En votering er åpen. Lukk eller avbryt den først."])
        return direkte

    def _forlat_saken(self, direkte: Direktemoete) -> None:
        if direkte.moetesak is not None:
            self._talere.toem(direkte.moetesak)
