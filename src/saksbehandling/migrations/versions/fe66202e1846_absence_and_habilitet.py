"""absence substitutes and habilitet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "fe66202e1846"
down_revision = "9b52e7c4d810"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deputasjon",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moete_id", sa.Integer(), nullable=False),
        sa.Column("moetesak_id", sa.Integer(), nullable=True),
        sa.Column("hvem", sa.String(length=200), nullable=False),
        sa.Column("tema", sa.String(length=200), nullable=True),
        sa.Column("kl", sa.Time(), nullable=True),
        sa.ForeignKeyConstraint(["moete_id"], ["moete.id"], name=op.f("fk_deputasjon_moete_id_moete")),
        sa.ForeignKeyConstraint(["moetesak_id"], ["moetesak.id"], name=op.f("fk_deputasjon_moetesak_id_moetesak")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputasjon")),
    )
    with op.batch_alter_table("deputasjon", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deputasjon_moete_id"), ["moete_id"], unique=False)

    op.create_table(
        "forfall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moete_id", sa.Integer(), nullable=False),
        sa.Column("medlemskap_id", sa.Integer(), nullable=False),
        sa.Column("grunn", sa.Text(), nullable=False),
        sa.Column("fra", sa.Time(), nullable=True),
        sa.Column("til", sa.Time(), nullable=True),
        sa.Column("meldt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("meldt_av", sa.String(length=200), nullable=False),
        sa.Column("godkjent_av", sa.String(length=200), nullable=True),
        sa.Column("trukket", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["medlemskap_id"], ["medlemskap.id"], name=op.f("fk_forfall_medlemskap_id_medlemskap")),
        sa.ForeignKeyConstraint(["moete_id"], ["moete.id"], name=op.f("fk_forfall_moete_id_moete")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forfall")),
    )
    with op.batch_alter_table("forfall", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forfall_moete_id"), ["moete_id"], unique=False)

    op.create_table(
        "varainnkalling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moete_id", sa.Integer(), nullable=False),
        sa.Column("medlemskap_id", sa.Integer(), nullable=False),
        sa.Column("vara_for_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("innkalt", sa.DateTime(timezone=True), nullable=False),
        sa.Column("innkalt_av", sa.String(length=200), nullable=False),
        sa.Column("svart", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["medlemskap_id"], ["medlemskap.id"], name=op.f("fk_varainnkalling_medlemskap_id_medlemskap")
        ),
        sa.ForeignKeyConstraint(["moete_id"], ["moete.id"], name=op.f("fk_varainnkalling_moete_id_moete")),
        sa.ForeignKeyConstraint(
            ["vara_for_id"], ["medlemskap.id"], name=op.f("fk_varainnkalling_vara_for_id_medlemskap")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_varainnkalling")),
        sa.UniqueConstraint("moete_id", "medlemskap_id", name=op.f("uq_varainnkalling_moete_id_medlemskap_id")),
    )
    op.create_table(
        "habilitetsspoersmaal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moetesak_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("grunn", sa.Text(), nullable=False),
        sa.Column("reist", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reist_av", sa.String(length=200), nullable=False),
        sa.Column("vurdering_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["moetesak_id"], ["moetesak.id"], name=op.f("fk_habilitetsspoersmaal_moetesak_id_moetesak")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_habilitetsspoersmaal_person_id_person")),
        sa.ForeignKeyConstraint(
            ["vurdering_id"],
            ["habilitetsvurdering.id"],
            name=op.f("fk_habilitetsspoersmaal_vurdering_id_habilitetsvurdering"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_habilitetsspoersmaal")),
    )
    with op.batch_alter_table("habilitetsspoersmaal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_habilitetsspoersmaal_moetesak_id"), ["moetesak_id"], unique=False)

    with op.batch_alter_table("oppmoete", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fjern", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("moetesak_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_oppmoete_moetesak_id_moetesak"), "moetesak", ["moetesak_id"], ["id"])

    with op.batch_alter_table("oppmoete", schema=None) as batch_op:
        batch_op.alter_column("fjern", server_default=None)

    with op.batch_alter_table("saksmappe", schema=None) as batch_op:
        batch_op.add_column(sa.Column("inhabile", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("saksmappe", schema=None) as batch_op:
        batch_op.alter_column("inhabile", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("saksmappe", schema=None) as batch_op:
        batch_op.drop_column("inhabile")

    with op.batch_alter_table("oppmoete", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_oppmoete_moetesak_id_moetesak"), type_="foreignkey")
        batch_op.drop_column("moetesak_id")
        batch_op.drop_column("fjern")

    with op.batch_alter_table("habilitetsspoersmaal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_habilitetsspoersmaal_moetesak_id"))

    op.drop_table("habilitetsspoersmaal")
    op.drop_table("varainnkalling")
    with op.batch_alter_table("forfall", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forfall_moete_id"))

    op.drop_table("forfall")
    with op.batch_alter_table("deputasjon", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deputasjon_moete_id"))

    op.drop_table("deputasjon")
