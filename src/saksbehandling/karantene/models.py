"""What is known of an upload that was refused."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from saksbehandling.db import Base
from saksbehandling.identity.kodeverk import Rolle

LENGSTE_FILNAVN = 255
ALLES = f"rolle:{Rolle.ARKIVAR.value}"
"""The token by which one sees those of others."""


class Karantenefil(Base):
    """A refused upload. Its bytes are in the quarantine by `sjekksum`, never in the document store.

    `sted`: where somebody tried to put it, «sak 26/12»; `grunn`: why it was refused, and what to do, as they were told.
    """

    __tablename__ = "karantenefil"

    id: Mapped[int] = mapped_column(primary_key=True)
    bruker_id: Mapped[int] = mapped_column(sa.ForeignKey("bruker.id"), index=True)
    navn: Mapped[str] = mapped_column(sa.String(200))
    sted: Mapped[str] = mapped_column(sa.String(200))
    filnavn: Mapped[str] = mapped_column(sa.String(LENGSTE_FILNAVN))
    filstoerrelse: Mapped[int] = mapped_column(sa.BigInteger)
    sjekksum: Mapped[str] = mapped_column(sa.String(64), index=True)
    grunn: Mapped[str] = mapped_column(sa.Text)
    lastet_opp: Mapped[dt.datetime]
    slettes: Mapped[dt.datetime] = mapped_column(index=True)

    @property
    def lesere(self) -> frozenset[str]:
        """Who may know of it: the one who sent it, and the archivist."""
        return frozenset({f"bruker:{self.bruker_id}", ALLES})
