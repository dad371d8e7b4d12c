"""Proposals that members file, their private drafts, and the trail of what happened to each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "fac7b9932774"
down_revision = "4f051085c1c9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forslagsspor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moetesak_id", sa.Integer(), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("hendelse", sa.String(length=40), nullable=False),
        sa.Column("tidspunkt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("navn", sa.String(length=200), nullable=False),
        sa.Column("bruker_id", sa.Integer(), nullable=True),
        sa.Column("foer", sa.JSON(), nullable=True),
        sa.Column("om", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["bruker_id"], ["bruker.id"], name=op.f("fk_forslagsspor_bruker_id_bruker")),
        sa.ForeignKeyConstraint(["moetesak_id"], ["moetesak.id"], name=op.f("fk_forslagsspor_moetesak_id_moetesak")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forslagsspor")),
    )
    with op.batch_alter_table("forslagsspor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forslagsspor_moetesak_id"), ["moetesak_id"], unique=False)

    op.create_table(
        "forslagsutkast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bruker_id", sa.Integer(), nullable=False),
        sa.Column("noekkel", sa.String(length=36), nullable=False),
        sa.Column("moetesak_id", sa.Integer(), nullable=False),
        sa.Column("forslag_id", sa.Integer(), nullable=True),
        sa.Column("felter", sa.JSON(), nullable=False),
        sa.Column("endret", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bruker_id"], ["bruker.id"], name=op.f("fk_forslagsutkast_bruker_id_bruker")),
        sa.ForeignKeyConstraint(["forslag_id"], ["forslag.id"], name=op.f("fk_forslagsutkast_forslag_id_forslag")),
        sa.ForeignKeyConstraint(["moetesak_id"], ["moetesak.id"], name=op.f("fk_forslagsutkast_moetesak_id_moetesak")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forslagsutkast")),
        sa.UniqueConstraint("bruker_id", "noekkel", name=op.f("uq_forslagsutkast_bruker_id_noekkel")),
    )
    with op.batch_alter_table("forslagsutkast", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forslagsutkast_moetesak_id"), ["moetesak_id"], unique=False)

    with op.batch_alter_table("forslag", schema=None) as batch_op:
        batch_op.add_column(sa.Column("innsendt_av_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("mottatt", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_forslag_innsendt_av_id"), ["innsendt_av_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_forslag_innsendt_av_id_bruker"), "bruker", ["innsendt_av_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("forslag", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_forslag_innsendt_av_id_bruker"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_forslag_innsendt_av_id"))
        batch_op.drop_column("mottatt")
        batch_op.drop_column("innsendt_av_id")

    with op.batch_alter_table("forslagsutkast", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forslagsutkast_moetesak_id"))

    op.drop_table("forslagsutkast")
    with op.batch_alter_table("forslagsspor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forslagsspor_moetesak_id"))

    op.drop_table("forslagsspor")
