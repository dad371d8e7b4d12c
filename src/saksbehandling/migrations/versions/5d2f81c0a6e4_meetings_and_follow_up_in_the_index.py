"""meetings and follow-up in the index: what is there already is put into it by the worker."""

from __future__ import annotations

from alembic import op

from saksbehandling.migrations.orders import ids, order

revision = "5d2f81c0a6e4"
down_revision = "76629768cf25"
branch_labels = None
depends_on = None

_WITH_POINTS = (
    "SELECT DISTINCT moetesak.saksmappe_id FROM oppfoelging JOIN vedtak ON vedtak.id = oppfoelging.vedtak_id "
    "JOIN moetesak ON moetesak.id = vedtak.moetesak_id ORDER BY 1"
)


def upgrade() -> None:
    order("indekser", ({"moete_id": nummer, "fjernet": []} for nummer in ids("SELECT id FROM moete ORDER BY id")))
    order("indekser", ({"saksmappe_id": nummer, "fjernet": []} for nummer in ids(_WITH_POINTS)))


def downgrade() -> None:
    """The older version reads tasks for cases alone."""
    op.execute("DELETE FROM utboks WHERE type = 'indekser' AND CAST(nyttelast AS TEXT) LIKE '%moete_id%'")
