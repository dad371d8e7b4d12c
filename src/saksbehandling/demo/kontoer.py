"""The demo's accounts: one for each role, all with the same password."""

from __future__ import annotations

from collections.abc import Mapping

from saksbehandling.identity.kodeverk import Rolle
from saksbehandling.identity.models import Bruker, Rolletildeling
from saksbehandling.identity.services import BrukerService
from saksbehandling.utvalg.models import Funksjon, Medlemskap, Person, Utvalg, Utvalgstype

ANSATTE: Mapping[str, tuple[str, Rolle]] = {
    "saksbehandler": ("Bodil Nattestadvik", Rolle.SAKSBEHANDLER),
    "leder": ("Øystein Kvernelid", Rolle.LEDER),
    "kommunedirektoer": ("Astrid Lyngsæter", Rolle.KOMMUNEDIREKTOER),
    "sekretaer": ("Torunn Skrivervoll", Rolle.SEKRETARIAT),
    "arkivar": ("Preben Åkerhylla", Rolle.ARKIVAR),
    "administrator": ("Guri Bryterud", Rolle.ADMINISTRATOR),
}
RAADSSEKRETAER = ("raadssekretaer", "Jan-Are Høringsmo")


def opprett_ansatte(brukere: BrukerService, passord: str, utvalg: Mapping[str, Utvalg]) -> dict[str, Bruker]:
    """The employees' accounts by username; the secretary of the råd has the role in each of them alone."""
    kontoer = {}
    for brukernavn, (navn, rolle) in ANSATTE.items():
        kontoer[brukernavn] = brukere.opprett(brukernavn, navn, passord)
        brukere.gi_rolle(kontoer[brukernavn], rolle)
    brukernavn, navn = RAADSSEKRETAER
    kontoer[brukernavn] = brukere.opprett(brukernavn, navn, passord)
    for raad in (organ for organ in utvalg.values() if organ.utvalgstype is Utvalgstype.RAAD):
        brukere.gi_rolle(kontoer[brukernavn], Rolle.RAADSSEKRETAER, raad.id)
    return kontoer


def opprett_folkevalgt(brukere: BrukerService, brukernavn: str, passord: str, person: Person) -> Bruker:
    """An account that is `person`, with the roles that follow from each place the person has."""
    bruker = brukere.opprett(brukernavn, person.navn, passord)
    person.bruker_id = bruker.id
    bruker.roller += [tildeling for plass in person.medlemskap for tildeling in _roller(plass)]
    return bruker


def _roller(plass: Medlemskap) -> list[Rolletildeling]:
    """The roles that a place gives, for as long as the period lasts."""
    periode = plass.utvalgsperiode
    roller = [Rolle.VARA if plass.funksjon is Funksjon.VARAMEDLEM else Rolle.REPRESENTANT]
    if plass.funksjon is Funksjon.LEDER:
        roller.append(Rolle.MOETELEDER)
    return [
        Rolletildeling(
            rolle=rolle, utvalg_id=periode.utvalg.id, fra=periode.valgperiode.fra, til=periode.valgperiode.til
        )
        for rolle in roller
    ]
