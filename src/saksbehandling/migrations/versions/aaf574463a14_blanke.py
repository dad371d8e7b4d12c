"""Ballots about appointments, and councils whose members may vote blank."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "aaf574463a14"
down_revision = "a31a145413be"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("utvalgsregler", schema=None) as batch_op:
        batch_op.add_column(sa.Column("blanke_tillatt", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("votering", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ansettelse", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("votering", schema=None) as batch_op:
        batch_op.drop_column("ansettelse")

    with op.batch_alter_table("utvalgsregler", schema=None) as batch_op:
        batch_op.drop_column("blanke_tillatt")
