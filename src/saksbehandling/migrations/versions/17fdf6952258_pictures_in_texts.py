"""Pictures in the saksutredning."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "17fdf6952258"
down_revision = "43f33d89d8ea"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saksbilde",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saksmappe_id", sa.Integer(), nullable=False),
        sa.Column("sjekksum", sa.String(length=64), nullable=False),
        sa.Column("slag", sa.String(length=8), nullable=False),
        sa.Column("bredde", sa.Integer(), nullable=False),
        sa.Column("hoeyde", sa.Integer(), nullable=False),
        sa.Column("lagt_inn", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lagt_inn_av", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["saksmappe_id"], ["saksmappe.id"], name=op.f("fk_saksbilde_saksmappe_id_saksmappe")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saksbilde")),
        sa.UniqueConstraint("saksmappe_id", "sjekksum", name=op.f("uq_saksbilde_saksmappe_id_sjekksum")),
    )
    with op.batch_alter_table("saksbilde", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saksbilde_sjekksum"), ["sjekksum"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("saksbilde", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saksbilde_sjekksum"))

    op.drop_table("saksbilde")
