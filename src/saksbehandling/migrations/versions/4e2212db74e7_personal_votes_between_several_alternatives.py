"""For which of several alternatives each person voted, by roll call or electronically."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "4e2212db74e7"
down_revision = "c292f25cf617"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("personstemme") as batch_op:
        batch_op.add_column(sa.Column("side", sa.Integer(), nullable=True))
    with op.batch_alter_table("elstemme") as batch_op:
        batch_op.add_column(sa.Column("side", sa.Integer(), nullable=True))
    with op.batch_alter_table("elvotering") as batch_op:
        batch_op.add_column(sa.Column("alternativer", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("elvotering") as batch_op:
        batch_op.drop_column("alternativer")
    with op.batch_alter_table("elstemme") as batch_op:
        batch_op.drop_column("side")
    with op.batch_alter_table("personstemme") as batch_op:
        batch_op.drop_column("side")
