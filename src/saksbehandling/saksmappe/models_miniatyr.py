"""The small pictures by which files are known in a list."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from saksbehandling.db import FIL, Base, Filsum


class Miniatyr(Base):
    """A PNG of the first page of a file; both are in the document store, named by their SHA-256.

    It belongs to the bytes of the file and to nothing else: whoever may fetch those may see this. Sizes in pixels.
    """

    __tablename__ = "miniatyr"

    id: Mapped[int] = mapped_column(primary_key=True)
    kilde: Mapped[str] = mapped_column(Filsum, unique=True, info=FIL)
    sjekksum: Mapped[str] = mapped_column(Filsum, info=FIL)
    bredde: Mapped[int]
    hoeyde: Mapped[int]
