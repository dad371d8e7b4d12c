"""Documents as PDF."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "76629768cf25"
down_revision = "4e2212db74e7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pdfutgave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kilde", sa.String(length=64), nullable=False),
        sa.Column("sjekksum", sa.String(length=64), nullable=True),
        sa.Column("stoerrelse", sa.Integer(), nullable=True),
        sa.Column("bestilt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("laget", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pdfutgave")),
        sa.UniqueConstraint("kilde", name=op.f("uq_pdfutgave_kilde")),
    )


def downgrade() -> None:
    op.drop_table("pdfutgave")
