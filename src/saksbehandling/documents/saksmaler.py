"""Makes the shipped templates about one case: presentation, decision by delegation, and what is sent of a decision."""

from __future__ import annotations

from saksbehandling.documents.malbygger import document, facts, heading, label, listing, paragraph, repeat, when
from saksbehandling.documents.maldeler import Words, ballots, decided, ending, minutes, signatures
from saksbehandling.documents.malord import ordliste

_FOOT = "[[utvalg]], sak [[sak]]"


def saksframlegg(malform: str = "nb") -> bytes:
    """A template for a saksframlegg in «nb» or «nn»."""
    words = ordliste(malform)
    treated = (
        (words["k_utvalg"], "[[utvalg]]", 4570),
        (words["k_moetedato"], "[[moetedato]]", 2250),
        (words["k_sak"], "[[saksnummer]]", 2250),
    )
    body = (
        paragraph(words["saksframlegg"], "Overskrift1"),
        _case_facts(words),
        when("behandlinger", heading(words["behandles"]) + listing(words["behandles"], "behandlinger", treated)),
        heading(words["innstilling"]),
        paragraph("[[tekst: innstilling]]"),
        when("innhold", heading(words["utredning"]) + paragraph("[[tekst: innhold]]")),
        _statements(words),
        _signatures(),
        _attachments(words),
    )
    return document("".join(body), f"{words['saksframlegg']}, arkivsak [[arkivsak]]", malform)


def delegert_vedtak(malform: str = "nb") -> bytes:
    """A template for a decision by delegation in «nb» or «nn»."""
    words = ordliste(malform)
    body = (
        paragraph(words["delegert"], "Overskrift1"),
        _case_facts(words),
        paragraph(words["etter_delegering"], "Ettertabell"),
        when("meldt", paragraph(words["meldt_til"])),
        heading(words["vedtak"]),
        paragraph("[[tekst: innstilling]]"),
        when("innhold", heading(words["begrunnelse"]) + paragraph("[[tekst: innhold]]")),
        _statements(words),
        _appeal(words),
        _signatures(),
        _attachments(words),
    )
    return document("".join(body), f"{words['delegert']}, arkivsak [[arkivsak]]", malform)


def uttalelse(malform: str = "nb") -> bytes:
    """A template for a council's statement in «nb» or «nn»."""
    words = ordliste(malform)
    body = (
        paragraph(words["uttalelse"], "Overskrift1"),
        _treatment_facts(words),
        decided(),
        ballots(words),
        ending("moetedato", "leder", "lederfunksjon"),
    )
    return document("".join(body), _FOOT, malform)


def saerutskrift(malform: str = "nb") -> bytes:
    """A template for an extract of the minutes, also as a letter to a party, in «nb» or «nn»."""
    words = ordliste(malform)
    reference = f"[[dato: dato]]\t{words['vaar_referanse']} [[arkivsak]]"
    body = (
        when("mottaker", repeat("mottaker", paragraph("[[denne]]", "Mottaker")) + paragraph(reference, "Brevhode")),
        when("hjemmel", paragraph(f"{words['unntatt']} [[hjemmel]]", "Brevhode")),
        paragraph(words["saerutskrift"], "Overskrift1"),
        paragraph(words["sendt_til_deg"]),
        _treatment_facts(words),
        decided(),
        minutes(words),
        ballots(words),
        _appeal(words),
        paragraph(words["rett_utskrift"], "Godkjenningstart"),
        paragraph("[[kommune]], [[dato: dato]]", "Godkjenning"),
        when("avsender", paragraph("[[avsender]]", "Godkjenning")),
    )
    return document("".join(body), _FOOT, malform)


def melding_om_vedtak(malform: str = "nb") -> bytes:
    """A template for telling those who are to carry a decision out, in «nb» or «nn»."""
    words = ordliste(malform)
    columns = (
        (words["k_hva"], "[[tekst]]", 4870),
        (words["k_ansvarlig"], "[[ansvarlig]]", 2400),
        (words["k_frist"], "[[frist]]", 1800),
    )
    body = (
        paragraph(words["melding"], "Overskrift1"),
        facts(words["om_saken"], ((words["til"], "[[til]]"), *_treatment(words))),
        paragraph(words["til_iverksetting"], "Ettertabell"),
        decided(),
        when("oppfoelging", heading(words["oppfoelging"]) + listing(words["oppfoelging"], "oppfoelging", columns)),
        ending("dato", "avsender"),
    )
    return document("".join(body), _FOOT, malform)


def utsatt_sak(malform: str = "nb") -> bytes:
    """A template for telling that a case was postponed, in «nb» or «nn»."""
    words = ordliste(malform)
    lapsed = repeat("bortfalt", label("[[overskrift]]") + paragraph("[[tekst: tekst]]", "Forslagstekst"))
    body = (
        paragraph(words["utsatt"], "Overskrift1"),
        _treatment_facts(words),
        paragraph(words["ble_utsatt"], "Ettertabell"),
        when("utsatt_til", paragraph(words["kommer_opp"])),
        when("uten_dato", paragraph(words["uten_dato"])),
        when("har_vedtak", decided()),
        when("bortfalt", heading(words["bortfalt"]) + paragraph(words["om_bortfalt"]) + lapsed),
        ending("dato", "avsender"),
    )
    return document("".join(body), _FOOT, malform)


def _treatment_facts(words: Words) -> str:
    return facts(words["om_saken"], _treatment(words))


def _treatment(words: Words) -> tuple[tuple[str, str], ...]:
    return (
        (words["utvalg"], "[[utvalg]]"),
        (words["moetedato"], "[[moetedato]]"),
        (words["sak"], "[[saksnummer]]"),
        (words["tittel"], "[[tittel]]"),
        (words["arkivsak"], "[[arkivsak]]"),
    )


def _case_facts(words: Words) -> str:
    rows = (
        (words["tittel"], "[[tittel]]"),
        (words["arkivsak"], "[[arkivsak]]"),
        (words["saksbehandler"], "[[saksbehandler]]"),
        (words["dato"], "[[dato]]"),
    )
    return facts(words["om_saken"], rows) + when("hjemmel", paragraph(f"{words['unntatt']} [[hjemmel]]", "Ettertabell"))


def _appeal(words: Words) -> str:
    return when("klage", heading(words["klage"]) + repeat("klage", paragraph("[[denne]]")))


def _statements(words: Words) -> str:
    statement = label("[[utvalg]], sak [[saksnummer]]") + paragraph("[[tekst: tekst]]")
    return when("uttalelser", heading(words["uttalelser"]) + repeat("uttalelser", statement))


def _attachments(words: Words) -> str:
    return when("vedlegg", heading(words["vedlegg"]) + repeat("vedlegg", paragraph("[[nummer]]. [[tittel]]")))


def _signatures() -> str:
    approved = when("godkjenning", paragraph("[[godkjenning]]", "Ettertabell"))
    return signatures("signaturer", "tittel") + approved
