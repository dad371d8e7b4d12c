"""Small pictures of files, and words read off them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from saksbehandling.migrations.orders import ids, order

revision = "10434f92c1c7"
down_revision = "d2c15f6defaf"
branch_labels = None
depends_on = None

_SHOWN = "SELECT id FROM dokumentversjon WHERE medietype IN ('application/pdf', 'image/png', 'image/jpeg') ORDER BY id"
_UNREAD = (
    "SELECT dokumentversjon.id FROM dokumentversjon JOIN dokument ON dokument.id = dokumentversjon.dokument_id "
    "WHERE medietype IN ('application/pdf', 'image/png', 'image/jpeg') AND variantformat = 'Produksjonsformat' "
    "AND (tekst IS NULL OR CAST(tekst AS TEXT) = 'null') ORDER BY dokumentversjon.id"
)


def upgrade() -> None:
    op.create_table(
        "miniatyr",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kilde", sa.String(length=64), nullable=False),
        sa.Column("sjekksum", sa.String(length=64), nullable=False),
        sa.Column("bredde", sa.Integer(), nullable=False),
        sa.Column("hoeyde", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_miniatyr")),
        sa.UniqueConstraint("kilde", name=op.f("uq_miniatyr_kilde")),
    )
    with op.batch_alter_table("dokument", schema=None) as batch_op:
        batch_op.add_column(sa.Column("maskinlest", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("dokument", schema=None) as batch_op:
        batch_op.alter_column("maskinlest", server_default=None)
    _order()


def _order() -> None:
    """What is in the journals already is shown and read too."""
    for slag, versjoner in (("lag_miniatyr", _SHOWN), ("maskinles", _UNREAD)):
        order(slag, ({"dokumentversjon_id": nummer} for nummer in ids(versjoner)))


def downgrade() -> None:
    op.execute("DELETE FROM utboks WHERE type IN ('lag_miniatyr', 'maskinles')")
    with op.batch_alter_table("dokument", schema=None) as batch_op:
        batch_op.drop_column("maskinlest")

    op.drop_table("miniatyr")
