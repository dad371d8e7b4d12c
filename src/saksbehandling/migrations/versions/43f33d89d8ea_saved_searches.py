"""saved searches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "43f33d89d8ea"
down_revision = "5d2f81c0a6e4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lagretsoek",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bruker_id", sa.Integer(), nullable=False),
        sa.Column("navn", sa.String(length=200), nullable=False),
        sa.Column("sporring", sa.Text(), nullable=False),
        sa.Column("varsling", sa.String(length=40), nullable=False),
        sa.Column("noekkel", sa.String(length=43), nullable=False),
        sa.Column("opprettet", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bruker_id"], ["bruker.id"], name=op.f("fk_lagretsoek_bruker_id_bruker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lagretsoek")),
        sa.UniqueConstraint("noekkel", name=op.f("uq_lagretsoek_noekkel")),
    )
    with op.batch_alter_table("lagretsoek", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lagretsoek_bruker_id"), ["bruker_id"], unique=False)

    op.create_table(
        "lagretsoektreff",
        sa.Column("soek_id", sa.Integer(), nullable=False),
        sa.Column("treff", sa.String(length=80), nullable=False),
        sa.Column("funnet", sa.DateTime(timezone=True), nullable=False),
        sa.Column("meldt", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["soek_id"], ["lagretsoek.id"], name=op.f("fk_lagretsoektreff_soek_id_lagretsoek")),
        sa.PrimaryKeyConstraint("soek_id", "treff", name=op.f("pk_lagretsoektreff")),
    )
    with op.batch_alter_table("bruker", schema=None) as batch_op:
        batch_op.add_column(sa.Column("epost", sa.String(length=254), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("bruker", schema=None) as batch_op:
        batch_op.drop_column("epost")

    op.drop_table("lagretsoektreff")
    with op.batch_alter_table("lagretsoek", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lagretsoek_bruker_id"))

    op.drop_table("lagretsoek")
