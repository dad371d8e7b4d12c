"""What an elected person voted, proposed and remarked, in the treatments that the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from saksbehandling.identity.rules import Identitet
from saksbehandling.innsyn.adresser import behandlingsadresse
from saksbehandling.innsyn.paginering import Utsnitt, utsnitt
from saksbehandling.innsyn.tilgang import Vilkaar, lesbar_behandling
from saksbehandling.moete.models import Moete, Moetesak, Saksliste
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.utvalg.models import Medlemskap, Person, Utvalg, Utvalgsperiode
from saksbehandling.votering.kodeverk import Forslagsstatus, Stemme
from saksbehandling.votering.models import Forslag, Forslagsstiller, Merknad, Personstemme, Votering

HVA = {"votering": "Stemme", "forslag": "Forslag", "merknad": "Merknad"}
SVAR = {
    **{stemme.value: f"Stemte {stemme.value}" for stemme in Stemme},
    **{status.value: f"Forslag {status.value}" for status in Forslagsstatus},
}
FLEST_NAVN = 8  # words that a person's name may have
FILTERFELT = ("hva", "svar", "utvalg", "aar")


@dataclass(frozen=True, slots=True)
class Innslag:
    """One thing that the person did. `om`: the sentence of the ballot, or what the minutes call the proposal.

    `svar`: how the person voted, or what became of the proposal; empty for a remark.
    """

    hva: str
    om: str
    svar: str
    moetesak: Moetesak
    lenke: str


def finn_folkevalgte(session: Session, tekst: str, antall: int) -> Sequence[Person]:
    """Those who sit or have sat in a body, whose names begin with every word of `tekst`: their names are public."""
    navn = sa.func.lower(Person.fornavn + " " + Person.etternavn)
    ordene = tekst.lower().split()
    if not 0 < len(ordene) <= FLEST_NAVN or not all(ord_.replace("-", "").isalpha() for ord_ in ordene):
        return []
    vilkaar = [
        sa.or_(navn.startswith(ord_, autoescape=True), navn.contains(f" {ord_}", autoescape=True)) for ord_ in ordene
    ]
    valg = sa.select(Person).where(Person.medlemskap.any(), *vilkaar)
    return session.scalars(valg.order_by(Person.etternavn, Person.fornavn).limit(antall)).all()


def folkevalgtadresse(person: Person) -> str:
    """`/folkevalgte/17`"""
    return f"/folkevalgte/{person.id}"


class Folkevalgtlesing:
    """Reads what `person` did, for `identitet`."""

    def __init__(self, session: Session, identitet: Identitet, person: Person) -> None:
        self._session = session
        self._lesbar = lesbar_behandling(identitet)
        self._person = person
        self._gjort = _gjort_av(person.id)

    def verv(self) -> Sequence[Medlemskap]:
        """The person's seats, the newest first."""
        soek = sa.select(Medlemskap).where(Medlemskap.person_id == self._person.id).join(Medlemskap.utvalgsperiode)
        rader = self._session.scalars(
            soek.options(
                joinedload(Medlemskap.utvalgsperiode).joinedload(Utvalgsperiode.utvalg),
                joinedload(Medlemskap.utvalgsperiode).joinedload(Utvalgsperiode.valgperiode),
            )
        ).all()
        return sorted(rader, key=lambda rad: (rad.utvalgsperiode.valgperiode.fra, rad.id), reverse=True)

    def valg(self) -> tuple[list[tuple[str, str]], list[str]]:
        """The bodies (code, name) and years in which there is something to see."""
        rader = self._session.execute(self._fra(sa.select(Utvalg.kode, Utvalg.navn, Moete.dato)).distinct()).all()
        utvalg = sorted({(kode, navn) for kode, navn, _ in rader}, key=lambda par: par[1])
        return utvalg, sorted({str(dato.year) for _, _, dato in rader}, reverse=True)

    def side(self, filter_: Mapping[str, str], side: str) -> tuple[list[Innslag], Utsnitt]:
        """One page of what fits, the newest first. `filter_`: of `FILTERFELT`, those that are filled in."""
        vilkaar = list(self._vilkaar(filter_))
        antall = self._session.scalar(self._fra(sa.select(sa.func.count())).where(*vilkaar))
        del_ = utsnitt(side, antall or 0)
        gjort = self._gjort.c
        soek = self._fra(sa.select(gjort.hva, gjort.nummer, gjort.om, gjort.svar, Moetesak)).where(*vilkaar)
        soek = soek.order_by(Moete.dato.desc(), Moetesak.id.desc(), gjort.hva.desc(), gjort.nummer)
        rader = self._session.execute(soek.offset(del_.foerste).limit(del_.per_side).options(*_MED)).all()
        return [_innslag(*rad) for rad in rader], del_

    def _fra(self, soek: Any) -> Any:
        """What the person did, in the treatments that the reader may see."""
        gjort = self._gjort
        veien = gjort.join(Moetesak, Moetesak.id == gjort.c.moetesak_id).join(Saksmappe).join(Saksliste)
        return soek.select_from(veien.join(Moete).join(Utvalg)).where(self._lesbar)

    def _vilkaar(self, filter_: Mapping[str, str]) -> Iterable[Vilkaar]:
        for felt, kolonne in (("hva", self._gjort.c.hva), ("svar", self._gjort.c.svar), ("utvalg", Utvalg.kode)):
            if filter_.get(felt):
                yield kolonne == filter_[felt]
        aar = filter_.get("aar", "")
        if aar:
            yield sa.extract("year", Moete.dato) == (int(aar) if aar.isdecimal() and len(aar) == 4 else 0)


_MED = (
    joinedload(Moetesak.saksliste).joinedload(Saksliste.moete).joinedload(Moete.utvalg),
    joinedload(Moetesak.nummer),
    selectinload(Moetesak.saksmappe),
)


def _gjort_av(person_id: int) -> sa.Subquery:
    def rad(hva: str, nummer: Any, moetesak: Any, om: Any, svar: Any) -> sa.Select[Any]:
        return sa.select(
            _tekst(sa.literal(hva)).label("hva"),
            nummer.label("nummer"),
            moetesak.label("moetesak_id"),
            _tekst(om).label("om"),
            _tekst(svar).label("svar"),
        )

    stemmer = rad("votering", Votering.nummer, Votering.moetesak_id, Votering.setning, _svaret())
    forslag = rad("forslag", Forslag.nummer, Forslag.moetesak_id, Forslag.betegnelse, Forslag.utfall)
    merknader = rad("merknad", Merknad.nummer, Merknad.moetesak_id, sa.literal("Merknad"), sa.literal(""))
    stilt = sa.exists().where(Forslagsstiller.forslag_id == Forslag.id, Forslagsstiller.person_id == person_id)
    return sa.union_all(
        stemmer.join(Personstemme, Personstemme.votering_id == Votering.id).where(Personstemme.person_id == person_id),
        forslag.where(stilt),
        merknader.where(Merknad.person_id == person_id),
    ).subquery()


def _svaret() -> sa.ColumnElement[str]:
    """«for», «mot», «blank», or which of several alternatives: «for alternativ 2»."""
    nummer = sa.literal("for alternativ ") + _tekst(Personstemme.side + 1)
    return sa.case((Personstemme.side.is_not(None), nummer), else_=_tekst(Personstemme.stemme))


def _tekst(uttrykk: Any) -> sa.ColumnElement[str]:
    return sa.cast(uttrykk, sa.Text)


def _innslag(hva: str, nummer: int, om: str, svar: str, moetesak: Moetesak) -> Innslag:
    return Innslag(hva, om, svar, moetesak, f"{behandlingsadresse(moetesak)}#{hva}-{nummer}")
