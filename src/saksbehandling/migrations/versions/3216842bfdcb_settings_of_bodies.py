"""settings of bodies and how cases come on the agenda."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "3216842bfdcb"
down_revision = "3c1f0a6b7d21"
branch_labels = None
depends_on = None


# What bodies had until their reglement is entered: the standard of the version that this migration belongs to.
FOERSTE_DAG = dt.date(1993, 1, 1)
STANDARDFRIST = 7
ANDRE_SERIER = [
    ["RS", "Referatsaker"],
    ["OS", "Orienteringssaker"],
    ["DS", "Delegerte saker"],
    ["FO", "Forespørsler"],
]
STANDARD = "standardoppsett, ikke bekreftet mot reglementet"


def upgrade() -> None:
    regler = op.create_table(
        "utvalgsregler",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("utvalg_id", sa.Integer(), nullable=False),
        sa.Column("gyldig_fra", sa.Date(), nullable=False),
        sa.Column("innkallingsfrist", sa.Integer(), nullable=False),
        sa.Column("nummerserier", sa.JSON(), nullable=False),
        sa.Column("felles_nummer", sa.Boolean(), nullable=False),
        sa.Column("behold_nummer_ved_utsettelse", sa.Boolean(), nullable=False),
        sa.Column("hjemmel", sa.String(length=200), nullable=False),
        sa.Column("registrert", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registrert_av", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["utvalg_id"], ["utvalg.id"], name=op.f("fk_utvalgsregler_utvalg_id_utvalg")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_utvalgsregler")),
    )
    with op.batch_alter_table("utvalgsregler", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_utvalgsregler_utvalg_id"), ["utvalg_id"], unique=False)
    _flytt_inn(regler)
    with op.batch_alter_table("moetesak", schema=None) as batch_op:
        batch_op.add_column(sa.Column("oppfoering", sa.String(length=40), nullable=False, server_default="saksliste"))
    with op.batch_alter_table("moetesak", schema=None) as batch_op:
        batch_op.alter_column("oppfoering", server_default=None)
    with op.batch_alter_table("saksliste", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sen_begrunnelse", sa.Text(), nullable=True))
    with op.batch_alter_table("utvalg", schema=None) as batch_op:
        batch_op.drop_column("behold_nummer_ved_utsettelse")
        batch_op.drop_column("saksprefiks")


def _flytt_inn(regler: sa.Table) -> None:
    """What each body had in columns of its own becomes its first version."""
    utvalg = sa.table(
        "utvalg",
        sa.column("id", sa.Integer),
        sa.column("saksprefiks", sa.String),
        sa.column("behold_nummer_ved_utsettelse", sa.Boolean),
    )
    rader = op.get_bind().execute(sa.select(utvalg)).all()
    versjoner = [
        {
            "utvalg_id": rad.id,
            "gyldig_fra": FOERSTE_DAG,
            "innkallingsfrist": STANDARDFRIST,
            "nummerserier": [
                [rad.saksprefiks, "Politiske saker"],
                *(serie for serie in ANDRE_SERIER if serie[0] != rad.saksprefiks),
            ],
            "felles_nummer": False,
            "behold_nummer_ved_utsettelse": rad.behold_nummer_ved_utsettelse,
            "hjemmel": STANDARD,
        }
        for rad in rader
    ]
    if versjoner:
        op.bulk_insert(regler, versjoner)


def downgrade() -> None:
    with op.batch_alter_table("utvalg", schema=None) as batch_op:
        batch_op.add_column(sa.Column("saksprefiks", sa.String(length=10), nullable=False, server_default="PS"))
        batch_op.add_column(
            sa.Column("behold_nummer_ved_utsettelse", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    _flytt_ut()
    with op.batch_alter_table("utvalg", schema=None) as batch_op:
        batch_op.alter_column("saksprefiks", server_default=None)
        batch_op.alter_column("behold_nummer_ved_utsettelse", server_default=None)
    with op.batch_alter_table("saksliste", schema=None) as batch_op:
        batch_op.drop_column("sen_begrunnelse")
    with op.batch_alter_table("moetesak", schema=None) as batch_op:
        batch_op.drop_column("oppfoering")
    with op.batch_alter_table("utvalgsregler", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_utvalgsregler_utvalg_id"))
    op.drop_table("utvalgsregler")


def _flytt_ut() -> None:
    """The newest version of each body goes back into its columns."""
    op.execute(
        "UPDATE utvalg SET behold_nummer_ved_utsettelse = (SELECT r.behold_nummer_ved_utsettelse FROM utvalgsregler r "
        "WHERE r.id = (SELECT max(id) FROM utvalgsregler WHERE utvalg_id = utvalg.id)) "
        "WHERE EXISTS (SELECT 1 FROM utvalgsregler WHERE utvalg_id = utvalg.id)"
    )
