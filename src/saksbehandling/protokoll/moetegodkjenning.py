"""The body approves the protocol of its meeting, and it is published; with it the saksprotokoller that waited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import replace

from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.errors import Reason, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.lesing import saksliste
from saksbehandling.moete.models import Moete, Moetesak, Moetesaksutfall
from saksbehandling.moete.services import MoeteService
from saksbehandling.protokoll.data import Godkjenning
from saksbehandling.protokoll.events import MoeteprotokollEndret, MoeteprotokollGodkjent
from saksbehandling.protokoll.haandredigering import HaandredigeringService
from saksbehandling.protokoll.models import Moeteprotokoll
from saksbehandling.protokoll.moetedata import fra_json
from saksbehandling.protokoll.moetefiler import Moeteprotokollfiler
from saksbehandling.protokoll.moeteprotokoll import hjemmel
from saksbehandling.protokoll.ordlyd import godkjenningssetning
from saksbehandling.protokoll.services import ProtokollService

VENTER_PAA_GODKJENNING = frozenset({"behandlet", "utsatt", "tilbakesendt"})


class Moetegodkjenning:
    """Everything happens in the caller's transaction."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        moeter: MoeteService,
        protokoller: ProtokollService,
        filer: Moeteprotokollfiler,
        haandredigeringer: HaandredigeringService,
        meld: Callable[[object], None],
    ) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter
        self._protokoller = protokoller
        self._filer = filer
        self._haandredigeringer = haandredigeringer
        self._meld = meld

    def godkjenn(self, protokoll: Moeteprotokoll, identitet: Identitet, *, merknad: str = "") -> None:
        """Note that the body approved, and with it the saksprotokoll of each treatment that nobody had approved.

        `merknad`: what the body remarked. Raises `Refusal` while the item that approves it is not treated, and with the
        workflow's reasons.
        """
        if protokoll.godkjent:
            raise Refusal(["Protokollen er alt godkjent."])
        self._haandredigeringer.krev_besvart(self._filer.kilde(protokoll.moete))
        self._krev_behandlet(protokoll)
        protokoll.godkjent, protokoll.godkjent_av = self._clock.now(), identitet.navn
        protokoll.merknad = merknad or None
        self._godkjenn_sakene(protokoll, identitet)
        self._meld(MoeteprotokollGodkjent(protokoll.moete_id))
        self._meld(MoeteprotokollEndret(protokoll.moete_id))

    def publiser(self, protokoll: Moeteprotokoll, identitet: Identitet) -> Sequence[Moetesak]:
        """Let everybody read the public parts, and publish the treatments that nobody had published; gives those.

        Raises `Refusal` before approval, and with every reason why a treatment cannot be published.
        """
        if protokoll.godkjent is None:
            raise Refusal([Reason("Protokollen er ikke godkjent ennå.", hjemmel(protokoll.moete))])
        if protokoll.publisert:
            raise Refusal(["Protokollen er alt publisert."])
        self._haandredigeringer.krev_besvart(self._filer.kilde(protokoll.moete))
        klare = self._som_staar_i(protokoll.moete, {"protokoll_godkjent"})
        _alle(klare, lambda moetesak: self._protokoller.publiser(moetesak, identitet))
        protokoll.publisert, protokoll.publisert_av = self._clock.now(), identitet.navn
        self._session.flush()
        self._meld(MoeteprotokollEndret(protokoll.moete_id))
        return klare

    def _krev_behandlet(self, protokoll: Moeteprotokoll) -> None:
        i = protokoll.godkjennes_i
        if i is not None and i.utfall is not Moetesaksutfall.BEHANDLET:
            tekst = (
                f"{i.saksnummer} i møtet {i.moete.dato:%d.%m.%Y}, der protokollen skal godkjennes, er ikke behandlet."
            )
            raise Refusal([Reason(tekst, hjemmel(protokoll.moete))])

    def _godkjenn_sakene(self, protokoll: Moeteprotokoll, identitet: Identitet) -> None:
        """Each gets the words that were frozen with the meeting's."""
        frosset = {ett.moetesak_id: ett.sak for ett in fra_json(protokoll.data).saker}
        setning = godkjenningssetning(protokoll)
        godkjenning = Godkjenning(setning, (identitet.navn,), self._clock.today())

        def godkjenn(moetesak: Moetesak) -> None:
            self._moeter.hendelse(moetesak, "godkjenn_protokoll", identitet)
            if sak := frosset.get(moetesak.id):
                self._protokoller.frys(moetesak, replace(sak, godkjenning=godkjenning), identitet)

        _alle(self._som_staar_i(protokoll.moete, VENTER_PAA_GODKJENNING), godkjenn)

    def _som_staar_i(self, moete: Moete, tilstander: Set[str]) -> Sequence[Moetesak]:
        return [ett for ett in saksliste(self._session, moete) if ett.flyt and ett.flyt.aktive in tilstander]


def _alle(saker: Iterable[Moetesak], handling: Callable[[Moetesak], None]) -> None:
    """Do it with every one of them. Raises `Refusal` with the reasons of all that refuse."""
    grunner: list[Reason] = []
    for moetesak in saker:
        try:
            handling(moetesak)
        except Refusal as avslag:
            grunner += [replace(grunn, text=f"{moetesak.saksnummer}: {grunn.text}") for grunn in avslag.reasons]
    if grunner:
        raise Refusal(grunner)
