"""Protocols that are edited by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "c292f25cf617"
down_revision = "aaf574463a14"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "haandredigering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moetesak_id", sa.Integer(), nullable=True),
        sa.Column("moete_id", sa.Integer(), nullable=True),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("filnavn", sa.String(length=255), nullable=False),
        sa.Column("stoerrelse", sa.Integer(), nullable=False),
        sa.Column("sjekksum", sa.String(length=64), nullable=False),
        sa.Column("grunnlag", sa.JSON(), nullable=False),
        sa.Column("begrunnelse", sa.Text(), nullable=False),
        sa.Column("lastet_opp", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lastet_opp_av", sa.String(length=200), nullable=False),
        sa.Column("lagt_bort", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lagt_bort_av", sa.String(length=200), nullable=True),
        sa.CheckConstraint("(moetesak_id IS NULL) <> (moete_id IS NULL)", name=op.f("ck_haandredigering_ett_emne")),
        sa.ForeignKeyConstraint(["moete_id"], ["moete.id"], name=op.f("fk_haandredigering_moete_id_moete")),
        sa.ForeignKeyConstraint(["moetesak_id"], ["moetesak.id"], name=op.f("fk_haandredigering_moetesak_id_moetesak")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_haandredigering")),
        sa.UniqueConstraint("moete_id", "nummer", name=op.f("uq_haandredigering_moete_id_nummer")),
        sa.UniqueConstraint("moetesak_id", "nummer", name=op.f("uq_haandredigering_moetesak_id_nummer")),
    )


def downgrade() -> None:
    op.drop_table("haandredigering")
