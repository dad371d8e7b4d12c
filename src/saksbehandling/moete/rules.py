"""The rules of a meeting's course: from the summons until it is over. Pure; each refusal names its law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from saksbehandling.errors import Reason
from saksbehandling.moete.kodeverk import Moetehendelse, Moetestatus, Oppfoering
from saksbehandling.moete.regelsett import Moeteregler
from saksbehandling.utvalg.rules import innkallingsdag

Overganger = Mapping[tuple[Moetestatus, Moetehendelse], Moetestatus]

# An agenda may be sent again, with what was put on it later; a meeting that was adjourned may be taken up again.
OVERGANGER: Overganger = {
    (Moetestatus.PLANLAGT, Moetehendelse.INNKALL): Moetestatus.INNKALT,
    (Moetestatus.PLANLAGT, Moetehendelse.AVLYS): Moetestatus.AVLYST,
    (Moetestatus.INNKALT, Moetehendelse.INNKALL): Moetestatus.INNKALT,
    (Moetestatus.INNKALT, Moetehendelse.SETT): Moetestatus.SATT,
    (Moetestatus.INNKALT, Moetehendelse.AVLYS): Moetestatus.AVLYST,
    (Moetestatus.SATT, Moetehendelse.INNKALL): Moetestatus.SATT,
    (Moetestatus.SATT, Moetehendelse.HEV): Moetestatus.HEVET,
    (Moetestatus.HEVET, Moetehendelse.SETT): Moetestatus.SATT,
    (Moetestatus.HEVET, Moetehendelse.AVSLUTT): Moetestatus.AVHOLDT,
}
_VERB: Mapping[Moetehendelse, str] = {
    Moetehendelse.INNKALL: "kalles inn",
    Moetehendelse.SETT: "settes",
    Moetehendelse.HEV: "heves",
    Moetehendelse.AVSLUTT: "avsluttes",
    Moetehendelse.AVLYS: "avlyses",
}


@dataclass(frozen=True, slots=True)
class Varaplass:
    """A substitute's place. `id`: of the membership; `rekkefoelge`: the elected place within the group, from 1."""

    id: int
    gruppe_id: int | None
    rekkefoelge: int


def mulige(status: Moetestatus) -> frozenset[Moetehendelse]:
    """What may happen to a meeting that stands so."""
    return frozenset(hendelse for fra, hendelse in OVERGANGER if fra is status)


def etter(status: Moetestatus, hendelse: Moetehendelse) -> Moetestatus | Reason:
    """Where the meeting stands after `hendelse`, or why it cannot happen."""
    ny = OVERGANGER.get((status, hendelse))
    return ny or Reason(f"Møtet er {status.value} og kan ikke {_VERB[hendelse]} nå.")


def for_sen_innkalling(
    moetedato: dt.date, idag: dt.date, frist: int, hjemmel: str, regler: Moeteregler
) -> Reason | None:
    """Why a summons today is too late; `frist`: days, as `hjemmel` in the body's reglement says."""
    senest = innkallingsdag(moetedato, frist)
    if idag <= senest:
        return None
    tekst = (
        f"Innkallingen skulle vært sendt senest {senest:%d.%m.%Y}, {frist} dager før møtet. "
        "Skriv hvorfor den sendes nå, så blir det stående på møtet."
    )
    return Reason(tekst, f"{regler.hjemmel.innkalling}; {hjemmel}", "begrunnelse")


def oppfoering(status: Moetestatus) -> Oppfoering:
    """How a case that is put on the agenda of a meeting that stands so came there."""
    if status is Moetestatus.PLANLAGT:
        return Oppfoering.SAKSLISTE
    return Oppfoering.HASTESAK if status is Moetestatus.SATT else Oppfoering.ETTERSENDT


def motstand_mot_ny_sak(til_stede: int, mot: int, *, moeteleder_mot: bool, regler: Moeteregler) -> Sequence[Reason]:
    """Why a case that is not on the agenda cannot be taken up in the meeting (domain guide M5); empty when it can."""
    grunner = []
    hjemmel = regler.hjemmel.ny_sak
    if mot > til_stede:
        grunner.append(Reason(f"{mot} er ført imot, men bare {til_stede} er til stede.", hjemmel, "mot"))
    elif mot and mot >= regler.motstand_stanser * til_stede:
        tekst = f"{mot} av {til_stede} til stede er imot at saken tas opp. Én tredel er nok til å stanse den."
        grunner.append(Reason(tekst, hjemmel, "mot"))
    if moeteleder_mot:
        grunner.append(Reason("Møtelederen er imot at saken tas opp, og da kan den ikke behandles.", hjemmel, "leder"))
    return grunner


def neste_vara(gruppe_id: int | None, varaer: Sequence[Varaplass], utilgjengelige: Collection[int]) -> Varaplass | None:
    """The substitute to call for a member of that group: the first in elected order who is free (domain guide M23).

    `utilgjengelige`: ids of places that are called already, have declined or have absence of their own.
    """
    ledige = [vara for vara in varaer if vara.gruppe_id == gruppe_id and vara.id not in utilgjengelige]
    return min(ledige, key=lambda vara: vara.rekkefoelge, default=None)
