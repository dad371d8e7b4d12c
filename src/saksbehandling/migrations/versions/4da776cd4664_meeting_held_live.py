"""meeting_held_live."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "4da776cd4664"
down_revision = "1eeaa4d9af7f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "taletidsregel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("utvalg_id", sa.Integer(), nullable=False),
        sa.Column("gyldig_fra", sa.Date(), nullable=False),
        sa.Column("innlegg", sa.Integer(), nullable=True),
        sa.Column("replikk", sa.Integer(), nullable=True),
        sa.Column("svarreplikk", sa.Integer(), nullable=True),
        sa.Column("replikker", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["utvalg_id"], ["utvalg.id"], name=op.f("fk_taletidsregel_utvalg_id_utvalg")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taletidsregel")),
        sa.UniqueConstraint("utvalg_id", "gyldig_fra", name=op.f("uq_taletidsregel_utvalg_id_gyldig_fra")),
    )
    op.create_table(
        "direktemoete",
        sa.Column("moete_id", sa.Integer(), nullable=False),
        sa.Column("sekvens", sa.Integer(), nullable=False),
        sa.Column("moetesak_id", sa.Integer(), nullable=True),
        sa.Column("startet", sa.DateTime(timezone=True), nullable=False),
        sa.Column("avsluttet", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lukket", sa.Boolean(), nullable=False),
        sa.Column("strek", sa.Boolean(), nullable=False),
        sa.Column("klubbet", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["moete_id"], ["moete.id"], name=op.f("fk_direktemoete_moete_id_moete")),
        sa.ForeignKeyConstraint(["moetesak_id"], ["moetesak.id"], name=op.f("fk_direktemoete_moetesak_id_moetesak")),
        sa.PrimaryKeyConstraint("moete_id", name=op.f("pk_direktemoete")),
    )
    op.create_table(
        "talerpost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moetesak_id", sa.Integer(), nullable=False),
        sa.Column("medlemskap_id", sa.Integer(), nullable=False),
        sa.Column("innleggstype", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("replikk_til_id", sa.Integer(), nullable=True),
        sa.Column("bedt_om", sa.DateTime(timezone=True), nullable=False),
        sa.Column("startet", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sluttet", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taletid", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["medlemskap_id"], ["medlemskap.id"], name=op.f("fk_talerpost_medlemskap_id_medlemskap")
        ),
        sa.ForeignKeyConstraint(["moetesak_id"], ["moetesak.id"], name=op.f("fk_talerpost_moetesak_id_moetesak")),
        sa.ForeignKeyConstraint(
            ["replikk_til_id"], ["talerpost.id"], name=op.f("fk_talerpost_replikk_til_id_talerpost")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talerpost")),
    )
    with op.batch_alter_table("talerpost", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talerpost_moetesak_id"), ["moetesak_id"], unique=False)

    op.create_table(
        "direkteendring",
        sa.Column("moete_id", sa.Integer(), nullable=False),
        sa.Column("sekvens", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hendelse", sa.String(length=40), nullable=False),
        sa.Column("tidspunkt", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["moete_id"], ["direktemoete.moete_id"], name=op.f("fk_direkteendring_moete_id_direktemoete")
        ),
        sa.PrimaryKeyConstraint("moete_id", "sekvens", name=op.f("pk_direkteendring")),
    )
    op.create_table(
        "elvotering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moetesak_id", sa.Integer(), nullable=False),
        sa.Column("aapen_i_moete_id", sa.Integer(), nullable=True),
        sa.Column("voteringsform", sa.String(length=40), nullable=False),
        sa.Column("hemmelig", sa.Boolean(), nullable=False),
        sa.Column("objekter", sa.JSON(), nullable=False),
        sa.Column("mot_objekter", sa.JSON(), nullable=False),
        sa.Column("aapnet", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lukket", sa.DateTime(timezone=True), nullable=True),
        sa.Column("votering_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["aapen_i_moete_id"], ["moete.id"], name=op.f("fk_elvotering_aapen_i_moete_id_moete")),
        sa.ForeignKeyConstraint(["moetesak_id"], ["moetesak.id"], name=op.f("fk_elvotering_moetesak_id_moetesak")),
        sa.ForeignKeyConstraint(
            ["votering_id"], ["votering.id"], name=op.f("fk_elvotering_votering_id_votering"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elvotering")),
        sa.UniqueConstraint("aapen_i_moete_id", name=op.f("uq_elvotering_aapen_i_moete_id")),
    )
    with op.batch_alter_table("elvotering", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_elvotering_moetesak_id"), ["moetesak_id"], unique=False)

    op.create_table(
        "elstemme",
        sa.Column("elvotering_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stemme", sa.String(length=40), nullable=True),
        sa.Column("innsendinger", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["elvotering_id"], ["elvotering.id"], name=op.f("fk_elstemme_elvotering_id_elvotering")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_elstemme_person_id_person")),
        sa.PrimaryKeyConstraint("elvotering_id", "person_id", name=op.f("pk_elstemme")),
    )
    op.create_table(
        "hemmelig_opptelling",
        sa.Column("elvotering_id", sa.Integer(), nullable=False),
        sa.Column("stemme", sa.String(length=40), nullable=False),
        sa.Column("antall", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["elvotering_id"], ["elvotering.id"], name=op.f("fk_hemmelig_opptelling_elvotering_id_elvotering")
        ),
        sa.PrimaryKeyConstraint("elvotering_id", "stemme", name=op.f("pk_hemmelig_opptelling")),
    )


def downgrade() -> None:
    op.drop_table("hemmelig_opptelling")
    op.drop_table("elstemme")
    with op.batch_alter_table("elvotering", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_elvotering_moetesak_id"))

    op.drop_table("elvotering")
    op.drop_table("direkteendring")
    with op.batch_alter_table("talerpost", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_talerpost_moetesak_id"))

    op.drop_table("talerpost")
    op.drop_table("direktemoete")
    op.drop_table("taletidsregel")
