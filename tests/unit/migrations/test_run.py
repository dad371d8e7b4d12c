"""The migrations: from empty they make exactly what the models say, on whatever database this run is on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.orm import Session

from saksbehandling import db, modeller
from saksbehandling.documents.opplasting_slag import Filtype
from saksbehandling.errors import SetupError
from saksbehandling.jobs.models import Oppgavetype, Utboks
from saksbehandling.migrations import run
from saksbehandling.moete.models import Moete
from saksbehandling.protokoll.models import Moeteprotokoll
from saksbehandling.saksmappe.models import (
    Dokument,
    Dokumentversjon,
    Grunntekst,
    Journalpost,
    Journalposttype,
    Saksframlegg,
    Saksmappe,
    Tilknytning,
)
from saksbehandling.utvalg.models import Utvalg, Utvalgstype

assert modeller  # fills the metadata

DAG, NAA = dt.date(2019, 8, 29), dt.datetime(2019, 9, 12, tzinfo=dt.UTC)
A, B = 64 * "a", 64 * "b"  # checksums


@pytest.fixture
def empty(engine: sa.Engine) -> Iterator[sa.Engine]:
    """A database without a table; afterwards as other tests expect it."""
    db.Base.metadata.drop_all(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    yield engine
    db.Base.metadata.create_all(engine)
    run.mark_current(engine)


def tables(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names()) - {"alembic_version"}


def test_upgrading_from_empty_gives_what_the_models_say(empty: sa.Engine) -> None:
    run.upgrade(empty)
    with empty.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.Base.metadata) == []
    assert tables(empty) == set(db.Base.metadata.tables)


def test_what_is_there_already_is_put_where_new_things_are(empty: sa.Engine) -> None:
    run.upgrade(empty)
    run.downgrade(empty, "76629768cf25")
    with Session(empty) as session:
        organ = Utvalg(kode="by", navn="Bystyret", utvalgstype=Utvalgstype.KOMMUNESTYRE)
        moete = Moete(utvalg=organ, dato=DAG)
        session.add(Moeteprotokoll(moete=moete, data={}, sjekksum="", frosset=NAA, lagt_fram_av="", godkjent=NAA))
        session.commit()
    run.upgrade(empty)
    with Session(empty) as session:
        oppgaver = session.execute(sa.select(Utboks.type, Utboks.nyttelast, Utboks.utfoert)).all()
        assert oppgaver == [
            (Oppgavetype.INDEKSER, {"moete_id": 1, "fjernet": []}, None),
            (Oppgavetype.BESTILL_MOETEPROTOKOLL, {"moete_id": 1}, None),
        ]
    run.downgrade(empty, "76629768cf25")
    with empty.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM utboks WHERE type = 'indekser'")) == 0


def test_word_documents_that_no_picture_was_made_of_get_one(empty: sa.Engine) -> None:
    run.upgrade(empty)
    run.downgrade(empty, "35dc75498442")
    with Session(empty) as session:
        sak = Saksmappe(saksaar=2019, sakssekvensnummer=1, tittel="", offentlig_tittel="", opprettet_dato=DAG)
        post = Journalpost(
            saksmappe=sak,
            journalpostnummer=1,
            journalposttype=Journalposttype.INTERNT,
            tittel="",
            offentlig_tittel="",
            journaldato=DAG,
        )
        for nummer, (dokumenttype, sum_) in enumerate((("Dokument", A), ("Dokument", A), ("Saksprotokoll", B))):
            dokument = Dokument(
                journalpost=post,
                dokumentnummer=nummer,
                tittel="",
                dokumenttype=dokumenttype,
                tilknytning=Tilknytning.VEDLEGG,
            )
            dokument.versjoner.append(
                Dokumentversjon(
                    versjonsnummer=1,
                    filnavn="",
                    medietype=Filtype.DOCX.media_type,
                    filstoerrelse=1,
                    sjekksum=sum_,
                    opprettet=NAA,
                    opprettet_av="",
                )
            )
        session.add(sak)
        session.commit()
    run.upgrade(empty)
    with Session(empty) as session:
        oppgaver = session.execute(sa.select(Utboks.type, Utboks.nyttelast)).all()
        assert oppgaver == [(Oppgavetype.LAG_MINIATYR_AV_TEKST, {"dokumentversjon_id": 2})]


def test_approved_saksframlegg_get_the_file_that_the_journal_lacks(empty: sa.Engine) -> None:
    run.upgrade(empty)
    run.downgrade(empty, "6e0c2b9a41f7")
    with Session(empty) as session:
        for sekvens, kilde in ((1, None), (2, A)):
            sak = Saksmappe(saksaar=2019, sakssekvensnummer=sekvens, tittel="", offentlig_tittel="", opprettet_dato=DAG)
            sak.kilde = kilde
            for nummer, godkjent in ((1, NAA), (2, NAA), (3, None)):
                sak.saksframlegg.append(
                    Saksframlegg(
                        versjonsnummer=nummer, tittel="", innhold=(), grunntekst=Grunntekst(), godkjent=godkjent
                    )
                )
            for nummer in (1, 4):
                post = Journalpost(
                    journalpostnummer=nummer,
                    journalposttype=Journalposttype.SAKSFRAMLEGG,
                    tittel="",
                    offentlig_tittel="",
                    journaldato=DAG,
                )
                post.dokumenter.append(
                    Dokument(dokumentnummer=1, tittel="", dokumenttype="", tilknytning=Tilknytning.HOVEDDOKUMENT)
                )
                sak.journalposter.append(post)
            session.add(sak)
            session.flush()
        session.commit()
    run.upgrade(empty)
    with Session(empty) as session:
        oppgaver = session.execute(sa.select(Utboks.type, Utboks.nyttelast)).all()
        assert oppgaver == [(Oppgavetype.LAG_SAKSFRAMLEGG, {"saksframlegg_id": nr, "dokument_id": nr}) for nr in (1, 2)]


def test_downgrading_takes_everything_away(empty: sa.Engine) -> None:
    run.upgrade(empty)
    run.downgrade(empty, "base")
    assert tables(empty) == set()
    assert not run.is_current(empty)


def test_upgrading_twice_changes_nothing(empty: sa.Engine) -> None:
    run.upgrade(empty)
    run.upgrade(empty)
    assert run.is_current(empty)


def test_foreign_keys_hold_again_afterwards(empty: sa.Engine) -> None:
    if empty.dialect.name == "sqlite":
        run.upgrade(empty)
        with empty.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_opening_upgrades_sqlite_and_refuses_an_old_postgresql(empty: sa.Engine) -> None:
    if empty.dialect.name == "sqlite":
        run.prepare(empty)
        assert run.is_current(empty)
    else:
        with pytest.raises(SetupError, match="saksbehandling database oppgrader"):
            run.prepare(empty)
        assert tables(empty) == set()


def test_opening_a_database_that_fits_changes_nothing(engine: sa.Engine) -> None:
    run.prepare(engine)
    assert run.is_current(engine)


def test_opening_a_newer_database_is_refused(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'nyere'")
    try:
        with pytest.raises(SetupError, match="nyere versjon"):
            run.prepare(engine)
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM alembic_version")
        run.mark_current(engine)
