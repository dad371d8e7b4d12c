"""Meetings: calendar, agenda with its number series, attendance, habilitet and the free text of the minutes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import OSLO, SystemClock
from saksbehandling.errors import Conflict, InvalidInput, NotFound, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.events import BehandlingStanset, FrammoeteEndret, MoeteEndret
from saksbehandling.moete.kodeverk import Moetestatus
from saksbehandling.moete.models import (
    Behandlingsnotat,
    Habilitetsspoersmaal,
    Habilitetsutfall,
    Habilitetsvurdering,
    Moete,
    Moetesak,
    Moetesaksnummer,
    Moetesaksutfall,
    Oppmoete,
    Saksliste,
)
from saksbehandling.moete.nummer import ledig_nummer
from saksbehandling.moete.oppmoete import inhabile_i, inne_i
from saksbehandling.moete.oppmoete import inne as inne_i_moetet
from saksbehandling.moete.rules import oppfoering
from saksbehandling.richtext import Blocks
from saksbehandling.saksmappe.events import SakEndret
from saksbehandling.saksmappe.models import Grunntekst, Journalposttype, Mappetype, Saksmappe
from saksbehandling.utvalg.models import Funksjon, Medlemskap, Person, Utvalg, Utvalgstype
from saksbehandling.utvalg.services import UtvalgService
from saksbehandling.votering.kodeverk import Behandlingstype
from saksbehandling.workflow_engine.service import Actor, WorkflowService

BEHANDLINGSTYPE: Mapping[Utvalgstype, Behandlingstype] = {
    Utvalgstype.RAAD: Behandlingstype.UTTALELSE,
    Utvalgstype.KOMITE: Behandlingstype.INNSTILLING,
    Utvalgstype.FORMANNSKAP: Behandlingstype.INNSTILLING,
    Utvalgstype.KOMMUNESTYRE: Behandlingstype.VEDTAK,
}


UTFALL: Mapping[str, Moetesaksutfall] = {
    "vedta": Moetesaksutfall.BEHANDLET,
    "utsett": Moetesaksutfall.UTSATT,
    "send_tilbake": Moetesaksutfall.TILBAKESENDT,
    "trekk": Moetesaksutfall.TRUKKET,
}
# Where the case stands when it is the council's turn, so that no committee can take it.
HOS_KOMMUNESTYRET = ("klar_for_bystyret", "utsatt_i_bystyret")


@dataclass(frozen=True, slots=True)
class Frammoete:
    """Who has a vote in a case now. `per_parti`: party code to members present and not inhabile."""

    til_stede: int
    per_parti: Mapping[str, int]


class MoeteService:
    """Everything happens in the caller's transaction; `meld` is called with a domain event for each change."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        flyt: WorkflowService,
        utvalg: UtvalgService,
        meld: Callable[[object], None],
    ) -> None:
        self._session = session
        self._clock = clock
        self._flyt = flyt
        self._utvalg = utvalg
        self._meld = meld

    def opprett(
        self, utvalg: Utvalg, dato: dt.date, *, starttid: dt.time | None = None, sted: str | None = None
    ) -> Moete:
        """A meeting with an empty agenda. Raises `InvalidInput` when the body already meets that day."""
        if self.finn_moete(utvalg, dato) is not None:
            raise InvalidInput(f"{utvalg.navn} har allerede et møte {dato:%d.%m.%Y}.", "dato")
        moete = Moete(utvalg=utvalg, dato=dato, starttid=starttid, sted=sted, saksliste=Saksliste())
        self._session.add(moete)
        self._session.flush()
        self._meld(MoeteEndret(moete.id))
        return moete

    def finn_moete(self, utvalg: Utvalg, dato: dt.date) -> Moete | None:
        return self._session.scalar(sa.select(Moete).where(Moete.utvalg_id == utvalg.id, Moete.dato == dato))

    def finn_moetesak(self, utvalgsnavn: str, nummer: str, dato: dt.date) -> Moetesak:
        """A treatment by body, number («87/19», «PS 87/19») and meeting date. Raises `NotFound`."""
        moete = self.finn_moete(self._utvalg.finn(utvalgsnavn), dato)
        soekt = nummer.split()[-1] if nummer.split() else nummer
        for moetesak in moete.saksliste.saker if moete and moete.saksliste else []:
            if str(moetesak.nummer) == soekt:
                return moetesak
        raise NotFound(f"{utvalgsnavn} behandlet ingen sak {nummer} i møtet {dato:%d.%m.%Y}.")

    def sett_paa_saksliste(
        self,
        moete: Moete,
        sak: Saksmappe,
        identitet: Identitet,
        *,
        nummer: int | None = None,
        prefiks: str | None = None,
        tittel: str | None = None,
        behandlingstype: Behandlingstype | None = None,
        dato: dt.date | None = None,
    ) -> Moetesak:
        """Put a case last on the agenda, with the body's next number or, after a postponement, the same if it keeps.

        `behandlingstype`: what the treatment is to result in, where it is not what the body usually makes.
        `prefiks`: one of the body's number series, the usual one where it is not told. `nummer`: a number of the
        series to use instead of the next. Raises `InvalidInput` on a number already used or a case that is already
        there, `Refusal` when the workflow does not allow it or the meeting is over.
        """
        saksliste = moete.saksliste or Saksliste(moete=moete)
        krev_aapen_saksliste(moete)
        krev_egen_sak(sak)
        staar = [ett for ett in saksliste.saker if ett.utfall is not Moetesaksutfall.TRUKKET]
        if any(moetesak.saksmappe_id == sak.id for moetesak in staar):
            raise InvalidInput(f"Sak {sak.saksnummer} står allerede på sakslisten.", "sak")
        behandlingstype = behandlingstype or BEHANDLINGSTYPE[moete.utvalg.utvalgstype]
        forrige = self._utsatt_behandling(moete.utvalg, sak)
        moetesak = Moetesak(
            rekkefoelge=max((annen.rekkefoelge for annen in saksliste.saker), default=0) + 1,
            saksmappe=sak,
            nummer=self._nummer(moete, forrige, nummer, prefiks),
            behandlingstype=behandlingstype,
            oppfoering=oppfoering(moete.status),
            tittel=tittel or _tittel(sak, behandlingstype),
            grunntekst=self._grunntekst(sak, behandlingstype, forrige),
            forrige=forrige,
            skjermingshjemmel=sak.skjermingshjemmel,
            endret=self._clock.now(),
        )
        saksliste.saker.append(moetesak)
        sak.paa_saksliste_i = sorted({*(sak.paa_saksliste_i or ()), moete.utvalg_id})
        self._session.flush()
        self._start_flyt(moetesak, identitet, dato)
        self._meld(SakEndret(sak.id))
        return moetesak

    def publiser_saksliste(self, moete: Moete) -> None:
        """Send the agenda to the members; it and its non-exempt papers are public from the same moment (§ 11-3)."""
        naa = self._clock.now()
        saksliste = moete.saksliste
        if saksliste is None or not saksliste.saker:
            raise Refusal(["Sakslisten er tom. Sett minst én sak på den før den sendes."])
        saksliste.publisert = saksliste.publisert or naa
        if moete.status is Moetestatus.PLANLAGT:
            moete.status = Moetestatus.INNKALT
        self._meld(MoeteEndret(moete.id))
        for moetesak in saksliste.saker:
            self._publiser_sakspapirer(moetesak, naa)
            self._meld(SakEndret(moetesak.saksmappe_id))
        self._session.flush()

    def registrer_oppmoete(
        self,
        moete: Moete,
        medlemskap: Iterable[Medlemskap],
        *,
        vara_for: Mapping[int, Medlemskap] | None = None,
        kl: dt.time | None = None,
        fjern: Collection[int] = (),
    ) -> None:
        """Record who is present from now on: those listed enter, those present but not listed leave at `kl`.

        `vara_for`: membership id of a substitute to the member that is replaced. `fjern`: membership ids of those who
        enter from elsewhere.
        Raises `InvalidInput` on someone who is no member of the body then, or when there are more than the seats;
        `Refusal` when the meeting is over for good.
        """
        krev_aapent_frammoete(moete)
        inne = {tilstede.id: tilstede for tilstede in medlemskap}
        self._krev_medlemmer(moete, inne.values())
        for rad in inne_i_moetet(moete):
            if rad.medlemskap_id not in inne:
                rad.til = kl or moete.starttid or dt.time(0)
        allerede = {rad.medlemskap_id for rad in inne_i_moetet(moete)}
        for ny in inne.values():
            if ny.id not in allerede:
                erstattet = (vara_for or {}).get(ny.id)
                moete.oppmoete.append(Oppmoete(medlemskap=ny, vara_for=erstattet, fra=kl, fjern=ny.id in fjern))
        self._session.flush()
        self._meld(FrammoeteEndret(moete.id))

    def til_stede(self, moete: Moete) -> list[Oppmoete]:
        return inne_i_moetet(moete)

    def frammoete(self, moetesak: Moetesak) -> Frammoete | None:
        """Who may vote in this case now; None where no attendance was recorded."""
        if not moetesak.moete.oppmoete:
            return None
        stemmeberettigede = [rad.medlemskap for rad in inne_i(moetesak)]
        return Frammoete(len(stemmeberettigede), Counter(rad.parti.kode for rad in stemmeberettigede))

    def kan_ha_stemt(self, moete: Moete) -> Mapping[str, int] | None:
        """How many of each party were in the meeting at some time, or have seats; None without attendance.

        A substitute may come from another party than the member, so that a party votes with more than its seats.
        """
        if not moete.oppmoete:
            return None
        _, plasser = self._utvalg.plasser(moete.utvalg, moete.dato)
        innom = Counter(rad.parti.kode for rad in {rad.medlemskap for rad in moete.oppmoete})
        return Counter(plasser) | innom

    def vurder_habilitet(
        self,
        moetesak: Moetesak,
        person: Person,
        utfall: Habilitetsutfall,
        blokker: Blocks,
        vara: Medlemskap | None = None,
    ) -> Habilitetsvurdering:
        """Record the body's decision on a member's habilitet (fvl §§ 6-8), which the member takes no part in.

        An inhabil member has no vote in the case and sees nothing of it that is not public, until the body finds
        otherwise. `vara`: a substitute for this item. Raises `InvalidInput` when that one cannot step in.
        """
        vurdering = Habilitetsvurdering(
            rekkefoelge=neste_rekkefoelge(self._session, moetesak), person=person, utfall=utfall, blokker=blokker
        )
        moetesak.habilitet.append(vurdering)
        self._session.flush()
        self._slutt_som_vara_i_saken(moetesak, person)
        if vara is not None:
            self._sett_inn_vara(moetesak, person, utfall, vara)
        self._steng_papirer(moetesak.saksmappe, person, utfall)
        for spoersmaal in self.habilitetsspoersmaal(moetesak):
            if spoersmaal.person_id == person.id:
                spoersmaal.vurdering_id = vurdering.id
        self.merk_endret(moetesak)
        return vurdering

    def reis_habilitet(self, moetesak: Moetesak, person: Person, grunn: str, reist_av: str) -> Habilitetsspoersmaal:
        """Raise a member's habilitet, for the body to decide. Raises `InvalidInput`, `Refusal` when it is over."""
        if not grunn:
            raise InvalidInput("Skriv hva det gjelder, så utvalget kan ta stilling til det.", "grunn")
        if moetesak.utfall is not Moetesaksutfall.AAPEN:
            raise Refusal([f"Behandlingen av {moetesak.saksnummer} er avsluttet."])
        spoersmaal = Habilitetsspoersmaal(
            moetesak=moetesak, person=person, grunn=grunn, reist=self._clock.now(), reist_av=reist_av
        )
        self._session.add(spoersmaal)
        self._session.flush()
        return spoersmaal

    def habilitetsspoersmaal(self, moetesak: Moetesak) -> Sequence[Habilitetsspoersmaal]:
        """The questions of habilitet that the body has not decided."""
        soek = sa.select(Habilitetsspoersmaal).where(
            Habilitetsspoersmaal.moetesak_id == moetesak.id, Habilitetsspoersmaal.vurdering_id.is_(None)
        )
        return self._session.scalars(soek.order_by(Habilitetsspoersmaal.id)).all()

    def _slutt_som_vara_i_saken(self, moetesak: Moetesak, person: Person) -> None:
        """Whoever stood in for the member in this item stands in no more."""
        for rad in moetesak.moete.oppmoete:
            if rad.moetesak_id == moetesak.id and rad.vara_for and rad.vara_for.person_id == person.id:
                rad.til = rad.til or self._clock.now().astimezone(OSLO).time().replace(microsecond=0)

    def _sett_inn_vara(self, moetesak: Moetesak, person: Person, utfall: Habilitetsutfall, vara: Medlemskap) -> None:
        if utfall is not Habilitetsutfall.INHABIL:
            raise InvalidInput("Bare for et inhabilt medlem kan en vara tre inn i saken.", "vara")
        if vara.id in {rad.medlemskap_id for rad in inne_i(moetesak)}:
            raise InvalidInput(f"{vara.person.navn} er alt med i saken.", "vara")
        if vara.funksjon is not Funksjon.VARAMEDLEM or vara.person_id in inhabile_i(moetesak):
            raise InvalidInput(f"{vara.person.navn} kan ikke tre inn: velg en vara som er habil.", "vara")
        medlem = next(
            (rad.medlemskap for rad in moetesak.moete.oppmoete if rad.medlemskap.person_id == person.id), None
        )
        moetesak.moete.oppmoete.append(Oppmoete(medlemskap=vara, vara_for=medlem, moetesak_id=moetesak.id))

    def _steng_papirer(self, sak: Saksmappe, person: Person, utfall: Habilitetsutfall) -> None:
        """Close or open what is not public of the case to the person's account."""
        if person.bruker_id is None:
            return
        andre = set(sak.inhabile or ()) - {person.bruker_id}
        sak.inhabile = sorted(andre | ({person.bruker_id} if utfall is Habilitetsutfall.INHABIL else set()))

    def noter(self, moetesak: Moetesak, blokker: Blocks) -> Behandlingsnotat:
        """Add a free paragraph to the minutes of the treatment. Raises `InvalidInput` when it is empty."""
        if not blokker:
            raise InvalidInput("Skriv teksten som skal stå i protokollen.", "tekst")
        notat = Behandlingsnotat(rekkefoelge=neste_rekkefoelge(self._session, moetesak), blokker=blokker)
        moetesak.notater.append(notat)
        self.merk_endret(moetesak)
        return notat

    def hendelse(
        self,
        moetesak: Moetesak,
        hendelse: str,
        identitet: Identitet,
        *,
        dato: dt.date | None = None,
        merknad: str | None = None,
    ) -> None:
        """Let a workflow event happen to the treatment. Raises `Refusal` with every reason."""
        if moetesak.flyt_id is None:
            raise Refusal([f"{moetesak.saksnummer} har ingen arbeidsflyt."])
        self._flyt.fire(
            self._flyt.case(moetesak.flyt_id),
            hendelse,
            moetesak,
            Actor(identitet.navn, identitet.bruker_id),
            identitet.roller_i(moetesak.utvalg.id),
            dato=dato or self._clock.today(),
            merknad=merknad,
        )
        moetesak.utfall = UTFALL.get(hendelse, moetesak.utfall)
        if hendelse == "publiser":
            moetesak.publisert = self._clock.now()
        self.merk_endret(moetesak)
        if UTFALL.get(hendelse, Moetesaksutfall.BEHANDLET) is not Moetesaksutfall.BEHANDLET:
            self._meld(BehandlingStanset(moetesak.id))

    def utsett(
        self, moetesak: Moetesak, identitet: Identitet, til: dt.date | None, *, dato: dt.date | None = None
    ) -> None:
        """Postpone without a ballot, to a date where it is known. Raises `InvalidInput`, `Refusal`."""
        self.sett_utsatt_til(moetesak, til)
        moetesak.resultat = "Saken utsatt"
        self.hendelse(moetesak, "utsett", identitet, dato=dato)

    def sett_utsatt_til(self, moetesak: Moetesak, til: dt.date | None) -> None:
        """Note the day that the case is postponed to. Raises `InvalidInput` when it is not after the meeting."""
        if til is not None and til <= moetesak.moete.dato:
            raise InvalidInput(
                f"Saken kan ikke utsettes til {til:%d.%m.%Y}: møtet er {moetesak.moete.dato:%d.%m.%Y}.", "utsatt_til"
            )
        moetesak.utsatt_til = til

    def sett_saksordfoerer(self, moetesak: Moetesak, medlemskap: Medlemskap | None) -> None:
        """Note who presents the case to the body, with the party that the person stands for; None takes it away."""
        moetesak.saksordfoerer = medlemskap.person if medlemskap else None
        moetesak.saksordfoerer_parti = medlemskap.parti if medlemskap else None
        self.merk_endret(moetesak)

    def merk_endret(self, moetesak: Moetesak, fjernet: tuple[str, ...] = ()) -> None:
        """Note that something was recorded, so that whoever read an older version meets a conflict.

        `fjernet`: what was taken away for good, by kind and id («votering:5»).
        """
        moetesak.endret = max(self._clock.now(), moetesak.endret + dt.timedelta(microseconds=1))
        self._session.flush()
        self._meld(SakEndret(moetesak.saksmappe_id, fjernet))

    def krev_uendret(self, moetesak: Moetesak, radversjon: int | None) -> None:
        """Raise `Conflict` when the treatment has moved on since `radversjon` was read."""
        if radversjon is not None and moetesak.radversjon != radversjon:
            raise Conflict(
                f"Noen andre har registrert noe i {moetesak.saksnummer} etter at du åpnet siden. "
                "Ingenting av ditt er lagret: se hva som er nytt, og send inn igjen."
            )

    def _publiser_sakspapirer(self, moetesak: Moetesak, naa: dt.datetime) -> None:
        sak = moetesak.saksmappe
        sak.publisert = sak.publisert or naa
        sak.utsendt_til = sorted({*sak.utsendt_til, moetesak.utvalg.id})
        for post in sak.journalposter:
            # What is written for use inside stays inside (offentleglova § 14); a protocol has its own publication.
            internt = post.journalposttype is Journalposttype.INTERNT
            if not internt and post.skjermingshjemmel is None and sak.skjermingshjemmel is None:
                post.publisert = post.publisert or naa

    def _krev_medlemmer(self, moete: Moete, medlemskap: Iterable[Medlemskap]) -> None:
        periode = self._utvalg.periode(moete.utvalg, moete.dato)
        inne = list(medlemskap)
        medlemmer = {rad.id for rad in self._utvalg.medlemmer(moete.utvalg, moete.dato)}
        fremmede = [rad.person.navn for rad in inne if rad.id not in medlemmer]
        if fremmede:
            raise InvalidInput(f"Ikke medlem av {moete.utvalg.navn}: {', '.join(fremmede)}.", "til_stede")
        if periode and periode.plasser is not None and len(inne) > periode.plasser:
            raise InvalidInput(
                f"{len(inne)} til stede er flere enn de {periode.plasser} plassene i {moete.utvalg.navn}.", "til_stede"
            )

    def _utsatt_behandling(self, utvalg: Utvalg, sak: Saksmappe) -> Moetesak | None:
        siste = self._session.scalar(
            sa.select(Moetesak)
            .join(Saksliste)
            .join(Moete)
            .where(Moete.utvalg_id == utvalg.id, Moetesak.saksmappe_id == sak.id)
            .order_by(Moete.dato.desc())
            .limit(1)
        )
        return siste if siste is not None and siste.utfall is Moetesaksutfall.UTSATT else None

    def _nummer(
        self, moete: Moete, forrige: Moetesak | None, oensket: int | None, prefiks: str | None
    ) -> Moetesaksnummer:
        regler = self._utvalg.regler(moete.utvalg, moete.dato)
        if oensket is None and forrige is not None and regler.behold_nummer_ved_utsettelse:
            return forrige.nummer
        return ledig_nummer(self._session, moete, regler, prefiks, oensket)

    def _grunntekst(
        self, sak: Saksmappe, behandlingstype: Behandlingstype, forrige: Moetesak | None
    ) -> Grunntekst | None:
        """The newest of what the body could vote on: a case that was sent back returns with another text."""
        if behandlingstype is Behandlingstype.UTTALELSE:
            return None
        framlegg = sak.gjeldende_saksframlegg
        mulige = [
            framlegg.grunntekst if framlegg else None,
            self._siste_innstilling(sak) if behandlingstype is Behandlingstype.VEDTAK else None,
            (forrige.avgitt_tekst or forrige.grunntekst) if forrige else None,
        ]
        return max(filter(None, mulige), key=lambda grunntekst: grunntekst.id, default=None)

    def _siste_innstilling(self, sak: Saksmappe) -> Grunntekst | None:
        return self._session.scalar(
            sa.select(Grunntekst)
            .join(Moetesak, Moetesak.avgitt_tekst_id == Grunntekst.id)
            .join(Saksliste)
            .join(Moete)
            .where(Moetesak.saksmappe_id == sak.id, Moetesak.behandlingstype == Behandlingstype.INNSTILLING)
            .order_by(Moete.dato.desc())
            .limit(1)
        )

    def _start_flyt(self, moetesak: Moetesak, identitet: Identitet, dato: dt.date | None) -> None:
        sak = moetesak.saksmappe
        aktoer = Actor(identitet.navn, identitet.bruker_id)
        er_uttalelse = moetesak.behandlingstype is Behandlingstype.UTTALELSE
        if not er_uttalelse and sak.flyt is not None:
            self._krev_rett_organ(moetesak, sak.flyt.aktive.split())
            er_kommunestyret = moetesak.utvalg.utvalgstype is Utvalgstype.KOMMUNESTYRE
            direkte = er_kommunestyret and "klar_for_komite" in sak.flyt.aktive.split()
            hendelse = "sett_paa_saksliste_bystyret" if direkte else "sett_paa_saksliste"
            self._flyt.fire(sak.flyt, hendelse, sak, aktoer, identitet.rollenavn, dato=dato)
        definisjon = "uttalelse" if er_uttalelse else "behandling"
        moetesak.flyt = self._flyt.start(definisjon, moetesak, aktoer, dato=dato, forelder=sak.flyt)
        self._session.flush()

    def _krev_rett_organ(self, moetesak: Moetesak, aktive: Sequence[str]) -> None:
        if moetesak.behandlingstype is Behandlingstype.INNSTILLING and set(aktive) & set(HOS_KOMMUNESTYRET):
            sak, utvalg = moetesak.saksmappe, moetesak.utvalg
            raise Refusal([f"Sak {sak.saksnummer} har fått sin innstilling og kan ikke behandles i {utvalg.navn} nå."])


def _tittel(sak: Saksmappe, behandlingstype: Behandlingstype) -> str:
    return f"Til uttalelse: {sak.tittel}" if behandlingstype is Behandlingstype.UTTALELSE else sak.tittel


def krev_aapen_saksliste(moete: Moete) -> None:
    """Raise `Refusal` when the meeting is over, so that nothing can come on its agenda."""
    if moete.status in (Moetestatus.HEVET, Moetestatus.AVHOLDT, Moetestatus.AVLYST):
        raise Refusal([f"Møtet er {moete.status.value}. Sett saken på sakslisten for et senere møte."])


def krev_egen_sak(sak: Saksmappe) -> None:
    """Raise `InvalidInput` where the case is what the protocols of meetings are kept in, and nothing to treat."""
    if sak.mappetype is not Mappetype.SAK:
        tekst = f"{sak.saksnummer} er møtemappen «{sak.offentlig_tittel}». Velg saken som skal behandles."
        raise InvalidInput(tekst, "sak")


def krev_aapent_frammoete(moete: Moete) -> None:
    """Raise `Refusal` when what was recorded of the attendance stands for good."""
    if moete.status in (Moetestatus.AVHOLDT, Moetestatus.AVLYST):
        tekst = f"Møtet er {moete.status.value}, og frammøtet ligger fast."
        raise Refusal([f"{tekst} Er det feil, legges en rettelse til i møteprotokollen."])


def neste_rekkefoelge(session: Session, moetesak: Moetesak) -> int:
    """The next place in the minutes of a treatment, counted over notes, habilitet, proposals and remarks alike."""
    moetesak.siste_rekkefoelge += 1
    session.flush()
    return moetesak.siste_rekkefoelge
