"""The protocol of a whole meeting: its frozen words, signatures and corrections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "9b52e7c4d810"
down_revision = "fac7b9932774"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "moeteprotokoll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moete_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("sjekksum", sa.String(length=64), nullable=False),
        sa.Column("frosset", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lagt_fram_av", sa.String(length=200), nullable=False),
        sa.Column("godkjennes_i_id", sa.Integer(), nullable=True),
        sa.Column("merknad", sa.Text(), nullable=True),
        sa.Column("godkjent", sa.DateTime(timezone=True), nullable=True),
        sa.Column("godkjent_av", sa.String(length=200), nullable=True),
        sa.Column("publisert", sa.DateTime(timezone=True), nullable=True),
        sa.Column("publisert_av", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["godkjennes_i_id"], ["moetesak.id"], name=op.f("fk_moeteprotokoll_godkjennes_i_id_moetesak")
        ),
        sa.ForeignKeyConstraint(["moete_id"], ["moete.id"], name=op.f("fk_moeteprotokoll_moete_id_moete")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moeteprotokoll")),
        sa.UniqueConstraint("moete_id", name=op.f("uq_moeteprotokoll_moete_id")),
    )
    op.create_table(
        "protokollrettelse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moeteprotokoll_id", sa.Integer(), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("moetesak_id", sa.Integer(), nullable=True),
        sa.Column("blokker", sa.JSON(), nullable=False),
        sa.Column("begrunnelse", sa.Text(), nullable=False),
        sa.Column("skrevet_av", sa.String(length=200), nullable=False),
        sa.Column("tidspunkt", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["moeteprotokoll_id"],
            ["moeteprotokoll.id"],
            name=op.f("fk_protokollrettelse_moeteprotokoll_id_moeteprotokoll"),
        ),
        sa.ForeignKeyConstraint(
            ["moetesak_id"], ["moetesak.id"], name=op.f("fk_protokollrettelse_moetesak_id_moetesak")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protokollrettelse")),
        sa.UniqueConstraint("moeteprotokoll_id", "nummer", name=op.f("uq_protokollrettelse_moeteprotokoll_id_nummer")),
    )
    op.create_index(op.f("ix_protokollrettelse_moetesak_id"), "protokollrettelse", ["moetesak_id"])
    op.create_table(
        "protokollunderskrift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moeteprotokoll_id", sa.Integer(), nullable=False),
        sa.Column("bruker_id", sa.Integer(), nullable=False),
        sa.Column("navn", sa.String(length=200), nullable=False),
        sa.Column("funksjon", sa.String(length=80), nullable=False),
        sa.Column("erklaering", sa.Text(), nullable=False),
        sa.Column("sjekksum", sa.String(length=64), nullable=False),
        sa.Column("tidspunkt", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bruker_id"], ["bruker.id"], name=op.f("fk_protokollunderskrift_bruker_id_bruker")),
        sa.ForeignKeyConstraint(
            ["moeteprotokoll_id"],
            ["moeteprotokoll.id"],
            name=op.f("fk_protokollunderskrift_moeteprotokoll_id_moeteprotokoll"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protokollunderskrift")),
        sa.UniqueConstraint(
            "moeteprotokoll_id", "bruker_id", name=op.f("uq_protokollunderskrift_moeteprotokoll_id_bruker_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("protokollunderskrift")
    op.drop_index(op.f("ix_protokollrettelse_moetesak_id"), table_name="protokollrettelse")
    op.drop_table("protokollrettelse")
    op.drop_table("moeteprotokoll")
