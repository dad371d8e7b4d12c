"""Finding bodies, people and parties as people write them, and who sits where when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.errors import InvalidInput, NotFound
from saksbehandling.utvalg import rules
from saksbehandling.utvalg.models import (
    Funksjon,
    Medlemskap,
    Parti,
    Person,
    Utvalg,
    Utvalgsperiode,
    Utvalgsregler,
    Utvalgstype,
    Valgperiode,
)

# Before anybody has entered the reglement: a common summons, and the prefix that the whole country uses.
STANDARDFRIST = 7
STANDARD = "standardoppsett, ikke bekreftet mot reglementet"
FOERSTE_DAG = dt.date(1993, 1, 1)

MALFORMER = {"nb": "bokmål", "nn": "nynorsk"}

PARTIORDEN = (Parti.rekkefoelge, Parti.id)


def standardregler(*, behold_nummer_ved_utsettelse: bool = False) -> Utvalgsregler:
    """The settings of a body until its own are entered."""
    return Utvalgsregler(
        gyldig_fra=FOERSTE_DAG,
        innkallingsfrist=STANDARDFRIST,
        nummerserier=[[serie.prefiks, serie.navn] for serie in rules.VANLIGE_SERIER],
        felles_nummer=False,
        behold_nummer_ved_utsettelse=behold_nummer_ved_utsettelse,
        tilfoersel_avgjoeres=True,
        blanke_tillatt=False,
        hjemmel=STANDARD,
    )


def _sitter(periode: Utvalgsperiode, dato: dt.date) -> Sequence[sa.ColumnElement[bool]]:
    """Those with a place in the body in that period, on that day."""
    return (
        Medlemskap.utvalgsperiode_id == periode.id,
        sa.or_(Medlemskap.fra.is_(None), Medlemskap.fra <= dato),
        sa.or_(Medlemskap.til.is_(None), Medlemskap.til >= dato),
    )


class UtvalgService:
    def __init__(self, session: Session) -> None:
        self._session = session

    def finn(self, navn: str) -> Utvalg:
        """A body by its code, name or another name it is known by, in any case. Raises `NotFound`."""
        soekt = navn.strip().casefold()
        for utvalg in self.alle():
            if soekt in {utvalg.kode, *(navn.casefold() for navn in (utvalg.navn, *utvalg.navnevarianter))}:
                return utvalg
        raise NotFound(f"Det finnes ikke noe utvalg som heter «{navn}».")

    def alle(self) -> Sequence[Utvalg]:
        return self._session.scalars(sa.select(Utvalg).order_by(Utvalg.id)).all()

    def regler(self, utvalg: Utvalg, dato: dt.date) -> Utvalgsregler:
        """What the body's reglement decides on `dato`; the standard where nothing was entered for that day."""
        return rules.gjeldende(utvalg.regelversjoner, dato) or standardregler()

    def blanke_tillatt(self, utvalg: Utvalg, dato: dt.date) -> bool:
        """Whether its members may vote blank in every ballot: never in an elected body (kommuneloven § 8-1)."""
        return utvalg.utvalgstype is Utvalgstype.RAAD and self.regler(utvalg, dato).blanke_tillatt

    def nye_regler(self, utvalg: Utvalg, nye: Utvalgsregler, *, hvem: str, naa: dt.datetime) -> None:
        """Add a version of the body's settings, signed. The earlier ones stay as they were."""
        nye.registrert, nye.registrert_av = naa, hvem
        utvalg.regelversjoner.append(nye)
        self._session.flush()

    def ved_kode(self, kode: str) -> Utvalg:
        """A body by its code, as addresses name it. Raises `NotFound`."""
        utvalg = self._session.scalar(sa.select(Utvalg).where(Utvalg.kode == kode))
        if utvalg is None:
            raise NotFound("Dette utvalget finnes ikke.")
        return utvalg

    def overordnet(self, utvalg: Utvalg) -> Utvalg | None:
        """The body that this one recommends to: the one recorded, else the kommunestyre if there is one."""
        if utvalg.overordnet_id is not None:
            return self._session.get(Utvalg, utvalg.overordnet_id)
        return self._kommunestyret()

    def _kommunestyret(self) -> Utvalg | None:
        alle = sa.select(Utvalg).where(Utvalg.utvalgstype == Utvalgstype.KOMMUNESTYRE)
        return self._session.scalar(alle.order_by(Utvalg.id).limit(1))

    def kommunens_malform(self) -> str:
        """What the administration writes in: as the kommunestyre does."""
        kommunestyret = self._kommunestyret()
        return kommunestyret.malform if kommunestyret else "nb"

    def sett_malform(self, utvalg: Utvalg, malform: str) -> None:
        """What the body writes in from now on; what is approved stays as it is. Raises `InvalidInput`."""
        if malform not in MALFORMER:
            raise InvalidInput(f"Velg {' eller '.join(MALFORMER.values())}.", "malform")
        utvalg.malform = malform
        self._session.flush()

    def periode(self, utvalg: Utvalg, dato: dt.date) -> Utvalgsperiode | None:
        """The body in the election period that holds `dato`."""
        return self._session.scalar(
            sa.select(Utvalgsperiode)
            .join(Valgperiode)
            .where(Utvalgsperiode.utvalg_id == utvalg.id, Valgperiode.fra <= dato, dato <= Valgperiode.til)
        )

    def medlemmer(self, utvalg: Utvalg, dato: dt.date) -> Sequence[Medlemskap]:
        """Members and substitutes on `dato`, members first, by party and name; substitutes in their elected order."""
        periode = self.periode(utvalg, dato)
        if periode is None:
            return []
        return sorted(self._session.scalars(sa.select(Medlemskap).where(*_sitter(periode, dato))), key=plassering)

    def plasser(self, utvalg: Utvalg, dato: dt.date) -> tuple[int | None, dict[str, int]]:
        """The body's seats and each party's, counted by members; (None, {}) where nobody recorded them."""
        periode = self.periode(utvalg, dato)
        if periode is None:
            return None, {}
        faste = (*_sitter(periode, dato), Medlemskap.funksjon != Funksjon.VARAMEDLEM)
        talt = sa.select(Parti.kode, sa.func.count()).join(Medlemskap).where(*faste).group_by(Parti.id)
        return periode.plasser, dict(self._session.execute(talt.order_by(*PARTIORDEN)).all())

    def partier_i(self, utvalg: Utvalg, dato: dt.date) -> Sequence[Parti]:
        """The parties and organisations with a place in the body, also by a substitute, in the usual order."""
        periode = self.periode(utvalg, dato)
        if periode is None:
            return []
        med_plass = sa.select(Medlemskap.parti_id).where(*_sitter(periode, dato))
        return self._session.scalars(sa.select(Parti).where(Parti.id.in_(med_plass)).order_by(*PARTIORDEN)).all()

    def parti(self, kode: str) -> Parti:
        """A party by its code, in any case. Raises `InvalidInput` with the known ones."""
        for parti in self.partier():
            if parti.kode.casefold() == kode.strip().casefold():
                return parti
        kjente = ", ".join(parti.kode for parti in self.partier())
        raise InvalidInput(f"Ukjent parti: «{kode}». Kjente partier: {kjente}.", "parti")

    def partier(self) -> Sequence[Parti]:
        return self._session.scalars(sa.select(Parti).order_by(*PARTIORDEN)).all()

    def person(self, person_id: int) -> Person:
        person = self._session.get(Person, person_id)
        if person is None:
            raise InvalidInput("Personen finnes ikke i registeret. Velg en fra listen.", "person")
        return person

    def finn_person(self, navn: str) -> Person | None:
        """A person by full name, also by another spelling that was recorded."""
        soekt = navn.strip()
        kandidater = self._session.scalars(sa.select(Person)).all()
        return next((person for person in kandidater if soekt in (person.navn, *person.navnevarianter)), None)

    def medlemskap(self, medlemskap_id: int) -> Medlemskap:
        medlemskap = self._session.get(Medlemskap, medlemskap_id)
        if medlemskap is None:
            raise InvalidInput("Medlemmet finnes ikke i registeret. Velg et fra listen.", "medlem")
        return medlemskap


def plassering(medlemskap: Medlemskap) -> tuple[bool, int, int, str]:
    """The order of a list: members first, by party and name; substitutes in their elected order."""
    return (
        medlemskap.funksjon is Funksjon.VARAMEDLEM,
        medlemskap.parti.rekkefoelge,
        medlemskap.vararekkefoelge or 0,
        medlemskap.person.etternavn,
    )
