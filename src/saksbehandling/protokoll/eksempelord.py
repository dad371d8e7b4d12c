"""The made-up words that templates are tried on, in bokmål and nynorsk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Eksempelord:
    """Texts of an invented case. The longer ones are in the light notation of `richtext`."""

    tittel: str
    innledning: tuple[str, ...]
    avsnitt: tuple[str, str]
    tillegg: str
    merknad: str
    foelger_saken_innledning: str
    foelger_saken: str
    flertallsmerknad: str
    notat: str
    forslag: str
    merknad_fra: str
    voteringer: tuple[str, str]
    tilslutning: str
    begrunnelse: str
    sekretaer: str
    kom: str
    sen: str
    serier: tuple[tuple[str, str], tuple[str, str]]
    utredning: str
    uttalelse: str
    saksbehandler: str
    vedlegg: tuple[str, str]
    oppfoelging: str


EKSEMPELORD: Mapping[str, Eksempelord] = {
    "nb": Eksempelord(
        tittel="Gangvei til Lia skole",
        innledning=("Saken sendes videre med slik", "INNSTILLING:"),
        avsnitt=(
            "Kommunestyret bygger gangvei i tre etapper:\n- 1. Skolebakken\n- 2. Torget\n- 3. Kaia",
            "Arbeidet **begynner** i mai.",
        ),
        tillegg="Kommunestyret ber om en plan for belysning langs *hele* veien før jul.",
        merknad="En trygg skolevei er det viktigste i saken.",
        foelger_saken_innledning="Dette forslaget følger saken:",
        foelger_saken="Kostnaden dekkes av fondet.",
        flertallsmerknad="FLERTALLSMERKNAD – Ap, Sp, V:",
        notat="Rektor orienterte om skoleveien.",
        forslag="Kari Lie (Sp), tilleggsforslag på vegne av V:",
        merknad_fra="Kari Lie (Sp), merknad:",
        voteringer=("Innstillingen ble enstemmig vedtatt.", "Lies forslag ble vedtatt mot 4 stemmer (3H, 1R)."),
        tilslutning="Ap og V sluttet seg til merknaden fra Sp.",
        begrunnelse="Skrivefeil.",
        sekretaer="møtesekretær",
        kom="kom kl. 17.20",
        sen="Saken kom inn sent.",
        serier=(("Referatsaker", "Brev fra statsforvalteren"), ("Delegerte saker", "Skjenkebevilling for én kveld")),
        utredning="# Bakgrunn\n\nElevene går langs veien.\n\n## Trafikk\n\nTid\tBiler\n07–08\t214",
        uttalelse="Ungdomsrådet støtter forslaget.",
        saksbehandler="saksbehandler",
        vedlegg=("Kart over skoleveien", "Kostnadsoverslag"),
        oppfoelging="Legg fram en plan for belysning.",
    ),
    "nn": Eksempelord(
        tittel="Gangveg til Lia skule",
        innledning=("Saka blir send vidare med slik", "TILRÅDING:"),
        avsnitt=(
            "Kommunestyret byggjer gangveg i tre etappar:\n- 1. Skulebakken\n- 2. Torget\n- 3. Kaia",
            "Arbeidet **tek til** i mai.",
        ),
        tillegg="Kommunestyret ber om ein plan for lys langs *heile* vegen før jul.",
        merknad="Ein trygg skuleveg er det viktigaste i saka.",
        foelger_saken_innledning="Dette framlegget følgjer saka:",
        foelger_saken="Kostnaden blir dekt av fondet.",
        flertallsmerknad="FLEIRTALSMERKNAD – Ap, Sp, V:",
        notat="Rektor orienterte om skulevegen.",
        forslag="Kari Lie (Sp), tilleggsframlegg på vegner av V:",
        merknad_fra="Kari Lie (Sp), merknad:",
        voteringer=(
            "Innstillinga vart samrøystes vedteken.",
            "Framlegget frå Lie vart vedteke mot 4 røyster (3H, 1R).",
        ),
        tilslutning="Ap og V slutta seg til merknaden frå Sp.",
        begrunnelse="Skrivefeil.",
        sekretaer="møtesekretær",
        kom="kom kl. 17.20",
        sen="Saka kom inn seint.",
        serier=(("Referatsaker", "Brev frå statsforvaltaren"), ("Delegerte saker", "Skjenkeløyve for éin kveld")),
        utredning="# Bakgrunn\n\nElevane går langs vegen.\n\n## Trafikk\n\nTid\tBilar\n07–08\t214",
        uttalelse="Ungdomsrådet støttar framlegget.",
        saksbehandler="saksbehandlar",
        vedlegg=("Kart over skulevegen", "Kostnadsoverslag"),
        oppfoelging="Legg fram ein plan for lys langs vegen.",
    ),
}
