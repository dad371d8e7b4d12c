"""meetings and follow-up in the index: what is there already is put into it by the worker."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "5d2f81c0a6e4"
down_revision = "76629768cf25"
branch_labels = None
depends_on = None


def upgrade() -> None:
    forbindelse = op.get_bind()
    moeter = forbindelse.scalars(sa.text("SELECT id FROM moete ORDER BY id")).all()
    med_punkter = (
        "SELECT DISTINCT moetesak.saksmappe_id FROM oppfoelging JOIN vedtak ON vedtak.id = oppfoelging.vedtak_id "
        "JOIN moetesak ON moetesak.id = vedtak.moetesak_id ORDER BY 1"
    )
    saker = forbindelse.scalars(sa.text(med_punkter)).all()
    oppgaver = [*({"moete_id": nummer} for nummer in moeter), *({"saksmappe_id": nummer} for nummer in saker)]
    utboks = sa.table(
        "utboks",
        sa.column("type", sa.String),
        sa.column("nyttelast", sa.JSON),
        sa.column("opprettet", sa.DateTime(timezone=True)),
        sa.column("forsoek", sa.Integer),
    )
    naa = dt.datetime.now(dt.UTC)
    rader = [
        {"type": "indekser", "nyttelast": {**en, "fjernet": []}, "opprettet": naa, "forsoek": 0} for en in oppgaver
    ]
    op.bulk_insert(utboks, rader)


def downgrade() -> None:
    """The older version reads tasks for cases alone."""
    op.execute("DELETE FROM utboks WHERE type = 'indekser' AND CAST(nyttelast AS TEXT) LIKE '%moete_id%'")
