"""Every text of a saksframlegg that was saved, what people are writing in it, and who has it in Word."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "344b30da8a6f"
down_revision = "8b0968c756f0"
branch_labels = None
depends_on = None

AAPEN = sa.text("levert IS NULL")


def upgrade() -> None:
    op.create_table(
        "saksframleggsutkast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saksmappe_id", sa.Integer(), nullable=False),
        sa.Column("bruker_id", sa.Integer(), nullable=False),
        sa.Column("radversjon", sa.Integer(), nullable=True),
        sa.Column("revisjon", sa.Integer(), nullable=False),
        sa.Column("tittel", sa.Text(), nullable=False),
        sa.Column("innstilling", sa.JSON(), nullable=False),
        sa.Column("innhold", sa.JSON(), nullable=False),
        sa.Column("endret", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merknad", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["bruker_id"], ["bruker.id"], name=op.f("fk_saksframleggsutkast_bruker_id_bruker")),
        sa.ForeignKeyConstraint(
            ["saksmappe_id"], ["saksmappe.id"], name=op.f("fk_saksframleggsutkast_saksmappe_id_saksmappe")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saksframleggsutkast")),
        sa.UniqueConstraint("saksmappe_id", "bruker_id", name=op.f("uq_saksframleggsutkast_saksmappe_id_bruker_id")),
    )
    with op.batch_alter_table("saksframleggsutkast", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saksframleggsutkast_bruker_id"), ["bruker_id"], unique=False)

    op.create_table(
        "saksframleggslagring",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saksmappe_id", sa.Integer(), nullable=False),
        sa.Column("saksframlegg_id", sa.Integer(), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("radversjon", sa.Integer(), nullable=False),
        sa.Column("tittel", sa.Text(), nullable=False),
        sa.Column("innhold", sa.JSON(), nullable=False),
        sa.Column("grunntekst_id", sa.Integer(), nullable=False),
        sa.Column("lagret", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lagret_av", sa.String(length=200), nullable=True),
        sa.Column("merknad", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["grunntekst_id"], ["grunntekst.id"], name=op.f("fk_saksframleggslagring_grunntekst_id_grunntekst")
        ),
        sa.ForeignKeyConstraint(
            ["saksframlegg_id"], ["saksframlegg.id"], name=op.f("fk_saksframleggslagring_saksframlegg_id_saksframlegg")
        ),
        sa.ForeignKeyConstraint(
            ["saksmappe_id"], ["saksmappe.id"], name=op.f("fk_saksframleggslagring_saksmappe_id_saksmappe")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saksframleggslagring")),
        sa.UniqueConstraint("saksmappe_id", "nummer", name=op.f("uq_saksframleggslagring_saksmappe_id_nummer")),
    )
    with op.batch_alter_table("saksframleggslagring", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saksframleggslagring_saksframlegg_id"), ["saksframlegg_id"], unique=False)

    op.create_table(
        "saksframleggsutsjekking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saksmappe_id", sa.Integer(), nullable=False),
        sa.Column("lagring_id", sa.Integer(), nullable=False),
        sa.Column("hentet", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hentet_av_id", sa.Integer(), nullable=False),
        sa.Column("levert", sa.DateTime(timezone=True), nullable=True),
        sa.Column("levert_av", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["hentet_av_id"], ["bruker.id"], name=op.f("fk_saksframleggsutsjekking_hentet_av_id_bruker")
        ),
        sa.ForeignKeyConstraint(
            ["lagring_id"],
            ["saksframleggslagring.id"],
            name=op.f("fk_saksframleggsutsjekking_lagring_id_saksframleggslagring"),
        ),
        sa.ForeignKeyConstraint(
            ["saksmappe_id"], ["saksmappe.id"], name=op.f("fk_saksframleggsutsjekking_saksmappe_id_saksmappe")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saksframleggsutsjekking")),
    )
    with op.batch_alter_table("saksframleggsutsjekking", schema=None) as batch_op:
        batch_op.create_index(
            "uq_saksframleggsutsjekking_aapen",
            ["saksmappe_id"],
            unique=True,
            sqlite_where=AAPEN,
            postgresql_where=AAPEN,
        )

    with op.batch_alter_table("segment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("varig_id", sa.String(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("segment", schema=None) as batch_op:
        batch_op.drop_column("varig_id")

    with op.batch_alter_table("saksframleggsutsjekking", schema=None) as batch_op:
        batch_op.drop_index("uq_saksframleggsutsjekking_aapen", sqlite_where=AAPEN, postgresql_where=AAPEN)

    op.drop_table("saksframleggsutsjekking")
    with op.batch_alter_table("saksframleggslagring", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saksframleggslagring_saksframlegg_id"))

    op.drop_table("saksframleggslagring")
    with op.batch_alter_table("saksframleggsutkast", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saksframleggsutkast_bruker_id"))

    op.drop_table("saksframleggsutkast")
