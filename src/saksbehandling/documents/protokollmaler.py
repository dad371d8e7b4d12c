"""Makes the shipped templates of protocols: of one case, in two forms, and of a whole meeting."""

from __future__ import annotations

from saksbehandling.documents.malbygger import document, facts, heading, label, listing, paragraph, repeat, when
from saksbehandling.documents.maldeler import (
    Words,
    ballots,
    corrections,
    decided,
    decision,
    minuted,
    minutes,
    signatures,
    votes,
)
from saksbehandling.documents.malord import ordliste

_SIGN_HERE = "______________________________"


def saksprotokoll(malform: str = "nb") -> bytes:
    """A template for a saksprotokoll in «nb» or «nn», with the votes counted by party."""
    return _saksprotokoll(malform, named=False)


def saksprotokoll_navn(malform: str = "nb") -> bytes:
    """The same, with how each party voted, and the persons by name where a party split."""
    return _saksprotokoll(malform, named=True)


def _saksprotokoll(malform: str, *, named: bool) -> bytes:
    words = ordliste(malform)
    body = (
        paragraph(words["saksprotokoll"], "Overskrift1"),
        _about(words),
        when("har_vedtak", decided()),
        _spokesperson(words),
        minutes(words),
        ballots(words, named=named),
        when("godkjenning", _approval(words)),
        corrections(words, ":"),
    )
    return document("".join(body), "[[utvalg]], sak [[sak]]", malform)


def _about(words: Words) -> str:
    rows = (
        (words["utvalg"], "[[utvalg]]"),
        (words["moetedato"], "[[moetedato]]"),
        (words["sak"], "[[sak]]"),
        (words["tittel"], "[[dokumenttittel]]"),
        (words["resultat"], "[[resultat]]"),
        (words["arkivsak"], "[[arkivsak]]"),
    )
    return facts(words["om_saken"], rows, words["om_saken_forklart"])


def _approval(words: Words) -> str:
    approved = f"{words['godkjent']} [[godkjenning.dato]] av [[godkjenning.av]]"
    by = when("godkjenning.av", paragraph(approved, "Godkjenning"))
    return paragraph("[[kommune]]", "Godkjenningstart") + paragraph("[[godkjenning.maate]]", "Godkjenning") + by


def moeteprotokoll(malform: str = "nb") -> bytes:
    """A template for a møteprotokoll in «nb» or «nn»: who met, each case, signatures, corrections."""
    words = ordliste(malform)
    body = "".join((_front(words), _agenda(words), repeat("saker", _case(words)), _end(words)))
    return document(body, f"{words['moeteprotokoll']}, [[utvalg]] [[moetedato]]", malform)


def _front(words: Words) -> str:
    rows = (
        (words["utvalg"], "[[utvalg]]"),
        (words["moetedato"], "[[moetedato]]"),
        (words["tid"], "[[tid]]"),
        (words["moetested"], "[[sted]]"),
        (words["frammoette"], f"[[antall_frammoetet]] {words['av']} [[plasser]]"),
    )
    met = (
        (words["k_navn"], "[[navn]]", 2700),
        (words["k_parti"], "[[parti]]", 900),
        (words["k_funksjon"], "[[funksjon]]", 1500),
        (words["k_moeter_for"], "[[moeter_for]]", 2170),
        (words["k_merknad"], "[[merknad]]", 1800),
    )
    away = (
        (words["k_navn"], "[[navn]]", 3600),
        (words["k_parti"], "[[parti]]", 1470),
        (words["k_vara"], "[[vara]]", 4000),
    )
    return "".join(
        (
            paragraph(words["moeteprotokoll"], "Overskrift1"),
            facts(words["moeteprotokoll"], rows),
            when("frammoete", heading(words["frammoete"]) + listing(words["frammoete"], "frammoete", met)),
            when("forfall", heading(words["forfall"]) + listing(words["forfall"], "forfall", away)),
        )
    )


def _agenda(words: Words) -> str:
    columns = ((words["k_sak"], "[[saksnummer]]", 1700), (words["k_tittel"], "[[tittel]]", 7370))
    return heading(words["saksliste"]) + listing(words["saksliste"], "saker", columns)


def _case(words: Words) -> str:
    treated = "".join(
        (
            when("resultat", paragraph("[[resultat]]", "Innledning")),
            _spokesperson(words),
            when("behandling", label(words["behandling"]) + repeat("behandling", minuted("Overskrift4"))),
            when("har_votering", label(words["votering"]) + votes(named=True, style="Normal", side="Forslagstekst")),
            when("har_vedtak", label("[[vedtaksoverskrift]]:") + decision()),
        )
    )
    return heading("[[saksnummer]] [[tittel]]") + when("skjermet", paragraph("[[skjermet]]")) + treated


def _spokesperson(words: Words) -> str:
    return when("saksordfoerer", paragraph(f"{words['saksordfoerer']} [[saksordfoerer]]"))


def _end(words: Words) -> str:
    lines = repeat("signaturfelt", paragraph(_SIGN_HERE, "Underskrift") + paragraph("[[denne]]", "Underskriftstekst"))
    return "".join(
        (
            heading(words["underskrifter"]),
            when("godkjenning", paragraph("[[godkjenning]]")),
            when("erklaering", paragraph("[[erklaering]]")),
            signatures("underskrifter", "om"),
            lines,
            corrections(words),
        )
    )
