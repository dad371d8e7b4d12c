"""What is told of a follow-up, and which written form of Norwegian a body uses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "3c1f0a6b7d21"
down_revision = "4da776cd4664"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("oppfoelging", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kilde", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("svar", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("besvart_av_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("avsluttet", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_oppfoelging_besvart_av_id_saksmappe"), "saksmappe", ["besvart_av_id"], ["id"]
        )
    with op.batch_alter_table("utvalg", schema=None) as batch_op:
        batch_op.add_column(sa.Column("malform", sa.String(length=2), server_default="nb", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("utvalg", schema=None) as batch_op:
        batch_op.drop_column("malform")
    with op.batch_alter_table("oppfoelging", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_oppfoelging_besvart_av_id_saksmappe"), type_="foreignkey")
        batch_op.drop_column("avsluttet")
        batch_op.drop_column("besvart_av_id")
        batch_op.drop_column("svar")
        batch_op.drop_column("kilde")
