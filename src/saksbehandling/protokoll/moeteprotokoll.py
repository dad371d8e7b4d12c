"""From a meeting that is over to its møteprotokoll: freeze the words, approve, sign, append corrections, publish."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from saksbehandling.clock import SystemClock
from saksbehandling.errors import InvalidInput, Reason, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.lesing import saksliste
from saksbehandling.moete.models import Moete, Moetesak, Moetesaksutfall, Saksliste
from saksbehandling.moete.services import MoeteService
from saksbehandling.protokoll.data import Godkjenning
from saksbehandling.protokoll.events import MoeteprotokollEndret, MoeteprotokollGodkjent
from saksbehandling.protokoll.haandredigering import HaandredigeringService
from saksbehandling.protokoll.lesing import moeteprotokoll_i
from saksbehandling.protokoll.models import Moeteprotokoll, Protokollrettelse, Protokollunderskrift
from saksbehandling.protokoll.moetedata import fra_json, til_json
from saksbehandling.protokoll.moetefiler import Moeteprotokollfiler
from saksbehandling.protokoll.moeteutkast import Moeteprotokollutkast
from saksbehandling.protokoll.ordlyd import godkjenningssetning, protokollord, rettelsesoverskrift
from saksbehandling.protokoll.services import ProtokollService
from saksbehandling.richtext import Blocks
from saksbehandling.votering.rules import regler_for

VENTER_PAA_GODKJENNING = frozenset({"behandlet", "utsatt", "tilbakesendt"})


class MoeteprotokollService:
    """Everything happens in the caller's transaction."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        moeter: MoeteService,
        protokoller: ProtokollService,
        utkast: Moeteprotokollutkast,
        filer: Moeteprotokollfiler,
        haandredigeringer: HaandredigeringService,
        meld: Callable[[object], None],
    ) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter
        self._protokoller = protokoller
        self._utkast = utkast
        self._filer = filer
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

    def godkjenn(self, protokoll: Moeteprotokoll, identitet: Identitet, *, merknad: str = "") -> None:
        """Note that the body approved, and with it the saksprotokoll of each treatment that nobody had approved.

        `merknad`: what the body remarked. Raises `Refusal` while the item that approves it is not treated, and with the
        workflow's reasons.
        """
        if protokoll.godkjent:
            raise Refusal(["Protokollen er alt godkjent."])
        self._haandredigeringer.krev_besvart(self._filer.kilde(protokoll.moete))
        i = protokoll.godkjennes_i
        if i is not None and i.utfall is not Moetesaksutfall.BEHANDLET:
            tekst = (
                f"{i.saksnummer} i møtet {i.moete.dato:%d.%m.%Y}, der protokollen skal godkjennes, er ikke behandlet."
            )
            raise Refusal([Reason(tekst, _hjemmel(protokoll.moete))])
        protokoll.godkjent, protokoll.godkjent_av = self._clock.now(), identitet.navn
        protokoll.merknad = merknad or None
        self._godkjenn_sakene(protokoll, identitet)
        self._meld(MoeteprotokollGodkjent(protokoll.moete_id))
        self._meld(MoeteprotokollEndret(protokoll.moete_id))

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
            self._protokoller.rett(moetesak, rettelsesoverskrift(rettelse), blokker, rettelse.begrunnelse, identitet)
        return rettelse

    def publiser(self, protokoll: Moeteprotokoll, identitet: Identitet) -> Sequence[Moetesak]:
        """Let everybody read the public parts, and publish the treatments that nobody had published; gives those.

        Raises `Refusal` before approval, and with every reason why a treatment cannot be published.
        """
        if protokoll.godkjent is None:
            raise Refusal([Reason("Protokollen er ikke godkjent ennå.", _hjemmel(protokoll.moete))])
        if protokoll.publisert:
            raise Refusal(["Protokollen er alt publisert."])
        self._haandredigeringer.krev_besvart(self._filer.kilde(protokoll.moete))
        klare = [
            ett
            for ett in saksliste(self._session, protokoll.moete)
            if ett.flyt and ett.flyt.aktive == "protokoll_godkjent"
        ]
        _alle(klare, lambda moetesak: self._protokoller.publiser(moetesak, identitet))
        protokoll.publisert, protokoll.publisert_av = self._clock.now(), identitet.navn
        self._session.flush()
        self._meld(MoeteprotokollEndret(protokoll.moete_id))
        return klare

    def kan_godkjenne_i(self, moete: Moete) -> Sequence[Moetesak]:
        """Items of later meetings of the body, in which the protocol can be approved."""
        return self._session.scalars(
            sa.select(Moetesak)
            .join(Moetesak.saksliste)
            .join(Saksliste.moete)
            .where(Moete.utvalg_id == moete.utvalg_id, Moete.dato > moete.dato)
            .options(joinedload(Moetesak.nummer))
            .order_by(Moete.dato, Moetesak.rekkefoelge)
            .limit(100)
        ).all()

    def _godkjenn_sakene(self, protokoll: Moeteprotokoll, identitet: Identitet) -> None:
        """Each gets the words that were frozen with the meeting's."""
        frosset = {ett.moetesak_id: ett.sak for ett in fra_json(protokoll.data).saker}
        setning = godkjenningssetning(protokoll)
        godkjenning = Godkjenning(setning, (identitet.navn,), self._clock.today())

        def godkjenn(moetesak: Moetesak) -> None:
            self._moeter.hendelse(moetesak, "godkjenn_protokoll", identitet)
            if sak := frosset.get(moetesak.id):
                self._protokoller.frys(moetesak, replace(sak, godkjenning=godkjenning), identitet)

        venter = [
            ett
            for ett in saksliste(self._session, protokoll.moete)
            if ett.flyt and ett.flyt.aktive in VENTER_PAA_GODKJENNING
        ]
        _alle(venter, godkjenn)

    def _uferdige(self, moete: Moete) -> Iterable[Reason]:
        saker = saksliste(self._session, moete)
        if not saker:
            yield Reason("Møtet har ingen saker å protokollføre.")
        for moetesak in saker:
            if moetesak.utfall is Moetesaksutfall.AAPEN:
                tekst = f"{moetesak.saksnummer} er ikke ferdig. Fatt vedtak, utsett eller trekk saken."
                yield Reason(tekst, _hjemmel(moete), f"/moetesaker/{moetesak.id}/registrer")

    def _allerede(self, moete: Moete) -> Iterable[Reason]:
        if moeteprotokoll_i(self._session, moete) is not None:
            yield Reason("Protokollen er alt lagt fram.")

    def _krev_senere(self, moete: Moete, i: Moetesak | None) -> None:
        if i is not None and (i.utvalg.id != moete.utvalg_id or i.moete.dato <= moete.dato):
            raise InvalidInput("Velg en sak i et senere møte i samme utvalg.", "godkjennes_i")


def sjekksum(data: Mapping[str, object]) -> str:
    """SHA-256 of the frozen data, which a signature names."""
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


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


def _hjemmel(moete: Moete) -> str:
    return regler_for(moete.dato).hjemmel.protokoll
