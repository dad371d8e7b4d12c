"""The kinds of document that are made here, for the pages where their templates are edited."""

from __future__ import annotations

from saksbehandling.maler.slag import Malslag
from saksbehandling.protokoll import eksempler

MALSLAG = {
    "saksprotokoll": Malslag(
        "Saksprotokoll",
        "Protokollen for én sak i ett møte, når den er godkjent og når den lastes ned.",
        eksempler.saksprotokoll,
    ),
    "saksprotokoll_navn": Malslag(
        "Saksprotokoll med navn",
        "Saksprotokollen der loven vil ha partiene, og navnene der et parti delte seg (kommuneloven § 11-4).",
        eksempler.saksprotokoll,
    ),
    "moeteprotokoll": Malslag(
        "Møteprotokoll", "Protokollen for et helt møte, slik den legges fram og lastes ned.", eksempler.moeteprotokoll
    ),
    "innkalling": Malslag("Innkalling", "Innkallingen til et møte, med saksliste.", eksempler.innkalling),
    "referatliste": Malslag("Referatliste", "Det utvalget bare blir orientert om i et møte.", eksempler.referatliste),
    "saksframlegg": Malslag(
        "Saksframlegg", "Utredningen og forslaget til innstilling i en sak.", eksempler.saksframlegg
    ),
    "delegert_vedtak": Malslag(
        "Delegert vedtak", "Vedtaket i en sak som administrasjonen avgjør etter delegering.", eksempler.delegert_vedtak
    ),
    "uttalelse": Malslag("Uttalelse", "Uttalelsen fra et råd, slik den går til dem som spurte.", eksempler.uttalelse),
    "saerutskrift": Malslag(
        "Særutskrift", "Utskrift av møteboka for én sak, også som brev om vedtaket til partene.", eksempler.saerutskrift
    ),
    "melding_om_vedtak": Malslag(
        "Melding om vedtak", "Beskjed om et vedtak til dem som skal sette det i verk.", eksempler.melding_om_vedtak
    ),
    "utsatt_sak": Malslag("Melding om utsatt sak", "Beskjed om at en sak ble utsatt.", eksempler.utsatt_sak),
}
"""Each is also a template in `documents.maler` and, beside the protocols, gathered in `dokumenter`."""
