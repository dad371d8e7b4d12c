"""Screened cases: what must be kept from the public, with planted words by which a leak is found."""

from __future__ import annotations

from dataclasses import dataclass

# Each stands in screened titles and texts only; whoever finds one as the public has found a leak.
KANARIORD = (
    "Tussmørkegården",
    "Kråkesølvholmen",
    "Glimmertjernet",
    "Nattergalkaia",
    "Bjørkesevjebruket",
    "Månelysverket",
)


@dataclass(frozen=True, slots=True)
class Skjermet:
    """A screened case. `{kanari}` in the texts is the planted word; the public title holds nothing of it."""

    tittel: str
    offentlig_tittel: str
    hjemmel: str
    tekst: str
    vedtak: str


SKJERMEDE = (
    Skjermet(
        "Kjøp av {kanari} til boligformål",
        "Kjøp av fast eiendom",
        "offl. § 23 første ledd",
        "Eieren av {kanari} ventes å godta {belop}. Kommunen bør ikke by mer før taksten foreligger.",
        "Kommunedirektøren får fullmakt til å kjøpe {kanari} for inntil {belop}.",
    ),
    Skjermet(
        "Forlik i tvisten om {kanari}",
        "Rettstvist",
        "offl. § 18",
        "Kommuneadvokaten mener at utsikten til å vinne saken om {kanari} er dårligere enn jevn.",
        "Kommunen inngår forlik om {kanari} innenfor en ramme på {belop}.",
    ),
    Skjermet(
        "Varsel fra ansatte ved {kanari} om arbeidsforholdene",
        "Personalsak",
        "offl. § 13, jf. fvl. § 13 første ledd nr. 1",
        "Flere ved {kanari} har hver for seg beskrevet forhold som må følges opp overfor enkeltpersoner.",
        "Varselet fra {kanari} følges opp slik saken beskriver.",
    ),
    Skjermet(
        "Tilbudene i konkurransen om drift av {kanari}",
        "Anskaffelse",
        "offl. § 23 tredje ledd",
        "Det laveste tilbudet på {kanari} er {belop}, og to av tilbyderne mangler dokumentasjon.",
        "Kontrakten om {kanari} tildeles etter kriteriene i konkurransegrunnlaget.",
    ),
)
