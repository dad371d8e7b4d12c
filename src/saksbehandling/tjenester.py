"""All services around one session, made on first use: for a request, the worker, the command line and tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from sqlalchemy.orm import Session

from saksbehandling import subscribers
from saksbehandling.clock import SystemClock
from saksbehandling.direkte.endringer import Endringslogg
from saksbehandling.direkte.services import DirekteService
from saksbehandling.direkte.talerliste import Talerliste
from saksbehandling.direkte.votering import Elektronisk, aapen_votering
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.identity.services import BrukerService
from saksbehandling.importering.services import ImportService
from saksbehandling.interfaces import IDocumentStore
from saksbehandling.jobs.services import UtboksService
from saksbehandling.maler.services import MalService
from saksbehandling.moete.forfall import ForfallService
from saksbehandling.moete.habilitet import HabilitetService
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.moetegang import Moetegang
from saksbehandling.moete.saksliste import SakslisteService
from saksbehandling.moete.services import MoeteService
from saksbehandling.protokoll.dokumenter import DokumentService
from saksbehandling.protokoll.filer import Saksprotokollfiler
from saksbehandling.protokoll.haandredigering import HaandredigeringService
from saksbehandling.protokoll.malslag import MALSLAG
from saksbehandling.protokoll.moetearkiv import Moetearkiv
from saksbehandling.protokoll.moetefiler import Moeteprotokollfiler
from saksbehandling.protokoll.moetegodkjenning import Moetegodkjenning
from saksbehandling.protokoll.moeteprotokoll import MoeteprotokollService
from saksbehandling.protokoll.moeteutkast import Moeteprotokollutkast
from saksbehandling.protokoll.saerutskrift import SaerutskriftService
from saksbehandling.protokoll.saksframleggfiler import Saksframleggfiler
from saksbehandling.protokoll.services import ProtokollService
from saksbehandling.protokoll.utkast import Saksprotokollutkast
from saksbehandling.saksmappe.etterarbeid import Etterarbeid
from saksbehandling.saksmappe.framlegg import SaksframleggService
from saksbehandling.saksmappe.pdf import PdfService
from saksbehandling.saksmappe.services import SaksmappeService
from saksbehandling.utvalg.services import UtvalgService
from saksbehandling.vakter import subjekt_for
from saksbehandling.valg.services import ValgService
from saksbehandling.vedtak.oppfoelging import OppfoelgingService
from saksbehandling.vedtak.services import VedtakService
from saksbehandling.vedtak.voteringsgang import Voteringsgang
from saksbehandling.votering.innlevering import InnleveringService
from saksbehandling.votering.services import VoteringService
from saksbehandling.votering.services_forslag import ForslagService
from saksbehandling.votering.services_navn import Navngiving
from saksbehandling.votering.services_tilfoersel import TilfoerselService
from saksbehandling.workflow_engine.registry import Registry
from saksbehandling.workflow_engine.service import WorkflowService


@dataclass(frozen=True, slots=True)
class Felles:
    """What all sessions share. `registry`: the checked workflow definitions; `store`: the document store."""

    kommune: str
    clock: SystemClock
    registry: Registry
    store: IDocumentStore
    renderer: DocxRenderer


class Tjenester:
    """The services that work in one session's transaction."""

    def __init__(self, felles: Felles, session: Session) -> None:
        self.felles = felles
        self.session = session

    @cached_property
    def utboks(self) -> UtboksService:
        return UtboksService(self.session, self.felles.clock)

    @cached_property
    def brukere(self) -> BrukerService:
        return BrukerService(self.session, self.felles.clock)

    @cached_property
    def utvalg(self) -> UtvalgService:
        return UtvalgService(self.session)

    @cached_property
    def flyt(self) -> WorkflowService:
        subjekter = partial(subjekt_for, self.session)
        return WorkflowService(self.session, self.felles.registry, self.felles.clock, subjekter)

    @cached_property
    def saker(self) -> SaksmappeService:
        return SaksmappeService(self.session, self.felles.clock, self.flyt, self._meld)

    @cached_property
    def saksframlegg(self) -> SaksframleggService:
        return SaksframleggService(self.session, self.felles.clock, self.saker)

    @cached_property
    def moeter(self) -> MoeteService:
        return MoeteService(self.session, self.felles.clock, self.flyt, self.utvalg, self._meld)

    @cached_property
    def sakslister(self) -> SakslisteService:
        return SakslisteService(self.session, self.felles.clock, self.flyt, self.utvalg, self._meld)

    @cached_property
    def habilitet(self) -> HabilitetService:
        return HabilitetService(self.session, self.felles.clock, self.moeter)

    @cached_property
    def moetegang(self) -> Moetegang:
        return Moetegang(self.session, self.felles.clock, self.utvalg, self.moeter, self.sakslister, self._meld)

    @cached_property
    def forfall(self) -> ForfallService:
        return ForfallService(self.session, self.felles.clock, self.utvalg, self.brukere)

    @cached_property
    def voteringer(self) -> VoteringService:
        return VoteringService(self.session, self.felles.clock, self.moeter, self.utvalg)

    @cached_property
    def navngiving(self) -> Navngiving:
        return Navngiving(self.session, self.moeter, self.voteringer)

    @cached_property
    def forslag(self) -> ForslagService:
        return ForslagService(self.session, self.felles.clock, self.moeter, self.voteringer)

    @cached_property
    def tilfoersler(self) -> TilfoerselService:
        return TilfoerselService(self.session, self.felles.clock, self.moeter, self.utvalg)

    @cached_property
    def valg(self) -> ValgService:
        return ValgService(self.session, self.felles.clock, self.moeter, self.forslag, self.voteringer)

    @cached_property
    def innlevering(self) -> InnleveringService:
        return InnleveringService(self.session, self.felles.clock, self.forslag, self.moeter, self._votering_aapen)

    def _votering_aapen(self, moetesak: Moetesak) -> bool:
        aapen = aapen_votering(self.session, moetesak.moete.id)
        return aapen is not None and aapen.moetesak_id == moetesak.id

    @cached_property
    def vedtak(self) -> VedtakService:
        return VedtakService(self.session, self.felles.clock, self.moeter, self.voteringer)

    @cached_property
    def voteringsgang(self) -> Voteringsgang:
        return Voteringsgang(self.session, self.felles.clock, self.moeter, self.voteringer)

    @cached_property
    def maler(self) -> MalService:
        return MalService(self.session, self.felles.clock, self.felles.store, MALSLAG)

    @cached_property
    def etterarbeid(self) -> Etterarbeid:
        return Etterarbeid(self.session, self.felles.store, self._meld)

    @cached_property
    def pdf(self) -> PdfService:
        return PdfService(self.session, self.felles.clock, self.felles.store, self._meld)

    @cached_property
    def endringer(self) -> Endringslogg:
        return Endringslogg(self.session, self.felles.clock)

    @cached_property
    def talere(self) -> Talerliste:
        return Talerliste(self.session, self.felles.clock, self.moeter, self.endringer)

    @cached_property
    def elektronisk(self) -> Elektronisk:
        return Elektronisk(self.session, self.felles.clock, self.moeter, self.voteringer, self.endringer)

    @cached_property
    def direkte(self) -> DirekteService:
        return DirekteService(self.session, self.felles.clock, self.moeter, self.endringer, self.talere)

    @cached_property
    def oppfoelging(self) -> OppfoelgingService:
        return OppfoelgingService(self.session, self.felles.clock, self.moeter)

    @cached_property
    def haandredigeringer(self) -> HaandredigeringService:
        return HaandredigeringService(self.session, self.felles.clock, self.felles.store)

    @cached_property
    def protokollutkast(self) -> Saksprotokollutkast:
        return Saksprotokollutkast(self.session, self.utvalg, self.felles.kommune)

    @cached_property
    def protokollfiler(self) -> Saksprotokollfiler:
        return Saksprotokollfiler(
            self.session,
            self.felles.clock,
            self.saker,
            self.protokollutkast,
            self.felles.renderer,
            self.felles.store,
            self.maler.velg,
            self.haandredigeringer,
            self.pdf,
        )

    @cached_property
    def protokoller(self) -> ProtokollService:
        return ProtokollService(
            self.session,
            self.felles.clock,
            self.moeter,
            self.protokollutkast,
            self.protokollfiler,
            self.haandredigeringer,
            self._meld,
        )

    @cached_property
    def moeteprotokollutkast(self) -> Moeteprotokollutkast:
        return Moeteprotokollutkast(self.session, self.utvalg, self.protokollutkast, self.forfall)

    @cached_property
    def moeteprotokollfiler(self) -> Moeteprotokollfiler:
        return Moeteprotokollfiler(
            self.session,
            self.moeteprotokollutkast,
            self.felles.renderer,
            self.maler.velg,
            self.haandredigeringer,
            self._meld,
        )

    @cached_property
    def moeteprotokoller(self) -> MoeteprotokollService:
        return MoeteprotokollService(
            self.session,
            self.felles.clock,
            self.protokoller,
            self.moeteprotokollutkast,
            self.haandredigeringer,
            self._meld,
        )

    @cached_property
    def moetegodkjenning(self) -> Moetegodkjenning:
        return Moetegodkjenning(
            self.session,
            self.felles.clock,
            self.moeter,
            self.protokoller,
            self.moeteprotokollfiler,
            self.haandredigeringer,
            self._meld,
        )

    @cached_property
    def moetearkiv(self) -> Moetearkiv:
        return Moetearkiv(
            self.session,
            self.saker,
            self.moeteprotokollfiler,
            self.felles.store,
            self.pdf,
        )

    @cached_property
    def dokumenter(self) -> DokumentService:
        return DokumentService(
            self.session, self.felles.clock, self.utvalg, self.protokollutkast, self.felles.renderer, self.maler.velg
        )

    @cached_property
    def saksframleggfiler(self) -> Saksframleggfiler:
        return Saksframleggfiler(
            self.session, self.felles.clock, self.saker, self.dokumenter, self.felles.store, self.pdf
        )

    @cached_property
    def saerutskrifter(self) -> SaerutskriftService:
        return SaerutskriftService(self.felles.clock, self.saker, self.dokumenter, self.felles.store, self.pdf)

    @cached_property
    def importering(self) -> ImportService:
        return ImportService(
            self.session,
            self.felles.clock,
            self.felles.store,
            self.utvalg,
            self.saker,
            self.vedtak,
            self.protokollutkast,
            self.protokoller,
            self.flyt,
        )

    @property
    def _meld(self) -> Callable[[object], None]:
        return lambda hendelse: subscribers.meld(self, hendelse)


TJENESTEKLASSER: dict[type[Any], Callable[[Tjenester], Any]] = {
    BrukerService: lambda tjenester: tjenester.brukere,
    UtvalgService: lambda tjenester: tjenester.utvalg,
    WorkflowService: lambda tjenester: tjenester.flyt,
    SaksmappeService: lambda tjenester: tjenester.saker,
    SaksframleggService: lambda tjenester: tjenester.saksframlegg,
    MoeteService: lambda tjenester: tjenester.moeter,
    VoteringService: lambda tjenester: tjenester.voteringer,
    ForslagService: lambda tjenester: tjenester.forslag,
    TilfoerselService: lambda tjenester: tjenester.tilfoersler,
    InnleveringService: lambda tjenester: tjenester.innlevering,
    VedtakService: lambda tjenester: tjenester.vedtak,
    MalService: lambda tjenester: tjenester.maler,
    OppfoelgingService: lambda tjenester: tjenester.oppfoelging,
    ProtokollService: lambda tjenester: tjenester.protokoller,
    MoeteprotokollService: lambda tjenester: tjenester.moeteprotokoller,
    ImportService: lambda tjenester: tjenester.importering,
}
