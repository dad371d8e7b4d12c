"""Files of saksframlegg that were approved when the journal got their words alone; not of those that were read in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from saksbehandling.migrations.orders import order

revision = "b7d13c6a0e52"
down_revision = "6e0c2b9a41f7"
branch_labels = None
depends_on = None

# The entries of a case belong to its approved versions in their order.
_WITHOUT_FILE = """
SELECT framlegg.id AS saksframlegg_id, dokument.id AS dokument_id
FROM (SELECT saksframlegg.id, saksmappe_id, row_number() OVER (PARTITION BY saksmappe_id ORDER BY versjonsnummer) AS nr
      FROM saksframlegg JOIN saksmappe ON saksmappe.id = saksmappe_id
      WHERE godkjent IS NOT NULL AND kilde IS NULL) AS framlegg
JOIN (SELECT id, saksmappe_id, row_number() OVER (PARTITION BY saksmappe_id ORDER BY journalpostnummer) AS nr
      FROM journalpost WHERE journalposttype = 'Saksframlegg') AS post
  ON post.saksmappe_id = framlegg.saksmappe_id AND post.nr = framlegg.nr
JOIN dokument ON dokument.journalpost_id = post.id AND dokument.dokumentnummer = 1
WHERE NOT EXISTS (SELECT 1 FROM dokumentversjon WHERE dokumentversjon.dokument_id = dokument.id)
ORDER BY framlegg.id
"""


def upgrade() -> None:
    order("lag_saksframlegg", map(dict, op.get_bind().execute(sa.text(_WITHOUT_FILE)).mappings()))


def downgrade() -> None:
    op.execute("DELETE FROM utboks WHERE type = 'lag_saksframlegg'")
