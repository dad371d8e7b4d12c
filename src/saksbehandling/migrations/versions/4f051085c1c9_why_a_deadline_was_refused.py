"""Why a deadline was refused."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "4f051085c1c9"
down_revision = "3216842bfdcb"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("frist", schema=None) as batch_op:
        batch_op.add_column(sa.Column("grunn", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("frist", schema=None) as batch_op:
        batch_op.drop_column("grunn")
