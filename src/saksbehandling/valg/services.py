"""Holding an election in a treatment. Rules decide; this stores, and puts the result into the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from saksbehandling.clock import SystemClock
from saksbehandling.errors import InvalidInput, Reason, Refusal
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.services import MoeteService
from saksbehandling.valg.kodeverk import Valgform, Verv
from saksbehandling.valg.models import Valg, Valgkandidat, Valgliste
from saksbehandling.valg.ordlyd import resultattekst, valgsetning
from saksbehandling.valg.regelsett import valgregler_for
from saksbehandling.valg.rules import avtalevalg, flertallsvalg, forholdsvalg, kontroller_valg
from saksbehandling.valg.values import Liste, Valgte, Valgutfall
from saksbehandling.votering.kodeverk import Forslagstype, Voteringsform
from saksbehandling.votering.models import Votering
from saksbehandling.votering.services import VoteringService, Voteringsinndata
from saksbehandling.votering.services_forslag import ForslagService, Stillerdata


@dataclass(frozen=True, slots=True)
class Valginndata:
    """An election as the secretary enters it. `lodd`: names in the order in which they were drawn, if they were."""

    valgform: Valgform
    verv: str
    plasser: int
    lister: tuple[Liste, ...]
    blanke: int = 0
    hemmelig: bool = False
    lodd: tuple[str, ...] = ()


def valg_i(session: Session, moetesak: Moetesak) -> Sequence[Valg]:
    """The rounds of the elections in a treatment, in order."""
    soek = sa.select(Valg).where(Valg.moetesak_id == moetesak.id).order_by(Valg.id)
    return session.scalars(soek.options(selectinload(Valg.lister).selectinload(Valgliste.kandidater))).all()


class ValgService:
    """Everything happens in the caller's transaction."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        moeter: MoeteService,
        forslag: ForslagService,
        voteringer: VoteringService,
    ) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter
        self._forslag = forslag
        self._voteringer = voteringer

    def beregn(self, moetesak: Moetesak, inndata: Valginndata) -> Valgutfall:
        """What the election comes to. Raises `Refusal` with everything that cannot have been so."""
        regler = valgregler_for(moetesak.moete.dato)
        frammoete = self._moeter.frammoete(moetesak)
        grunner = kontroller_valg(
            inndata.valgform,
            inndata.lister,
            inndata.plasser,
            inndata.blanke,
            frammoete.til_stede if frammoete else None,
            regler,
        )
        if grunner:
            raise Refusal(grunner)
        match inndata.valgform:
            case Valgform.FLERTALLSVALG:
                omgang = self.omgang(moetesak, inndata.verv)
                utfall = flertallsvalg(inndata.lister, inndata.blanke, omgang, inndata.lodd, regler)
            case Valgform.FORHOLDSVALG:
                utfall = forholdsvalg(inndata.lister, inndata.plasser, inndata.lodd, regler)
            case Valgform.AVTALEVALG:
                utfall = avtalevalg(inndata.lister, inndata.plasser, regler)
        if utfall.grunner:
            raise Refusal(utfall.grunner)
        return utfall

    def omgang(self, moetesak: Moetesak, verv: str) -> int:
        """Which round comes next in the election to `verv`: 2 after one that settled nothing."""
        siste = next((rad for rad in reversed(valg_i(self._session, moetesak)) if _likt(rad.verv, verv)), None)
        return 2 if siste is not None and siste.votering_id is None else 1

    def hold(self, moetesak: Moetesak, inndata: Valginndata) -> Valg:
        """Record a round. When it settles the election, the result goes into the decision by a ballot of its own.

        Raises `InvalidInput` without a name of what is elected, `Refusal` on what cannot be, while a lot is missing,
        and when the office is filled already.
        """
        self._voteringer.krev_aapen(moetesak)
        if not inndata.verv.strip():
            raise InvalidInput("Skriv hva det velges til, for eksempel «leder av kontrollutvalget».", "verv")
        self._krev_ledig(moetesak, inndata.verv)
        utfall = self.beregn(moetesak, inndata)
        if utfall.lodd_mellom:
            tekst = f"Det står likt mellom {', '.join(utfall.lodd_mellom)}. Trekk lodd, og skriv navnene i rekkefølge."
            raise Refusal([Reason(tekst, valgregler_for(moetesak.moete.dato).flertallsvalg, "lodd")])
        valg = self._lagret(moetesak, inndata, utfall)
        if utfall.avgjort:
            valg.votering = self._resultat(moetesak, inndata, utfall, self._setninger(moetesak, valg))
        self._moeter.merk_endret(moetesak)
        return valg

    def _krev_ledig(self, moetesak: Moetesak, verv: str) -> None:
        if any(rad.votering_id is not None and _likt(rad.verv, verv) for rad in valg_i(self._session, moetesak)):
            raise Refusal(
                [Reason(f"Valget av {verv} er avgjort. Angre voteringen om det skal holdes på nytt.", felt="verv")]
            )

    def _lagret(self, moetesak: Moetesak, inndata: Valginndata, utfall: Valgutfall) -> Valg:
        verv, form = inndata.verv.strip(), inndata.valgform
        hemmelig, malform = inndata.hemmelig, moetesak.utvalg.malform
        setning = valgsetning(verv, form, inndata.lister, inndata.blanke, utfall, hemmelig=hemmelig, malform=malform)
        valg = Valg(
            moetesak=moetesak,
            valgform=form,
            verv=verv,
            plasser=inndata.plasser,
            omgang=self.omgang(moetesak, inndata.verv),
            hemmelig=inndata.hemmelig,
            blanke=inndata.blanke,
            ved_lodd=utfall.ved_lodd,
            setning=setning,
            registrert=self._clock.now(),
            lister=[
                _listerad(nummer, liste, utfall.valgte.get(liste.navn, Valgte()))
                for nummer, liste in enumerate(inndata.lister, 1)
            ],
        )
        self._session.add(valg)
        self._session.flush()
        return valg

    def _setninger(self, moetesak: Moetesak, valg: Valg) -> str:
        """The sentences of the rounds that led to the result."""
        runder = [
            rad for rad in valg_i(self._session, moetesak) if rad.votering_id is None and _likt(rad.verv, valg.verv)
        ]
        return " ".join(rad.setning for rad in runder)

    def _resultat(self, moetesak: Moetesak, inndata: Valginndata, utfall: Valgutfall, setning: str) -> Votering:
        forslag = self._forslag.fremsett(
            moetesak,
            Forslagstype.TILLEGG,
            resultattekst(inndata.verv.strip(), inndata.valgform, utfall, moetesak.utvalg.malform),
            [Stillerdata(moetesak.utvalg.navn)],
            betegnelse="valgresultat",
        )
        self._session.flush()
        return self._voteringer.registrer(moetesak, Voteringsinndata(Voteringsform.VALG, [forslag], setning=setning))


def _listerad(nummer: int, liste: Liste, valgte: Valgte) -> Valgliste:
    vara = {ett.navn: plass for plass, ett in enumerate(valgte.varamedlemmer, 1)}
    medlemmer = {ett.navn for ett in valgte.medlemmer}
    return Valgliste(
        rekkefoelge=nummer,
        navn=liste.navn,
        stemmer=liste.stemmer,
        plasser=len(valgte.medlemmer),
        kandidater=[
            Valgkandidat(
                rekkefoelge=plass,
                navn=ett.navn,
                kjoenn=ett.kjoenn,
                verv=Verv.MEDLEM if ett.navn in medlemmer else Verv.VARAMEDLEM if ett.navn in vara else None,
                vararekkefoelge=vara.get(ett.navn),
            )
            for plass, ett in enumerate(liste.kandidater, 1)
        ],
    )


def _likt(ett: str, annet: str) -> bool:
    return " ".join(ett.split()).casefold() == " ".join(annet.split()).casefold()
