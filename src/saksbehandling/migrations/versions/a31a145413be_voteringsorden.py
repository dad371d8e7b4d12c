"""The order of voting, as the chair has set it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "a31a145413be"
down_revision = "344b30da8a6f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "voteringsorden",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moetesak_id", sa.Integer(), nullable=False),
        sa.Column("noekler", sa.JSON(), nullable=False),
        sa.Column("begrunnelse", sa.Text(), nullable=False),
        sa.Column("navn", sa.String(length=200), nullable=False),
        sa.Column("bruker_id", sa.Integer(), nullable=True),
        sa.Column("tidspunkt", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bruker_id"], ["bruker.id"], name=op.f("fk_voteringsorden_bruker_id_bruker")),
        sa.ForeignKeyConstraint(["moetesak_id"], ["moetesak.id"], name=op.f("fk_voteringsorden_moetesak_id_moetesak")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voteringsorden")),
    )
    with op.batch_alter_table("voteringsorden", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voteringsorden_moetesak_id"), ["moetesak_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("voteringsorden", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_voteringsorden_moetesak_id"))

    op.drop_table("voteringsorden")
