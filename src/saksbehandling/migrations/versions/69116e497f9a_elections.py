"""Elections, their lists and candidates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "69116e497f9a"
down_revision = "fe66202e1846"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "valg",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moetesak_id", sa.Integer(), nullable=False),
        sa.Column("votering_id", sa.Integer(), nullable=True),
        sa.Column("valgform", sa.String(length=40), nullable=False),
        sa.Column("verv", sa.String(length=200), nullable=False),
        sa.Column("plasser", sa.Integer(), nullable=False),
        sa.Column("omgang", sa.Integer(), nullable=False),
        sa.Column("hemmelig", sa.Boolean(), nullable=False),
        sa.Column("blanke", sa.Integer(), nullable=False),
        sa.Column("ved_lodd", sa.Boolean(), nullable=False),
        sa.Column("setning", sa.Text(), nullable=False),
        sa.Column("registrert", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["moetesak_id"], ["moetesak.id"], name=op.f("fk_valg_moetesak_id_moetesak")),
        sa.ForeignKeyConstraint(
            ["votering_id"], ["votering.id"], name=op.f("fk_valg_votering_id_votering"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_valg")),
        sa.UniqueConstraint("votering_id", name=op.f("uq_valg_votering_id")),
    )
    with op.batch_alter_table("valg", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_valg_moetesak_id"), ["moetesak_id"], unique=False)

    op.create_table(
        "valgliste",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("valg_id", sa.Integer(), nullable=False),
        sa.Column("rekkefoelge", sa.Integer(), nullable=False),
        sa.Column("navn", sa.String(length=200), nullable=False),
        sa.Column("stemmer", sa.Integer(), nullable=False),
        sa.Column("plasser", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["valg_id"], ["valg.id"], name=op.f("fk_valgliste_valg_id_valg"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_valgliste")),
        sa.UniqueConstraint("valg_id", "rekkefoelge", name=op.f("uq_valgliste_valg_id_rekkefoelge")),
    )
    op.create_table(
        "valgkandidat",
        sa.Column("liste_id", sa.Integer(), nullable=False),
        sa.Column("rekkefoelge", sa.Integer(), nullable=False),
        sa.Column("navn", sa.String(length=200), nullable=False),
        sa.Column("kjoenn", sa.String(length=40), nullable=True),
        sa.Column("verv", sa.String(length=40), nullable=True),
        sa.Column("vararekkefoelge", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["liste_id"], ["valgliste.id"], name=op.f("fk_valgkandidat_liste_id_valgliste"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("liste_id", "rekkefoelge", name=op.f("pk_valgkandidat")),
    )


def downgrade() -> None:
    op.drop_table("valgkandidat")
    op.drop_table("valgliste")
    with op.batch_alter_table("valg", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_valg_moetesak_id"))

    op.drop_table("valg")
