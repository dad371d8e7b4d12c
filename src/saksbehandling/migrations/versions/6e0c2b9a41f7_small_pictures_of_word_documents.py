"""Small pictures of Word documents that were uploaded before there were any, or while there was no LibreOffice."""

from __future__ import annotations

from alembic import op

from saksbehandling.migrations.orders import ids, order

revision = "6e0c2b9a41f7"
down_revision = "35dc75498442"
branch_labels = None
depends_on = None

_NOT_SHOWN = (
    "SELECT max(dokumentversjon.id) FROM dokumentversjon JOIN dokument ON dokument.id = dokumentversjon.dokument_id "
    "WHERE dokument.dokumenttype = 'Dokument' AND medietype IN ("
    "'application/vnd.openxmlformats-officedocument.wordprocessingml.document', "
    "'application/vnd.oasis.opendocument.text') "
    "AND NOT EXISTS (SELECT 1 FROM miniatyr WHERE miniatyr.kilde = dokumentversjon.sjekksum) "
    "GROUP BY dokumentversjon.sjekksum ORDER BY 1"
)


def upgrade() -> None:
    order("lag_miniatyr_av_tekst", ({"dokumentversjon_id": nummer} for nummer in ids(_NOT_SHOWN)))


def downgrade() -> None:
    op.execute("DELETE FROM utboks WHERE type = 'lag_miniatyr_av_tekst'")
