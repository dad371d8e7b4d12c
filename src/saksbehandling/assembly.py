"""The parts of an installation, each made from the settings the first time somebody asks for it.

The app factory and the command line stand on the same parts, so that both open the database and the index alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from email.message import EmailMessage
from functools import cached_property
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session, sessionmaker

from saksbehandling import config_values, db
from saksbehandling.clock import SystemClock
from saksbehandling.config import Settings
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.pdf import LibreOffice
from saksbehandling.documents.store import DiskStore
from saksbehandling.documents.store_s3 import s3_store
from saksbehandling.documents.template_cache import TemplateCache
from saksbehandling.epost import Sender, sender
from saksbehandling.innsyn.soekekilder import KILDER
from saksbehandling.interfaces import IDocumentStore, ISearchEngine
from saksbehandling.jobs.filer import Filarbeider
from saksbehandling.jobs.indeksering import Indeksering
from saksbehandling.jobs.loekke import Loekke
from saksbehandling.jobs.models import Oppgavetype
from saksbehandling.jobs.pdf import Office, Pdfarbeider
from saksbehandling.jobs.worker import Arbeider, Handlers
from saksbehandling.karantene.services import Karantene
from saksbehandling.lagretsoek.brev import brev
from saksbehandling.lagretsoek.models import LagretSoek
from saksbehandling.lagretsoek.varsler import Varsler
from saksbehandling.maler.services import les_mal
from saksbehandling.migrations import run
from saksbehandling.moete.models import Moete
from saksbehandling.search_engine.engines import open_engine, open_search_server
from saksbehandling.search_engine.model import Hit
from saksbehandling.tjenester import Felles, Tjenester
from saksbehandling.vakter import VAKTER
from saksbehandling.workflow_engine import in_force
from saksbehandling.workflow_engine.registry import Registry

logg = structlog.get_logger(__name__)


def shipped_workflows() -> Registry:
    """The definitions that come with the product and their guards, checked against each other. Raises `SetupError`."""
    registry = Registry.load()
    for name, guard in VAKTER.items():
        registry.add_guard(name, guard)
    registry.check()
    return registry


class Parts:
    """`load`: reads the settings; called once, and only if something needs them."""

    def __init__(self, load: Callable[[], Settings]) -> None:
        self._load = load
        self.clock = SystemClock()

    @cached_property
    def settings(self) -> Settings:
        return self._load()

    @cached_property
    def raw_engine(self) -> sa.Engine:
        """The database as it is, for the command that upgrades it."""
        return db.create_engine(self.settings.database_url)

    @cached_property
    def engine(self) -> sa.Engine:
        """The database, known to fit this version. Raises `SetupError`."""
        run.prepare(self.raw_engine)
        return self.raw_engine

    @cached_property
    def session_factory(self) -> sessionmaker[Session]:
        return db.session_factory(self.engine)

    @cached_property
    def document_store(self) -> IDocumentStore:
        """Where the files are. Raises `SetupError` when they cannot be reached."""
        if self.settings.file_store == config_values.DISK:
            return DiskStore(self.settings.files_dir)
        endpoint = self.settings.s3_endpoint
        return s3_store(self.settings.file_store, None if endpoint == config_values.AWS else endpoint)

    def quarantine(self, session: Session) -> Karantene:
        """Refused uploads, in the transaction of `session`."""
        lager = DiskStore(self.settings.quarantine_dir)
        return Karantene(session, self.clock, lager, self.settings.karantene_dager)

    @cached_property
    def search_engine(self) -> ISearchEngine:
        """The index; an empty one the first time, which the worker then fills from the outbox."""
        if self.settings.search_engine == "opensearch":
            return open_search_server(self.settings.opensearch_servers.split(","), self.settings.opensearch_index)
        return open_engine(self.settings.search_engine, self.settings.index_dir)

    @cached_property
    def workflows(self) -> Registry:
        """Our definitions and the municipality's own versions of them. Raises `SetupError`."""
        registry = shipped_workflows()
        registry.load_folder(self.settings.workflow_dir)
        return registry

    @cached_property
    def felles(self) -> Felles:
        """What the services of all sessions share. Raises `SetupError` when a definition in force has been changed."""
        with self.reading() as session:
            in_force.hold(session, self.workflows)
        store = self.document_store
        renderer = DocxRenderer(TemplateCache(les_mal(store)), store.get)
        return Felles(self.settings.kommune, self.clock, self.workflows, store, renderer)

    @cached_property
    def indexing(self) -> Indeksering:
        return Indeksering(self.search_engine, KILDER)

    def workers(self) -> list[Loekke]:
        """The workers of a server: one for what is quick; where there is LibreOffice, one for PDF; one for
        what is made of files; one for e-mail.
        """
        workers: list[Loekke] = [self.worker()]
        if office := self._office():
            workers.append(self.pdf_worker(office))
        workers.append(self.file_worker())
        if self.settings.sends_mail:
            workers.append(self.mail_worker(sender(self.settings.smtp)))
        return workers

    def pdf_worker(self, office: Office) -> Pdfarbeider:
        """A worker that makes the PDF files that the outbox asks for."""
        return Pdfarbeider(
            self.session_factory,
            sessionmaker(db.reader(self.engine)),
            self.clock,
            self.document_store,
            office,
            lambda session: Tjenester(self.felles, session).pdf,
        )

    def file_worker(self) -> Filarbeider:
        """A worker that makes small pictures of files, and where there is Tesseract reads the words in them."""
        return Filarbeider(
            self.session_factory,
            sessionmaker(db.reader(self.engine)),
            self.clock,
            self.document_store,
            lambda session: Tjenester(self.felles, session).etterarbeid,
            self.settings.ocr,
            self._office(),
        )

    def _office(self) -> LibreOffice | None:
        """One for whoever asks: two of them may work side by side."""
        program = self.settings.office
        return LibreOffice(program, self.settings.pdf_timeout) if program else None

    def mail_worker(self, send: Sender) -> Varsler:
        """A worker that tells owners of saved searches about new hits."""
        settings = self.settings

        def letter(saved: LagretSoek, hits: Sequence[Hit], public: set[str]) -> EmailMessage:
            return brev(saved, hits, public, settings.kommune, settings.epost_fra, settings.base_url)

        reading = sessionmaker(db.reader(self.engine))
        return Varsler(self.session_factory, reading, self.clock, self.search_engine, letter, send)

    def worker(self) -> Arbeider:
        """A worker that does what the outbox asks for, but not PDF."""
        return Arbeider(
            self.session_factory,
            sessionmaker(db.reader(self.engine)),
            self.clock,
            self.indexing,
            self._handlers(),
            self._fire_due,
        )

    def _handlers(self) -> Handlers:
        def make_protocol(session: Session, payload: Mapping[str, Any]) -> None:
            Tjenester(self.felles, session).protokollfiler.lag_dokument(payload["protokoll_id"])

        def keep_meeting_protocol(session: Session, payload: Mapping[str, Any]) -> None:
            moete = session.get_one(Moete, payload["moete_id"])
            Tjenester(self.felles, session).moetearkiv.arkiver(moete)

        def make_presentation(session: Session, payload: Mapping[str, Any]) -> None:
            Tjenester(self.felles, session).saksframleggfiler.lag_dokument(**payload)

        return {
            Oppgavetype.LAG_SAKSFRAMLEGG: make_presentation,
            Oppgavetype.LAG_PROTOKOLL: make_protocol,
            Oppgavetype.BESTILL_MOETEPROTOKOLL: keep_meeting_protocol,
        }

    def _fire_due(self, session: Session) -> int:
        fired = Tjenester(self.felles, session).flyt.fire_due(self.clock.now())
        for each in fired:
            if each.grunner:
                reasons = [reason.text for reason in each.grunner]
                logg.warning("frist_avvist", flyt=each.frist.case.id, frist=each.frist.navn, grunner=reasons)
        return len(fired) + self.quarantine(session).slett_utloepte()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that commits at the end, or rolls back on an error."""
        with self.session_factory.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading only, however long: it keeps nobody from writing."""
        with Session(db.reader(self.engine)) as session:
            yield session

    def registry(self) -> dict[str, Any]:
        """What the app keeps in its registry, under these names."""
        return {
            "parts": self,
            "settings": self.settings,
            "engine": self.engine,
            "session_factory": self.session_factory,
            "clock": self.clock,
            "document_store": self.document_store,
            "search_engine": self.search_engine,
            "felles": self.felles,
        }

    def close(self) -> None:
        """Let go of what was opened."""
        opened = vars(self)
        if "raw_engine" in opened:
            self.raw_engine.dispose()
        if "search_engine" in opened:
            self.search_engine.close()
