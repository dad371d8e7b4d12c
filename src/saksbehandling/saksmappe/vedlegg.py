"""The attachments of a saksframlegg: documents of its journal entry, which has no date until it is approved."""

from __future__ import annotations

from collections.abc import Iterator

from saksbehandling.saksmappe.models import Dokument, Journalpost, Journalposttype, Saksframlegg, Saksmappe, Tilknytning

UTKAST = "Utkast til saksframlegg"


def aapen_post(sak: Saksmappe) -> Journalpost | None:
    """The entry of a saksframlegg that is not approved yet, if attachments have been put into it."""
    return next((post for post in _poster(sak) if post.dokumentdato is None), None)


def vedlegg_til(framlegg: Saksframlegg) -> list[Dokument]:
    """In order, with those of the versions before it. What waits for a later version is no part of an approved one."""
    return [
        dokument
        for post in _poster(framlegg.saksmappe)
        if framlegg.godkjent is None or post.dokumentdato is not None
        for dokument in post.dokumenter
        if dokument.tilknytning is Tilknytning.VEDLEGG
    ]


def er_laast(dokument: Dokument) -> bool:
    """Whether it belongs to an approved saksframlegg, so that no other file may take its place."""
    post = dokument.journalpost
    return post.journalposttype is Journalposttype.SAKSFRAMLEGG and post.dokumentdato is not None


def _poster(sak: Saksmappe) -> Iterator[Journalpost]:
    return (post for post in sak.journalposter if post.journalposttype is Journalposttype.SAKSFRAMLEGG)
