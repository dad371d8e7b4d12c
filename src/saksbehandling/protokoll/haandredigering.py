"""Protocols that were edited by hand: taken in, kept, never written over; when the data move on, somebody is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.documents.opplasting import Filtype, kontroller_opplasting
from saksbehandling.errors import Conflict, InvalidFile, InvalidInput, NotFound, Reason, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.interfaces import IDocumentStore
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.protokoll.haandregler import (
    Json,
    Ordforskjell,
    egne_data,
    krev_ferdig,
    krev_samme,
    ordforskjell,
    ordlinjer,
    rokker_ved,
)
from saksbehandling.protokoll.models_haandredigering import Haandredigering

Emne = Moetesak | Moete


@dataclass(frozen=True, slots=True)
class Protokollkilde:
    """A protocol as the data have it now.

    `navn`: what it is called in a sentence. `laast`: its words are approved or signed. `grunnlag`: its data, without
    how they were approved. `lag`: the document of such data; `lag_naa`: of all that is known now. `ferdig`: called when
    another document is to be the protocol.
    """

    emne: Emne
    navn: str
    laast: bool
    grunnlag: Json
    lag: Callable[[Json], bytes]
    lag_naa: Callable[[], bytes]
    ferdig: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Opplastet:
    """An edited file as it came in. `sett`: the number of the one that whoever sent it saw in force, if any."""

    filnavn: str
    innhold: bytes
    begrunnelse: str
    sett: int | None


class HaandredigeringService:
    """Everything happens in the caller's transaction."""

    def __init__(self, session: Session, clock: SystemClock, store: IDocumentStore) -> None:
        self._session = session
        self._clock = clock
        self._store = store

    def gjeldende(self, emne: Emne) -> Haandredigering | None:
        """The edited document that is in the place of the one made of the data, if any."""
        siste = self._session.scalar(_av(emne).limit(1))
        return siste if siste is not None and siste.lagt_bort is None else None

    def alle(self, emne: Emne) -> Sequence[Haandredigering]:
        """All that were taken in, newest first."""
        return self._session.scalars(_av(emne)).all()

    def nummer(self, emne: Emne, nummer: int) -> Haandredigering:
        """Raises `NotFound`."""
        funnet = self._session.scalar(_av(emne).where(Haandredigering.nummer == nummer))
        if funnet is None:
            raise NotFound(f"Protokollen har ingen redigert utgave {nummer}. Velg en av dem i listen.")
        return funnet

    def innhold(self, rad: Haandredigering) -> bytes:
        return self._store.get(rad.sjekksum)

    def ta_inn(self, kilde: Protokollkilde, opplastet: Opplastet, identitet: Identitet) -> Haandredigering:
        """Put an edited document in the place of the one made of the data.

        Raises `InvalidFile` when it is no harmless Word document or another protocol, `InvalidInput` without a reason,
        `Refusal` when it takes back what is approved, `Conflict` when somebody else was first.
        """
        self._krev_sett(kilde, opplastet.sett)
        if not opplastet.begrunnelse:
            raise InvalidInput("Skriv hva som er redigert, og hvorfor.", "begrunnelse")
        if kontroller_opplasting(opplastet.filnavn, opplastet.innhold) is not Filtype.DOCX:
            raise InvalidFile(f"«{opplastet.filnavn}» er ikke et Word-dokument. Lagre det som .docx og prøv igjen.")
        krev_ferdig(opplastet.innhold)
        egne = egne_data(opplastet.innhold)
        if egne is not None:
            krev_samme(egne, kilde.grunnlag)
        self._krev_at_ordene_staar(kilde, opplastet.innhold)
        return self._ny(kilde, opplastet, egne if egne is not None else kilde.grunnlag, identitet)

    def behold(self, kilde: Protokollkilde, sett: int | None) -> None:
        """Say that the edited document goes with the data as they are now. Raises `Conflict`, `NotFound`."""
        self._krev_sett(kilde, sett)
        self._i_bruk(kilde).grunnlag = kilde.grunnlag
        self._avslutt(kilde)

    def legg_bort(self, kilde: Protokollkilde, sett: int | None, identitet: Identitet) -> None:
        """Let a document made of the data take its place; the edited one is kept. Raises as `ta_inn`, `NotFound`."""
        self._krev_sett(kilde, sett)
        rad = self._i_bruk(kilde)
        self._krev_at_ordene_staar(kilde, kilde.lag_naa())
        rad.lagt_bort, rad.lagt_bort_av = self._clock.now(), identitet.navn
        self._avslutt(kilde)

    def ta_fram(self, kilde: Protokollkilde, nummer: int, sett: int | None, identitet: Identitet) -> Haandredigering:
        """Put an earlier edited document in force again. Raises as `ta_inn`, `NotFound`."""
        rad = self.nummer(kilde.emne, nummer)
        innhold = self.innhold(rad)
        igjen = Opplastet(rad.filnavn, innhold, f"Utgave {nummer} tatt i bruk igjen: {rad.begrunnelse}", sett)
        return self.ta_inn(kilde, igjen, identitet)

    def siden(self, kilde: Protokollkilde) -> Ordforskjell | None:
        """What the data say now and did not when the edited document was held against them; None if nothing."""
        rad = self.gjeldende(kilde.emne)
        if rad is None or rad.grunnlag == kilde.grunnlag:
            return None
        funnet = ordforskjell(kilde.lag(rad.grunnlag), kilde.lag(kilde.grunnlag))
        return funnet if funnet.antall else None

    def forskjell(self, kilde: Protokollkilde) -> Ordforskjell | None:
        """How the edited document in force differs from the one that would be made now."""
        rad = self.gjeldende(kilde.emne)
        return ordforskjell(kilde.lag_naa(), self.innhold(rad)) if rad is not None else None

    def krev_besvart(self, kilde: Protokollkilde) -> None:
        """Raise `Refusal` while nobody has said whether an edited document stays that the data have moved away from."""
        if self.siden(kilde) is not None:
            tekst = (
                f"{kilde.navn} er redigert for hånd, og opplysningene er endret siden."
                " Se forskjellen, og velg om det redigerte dokumentet skal beholdes."
            )
            raise Refusal([Reason(tekst, felt=redigeringsadresse(kilde.emne))])

    def _ny(self, kilde: Protokollkilde, fil: Opplastet, grunnlag: Json, identitet: Identitet) -> Haandredigering:
        if (forrige := self.gjeldende(kilde.emne)) is not None:
            forrige.lagt_bort, forrige.lagt_bort_av = self._clock.now(), identitet.navn
        siste = next(iter(self.alle(kilde.emne)), None)
        rad = Haandredigering(
            **_noekkel(kilde.emne),
            nummer=siste.nummer + 1 if siste else 1,
            filnavn=fil.filnavn,
            stoerrelse=len(fil.innhold),
            sjekksum=self._store.put(fil.innhold),
            grunnlag=grunnlag,
            begrunnelse=fil.begrunnelse,
            lastet_opp=self._clock.now(),
            lastet_opp_av=identitet.navn,
        )
        self._session.add(rad)
        self._avslutt(kilde)
        return rad

    def _avslutt(self, kilde: Protokollkilde) -> None:
        self._session.flush()
        kilde.ferdig()

    def _i_bruk(self, kilde: Protokollkilde) -> Haandredigering:
        if (rad := self.gjeldende(kilde.emne)) is None:
            raise NotFound(f"{kilde.navn} er ikke redigert for hånd.")
        return rad

    def _krev_sett(self, kilde: Protokollkilde, sett: int | None) -> None:
        rad = self.gjeldende(kilde.emne)
        if (rad.nummer if rad else None) != sett:
            raise Conflict(
                "Noen andre har byttet dokumentet siden siden ble hentet. Se hva som gjelder nå, og prøv igjen."
            )

    def _krev_at_ordene_staar(self, kilde: Protokollkilde, ny: bytes) -> None:
        if kilde.laast:
            rad = self.gjeldende(kilde.emne)
            gjelder = self.innhold(rad) if rad is not None else kilde.lag_naa()
            if grunner := list(rokker_ved(ordlinjer(gjelder), ordlinjer(ny), kilde.navn)):
                raise Refusal(grunner)


def redigeringsadresse(emne: Emne) -> str:
    """Where the edited document is seen and changed."""
    samling = "moeter" if isinstance(emne, Moete) else "moetesaker"
    return f"/{samling}/{emne.id}/protokoll/redigering"


def _noekkel(emne: Emne) -> dict[str, int]:
    return {"moete_id" if isinstance(emne, Moete) else "moetesak_id": emne.id}


def _av(emne: Emne) -> sa.Select[Haandredigering]:
    return sa.select(Haandredigering).filter_by(**_noekkel(emne)).order_by(Haandredigering.nummer.desc())
