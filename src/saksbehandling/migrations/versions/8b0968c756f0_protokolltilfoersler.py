"""Protokolltilførsler, and whether a body decides on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "8b0968c756f0"
down_revision = "b022e1ff268d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "protokolltilfoersel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moetesak_id", sa.Integer(), nullable=False),
        sa.Column("rekkefoelge", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("parti_id", sa.Integer(), nullable=True),
        sa.Column("navn", sa.String(length=200), nullable=False),
        sa.Column("blokker", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("framsatt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("innsendt_av_id", sa.Integer(), nullable=True),
        sa.Column("avgjort", sa.DateTime(timezone=True), nullable=True),
        sa.Column("avgjort_av", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["innsendt_av_id"], ["bruker.id"], name=op.f("fk_protokolltilfoersel_innsendt_av_id_bruker")
        ),
        sa.ForeignKeyConstraint(
            ["moetesak_id"], ["moetesak.id"], name=op.f("fk_protokolltilfoersel_moetesak_id_moetesak")
        ),
        sa.ForeignKeyConstraint(["parti_id"], ["parti.id"], name=op.f("fk_protokolltilfoersel_parti_id_parti")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_protokolltilfoersel_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protokolltilfoersel")),
    )
    with op.batch_alter_table("protokolltilfoersel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_protokolltilfoersel_innsendt_av_id"), ["innsendt_av_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_protokolltilfoersel_moetesak_id"), ["moetesak_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_protokolltilfoersel_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("utvalgsregler", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tilfoersel_avgjoeres", sa.Boolean(), server_default=sa.true(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("utvalgsregler", schema=None) as batch_op:
        batch_op.drop_column("tilfoersel_avgjoeres")

    with op.batch_alter_table("protokolltilfoersel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_protokolltilfoersel_person_id"))
        batch_op.drop_index(batch_op.f("ix_protokolltilfoersel_moetesak_id"))
        batch_op.drop_index(batch_op.f("ix_protokolltilfoersel_innsendt_av_id"))

    op.drop_table("protokolltilfoersel")
