"""From a meeting that is over to its møteprotokoll: freeze the words, approve, sign, append corrections, publish."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from saksbehandling.clock import OSLO, SystemClock
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.errors import InvalidInput, Reason, Refusal
from saksbehandling.identity.rules import PUBLIKUM, Identitet, kan_lese
from saksbehandling.maler.services import VelgMal
from saksbehandling.moete.forfall import KOMMER, ForfallService
from saksbehandling.moete.lesing import saksliste
from saksbehandling.moete.models import Moete, Moetesak, Moetesaksutfall, Oppmoete, Saksliste
from saksbehandling.moete.services import MoeteService
from saksbehandling.protokoll.data import Godkjenning
from saksbehandling.protokoll.data import fra_json as fra_sak
from saksbehandling.protokoll.events import MoeteprotokollEndret, MoeteprotokollGodkjent
from saksbehandling.protokoll.haandredigering import HaandredigeringService, Protokollkilde
from saksbehandling.protokoll.haandregler import Json, uten_godkjenning
from saksbehandling.protokoll.models import Moeteprotokoll, Protokollrettelse, Protokollunderskrift
from saksbehandling.protokoll.moetedata import (
    INGEN_TILLEGG,
    Forfallslinje,
    Frammoetelinje,
    Moeteprotokolldata,
    Protokollsak,
    Tillegg,
    fra_json,
    offentlig,
    som_verdier,
    synlig,
    til_json,
)
from saksbehandling.protokoll.ordlyd import FUNKSJONER, protokollord
from saksbehandling.protokoll.services import ProtokollService, protokoll_i
from saksbehandling.richtext import Blocks
from saksbehandling.saksmappe.pdf import PdfService
from saksbehandling.utvalg.models import Funksjon, Medlemskap
from saksbehandling.utvalg.services import UtvalgService
from saksbehandling.votering.rules import regler_for

MAL = "moeteprotokoll"
VENTER_PAA_GODKJENNING = frozenset({"behandlet", "utsatt", "tilbakesendt"})


def moeteprotokoll_i(session: Session, moete: Moete) -> Moeteprotokoll | None:
    """The meeting's protocol, once its words are frozen."""
    return session.scalar(sa.select(Moeteprotokoll).where(Moeteprotokoll.moete_id == moete.id))


def skjermet_for(session: Session, moete: Moete, identitet: Identitet) -> dict[int, tuple[str, str]]:
    """The exempt treatments that this person may not read, with what everybody may know of them."""
    return {
        ett.id: (ett.offentlig_tittel, ett.skjermingshjemmel or ett.saksmappe.skjermingshjemmel or "")
        for ett in saksliste(session, moete)
        if ett.unntatt and not kan_lese(identitet, ett.lesere)
    }


class MoeteprotokollService:
    """Everything happens in the caller's transaction."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        moeter: MoeteService,
        utvalg: UtvalgService,
        protokoller: ProtokollService,
        forfall: ForfallService,
        renderer: DocxRenderer,
        velg_mal: VelgMal,
        haandredigeringer: HaandredigeringService,
        pdf: PdfService,
        meld: Callable[[object], None],
    ) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter
        self._utvalg = utvalg
        self._protokoller = protokoller
        self._forfall = forfall
        self._renderer = renderer
        self._velg_mal = velg_mal
        self._haandredigeringer = haandredigeringer
        self._pdf = pdf
        self._meld = meld

    def data(self, moete: Moete) -> Moeteprotokolldata:
        """What the protocol says: as frozen, or before that as it would be now."""
        frosset = moeteprotokoll_i(self._session, moete)
        return fra_json(frosset.data) if frosset else self.utkast(moete)

    def utkast(self, moete: Moete) -> Moeteprotokolldata:
        """Gather the meeting as it stands now."""
        faste, frammoete = self._faste(moete), self._oppmoete(moete)
        return Moeteprotokolldata(
            kommune=self._protokoller.kommune,
            utvalg=moete.utvalg.navn,
            moetedato=moete.dato,
            starttid=_kl(moete.starttid),
            sluttid=_kl(moete.sluttid),
            sted=moete.sted or "",
            frammoete=tuple(_frammoetelinjer(frammoete, moete.utvalg.malform)),
            forfall=tuple(self._forfallslinjer(moete, faste, frammoete)),
            plasser=len(faste),
            saker=tuple(self._sak(moetesak) for moetesak in self._saker(moete)),
            malform=moete.utvalg.malform,
        )

    def legg_fram(self, moete: Moete, identitet: Identitet, *, godkjennes_i: Moetesak | None = None) -> Moeteprotokoll:
        """Freeze the words, so that they can be approved and signed.

        `godkjennes_i`: the item of a later meeting in which the body approves. Raises `Refusal` with every treatment
        that is not over, `InvalidInput` on an item that is of another body or no later.
        """
        grunner = [*self._uferdige(moete), *self._allerede(moete)]
        if grunner:
            raise Refusal(grunner)
        self._krev_senere(moete, godkjennes_i)
        data = til_json(self.utkast(moete))
        protokoll = Moeteprotokoll(
            moete=moete,
            data=data,
            sjekksum=sjekksum(data),
            frosset=self._clock.now(),
            lagt_fram_av=identitet.navn,
            godkjennes_i=godkjennes_i,
        )
        self._session.add(protokoll)
        self._session.flush()
        return protokoll

    def ta_tilbake(self, protokoll: Moeteprotokoll) -> None:
        """Let the words be changed again. Raises `Refusal` when somebody has approved or signed them."""
        if protokoll.godkjent or protokoll.underskrifter:
            raise Refusal(["Protokollen er godkjent eller underskrevet. Det som er feil, rettes med en rettelse."])
        self._session.delete(protokoll)
        self._session.flush()

    def godkjenn(self, protokoll: Moeteprotokoll, identitet: Identitet, *, merknad: str = "") -> None:
        """Note that the body approved, and with it the saksprotokoll of each treatment that nobody had approved.

        `merknad`: what the body remarked. Raises `Refusal` while the item that approves it is not treated, and with the
        workflow's reasons.
        """
        if protokoll.godkjent:
            raise Refusal(["Protokollen er alt godkjent."])
        self._haandredigeringer.krev_besvart(self.kilde(protokoll.moete))
        i = protokoll.godkjennes_i
        if i is not None and i.utfall is not Moetesaksutfall.BEHANDLET:
            tekst = (
                f"{i.saksnummer} i møtet {i.moete.dato:%d.%m.%Y}, der protokollen skal godkjennes, er ikke behandlet."
            )
            raise Refusal([Reason(tekst, _hjemmel(protokoll.moete))])
        protokoll.godkjent, protokoll.godkjent_av = self._clock.now(), identitet.navn
        protokoll.merknad = merknad or None
        self._godkjenn_sakene(protokoll, identitet)
        self._meld(MoeteprotokollGodkjent(protokoll.moete_id))
        self._meld(MoeteprotokollEndret(protokoll.moete_id))

    def underskriv(self, protokoll: Moeteprotokoll, identitet: Identitet, funksjon: str) -> Protokollunderskrift:
        """Sign the frozen words, or the edited document that is in their place.

        Raises `InvalidInput` without a function, `Refusal` when already signed.
        """
        if identitet.bruker_id is None or not funksjon.strip():
            raise InvalidInput("Skriv hva du underskriver som, for eksempel møteleder.", "funksjon")
        if any(rad.bruker_id == identitet.bruker_id for rad in protokoll.underskrifter):
            raise Refusal(["Du har alt underskrevet protokollen."])
        redigert = self._haandredigeringer.gjeldende(protokoll.moete)
        underskrift = Protokollunderskrift(
            bruker_id=identitet.bruker_id,
            navn=identitet.navn,
            funksjon=funksjon.strip(),
            erklaering=protokollord(protokoll.data["malform"]).erklaering,
            sjekksum=redigert.sjekksum if redigert else protokoll.sjekksum,
            tidspunkt=self._clock.now(),
        )
        protokoll.underskrifter.append(underskrift)
        self._session.flush()
        self._meld(MoeteprotokollEndret(protokoll.moete_id))
        return underskrift

    def rett(
        self,
        protokoll: Moeteprotokoll,
        identitet: Identitet,
        blokker: Blocks,
        begrunnelse: str,
        moetesak: Moetesak | None = None,
    ) -> Protokollrettelse:
        """Append a correction; what stands is never changed. The saksprotokoll that it is about gets it too.

        Raises `InvalidInput` without a text or a reason, `Refusal` before the protocol is approved.
        """
        if protokoll.godkjent is None:
            raise Refusal(["Protokollen er ikke godkjent ennå. Ta den tilbake og rett teksten i stedet."])
        if not blokker:
            raise InvalidInput("Skriv hva som skal stå.", "tekst")
        if not begrunnelse.strip():
            raise InvalidInput("Skriv hvorfor protokollen rettes.", "begrunnelse")
        rettelse = Protokollrettelse(
            nummer=len(protokoll.rettelser) + 1,
            moetesak=moetesak,
            blokker=blokker,
            begrunnelse=begrunnelse.strip(),
            skrevet_av=identitet.navn,
            tidspunkt=self._clock.now(),
        )
        protokoll.rettelser.append(rettelse)
        self._session.flush()
        self._meld(MoeteprotokollEndret(protokoll.moete_id))
        if moetesak is not None:
            self._protokoller.rett(moetesak, rettelsesoverskrift(rettelse), blokker, rettelse.begrunnelse, identitet)
        return rettelse

    def publiser(self, protokoll: Moeteprotokoll, identitet: Identitet) -> Sequence[Moetesak]:
        """Let everybody read the public parts, and publish the treatments that nobody had published; gives those.

        Raises `Refusal` before approval, and with every reason why a treatment cannot be published.
        """
        if protokoll.godkjent is None:
            raise Refusal([Reason("Protokollen er ikke godkjent ennå.", _hjemmel(protokoll.moete))])
        if protokoll.publisert:
            raise Refusal(["Protokollen er alt publisert."])
        self._haandredigeringer.krev_besvart(self.kilde(protokoll.moete))
        klare = [ett for ett in self._saker(protokoll.moete) if ett.flyt and ett.flyt.aktive == "protokoll_godkjent"]
        _alle(klare, lambda moetesak: self._protokoller.publiser(moetesak, identitet))
        protokoll.publisert, protokoll.publisert_av = self._clock.now(), identitet.navn
        self._session.flush()
        return klare

    def docx(self, moete: Moete, data: Moeteprotokolldata, skjult: Iterable[int] = ()) -> bytes:
        """The document of `data`, as the reader may see it, with what was added to the protocol.

        `skjult`: ids of treatments whose corrections this reader may not see. Only a public one carries its data.
        """
        tillegg = self.tillegg(moete, data.malform, set(skjult))
        mal = self._velg_mal(MAL, data.malform, moete.utvalg_id)
        public_data = _med_rettelser(data, tillegg) if offentlig(data) else None
        return self._renderer.render(mal, som_verdier(data, tillegg), public_data=public_data)

    def fil(self, moete: Moete, data: Moeteprotokolldata, skjult: Iterable[int] = ()) -> bytes:
        """The protocol for download: `docx`, or the edited document for a reader from whom nothing is hidden."""
        skjult = set(skjult)
        redigert = None if skjult else self._haandredigeringer.gjeldende(moete)
        return self._haandredigeringer.innhold(redigert) if redigert else self.docx(moete, data, skjult)

    def bestill_pdf(self, moete: Moete) -> None:
        """Have the approved protocol made as PDF: whole, and as everybody may read it. Again, it changes nothing."""
        protokoll = moeteprotokoll_i(self._session, moete)
        if protokoll is None or protokoll.godkjent is None:
            return
        data, skjermet = fra_json(protokoll.data), skjermet_for(self._session, moete, PUBLIKUM)
        self._pdf.bestill(self.fil(moete, data))
        self._pdf.bestill(self.fil(moete, synlig(data, skjermet), skjermet))

    def kilde(self, moete: Moete) -> Protokollkilde:
        """The protocol as something that can be edited by hand."""
        data, protokoll = self.data(moete), moeteprotokoll_i(self._session, moete)
        return Protokollkilde(
            emne=moete,
            navn=f"Protokollen fra {moete.utvalg.navn} {moete.dato:%d.%m.%Y}",
            laast=protokoll is not None and bool(protokoll.godkjent or protokoll.underskrifter),
            grunnlag=uten_godkjenning(_med_rettelser(data, self.tillegg(moete, data.malform, set()))),
            lag=partial(self._av_grunnlag, moete),
            lag_naa=partial(self.docx, moete, data),
            ferdig=lambda: self._meld(MoeteprotokollEndret(moete.id)),
        )

    def _av_grunnlag(self, moete: Moete, grunnlag: Json) -> bytes:
        """The document of those data and the corrections that they name, without signatures."""
        data = fra_json(grunnlag)
        rettelser = self.tillegg(moete, data.malform, set()).rettelser
        kjente = tuple(rettelse for rettelse in rettelser if rettelse[0] in grunnlag.get("rettelser", ()))
        mal = self._velg_mal(MAL, data.malform, moete.utvalg_id)
        return self._renderer.render(mal, som_verdier(data, replace(INGEN_TILLEGG, rettelser=kjente)))

    def tillegg(self, moete: Moete, malform: str, skjult: set[int]) -> Tillegg:
        """What was added to the protocol after its words were frozen."""
        protokoll = moeteprotokoll_i(self._session, moete)
        if protokoll is None:
            return replace(INGEN_TILLEGG, signaturfelt=protokollord(malform).signaturfelt)
        ord_ = protokollord(malform)
        return Tillegg(
            godkjenning=godkjenningssetning(protokoll) if protokoll.godkjent else "",
            underskrifter=tuple(
                (rad.navn, f"{rad.funksjon}, {_naar(rad.tidspunkt)}") for rad in protokoll.underskrifter
            ),
            rettelser=tuple(
                (rettelsesoverskrift(rad), rad.blokker, f"{ord_.begrunnelse}: {rad.begrunnelse}")
                for rad in protokoll.rettelser
                if rad.moetesak_id not in skjult
            ),
            erklaering=ord_.erklaering,
            signaturfelt=() if protokoll.underskrifter else ord_.signaturfelt,
        )

    def kan_godkjenne_i(self, moete: Moete) -> Sequence[Moetesak]:
        """Items of later meetings of the body, in which the protocol can be approved."""
        return self._session.scalars(
            sa.select(Moetesak)
            .join(Moetesak.saksliste)
            .join(Saksliste.moete)
            .where(Moete.utvalg_id == moete.utvalg_id, Moete.dato > moete.dato)
            .options(joinedload(Moetesak.nummer))
            .order_by(Moete.dato, Moetesak.rekkefoelge)
            .limit(100)
        ).all()

    def _godkjenn_sakene(self, protokoll: Moeteprotokoll, identitet: Identitet) -> None:
        """Each gets the words that were frozen with the meeting's."""
        frosset = {ett.moetesak_id: ett.sak for ett in fra_json(protokoll.data).saker}
        setning = godkjenningssetning(protokoll)
        godkjenning = Godkjenning(setning, (identitet.navn,), self._clock.today())

        def godkjenn(moetesak: Moetesak) -> None:
            self._moeter.hendelse(moetesak, "godkjenn_protokoll", identitet)
            if sak := frosset.get(moetesak.id):
                self._protokoller.frys(moetesak, replace(sak, godkjenning=godkjenning), identitet)

        venter = [ett for ett in self._saker(protokoll.moete) if ett.flyt and ett.flyt.aktive in VENTER_PAA_GODKJENNING]
        _alle(venter, godkjenn)

    def _uferdige(self, moete: Moete) -> Iterable[Reason]:
        saker = self._saker(moete)
        if not saker:
            yield Reason("Møtet har ingen saker å protokollføre.")
        for moetesak in saker:
            if moetesak.utfall is Moetesaksutfall.AAPEN:
                tekst = f"{moetesak.saksnummer} er ikke ferdig. Fatt vedtak, utsett eller trekk saken."
                yield Reason(tekst, _hjemmel(moete), f"/moetesaker/{moetesak.id}/registrer")

    def _allerede(self, moete: Moete) -> Iterable[Reason]:
        if moeteprotokoll_i(self._session, moete) is not None:
            yield Reason("Protokollen er alt lagt fram.")

    def _krev_senere(self, moete: Moete, i: Moetesak | None) -> None:
        if i is not None and (i.utvalg.id != moete.utvalg_id or i.moete.dato <= moete.dato):
            raise InvalidInput("Velg en sak i et senere møte i samme utvalg.", "godkjennes_i")

    def _saker(self, moete: Moete) -> Sequence[Moetesak]:
        return self._session.scalars(
            sa.select(Moetesak)
            .join(Moetesak.saksliste)
            .where(Saksliste.moete_id == moete.id)
            .options(joinedload(Moetesak.nummer), joinedload(Moetesak.saksmappe), joinedload(Moetesak.flyt))
            .order_by(Moetesak.rekkefoelge)
        ).all()

    def _sak(self, moetesak: Moetesak) -> Protokollsak:
        hjemmel = moetesak.skjermingshjemmel or moetesak.saksmappe.skjermingshjemmel or ""
        frosset = protokoll_i(self._session, moetesak)
        data = fra_sak(frosset.data) if frosset else self._protokoller.utkast(moetesak, None)
        return Protokollsak(moetesak.id, moetesak.saksnummer, moetesak.offentlig_tittel, hjemmel, data)

    def _forfallslinjer(
        self, moete: Moete, faste: Sequence[Medlemskap], rader: Sequence[Oppmoete]
    ) -> Iterable[Forfallslinje]:
        """Members who never were there; where attendance is not recorded yet, those who have reported that they cannot.

        The substitute is whoever met, or else whoever is called. That somebody stayed away without a word is told only
        where absence is reported here.
        """
        meldt = {rad.medlemskap_id for rad in self._forfall.alle(moete)}
        innkalt = {rad.vara_for_id: rad for rad in self._forfall.innkallinger(moete) if rad.status in KOMMER}
        varaer = {nr: rad.medlemskap for nr, rad in innkalt.items() if not rader}
        varaer |= {rad.vara_for_id: rad.medlemskap for rad in rader if rad.vara_for_id}
        moett = {rad.medlemskap_id for rad in rader}
        ord_ = protokollord(moete.utvalg.malform)
        for medlem in faste:
            if medlem.id not in moett and (rader or medlem.id in meldt):
                vara = varaer[medlem.id].person.navn if medlem.id in varaer else ""
                merknad = ord_.ikke_meldt if meldt and medlem.id not in meldt else ""
                yield Forfallslinje(medlem.person.navn, medlem.parti.kode, vara, merknad)

    def _faste(self, moete: Moete) -> Sequence[Medlemskap]:
        alle = self._utvalg.medlemmer(moete.utvalg, moete.dato)
        return [rad for rad in alle if rad.funksjon is not Funksjon.VARAMEDLEM]

    def _oppmoete(self, moete: Moete) -> Sequence[Oppmoete]:
        return self._session.scalars(
            sa.select(Oppmoete)
            .where(Oppmoete.moete_id == moete.id)
            .options(joinedload(Oppmoete.vara_for))
            .order_by(Oppmoete.id)
        ).all()


def _med_rettelser(data: Moeteprotokolldata, tillegg: Tillegg) -> Json:
    """The data, and which corrections go with them."""
    return til_json(data) | {"rettelser": [overskrift for overskrift, _, _ in tillegg.rettelser]}


def godkjenningssetning(protokoll: Moeteprotokoll) -> str:
    """How the body approved, as the protocol says it."""
    ord_, i = protokollord(protokoll.data["malform"]), protokoll.godkjennes_i
    setning = (
        ord_.godkjent_i.format(dato=f"{i.moete.dato:%d.%m.%Y}", sak=i.saksnummer) if i else ord_.godkjent_ved_slutt
    )
    return f"{setning} {protokoll.merknad}" if protokoll.merknad else setning


def rettelsesoverskrift(rettelse: Protokollrettelse) -> str:
    """«Rettelse 1 til PS 87/19, 12.09.2019 kl. 10.15, Berit Skriver»"""
    hva = f" til {rettelse.moetesak.saksnummer}" if rettelse.moetesak else ""
    return f"Rettelse {rettelse.nummer}{hva}, {_naar(rettelse.tidspunkt)}, {rettelse.skrevet_av}"


def sjekksum(data: Mapping[str, object]) -> str:
    """SHA-256 of the frozen data, which a signature names."""
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _alle(saker: Iterable[Moetesak], handling: Callable[[Moetesak], None]) -> None:
    """Do it with every one of them. Raises `Refusal` with the reasons of all that refuse."""
    grunner: list[Reason] = []
    for moetesak in saker:
        try:
            handling(moetesak)
        except Refusal as avslag:
            grunner += [replace(grunn, text=f"{moetesak.saksnummer}: {grunn.text}") for grunn in avslag.reasons]
    if grunner:
        raise Refusal(grunner)


def _frammoetelinjer(rader: Sequence[Oppmoete], malform: str) -> Iterable[Frammoetelinje]:
    """One line for each person, with when they came and went."""
    for medlem in dict.fromkeys(rad.medlemskap for rad in rader):
        mine = [rad for rad in rader if rad.medlemskap is medlem]
        vara_for = next((rad.vara_for for rad in mine if rad.vara_for), None)
        yield Frammoetelinje(
            medlem.person.navn,
            medlem.parti.kode,
            FUNKSJONER[malform][medlem.funksjon],
            vara_for.person.navn if vara_for else "",
            ", ".join(_gang(rad, malform) for rad in mine if rad.fra or rad.til),
        )


def _gang(rad: Oppmoete, malform: str) -> str:
    ord_ = protokollord(malform)
    kom = ord_.kom.format(kl=_kl(rad.fra)) if rad.fra else ""
    return ", ".join(filter(None, (kom, ord_.gikk.format(kl=_kl(rad.til)) if rad.til else "")))


def _kl(tid: dt.time | None) -> str:
    return f"{tid:%H.%M}" if tid else ""


def _naar(tidspunkt: dt.datetime) -> str:
    return f"{tidspunkt.astimezone(OSLO):%d.%m.%Y kl. %H.%M}"


def _hjemmel(moete: Moete) -> str:
    return regler_for(moete.dato).hjemmel.protokoll
