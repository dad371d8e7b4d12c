"""What people call the permissions and guards that definitions name, and what each definition is for.

A permission is a verb phrase («endre sakslisten»), a guard a clause («protokollen er godkjent») with its arguments in
braces. A test holds that nothing in a definition lacks a title here.
"""

from __future__ import annotations

from collections.abc import Mapping

from saksbehandling.workflow_engine.chart import Titler

TILLATELSER: Mapping[str, Titler] = {
    "les_utkast": Titler("lese utkast", "lese utkast", "read drafts"),
    "publiser": Titler("publisere", "publisere", "publish"),
    "rediger_forslag": Titler("endre forslaget", "endre framlegget", "edit the proposal"),
    "rediger_henvendelse": Titler("endre henvendelsen", "endre førespurnaden", "edit the enquiry"),
    "rediger_oppdrag": Titler("endre oppdraget", "endre oppdraget", "edit the assignment"),
    "rediger_oppfoelging": Titler("føre oppfølgingen", "føre oppfølginga", "record the follow-up"),
    "rediger_plan": Titler("endre planen", "endre planen", "edit the plan"),
    "rediger_protokoll": Titler("endre protokollen", "endre protokollen", "edit the minutes"),
    "rediger_rapport": Titler("endre rapporten", "endre rapporten", "edit the report"),
    "rediger_saksframlegg": Titler("endre saksframlegget", "endre saksframlegget", "edit the case presentation"),
    "rediger_saksliste": Titler("endre sakslisten", "endre saklista", "edit the agenda"),
    "rediger_soeknad": Titler("endre søknaden", "endre søknaden", "edit the application"),
    "rediger_spoersmaal": Titler("endre spørsmålet", "endre spørsmålet", "edit the question"),
    "rediger_svar": Titler("endre svaret", "endre svaret", "edit the answer"),
    "rediger_uttalelse": Titler("endre uttalelsen", "endre fråsegna", "edit the statement"),
    "rediger_vedtak": Titler("endre vedtaket", "endre vedtaket", "edit the decision"),
    "registrer_behandling": Titler("registrere behandlingen", "registrere handsaminga", "record the treatment"),
    "registrer_kontroll": Titler("registrere kontroll", "registrere kontroll", "record inspections"),
    "start_delsak": Titler("starte delsaker", "starte delsaker", "start sub-cases"),
}

VILKAAR: Mapping[str, Titler] = {
    "alle_oppfoelginger_ferdige": Titler(
        "alle oppfølgingspunkt er ferdige", "alle oppfølgingspunkt er ferdige", "all follow-up is done"
    ),
    "alle_uttalelser_avgitt": Titler(
        "alle råd har uttalt seg", "alle råd har uttalt seg", "all councils have answered"
    ),
    "alt_avgjort": Titler(
        "alle avsnitt og forslag er avgjort",
        "alle avsnitt og framlegg er avgjorde",
        "all texts and proposals are decided",
    ),
    "beslutningsdyktig": Titler("organet er vedtaksført", "organet er vedtaksført", "the body has a quorum"),
    "er_innstilling": Titler(
        "behandlingen ender i en innstilling",
        "handsaminga endar i ei innstilling",
        "the treatment ends in a recommendation",
    ),
    "er_vedtak": Titler(
        "behandlingen ender i et vedtak", "handsaminga endar i eit vedtak", "the treatment ends in a decision"
    ),
    "etatsuttalelser_avgitt": Titler(
        "alle etater som er spurt, har uttalt seg",
        "alle etatar som er spurde, har uttalt seg",
        "every agency that was asked has answered",
    ),
    "har_delsak": Titler("en delsak er startet", "ei delsak er starta", "a sub-case has been started"),
    "har_saksframlegg": Titler(
        "saksframlegget er skrevet", "saksframlegget er skrive", "the case presentation is written"
    ),
    "har_utgaaende_brev": Titler("et brev er sendt ut", "eit brev er sendt ut", "a letter has been sent"),
    "ja": Titler("«{0}» er besvart med ja", "«{0}» er svart ja på", "«{0}» is answered with yes"),
    "minst": Titler("«{0}» er minst {1}", "«{0}» er minst {1}", "«{0}» is at least {1}"),
    "minst_prosent": Titler(
        "«{0}» er minst {prosent} prosent av «{av}»",
        "«{0}» er minst {prosent} prosent av «{av}»",
        "«{0}» is at least {prosent} per cent of «{av}»",
    ),
    "protokoll_godkjent": Titler("protokollen er godkjent", "protokollen er godkjend", "the minutes are approved"),
    "skjerming_avklart": Titler("skjermingen er avklart", "skjerminga er avklart", "screening is settled"),
    "utfylt": Titler("«{0}» er fylt ut", "«{0}» er fylt ut", "«{0}» is filled in"),
    "valgt": Titler("«{0}» er «{1}»", "«{0}» er «{1}»", "«{0}» is «{1}»"),
}

FORMAAL: Mapping[str, Titler] = {
    "behandling": Titler(
        "Behandlingen av en sak i ett møte, fra sakslisten til publisert protokoll.",
        "Handsaminga av ei sak i eitt møte, frå saklista til publisert protokoll.",
        "A body's treatment of a case in one meeting, from the agenda to the published minutes.",
    ),
    "etatsuttalelse": Titler(
        "Svaret fra en etat som kommunen har bedt om å uttale seg.",
        "Svaret frå ein etat som kommunen har bede om å uttale seg.",
        "The answer of an agency that the municipality has asked for its view.",
    ),
    "henvendelse": Titler(
        "En henvendelse til kommunen, fra den er mottatt til den er besvart eller er blitt en sak.",
        "Ein førespurnad til kommunen, frå han kjem inn til han er svart på eller har vorte ei sak.",
        "An enquiry to the municipality, until it is answered or has become a case.",
    ),
    "innbyggerforslag": Titler(
        "Et forslag fra innbyggerne, som kommunestyret må ta stilling til når nok har skrevet under.",
        "Eit framlegg frå innbyggjarane, som kommunestyret må ta stilling til når nok har skrive under.",
        "A proposal by the inhabitants, which the council must answer when enough have signed.",
    ),
    "interpellasjon_spoersmaal": Titler(
        "Et spørsmål eller en interpellasjon fra en folkevalgt, til det er besvart.",
        "Eit spørsmål eller ein interpellasjon frå ein folkevald, til det er svart på.",
        "A question or interpellation by an elected member, until it is answered.",
    ),
    "oppfoelging_av_vedtak": Titler(
        "Et oppdrag som et vedtak har gitt administrasjonen, til organet er fornøyd med svaret.",
        "Eit oppdrag som eit vedtak har gjeve administrasjonen, til organet er nøgd med svaret.",
        "An assignment that a decision gave the administration, until the body accepts the answer.",
    ),
    "politisk_sak": Titler(
        "En sak fra utredning gjennom råd, komité og bystyre til oppfølging av vedtaket.",
        "Ei sak frå utgreiing gjennom råd, komité og bystyre til oppfølging av vedtaket.",
        "A case from preparation through councils, committee and city council to follow-up.",
    ),
    "reguleringsplan": Titler(
        "En reguleringsplan fra initiativ til kunngjøring, med høring og to gangers behandling.",
        "Ein reguleringsplan frå initiativ til kunngjering, med høyring og to gonger handsaming.",
        "A zoning plan from initiative to announcement, with a hearing and two readings.",
    ),
    "skjenkebevilling": Titler(
        "En søknad om skjenkebevilling, og bevillingen med kontroll og klage.",
        "Ein søknad om skjenkeløyve, og løyvet med kontroll og klage.",
        "An application for a licence to serve alcohol, and the licence with inspections and appeal.",
    ),
    "uttalelse": Titler(
        "Uttalelsen fra et råd om en sak, i ett møte.",
        "Fråsegna frå eit råd om ei sak, i eitt møte.",
        "The statement of an advisory council about a case, in one meeting.",
    ),
}
