"""Votes for each of several alternatives."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b022e1ff268d"
down_revision = "69116e497f9a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alternativstemmer",
        sa.Column("votering_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("parti_id", sa.Integer(), nullable=False),
        sa.Column("rekkefoelge", sa.Integer(), nullable=False),
        sa.Column("antall", sa.Integer(), nullable=False),
        sa.CheckConstraint("antall > 0", name=op.f("ck_alternativstemmer_antall_positivt")),
        sa.ForeignKeyConstraint(["parti_id"], ["parti.id"], name=op.f("fk_alternativstemmer_parti_id_parti")),
        sa.ForeignKeyConstraint(
            ["votering_id"], ["votering.id"], name=op.f("fk_alternativstemmer_votering_id_votering")
        ),
        sa.PrimaryKeyConstraint("votering_id", "side", "parti_id", name=op.f("pk_alternativstemmer")),
    )


def downgrade() -> None:
    op.drop_table("alternativstemmer")
