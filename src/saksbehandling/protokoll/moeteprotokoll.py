"""The protocol of a meeting that is over: freeze the words, sign them, append corrections."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping

from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.errors import InvalidInput, Reason, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.lesing import saksliste
from saksbehandling.moete.models import Moete, Moetesak, Moetesaksutfall
from saksbehandling.protokoll.events import MoeteprotokollEndret
from saksbehandling.protokoll.haandredigering import HaandredigeringService
from saksbehandling.protokoll.lesing import moeteprotokoll_i
from saksbehandling.protokoll.models import Moeteprotokoll, Protokollrettelse, Protokollunderskrift
from saksbehandling.protokoll.moetedata import til_json
from saksbehandling.protokoll.moeteutkast import Moeteprotokollutkast
from saksbehandling.protokoll.ordlyd import protokollord, rettelsesoverskrift
from saksbehandling.protokoll.services import ProtokollService
from saksbehandling.richtext import Blocks
from saksbehandling.votering.rules import regler_for


class MoeteprotokollService:
    """Everything happens in the caller's transaction."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        protokoller: ProtokollService,
        utkast: Moeteprotokollutkast,
        haandredigeringer: HaandredigeringService,
        meld: Callable[[object], None],
    ) -> None:
        self._session = session
        self._clock = clock
        self._protokoller = protokoller
        self._utkast = utkast
        self._haandredigeringer = haandredigeringer
        self._meld = meld

    def legg_fram(self, moete: Moete, identitet: Identitet, *, godkjennes_i: Moetesak | None = None) -> Moeteprotokoll:
        """Freeze the words, so that they can be approved and signed.

        `godkjennes_i`: the item of a later meeting in which the body approves. Raises `Refusal` with every treatment
        that is not over, `InvalidInput` on an item that is of another body or no later.
        """
        grunner = [*self._uferdige(moete), *self._allerede(moete)]
        if grunner:
            raise Refusal(grunner)
        self._krev_senere(moete, godkjennes_i)
        data = til_json(self._utkast.utkast(moete))
        protokoll = Moeteprotokoll(
            moete=moete,
            data=data,
            sjekksum=sjekksum(data),
            frosset=self._clock.now(),
            lagt_fram_av=identitet.navn,
            godkjennes_i=godkjennes_i,
        )
        self._session.add(protokoll)
        self._session.flush()
        return protokoll

    def ta_tilbake(self, protokoll: Moeteprotokoll) -> None:
        """Let the words be changed again. Raises `Refusal` when somebody has approved or signed them."""
        if protokoll.godkjent or protokoll.underskrifter:
            raise Refusal(["Protokollen er godkjent eller underskrevet. Det som er feil, rettes med en rettelse."])
        self._session.delete(protokoll)
        self._session.flush()

    def underskriv(self, protokoll: Moeteprotokoll, identitet: Identitet, funksjon: str) -> Protokollunderskrift:
        """Sign the frozen words, or the edited document that is in their place.

        Raises `InvalidInput` without a function, `Refusal` when already signed.
        """
        if identitet.bruker_id is None or not funksjon.strip():
            raise InvalidInput("Skriv hva du underskriver som, for eksempel møteleder.", "funksjon")
        if any(rad.bruker_id == identitet.bruker_id for rad in protokoll.underskrifter):
            raise Refusal(["Du har alt underskrevet protokollen."])
        redigert = self._haandredigeringer.gjeldende(protokoll.moete)
        underskrift = Protokollunderskrift(
            bruker_id=identitet.bruker_id,
            navn=identitet.navn,
            funksjon=funksjon.strip(),
            erklaering=protokollord(protokoll.data["malform"]).erklaering,
            sjekksum=redigert.sjekksum if redigert else protokoll.sjekksum,
            tidspunkt=self._clock.now(),
        )
        protokoll.underskrifter.append(underskrift)
        self._session.flush()
        self._meld(MoeteprotokollEndret(protokoll.moete_id))
        return underskrift

    def rett(
        self,
        protokoll: Moeteprotokoll,
        identitet: Identitet,
        blokker: Blocks,
        begrunnelse: str,
        moetesak: Moetesak | None = None,
    ) -> Protokollrettelse:
        """Append a correction; what stands is never changed. The saksprotokoll that it is about gets it too.

        Raises `InvalidInput` without a text or a reason, `Refusal` before the protocol is approved.
        """
        if protokoll.godkjent is None:
            raise Refusal(["Protokollen er ikke godkjent ennå. Ta den tilbake og rett teksten i stedet."])
        if not blokker:
            raise InvalidInput("Skriv hva som skal stå.", "tekst")
        if not begrunnelse.strip():
            raise InvalidInput("Skriv hvorfor protokollen rettes.", "begrunnelse")
        rettelse = Protokollrettelse(
            nummer=len(protokoll.rettelser) + 1,
            moetesak=moetesak,
            blokker=blokker,
            begrunnelse=begrunnelse.strip(),
            skrevet_av=identitet.navn,
            tidspunkt=self._clock.now(),
        )
        protokoll.rettelser.append(rettelse)
        self._session.flush()
        self._meld(MoeteprotokollEndret(protokoll.moete_id))
        if moetesak is not None:
            malform = protokoll.data["malform"]
            grunn = f"{protokollord(malform).begrunnelse}: {rettelse.begrunnelse}"
            self._protokoller.rett(moetesak, rettelsesoverskrift(rettelse, malform), blokker, grunn, identitet)
        return rettelse

    def _uferdige(self, moete: Moete) -> Iterable[Reason]:
        saker = saksliste(self._session, moete)
        if not saker:
            yield Reason("Møtet har ingen saker å protokollføre.")
        for moetesak in saker:
            if moetesak.utfall is Moetesaksutfall.AAPEN:
                tekst = f"{moetesak.saksnummer} er ikke ferdig. Fatt vedtak, utsett eller trekk saken."
                yield Reason(tekst, hjemmel(moete), f"/moetesaker/{moetesak.id}/registrer")

    def _allerede(self, moete: Moete) -> Iterable[Reason]:
        if moeteprotokoll_i(self._session, moete) is not None:
            yield Reason("Protokollen er alt lagt fram.")

    def _krev_senere(self, moete: Moete, i: Moetesak | None) -> None:
        if i is not None and (i.utvalg.id != moete.utvalg_id or i.moete.dato <= moete.dato):
            raise InvalidInput("Velg en sak i et senere møte i samme utvalg.", "godkjennes_i")


def sjekksum(data: Mapping[str, object]) -> str:
    """SHA-256 of the frozen data, which a signature names."""
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def hjemmel(moete: Moete) -> str:
    """What the law of that day says of protocols."""
    return regler_for(moete.dato).hjemmel.protokoll
