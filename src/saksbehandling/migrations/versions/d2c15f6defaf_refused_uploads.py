"""Refused uploads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "d2c15f6defaf"
down_revision = "17fdf6952258"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "karantenefil",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bruker_id", sa.Integer(), nullable=False),
        sa.Column("navn", sa.String(length=200), nullable=False),
        sa.Column("sted", sa.String(length=200), nullable=False),
        sa.Column("filnavn", sa.String(length=255), nullable=False),
        sa.Column("filstoerrelse", sa.BigInteger(), nullable=False),
        sa.Column("sjekksum", sa.String(length=64), nullable=False),
        sa.Column("grunn", sa.Text(), nullable=False),
        sa.Column("lastet_opp", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slettes", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bruker_id"], ["bruker.id"], name=op.f("fk_karantenefil_bruker_id_bruker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_karantenefil")),
    )
    with op.batch_alter_table("karantenefil", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_karantenefil_bruker_id"), ["bruker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_karantenefil_sjekksum"), ["sjekksum"], unique=False)
        batch_op.create_index(batch_op.f("ix_karantenefil_slettes"), ["slettes"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("karantenefil", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_karantenefil_slettes"))
        batch_op.drop_index(batch_op.f("ix_karantenefil_sjekksum"))
        batch_op.drop_index(batch_op.f("ix_karantenefil_bruker_id"))

    op.drop_table("karantenefil")
