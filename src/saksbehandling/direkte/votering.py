"""Electronic ballots: opened for the item that is up, voted in from the members' own devices, closed into a Votering.

The vote of each member is one row. What is sent twice counts once, and a vote may be changed until the ballot closes,
but in a secret ballot, where nobody could know which one to change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.direkte.endringer import Endringslogg
from saksbehandling.direkte.kodeverk import Direktehendelse
from saksbehandling.direkte.models import Direktemoete, ElektroniskStemme, ElektroniskVotering, HemmeligOpptelling
from saksbehandling.errors import InvalidInput, Reason, Refusal
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.moete.oppmoete import inhabile_i, inne_i
from saksbehandling.moete.services import MoeteService
from saksbehandling.saksmappe.models import Segment
from saksbehandling.utvalg.models import Funksjon, Medlemskap, Person
from saksbehandling.votering.kodeverk import Stemme, Voteringsform
from saksbehandling.votering.lesing import kreves_til_stede
from saksbehandling.votering.models import Forslag, Votering
from saksbehandling.votering.oversetting import forslagsnoekkel, objektverdier, segmentnoekkel
from saksbehandling.votering.personstemmer import Svar
from saksbehandling.votering.rules import Voteringsdata, kontroller_objekter, regler_for
from saksbehandling.votering.services import Alternativ, VoteringService, Voteringsinndata, forslag_i, grunntekstverdier

FORMER = (Voteringsform.FOR_MOT, Voteringsform.ALTERNATIV, Voteringsform.PROEVE)
_INNSENDINGER_HUSKET = 20


def aapen_votering(session: Session, moete_id: int) -> ElektroniskVotering | None:
    """The ballot that is open in the meeting."""
    soek = sa.select(ElektroniskVotering).where(ElektroniskVotering.aapen_i_moete_id == moete_id)
    return session.scalar(soek.execution_options(populate_existing=True))


def stemmer_i(session: Session, votering: ElektroniskVotering) -> Sequence[ElektroniskStemme]:
    soek = sa.select(ElektroniskStemme).where(ElektroniskStemme.elvotering_id == votering.id)
    return session.scalars(soek.execution_options(populate_existing=True)).all()


class Elektronisk:
    """Everything happens in the caller's transaction, and each change is noted in the meeting's log."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        moeter: MoeteService,
        voteringer: VoteringService,
        logg: Endringslogg,
    ) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter
        self._voteringer = voteringer
        self._logg = logg

    def aapne(
        self,
        moete: Moete,
        form: Voteringsform,
        objekter: Sequence[str],
        mot_objekter: Sequence[str] = (),
        *,
        alternativer: Sequence[Sequence[str]] = (),
        hemmelig: bool = False,
    ) -> ElektroniskVotering:
        """Open a ballot over what these keys name. `alternativer`: those of each, where there are more than two.

        Raises `InvalidInput`, and `Refusal` with every reason.
        """
        direkte = self._logg.laas(moete)
        if form not in FORMER:
            raise InvalidInput("Velg om det voteres for og mot, mellom alternativer eller på prøve.", "form")
        if alternativer and (form is not Voteringsform.ALTERNATIV or hemmelig):
            raise InvalidInput("Mellom flere enn to alternativer voteres det åpent, og ikke på prøve.", "form")
        if len(alternativer) in (1, 2):
            raise InvalidInput("Kryss av for tre alternativer eller flere. To føres som vanlig votering.", "objekter")
        moetesak = self._saken(direkte)
        mot_objekter = mot_objekter if form is Voteringsform.ALTERNATIV else ()
        if form is Voteringsform.ALTERNATIV and not (alternativer or mot_objekter):
            raise InvalidInput("Kryss av i kolonnen «Mot» for det andre alternativet.", "objekter")
        self._krev_mulig(moetesak, form, alternativer or [side for side in (objekter, mot_objekter) if side])
        votering = ElektroniskVotering(
            moetesak=moetesak,
            aapen_i_moete_id=moete.id,
            voteringsform=form,
            hemmelig=hemmelig,
            objekter=list(objekter),
            mot_objekter=list(mot_objekter),
            alternativer=[list(ett) for ett in alternativer],
            aapnet=self._clock.now(),
        )
        self._session.add(votering)
        direkte.klubbet = None
        self._logg.noter(direkte, Direktehendelse.VOTERING_AAPNET)
        return votering

    def stem(self, moete: Moete, votering_id: int, person_id: int, stemme: Svar, innsending: str) -> None:
        """A member's vote. `innsending`: an id that the device made; the same one again changes nothing.

        Raises `Refusal` when the ballot is not open, or the member is not there, inhabil, or has voted in secret.
        """
        direkte = self._logg.laas(moete)
        votering = self._aapen(moete, votering_id)
        if stemme not in self.mulige_svar(votering):
            raise InvalidInput("Velg hva du stemmer.", "stemme")
        rad = self._session.get(ElektroniskStemme, (votering.id, person_id), populate_existing=True)
        if rad is not None and innsending in rad.innsendinger:
            return
        self._krev_stemmerett(votering.moetesak, person_id)
        if votering.hemmelig and isinstance(stemme, Stemme):
            self._stem_hemmelig(votering, person_id, stemme, rad)
        else:
            self._stem_aapent(votering, person_id, stemme, innsending, rad)
        self._logg.noter(direkte, Direktehendelse.STEMME)

    def mulige_svar(self, votering: ElektroniskVotering) -> Sequence[Svar]:
        """What can be voted, in the order of the buttons. Blank where the body allows it, and the ballot is open."""
        sider: Sequence[Svar] = range(len(votering.alternativer)) or (Stemme.FOR, Stemme.MOT)
        blankt = not votering.hemmelig and self._voteringer.blanke_tillatt(votering.moetesak)
        return [*sider, *([Stemme.BLANK] if blankt else [])]

    def stryk_stemme(self, moete: Moete, person_id: int) -> None:
        """Take a vote out of the open ballot: of somebody who has left, say. Raises `Refusal` in a secret one."""
        direkte = self._logg.laas(moete)
        votering = self._aapen(moete)
        if votering.hemmelig:
            raise Refusal(["Voteringen er hemmelig, så ingen vet hvilken stemme det er. Avbryt den og åpne en ny."])
        rad = self._session.get(ElektroniskStemme, (votering.id, person_id), populate_existing=True)
        if rad is None:
            raise InvalidInput("Medlemmet har ikke stemt.", "person")
        self._session.delete(rad)
        self._logg.noter(direkte, Direktehendelse.STEMME)

    def avbryt(self, moete: Moete) -> None:
        """Close the ballot without a result: it was opened wrongly."""
        direkte = self._logg.laas(moete)
        self._lukk(self._aapen(moete))
        self._logg.noter(direkte, Direktehendelse.VOTERING_AVBRUTT)

    def lukk(self, moete: Moete) -> Votering:
        """Close the ballot and record it as a roll call is. Whoever is present must have voted, or be noted as gone.

        Raises `Refusal` naming who has not voted, who voted and has left, and everything the rules of ballots refuse.
        """
        direkte = self._logg.laas(moete)
        votering = self._aapen(moete)
        berettiget = self.stemmeberettigede(votering.moetesak)
        stemt = stemmer_i(self._session, votering)
        self._krev_fulltallig(stemt, berettiget)
        registrert = self._registrer(votering, stemt, berettiget)
        self._lukk(votering)
        votering.votering_id = registrert.id
        self._logg.noter(direkte, Direktehendelse.VOTERING_LUKKET)
        return registrert

    def stemmeberettigede(self, moetesak: Moetesak) -> Mapping[int, Medlemskap]:
        """Who may vote in the item now, by person: present and not inhabil, in the order of the parties."""
        inne = [rad.medlemskap for rad in inne_i(moetesak)]
        inne.sort(key=lambda rad: (rad.parti.rekkefoelge, rad.parti_id, rad.person.etternavn))
        return {rad.person_id: rad for rad in inne}

    def _saken(self, direkte: Direktemoete) -> Moetesak:
        if direkte.moetesak is None:
            raise Refusal(["Ingen sak er oppe. Ta opp en sak først."])
        if aapen_votering(self._session, direkte.moete_id) is not None:
            raise Refusal(["En votering er alt åpen. Lukk eller avbryt den først."])
        self._voteringer.krev_aapen(direkte.moetesak)
        return direkte.moetesak

    def _krev_mulig(self, moetesak: Moetesak, form: Voteringsform, noekler: Sequence[Sequence[str]]) -> None:
        sider = [self._finn(moetesak, side) for side in noekler]
        if len(sider) < (2 if form is Voteringsform.ALTERNATIV else 1):
            raise InvalidInput("Velg hva det voteres over.", "objekter")
        data = Voteringsdata(0, form, objektverdier(sider))
        grunner = kontroller_objekter(
            data,
            grunntekstverdier(moetesak),
            self._voteringer.forslagsverdier(moetesak),
            self._voteringer.tidligere(moetesak),
            regler_for(moetesak.moete.dato),
        )
        grunner = [*grunner, *self._for_faa(moetesak)]
        if grunner:
            raise Refusal(grunner)

    def _for_faa(self, moetesak: Moetesak) -> list[Reason]:
        inne = len(self.stemmeberettigede(moetesak))
        kreves = kreves_til_stede(self._voteringer.organ(moetesak), moetesak) or 1
        if inne >= kreves:
            return []
        hjemmel = regler_for(moetesak.moete.dato).hjemmel.quorum
        tekst = f"{inne} stemmeberettigede er ført som til stede, og minst {kreves} må være det. Før frammøtet."
        return [Reason(tekst, hjemmel, "til_stede")]

    def _finn(self, moetesak: Moetesak, noekler: Sequence[str]) -> list[Segment | Forslag]:
        alle = objekter_i(self._session, moetesak)
        if any(noekkel not in alle for noekkel in noekler):
            raise InvalidInput("Voteringen gjelder noe som ikke hører til saken. Hent siden på nytt.", "objekter")
        return [alle[noekkel] for noekkel in noekler]

    def _aapen(self, moete: Moete, votering_id: int | None = None) -> ElektroniskVotering:
        votering = aapen_votering(self._session, moete.id)
        if votering is None or votering_id not in (None, votering.id):
            raise Refusal(
                ["Voteringen er ikke åpen lenger. Stemmen er ikke talt."]
                if votering_id
                else ["Ingen votering er åpen."]
            )
        return votering

    def _krev_stemmerett(self, moetesak: Moetesak, person_id: int) -> None:
        if person_id not in self.stemmeberettigede(moetesak):
            inhabil = person_id in inhabile_i(moetesak)
            grunn = "Du er inhabil i saken" if inhabil else "Du er ikke ført som til stede"
            hjemmel = "kommuneloven § 11-10" if inhabil else regler_for(moetesak.moete.dato).hjemmel.stemmeplikt
            raise Refusal([Reason(f"{grunn}, og kan ikke stemme nå. Si fra til sekretæren om det er feil.", hjemmel)])

    def _stem_aapent(
        self,
        votering: ElektroniskVotering,
        person_id: int,
        svar: Svar,
        innsending: str,
        rad: ElektroniskStemme | None,
    ) -> None:
        rad = rad or ElektroniskStemme(elvotering_id=votering.id, person_id=person_id, innsendinger=[])
        rad.stemme, rad.side = (svar, None) if isinstance(svar, Stemme) else (Stemme.FOR, svar)
        rad.innsendinger = [*rad.innsendinger, innsending][-_INNSENDINGER_HUSKET:]
        self._session.add(rad)

    def _stem_hemmelig(
        self, votering: ElektroniskVotering, person_id: int, stemme: Stemme, rad: ElektroniskStemme | None
    ) -> None:
        if rad is not None:
            raise Refusal(["Du har stemt. Voteringen er hemmelig, så stemmen kan ikke finnes igjen og endres."])
        self._session.add(ElektroniskStemme(elvotering_id=votering.id, person_id=person_id, innsendinger=[]))
        antall = self._session.get(HemmeligOpptelling, (votering.id, stemme), populate_existing=True)
        antall = antall or HemmeligOpptelling(elvotering_id=votering.id, stemme=stemme, antall=0)
        antall.antall += 1
        self._session.add(antall)

    def _krev_fulltallig(self, stemt: Sequence[ElektroniskStemme], berettiget: Mapping[int, Medlemskap]) -> None:
        har_stemt = {rad.person_id for rad in stemt}
        grunner = []
        borte = [self._session.get_one(Person, person).navn for person in sorted(har_stemt - berettiget.keys())]
        if borte:
            tekst = f"{', '.join(borte)} har stemt, men kan ikke stemme nå. Før dem inn igjen, eller stryk stemmen."
            grunner.append(Reason(tekst, felt="person"))
        mangler = [rad.person.navn for person, rad in berettiget.items() if person not in har_stemt]
        if mangler:
            tekst = f"{len(mangler)} har ikke stemt: {', '.join(mangler)}. Før stemmen for dem, eller at de har gått."
            grunner.append(Reason(tekst, "kommuneloven § 8-1"))
        if grunner:
            raise Refusal(grunner)

    def _registrer(
        self,
        votering: ElektroniskVotering,
        stemt: Sequence[ElektroniskStemme],
        berettiget: Mapping[int, Medlemskap],
    ) -> Votering:
        personlige = {rad.person_id: rad.svar for rad in stemt if rad.svar is not None}
        for_, mot = self._hemmelig_tall(votering) if votering.hemmelig else (None, None)
        inndata = Voteringsinndata(
            votering.voteringsform,
            self._finn(votering.moetesak, votering.objekter),
            self._finn(votering.moetesak, votering.mot_objekter),
            stemmer_for=for_,
            stemmer_mot=mot,
            moeteleders_stemme=_ved_likhet(personlige, berettiget),
            personstemmer=personlige,
            alternativer=[Alternativ(self._finn(votering.moetesak, ett)) for ett in votering.alternativer],
        )
        return self._voteringer.registrer(votering.moetesak, inndata)

    def _hemmelig_tall(self, votering: ElektroniskVotering) -> tuple[int, int]:
        rader = self._session.scalars(
            sa.select(HemmeligOpptelling).where(HemmeligOpptelling.elvotering_id == votering.id)
        )
        antall = {rad.stemme: rad.antall for rad in rader}
        return antall.get(Stemme.FOR, 0), antall.get(Stemme.MOT, 0)

    def _lukk(self, votering: ElektroniskVotering) -> None:
        votering.aapen_i_moete_id, votering.lukket = None, self._clock.now()


def objekter_i(session: Session, moetesak: Moetesak) -> dict[str, Segment | Forslag]:
    """What can be voted on in the item, by key: the segments of its text, then its proposals."""
    segmenter = moetesak.grunntekst.segmenter if moetesak.grunntekst else []
    return {
        **{segmentnoekkel(rad): rad for rad in segmenter},
        **{forslagsnoekkel(rad): rad for rad in forslag_i(session, moetesak)},
    }


def _ved_likhet(personlige: Mapping[int, Svar], berettiget: Mapping[int, Medlemskap]) -> Stemme | None:
    """What decides where as many voted for as against, else nothing."""
    antall = Counter(personlige.values())
    return _moetelederens(personlige, berettiget) if antall[Stemme.FOR] == antall[Stemme.MOT] else None


def _moetelederens(personlige: Mapping[int, Svar], berettiget: Mapping[int, Medlemskap]) -> Stemme | None:
    """The vote of the presiding member, which decides a tie: the body's leader, or else its deputy, if present."""
    for funksjon in (Funksjon.LEDER, Funksjon.NESTLEDER):
        leder = next((person for person, rad in berettiget.items() if rad.funksjon is funksjon), None)
        if leder is not None:
            stemme = personlige.get(leder)
            return stemme if isinstance(stemme, Stemme) else None
    return None
