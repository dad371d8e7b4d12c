"""Protocols of meetings in the archive."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from saksbehandling.migrations.orders import ids, order

revision = "35dc75498442"
down_revision = "10434f92c1c7"
branch_labels = None
depends_on = None

_APPROVED = "SELECT moete_id FROM moeteprotokoll WHERE godkjent IS NOT NULL ORDER BY moete_id"


def upgrade() -> None:
    op.create_table(
        "aarsmappe",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("utvalg_id", sa.Integer(), nullable=False),
        sa.Column("aar", sa.Integer(), nullable=False),
        sa.Column("saksmappe_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["saksmappe_id"], ["saksmappe.id"], name=op.f("fk_aarsmappe_saksmappe_id_saksmappe")),
        sa.ForeignKeyConstraint(["utvalg_id"], ["utvalg.id"], name=op.f("fk_aarsmappe_utvalg_id_utvalg")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aarsmappe")),
        sa.UniqueConstraint("saksmappe_id", name=op.f("uq_aarsmappe_saksmappe_id")),
        sa.UniqueConstraint("utvalg_id", "aar", name=op.f("uq_aarsmappe_utvalg_id_aar")),
    )
    op.create_table(
        "journalpost_gjengir",
        sa.Column("journalpost_id", sa.Integer(), nullable=False),
        sa.Column("saksmappe_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["journalpost_id"], ["journalpost.id"], name=op.f("fk_journalpost_gjengir_journalpost_id_journalpost")
        ),
        sa.ForeignKeyConstraint(
            ["saksmappe_id"], ["saksmappe.id"], name=op.f("fk_journalpost_gjengir_saksmappe_id_saksmappe")
        ),
        sa.PrimaryKeyConstraint("journalpost_id", "saksmappe_id", name=op.f("pk_journalpost_gjengir")),
    )
    with op.batch_alter_table("journalpost_gjengir", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journalpost_gjengir_saksmappe_id"), ["saksmappe_id"], unique=False)
    op.create_table(
        "moeteprotokolldokument",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moeteprotokoll_id", sa.Integer(), nullable=False),
        sa.Column("utdrag", sa.Boolean(), nullable=False),
        sa.Column("rettelser", sa.Integer(), nullable=False),
        sa.Column("dokument_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dokument_id"], ["dokument.id"], name=op.f("fk_moeteprotokolldokument_dokument_id_dokument")
        ),
        sa.ForeignKeyConstraint(
            ["moeteprotokoll_id"],
            ["moeteprotokoll.id"],
            name=op.f("fk_moeteprotokolldokument_moeteprotokoll_id_moeteprotokoll"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moeteprotokolldokument")),
        sa.UniqueConstraint("dokument_id", name=op.f("uq_moeteprotokolldokument_dokument_id")),
        sa.UniqueConstraint(
            "moeteprotokoll_id",
            "utdrag",
            "rettelser",
            name=op.f("uq_moeteprotokolldokument_moeteprotokoll_id_utdrag_rettelser"),
        ),
    )
    with op.batch_alter_table("saksmappe", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mappetype", sa.String(length=40), nullable=False, server_default="Saksmappe"))
    with op.batch_alter_table("saksmappe", schema=None) as batch_op:
        batch_op.alter_column("mappetype", server_default=None)
    order("bestill_moeteprotokoll", ({"moete_id": nummer} for nummer in ids(_APPROVED)))


def downgrade() -> None:
    with op.batch_alter_table("saksmappe", schema=None) as batch_op:
        batch_op.drop_column("mappetype")

    op.drop_table("moeteprotokolldokument")
    op.drop_table("journalpost_gjengir")
    op.drop_table("aarsmappe")
