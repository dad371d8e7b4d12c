"""From a decided treatment to its saksprotokoll: approve it and freeze its data, correct it, publish it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.errors import Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.services import MoeteService
from saksbehandling.protokoll.data import (
    ELEKTRONISK_GODKJENT,
    Godkjenning,
    Rettelse,
    Saksprotokolldata,
    fra_json,
    til_json,
)
from saksbehandling.protokoll.events import ProtokollFrosset
from saksbehandling.protokoll.filer import Saksprotokollfiler
from saksbehandling.protokoll.haandredigering import HaandredigeringService
from saksbehandling.protokoll.lesing import protokoll_i
from saksbehandling.protokoll.models import Protokoll
from saksbehandling.protokoll.utkast import Saksprotokollutkast
from saksbehandling.richtext import Blocks


class ProtokollService:
    """Everything happens in the caller's transaction."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        moeter: MoeteService,
        utkast: Saksprotokollutkast,
        filer: Saksprotokollfiler,
        haandredigeringer: HaandredigeringService,
        meld: Callable[[object], None],
    ) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter
        self._utkast = utkast
        self._filer = filer
        self._haandredigeringer = haandredigeringer
        self._meld = meld

    def godkjenn(self, moetesak: Moetesak, identitet: Identitet, *, dato: Any = None) -> Protokoll:
        """Approve the protocol: its data are frozen here, and the document is made from them and nothing else.

        Raises `Refusal` with the workflow's reasons, and while an edited document is not settled.
        """
        self._haandredigeringer.krev_besvart(self._filer.kilde(moetesak))
        self._moeter.hendelse(moetesak, "godkjenn_protokoll", identitet, dato=dato)
        godkjenning = Godkjenning(
            ELEKTRONISK_GODKJENT[moetesak.utvalg.malform], (identitet.navn,), dato or self._clock.today()
        )
        return self.frys(moetesak, self._utkast.utkast(moetesak, godkjenning), identitet)

    def frys(self, moetesak: Moetesak, data: Saksprotokolldata, identitet: Identitet) -> Protokoll:
        """Store `data` as the next version of the protocol; its document is made by the worker after the commit."""
        siste = protokoll_i(self._session, moetesak)
        protokoll = Protokoll(
            moetesak=moetesak,
            versjonsnummer=siste.versjonsnummer + 1 if siste else 1,
            data=til_json(data),
            frosset=self._clock.now(),
            godkjent=self._clock.now(),
            godkjent_av=identitet.navn,
        )
        self._session.add(protokoll)
        self._session.flush()
        self._meld(ProtokollFrosset(protokoll.id))
        return protokoll

    def rett(
        self, moetesak: Moetesak, overskrift: str, tekst: Blocks, begrunnelse: str, identitet: Identitet
    ) -> Protokoll:
        """Append a correction to an approved protocol, as its next version; the words before it stand.

        Raises `Refusal` where nothing is approved.
        """
        forrige = protokoll_i(self._session, moetesak)
        if forrige is None:
            raise Refusal([f"Protokollen for {moetesak.saksnummer} er ikke godkjent ennå. Rett teksten i stedet."])
        data = fra_json(forrige.data)
        rettelser = (*data.rettelser, Rettelse(overskrift, tekst, begrunnelse))
        return self.frys(moetesak, replace(data, rettelser=rettelser), identitet)

    def publiser(self, moetesak: Moetesak, identitet: Identitet, *, dato: Any = None) -> None:
        """Let everybody see the treatment.

        Raises `Refusal` when it is not approved or its screening or document is not settled.
        """
        self._haandredigeringer.krev_besvart(self._filer.kilde(moetesak))
        self._moeter.hendelse(moetesak, "publiser", identitet, dato=dato)
        protokoll = protokoll_i(self._session, moetesak)
        if protokoll is None:
            return
        self._session.refresh(protokoll, with_for_update=True)  # the worker may be making the document just now
        if protokoll.dokumentversjon is not None:
            protokoll.dokumentversjon.dokument.journalpost.publisert = moetesak.publisert
