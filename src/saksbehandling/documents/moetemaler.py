"""Makes the shipped templates of what goes out before a meeting: the summons with the agenda, the referatliste."""

from __future__ import annotations

from saksbehandling.documents.malbygger import document, facts, heading, listing, paragraph, repeat, when
from saksbehandling.documents.maldeler import Words, ending
from saksbehandling.documents.malord import ordliste


def innkalling(malform: str = "nb") -> bytes:
    """A template for a summons in «nb» or «nn»."""
    words = ordliste(malform)
    columns = (
        (words["k_sak"], "[[saksnummer]]", 1300),
        (words["k_tittel"], "[[tittel]]", 4570),
        (words["k_arkivsak"], "[[arkivsak]]", 1300),
        (words["k_unntatt"], "[[hjemmel]]", 1900),
    )
    body = (
        paragraph(words["innkalling"], "Overskrift1"),
        facts(words["om_moetet"], _meeting(words)),
        paragraph(words["kalt_inn"], "Ettertabell"),
        when("sen_begrunnelse", paragraph(f"{words['sendt_sent']} [[sen_begrunnelse]]")),
        heading(words["saksliste"]),
        listing(words["saksliste"], "saker", columns),
        when("har_unntatte", paragraph(words["om_unntatte"], "Ettertabell")),
        ending("dato", "leder", "lederfunksjon"),
    )
    return document("".join(body), f"{words['innkalling']}, [[utvalg]] [[moetedato]]", malform)


def referatliste(malform: str = "nb") -> bytes:
    """A template for the list of what a meeting is told of, in «nb» or «nn»."""
    words = ordliste(malform)
    columns = (
        (words["k_sak"], "[[saksnummer]]", 1300),
        (words["k_tittel"], "[[tittel]]", 5870),
        (words["k_arkivsak"], "[[arkivsak]]", 1900),
    )
    body = (
        paragraph(words["referatliste"], "Overskrift1"),
        facts(words["om_moetet"], _meeting(words)),
        repeat("serier", heading("[[navn]]") + listing(words["referatliste"], "saker", columns)),
    )
    return document("".join(body), f"{words['referatliste']}, [[utvalg]] [[moetedato]]", malform)


def _meeting(words: Words) -> tuple[tuple[str, str], ...]:
    return (
        (words["utvalg"], "[[utvalg]]"),
        (words["moetedato"], "[[dag: moetedato]]"),
        (words["tid"], "[[tid]]"),
        (words["moetested"], "[[sted]]"),
    )
