"""Stands where files are taken in, and sets apart what is refused there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from pyramid.request import Request

from saksbehandling.documents.content import Content
from saksbehandling.errors import RefusedFile
from saksbehandling.karantene.models import LENGSTE_FILNAVN, Karantenefil


@contextmanager
def karantene(request: Request, sted: str, filnavn: str, innhold: Content) -> Iterator[None]:
    """Set the file apart when what is done in here finds it harmful, and say so in the `RefusedFile` that goes on.

    It is noted in a transaction of its own, after the one of the request, which the view most likely undoes.
    """
    try:
        yield
    except RefusedFile as feil:
        bruker = request.identitet
        navn = "".join(tegn for tegn in filnavn if tegn.isprintable())[-LENGSTE_FILNAVN:]
        fil = Karantenefil(bruker_id=bruker.bruker_id, navn=bruker.navn, sted=sted, filnavn=navn, grunn=str(feil))
        noter = partial(_noter, request.registry["parts"], fil, innhold)
        request.tm.get().addAfterAbortHook(noter)
        request.tm.get().addAfterCommitHook(lambda _lyktes: noter())
        dager = request.registry["settings"].karantene_dager
        raise RefusedFile(f"{feil} Filen er satt i karantene, og slettes om {dager} dager.") from feil


def _noter(parts: Any, fil: Karantenefil, innhold: Content) -> None:
    with parts.session() as session:
        parts.quarantine(session).sett_inn(fil, innhold)
