"""The municipality's own templates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1eeaa4d9af7f"
down_revision = "5598dcb0b425"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "malversjon",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mal", sa.String(length=60), nullable=False),
        sa.Column("malform", sa.String(length=2), nullable=False),
        sa.Column("versjonsnummer", sa.Integer(), nullable=False),
        sa.Column("utvalg_id", sa.Integer(), nullable=True),
        sa.Column("sjekksum", sa.String(length=64), nullable=True),
        sa.Column("filnavn", sa.String(length=255), nullable=False),
        sa.Column("lagret", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lagret_av", sa.String(length=200), nullable=False),
        sa.Column("gjenopprettet_fra", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["utvalg_id"], ["utvalg.id"], name=op.f("fk_malversjon_utvalg_id_utvalg")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_malversjon")),
        sa.UniqueConstraint("mal", "malform", "versjonsnummer", name=op.f("uq_malversjon_mal_malform_versjonsnummer")),
    )


def downgrade() -> None:
    op.drop_table("malversjon")
