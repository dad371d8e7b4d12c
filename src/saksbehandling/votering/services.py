"""Recording ballots of a treatment, and reading what is recorded of it. Rules decide; this stores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from saksbehandling.clock import SystemClock
from saksbehandling.errors import InvalidInput, Reason, Refusal
from saksbehandling.moete.models import Moetesak, Moetesaksutfall
from saksbehandling.moete.oppmoete import inhabile_i, inne_i
from saksbehandling.moete.services import MoeteService
from saksbehandling.saksmappe.models import Segment
from saksbehandling.utvalg.services import UtvalgService
from saksbehandling.votering import values
from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.models import (
    Alternativstemmer,
    Forslag,
    ForslagPaaVegneAv,
    Forslagsstiller,
    Merknad,
    Partistemmer,
    Personstemme,
    Votering,
    Voteringsobjekt,
    personstemme,
)
from saksbehandling.votering.objektkontroll import kontroller_objekter
from saksbehandling.votering.oversetting import (
    forslagsnoekkel,
    forslagsverdi,
    objektverdier,
    segmentverdi,
    voteringsverdi,
)
from saksbehandling.votering.personstemmer import (
    Stemmeberettiget,
    Svar,
    begge_sider,
    kontroller_personer,
    navnesetning,
    navnesetning_flere,
    partistemmer_av,
)
from saksbehandling.votering.rules import (
    VOTERINGSORD,
    Voteringsord,
    avgjoer,
    kontroller_votering,
    kortnavn,
    protokollsetning,
    regler_for,
)


@dataclass(frozen=True, slots=True)
class Alternativ:
    """One of more than two alternatives. `partier`: party code to votes for it."""

    objekter: Sequence[Segment | Forslag]
    partier: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Voteringsinndata:
    """A ballot as the secretary enters it.

    `objekter`: what it is about; `mot_objekter`: the other alternative. `for_partier`, `mot_partier`: party code to
    votes (in an alternative ballot for the first and for the other). `til_stede`: members voting; None when attendance
    was not recorded. `setning`: the sentence of the minutes, where it is not to be the computed one.
    `personstemmer`: person id to vote, of everybody who voted; the parties are then counted from it. Where there are
    more than two alternatives, the vote is the place of one of them.
    `blanke_partier`: who voted blank; `ansettelse`: in a ballot about an appointment.
    `alternativer`: where there are more than two, instead of everything on two sides.
    """

    voteringsform: Voteringsform
    objekter: Sequence[Segment | Forslag] = ()
    mot_objekter: Sequence[Segment | Forslag] = ()
    for_partier: Mapping[str, int] = field(default_factory=dict)
    mot_partier: Mapping[str, int] = field(default_factory=dict)
    blanke_partier: Mapping[str, int] = field(default_factory=dict)
    ansettelse: bool = False
    stemmer_for: int | None = None
    stemmer_mot: int | None = None
    enstemmig: bool = False
    til_stede: int | None = None
    moeteleders_stemme: Stemme | None = None
    setning: str | None = None
    personstemmer: Mapping[int, Svar] = field(default_factory=dict)
    alternativer: Sequence[Alternativ] = ()

    @property
    def partistemmer(self) -> Mapping[Stemme, Mapping[str, int]]:
        """Per vote, party code to votes."""
        return {Stemme.FOR: self.for_partier, Stemme.MOT: self.mot_partier, Stemme.BLANK: self.blanke_partier}

    @property
    def uten_sider(self) -> bool:
        """Whether nobody voted for or against: it has no counts, or counts for each alternative."""
        return self.voteringsform.uten_tall or bool(self.alternativer)

    @property
    def sider(self) -> Sequence[Sequence[Segment | Forslag]]:
        """What each side is about: one, or in an alternative ballot two or more."""
        if self.alternativer:
            return [ett.objekter for ett in self.alternativer]
        return [self.objekter, self.mot_objekter] if self.mot_objekter else [self.objekter]


def forslag_i(session: Session, moetesak: Moetesak) -> Sequence[Forslag]:
    """The treatment's proposals in minuted order, with who moved them on whose behalf."""
    soek = sa.select(Forslag).where(Forslag.moetesak_id == moetesak.id).order_by(Forslag.nummer)
    return session.scalars(
        soek.options(
            selectinload(Forslag.stillere).options(
                joinedload(Forslagsstiller.parti), joinedload(Forslagsstiller.person)
            ),
            selectinload(Forslag.paa_vegne_av).joinedload(ForslagPaaVegneAv.parti),
        )
    ).all()


def merknader_i(session: Session, moetesak: Moetesak) -> Sequence[Merknad]:
    """The treatment's remarks in minuted order."""
    return session.scalars(
        sa.select(Merknad).where(Merknad.moetesak_id == moetesak.id).order_by(Merknad.rekkefoelge)
    ).all()


def voteringer_i(session: Session, moetesak: Moetesak) -> Sequence[Votering]:
    """The treatment's ballots in order, with their votes."""
    soek = sa.select(Votering).where(Votering.moetesak_id == moetesak.id).order_by(Votering.nummer)
    return session.scalars(
        soek.options(
            selectinload(Votering.objekter).options(
                joinedload(Voteringsobjekt.segment), joinedload(Voteringsobjekt.forslag)
            ),
            selectinload(Votering.partistemmer).joinedload(Partistemmer.parti),
            selectinload(Votering.personstemmer).joinedload(Personstemme.person),
        )
    ).all()


class VoteringService:
    """Everything happens in the caller's transaction. Each method first meets whoever recorded something else."""

    def __init__(self, session: Session, clock: SystemClock, moeter: MoeteService, utvalg: UtvalgService) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter
        self._utvalg = utvalg

    def organ(self, moetesak: Moetesak) -> values.Organ:
        """The body as it was seated on the day of the meeting."""
        plasser, partiplasser = self._utvalg.plasser(moetesak.utvalg, moetesak.moete.dato)
        overordnet = self._utvalg.overordnet(moetesak.utvalg)
        return values.Organ(
            moetesak.utvalg.navn,
            plasser,
            partiplasser,
            overordnet.navn if overordnet else "bystyret",
            self.blanke_tillatt(moetesak),
        )

    def blanke_tillatt(self, moetesak: Moetesak) -> bool:
        """Whether the body's members may vote blank on the day of the meeting."""
        return self._utvalg.blanke_tillatt(moetesak.utvalg, moetesak.moete.dato)

    def registrer(self, moetesak: Moetesak, inndata: Voteringsinndata) -> Votering:
        """Record a ballot and its outcome. Raises `Refusal` with everything that cannot have been so."""
        self.krev_aapen(moetesak)
        if not all(inndata.sider):
            raise InvalidInput("Velg hva det voteres over.", "objekter")
        if len(inndata.alternativer) in (1, 2):
            raise InvalidInput("Kryss av for tre alternativer eller flere. To føres som vanlig votering.", "objekter")
        inndata = self._fullfoert(moetesak, inndata)
        data = self._voteringsdata(moetesak, inndata)
        self._krev_mulig(moetesak, data)
        regler = regler_for(moetesak.moete.dato)
        votering = Votering(
            moetesak=moetesak,
            nummer=data.nummer,
            voteringsform=data.form,
            til_stede=data.til_stede,
            stemmer_for=data.stemmer_for,
            stemmer_mot=data.stemmer_mot,
            blanke=data.blanke,
            enstemmig=data.enstemmig,
            ansettelse=data.ansettelse,
            moeteleders_stemme=data.moeteleders_stemme,
            vinner=None if data.form is Voteringsform.PROEVE else avgjoer(data, regler).vinner,
            setning=inndata.setning or self._setning(moetesak, data, inndata.personstemmer),
            registrert=self._clock.now(),
            objekter=[_objektrad(objekt, side) for side, rader in enumerate(inndata.sider) for objekt in rader],
            partistemmer=[
                *self._partistemmer(Stemme.FOR, inndata.for_partier),
                *self._partistemmer(Stemme.MOT, inndata.mot_partier),
                *self._partistemmer(Stemme.BLANK, inndata.blanke_partier),
            ],
            personstemmer=[personstemme(person, svar) for person, svar in inndata.personstemmer.items()],
            alternativstemmer=[
                Alternativstemmer(parti=self._utvalg.parti(kode), side=side, rekkefoelge=nummer, antall=antall)
                for side, ett in enumerate(inndata.alternativer)
                for nummer, (kode, antall) in enumerate(ett.partier.items(), 1)
            ],
        )
        self._session.add(votering)
        self._moeter.merk_endret(moetesak)
        return votering

    def angre_siste(self, moetesak: Moetesak) -> None:
        """Take back the last ballot, as long as the decision is not made. Raises `Refusal` when there is none."""
        self.krev_aapen(moetesak)
        voteringer = voteringer_i(self._session, moetesak)
        if not voteringer:
            raise Refusal(["Det er ingen votering å angre."])
        if voteringer[-1].voteringsform is Voteringsform.VALG:
            self._fjern_valgresultat(voteringer[-1])
        self._session.delete(voteringer[-1])
        self._moeter.merk_endret(moetesak, (f"votering:{voteringer[-1].id}",))

    def _fjern_valgresultat(self, votering: Votering) -> None:
        """The proposal that holds the result of an election goes with it: nobody moved it."""
        for objekt in list(votering.objekter):
            forslag = objekt.forslag
            votering.objekter.remove(objekt)
            self._session.flush()
            if forslag is not None:
                self._session.delete(forslag)

    def krev_aapen(self, moetesak: Moetesak) -> None:
        """Raise `Refusal` when the treatment is over: what it came to stands on what was recorded."""
        if moetesak.utfall is not Moetesaksutfall.AAPEN:
            raise Refusal([f"Behandlingen av {moetesak.saksnummer} er avsluttet, og ingenting kan registreres i den."])

    def stemmeberettigede(self, moetesak: Moetesak) -> list[Stemmeberettiget]:
        """Who may vote in this case now: present and not inhabil, by party in the usual order and name."""
        inne = [rad.medlemskap for rad in inne_i(moetesak)]
        inne.sort(key=lambda rad: (rad.parti.rekkefoelge, rad.parti_id, rad.person.etternavn, rad.person.fornavn))
        return [Stemmeberettiget(rad.person_id, rad.person.navn, rad.parti.kode) for rad in inne]

    def _fullfoert(self, moetesak: Moetesak, inndata: Voteringsinndata) -> Voteringsinndata:
        """The same record however entered: by person the parties are counted, by party the other side follows."""
        berettigede = self.stemmeberettigede(moetesak)
        if inndata.personstemmer:
            self._krev_personer(moetesak, inndata.personstemmer, berettigede)
            return _talt_opp(inndata, berettigede)
        if inndata.uten_sider or inndata.til_stede not in (None, len(berettigede)):
            return inndata
        per_parti = Counter(rad.parti for rad in berettigede)
        return _med_partier(inndata, begge_sider(inndata.partistemmer, per_parti, enstemmig=inndata.enstemmig))

    def _krev_personer(
        self, moetesak: Moetesak, stemmer: Mapping[int, Svar], berettigede: Sequence[Stemmeberettiget]
    ) -> None:
        navn = {person: self._utvalg.person(person).navn for person in stemmer}
        regler = regler_for(moetesak.moete.dato)
        grunner = kontroller_personer(stemmer, berettigede, navn, inhabile_i(moetesak), regler)
        if grunner:
            raise Refusal(grunner)

    def _krev_mulig(self, moetesak: Moetesak, data: values.Voteringsdata) -> None:
        regler = regler_for(moetesak.moete.dato)
        frammoete = self._moeter.frammoete(moetesak)
        grunner = [
            *kontroller_objekter(
                data, grunntekstverdier(moetesak), self.forslagsverdier(moetesak), self.tidligere(moetesak), regler
            ),
            *kontroller_votering(data, self.organ(moetesak), regler, frammoete.per_parti if frammoete else None),
            *self._ikke_tatt_inn(moetesak, data),
        ]
        if grunner:
            raise Refusal(grunner)

    def _ikke_tatt_inn(self, moetesak: Moetesak, data: values.Voteringsdata) -> list[Reason]:
        gjelder = {noekkel for objekt in data.objekter for noekkel in objekt.forslag}
        return [
            Reason(
                f"Forslag {rad.nummer} er innsendt, men ikke tatt inn i behandlingen. Ta det inn først.",
                felt="objekter",
            )
            for rad in forslag_i(self._session, moetesak)
            if rad.venter and forslagsnoekkel(rad) in gjelder
        ]

    def forslagsverdier(self, moetesak: Moetesak) -> list[values.Forslag]:
        return [forslagsverdi(forslag) for forslag in forslag_i(self._session, moetesak)]

    def tidligere(self, moetesak: Moetesak) -> list[values.Voteringsdata]:
        """The treatment's ballots so far, as the rules see them."""
        return [voteringsverdi(votering) for votering in voteringer_i(self._session, moetesak)]

    def _voteringsdata(self, moetesak: Moetesak, inndata: Voteringsinndata) -> values.Voteringsdata:
        frammoete = self._moeter.frammoete(moetesak)
        til_stede = inndata.til_stede
        if til_stede is None and frammoete is not None:
            til_stede = frammoete.til_stede
        return values.Voteringsdata(
            nummer=len(voteringer_i(self._session, moetesak)) + 1,
            form=inndata.voteringsform,
            objekter=objektverdier(inndata.sider),
            til_stede=til_stede,
            stemmer_for=_antall(inndata.stemmer_for, inndata.for_partier),
            stemmer_mot=_antall(inndata.stemmer_mot, inndata.mot_partier),
            blanke=_antall(None, inndata.blanke_partier),
            ansettelse=inndata.ansettelse,
            partistemmer={stemme: stemmer for stemme, stemmer in inndata.partistemmer.items() if stemmer},
            enstemmig=inndata.enstemmig,
            moeteleders_stemme=inndata.moeteleders_stemme,
            stemmer_per_objekt=tuple(sum(ett.partier.values()) for ett in inndata.alternativer),
            partier_per_objekt=tuple(ett.partier for ett in inndata.alternativer),
        )

    def _setning(self, moetesak: Moetesak, data: values.Voteringsdata, personstemmer: Mapping[int, Svar]) -> str:
        regler, ordlyd = regler_for(moetesak.moete.dato), voteringsord_for(moetesak)
        setning = protokollsetning(data, self.forslagsverdier(moetesak), grunntekstverdier(moetesak), regler, ordlyd)
        return f"{setning} {self.navn_ved_deling(moetesak, data, personstemmer)}".strip()

    def navn_ved_deling(self, moetesak: Moetesak, data: values.Voteringsdata, personstemmer: Mapping[int, Svar]) -> str:
        """The sentence that names who of a split party was in the minority; empty where the law asks for none."""
        if not personstemmer:
            return ""
        regler, berettigede = regler_for(moetesak.moete.dato), self.stemmeberettigede(moetesak)
        ordlyd = voteringsord_for(moetesak)
        if data.stemmer_per_objekt:
            alternativer = kortnavn(data, self.forslagsverdier(moetesak), grunntekstverdier(moetesak), ordlyd)
            stoerst = data.stemmer_per_objekt.index(max(data.stemmer_per_objekt))
            return navnesetning_flere(personstemmer, berettigede, stoerst, alternativer, regler, ordlyd)
        mindretall = Stemme.FOR if avgjoer(data, regler).vinner == 1 else Stemme.MOT
        return navnesetning(personstemmer, berettigede, mindretall, regler, ordlyd)

    def _partistemmer(self, stemme: Stemme, partier: Mapping[str, int]) -> list[Partistemmer]:
        return [
            Partistemmer(parti=self._utvalg.parti(kode), stemme=stemme, rekkefoelge=nummer, antall=antall)
            for nummer, (kode, antall) in enumerate(partier.items(), 1)
        ]


def _talt_opp(inndata: Voteringsinndata, berettigede: Sequence[Stemmeberettiget]) -> Voteringsinndata:
    """The parties counted from the votes of the persons."""
    tall = partistemmer_av(inndata.personstemmer, berettigede)
    alternativer = [replace(ett, partier=tall.get(side, {})) for side, ett in enumerate(inndata.alternativer)]
    enstemmig = not alternativer and Stemme.MOT not in tall
    return _med_partier(replace(inndata, enstemmig=enstemmig, alternativer=alternativer), tall)


def _med_partier(inndata: Voteringsinndata, tall: Mapping[Any, Mapping[str, int]]) -> Voteringsinndata:
    return replace(
        inndata,
        for_partier=tall.get(Stemme.FOR, {}),
        mot_partier=tall.get(Stemme.MOT, {}),
        blanke_partier=tall.get(Stemme.BLANK, {}),
    )


def voteringsord_for(moetesak: Moetesak) -> Voteringsord:
    """The words of its ballots, as the body writes."""
    return VOTERINGSORD[moetesak.utvalg.malform]


def grunntekstverdier(moetesak: Moetesak) -> list[values.Segment]:
    """The segments of the base text, as the rules see them."""
    return [segmentverdi(segment) for segment in moetesak.grunntekst.segmenter] if moetesak.grunntekst else []


def _antall(oppgitt: int | None, partier: Mapping[str, int]) -> int | None:
    return sum(partier.values()) if oppgitt is None and partier else oppgitt


def _objektrad(objekt: Segment | Forslag, side: int) -> Voteringsobjekt:
    if isinstance(objekt, Segment):
        return Voteringsobjekt(side=side, segment=objekt)
    return Voteringsobjekt(side=side, forslag=objekt)
