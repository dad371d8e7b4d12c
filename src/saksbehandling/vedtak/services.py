"""From ballots to a decision: compute, let a person edit with a reason, store with origins, and move the case on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.errors import InvalidInput, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.resultatord import RESULTATORD
from saksbehandling.moete.services import MoeteService
from saksbehandling.richtext import Blocks, paragraph, to_notation
from saksbehandling.saksmappe.models import Segment
from saksbehandling.saksmappe.services import ny_grunntekst
from saksbehandling.vedtak.models import Avsnittstype, Redigering, Vedtak, Vedtaksavsnitt
from saksbehandling.vedtak.rules import Avsnitt, Beregning, Opphav, forskjell, konsolider, vedtaksord_for
from saksbehandling.votering.kodeverk import Behandlingstype, Forslagstype
from saksbehandling.votering.models import Forslag, Merknad, Votering
from saksbehandling.votering.oversetting import forslagsnoekkel, merknadsverdi, segmentnoekkel
from saksbehandling.votering.rules import regler_for
from saksbehandling.votering.services import (
    VoteringService,
    forslag_i,
    grunntekstverdier,
    merknader_i,
    voteringer_i,
)

PROSEDYREHENDELSE = {
    Forslagstype.UTSETTELSE: ("utsett", attrgetter("utsatt")),
    Forslagstype.TILBAKESENDELSE: ("send_tilbake", attrgetter("sendt_tilbake")),
    Forslagstype.AVVISNING: ("vedta", attrgetter("avvist")),
}
VEDTAKSHENDELSE = ("vedta", attrgetter("behandlet"))


@dataclass(frozen=True, slots=True)
class Protokollert:
    """A decision as minutes print it. `merknader`: heading and text. `foelgeledd`: the words before `foelgetekst`."""

    avsnitt: Sequence[Blocks]
    overskrift: str = "Vedtak"
    innledning: Sequence[str] = ()
    foelgeledd: str | None = None
    foelgetekst: Sequence[Blocks] = ()
    merknader: Sequence[tuple[str, Blocks]] = ()


def vedtak_i(session: Session, moetesak: Moetesak) -> Vedtak | None:
    """The treatment's decision in its latest version."""
    return session.scalar(
        sa.select(Vedtak).where(Vedtak.moetesak_id == moetesak.id).order_by(Vedtak.versjonsnummer.desc()).limit(1)
    )


class VedtakService:
    """Everything happens in the caller's transaction."""

    def __init__(self, session: Session, clock: SystemClock, moeter: MoeteService, voteringer: VoteringService) -> None:
        self._session = session
        self._clock = clock
        self._moeter = moeter
        self._voteringer = voteringer

    def beregn(
        self, moetesak: Moetesak, *, lukk: bool = False, rekkefoelge: Sequence[Segment | Forslag] | None = None
    ) -> Beregning:
        """The decision as it stands now, each paragraph with its origin, and what is still missing.

        `lukk`: the secretary confirms that open proposals have lapsed. `rekkefoelge`: the order that she wants.
        """
        return konsolider(
            grunntekstverdier(moetesak),
            self._voteringer.forslagsverdier(moetesak),
            self._voteringer.tidligere(moetesak),
            [merknadsverdi(merknad) for merknad in merknader_i(self._session, moetesak)],
            self._voteringer.organ(moetesak),
            moetesak.behandlingstype,
            regler_for(moetesak.moete.dato),
            [_noekkel(ett) for ett in rekkefoelge] if rekkefoelge else None,
            lukk=lukk,
            ordlyd=vedtaksord_for(moetesak.moete.dato, moetesak.utvalg.malform, moetesak.utvalg.utvalgstype),
            frammoete=self._moeter.kan_ha_stemt(moetesak.moete),
        )

    def fatt(
        self,
        moetesak: Moetesak,
        identitet: Identitet,
        *,
        lukk: bool = False,
        rekkefoelge: Sequence[Segment | Forslag] | None = None,
        redigert: Sequence[Blocks] | None = None,
        begrunnelse: str = "",
        resultat: str | None = None,
        dato: dt.date | None = None,
    ) -> Vedtak:
        """Make the decision: store the computed text with its origins, end every proposal, and move the case on.

        `redigert`: the paragraphs as the secretary wants them; needs a `begrunnelse`, and the difference is kept.
        `resultat`: the code of the minutes; "" for none, None for the usual one.
        Raises `Refusal` with everything that is missing, `InvalidInput` on an edit without a reason.
        """
        self._voteringer.krev_aapen(moetesak)
        beregning = self.beregn(moetesak, lukk=lukk, rekkefoelge=rekkefoelge)
        if beregning.mangler:
            raise Refusal(beregning.mangler)
        if not beregning.avsnitt and not redigert:
            raise Refusal(["Det er ikke stemt over noe i saken ennå. Registrer minst én votering."])
        vedtak = self._nytt(moetesak)
        tekst = [avsnitt.blokker for avsnitt in beregning.avsnitt] if redigert is None else list(redigert)
        self._foey_til(vedtak, Avsnittstype.INNLEDNING, [(blokk,) for blokk in beregning.innledning])
        self._foey_til_tekst(vedtak, beregning, tekst, moetesak)
        self._foey_til_oevrig(vedtak, beregning)
        self._noter_redigering(vedtak, beregning, tekst, begrunnelse, identitet)
        self.avslutt_forslag(moetesak, lukk=lukk)
        self._gaa_videre(moetesak, beregning, tekst, identitet, resultat, dato)
        return vedtak

    def lagre_som_protokollert(
        self, moetesak: Moetesak, protokollert: Protokollert, begrunnelse: str, identitet: Identitet
    ) -> Vedtak:
        """Store the decision that existing minutes print, with the origins that its ballots give.

        Where the printed text differs from the computed one, the difference is kept with `begrunnelse`.
        """
        beregning = self.beregn(moetesak, lukk=True)
        vedtak = self._nytt(moetesak, protokollert.overskrift)
        self._foey_til(vedtak, Avsnittstype.INNLEDNING, [(paragraph(linje),) for linje in protokollert.innledning])
        self._foey_til_tekst(vedtak, beregning, protokollert.avsnitt, moetesak)
        self._foey_til(vedtak, Avsnittstype.FOELGER_SAKEN, protokollert.foelgetekst, protokollert.foelgeledd)
        for overskrift, blokker in protokollert.merknader:
            self._foey_til(vedtak, Avsnittstype.MERKNAD, [blokker], overskrift, self._merknad(moetesak, blokker))
        if voteringer_i(self._session, moetesak):
            self._noter_redigering(vedtak, beregning, protokollert.avsnitt, begrunnelse, identitet)
        if moetesak.behandlingstype is Behandlingstype.INNSTILLING:
            moetesak.avgitt_tekst = ny_grunntekst(protokollert.foelgetekst or protokollert.avsnitt)
        self._session.flush()
        return vedtak

    def avslutt_forslag(self, moetesak: Moetesak, *, lukk: bool = True) -> None:
        """Give every proposal the state that the ballots brought it to; unvoted ones lapse when `lukk`."""
        utfall = self.beregn(moetesak, lukk=lukk).forslagsutfall
        for forslag in forslag_i(self._session, moetesak):
            forslag.utfall = utfall[forslagsnoekkel(forslag)]
        self._session.flush()

    def _nytt(self, moetesak: Moetesak, overskrift: str = "Vedtak") -> Vedtak:
        forrige = vedtak_i(self._session, moetesak)
        vedtak = Vedtak(
            moetesak=moetesak,
            versjonsnummer=forrige.versjonsnummer + 1 if forrige else 1,
            overskrift=overskrift.strip(" :*"),
            vedtaksdato=moetesak.moete.dato,
            registrert=self._clock.now(),
        )
        self._session.add(vedtak)
        return vedtak

    def _foey_til(
        self,
        vedtak: Vedtak,
        avsnittstype: Avsnittstype,
        tekster: Sequence[Blocks],
        overskrift: str | None = None,
        merknad: Merknad | None = None,
    ) -> None:
        for blokker in tekster:
            vedtak.avsnitt.append(
                Vedtaksavsnitt(
                    nummer=len(vedtak.avsnitt) + 1,
                    avsnittstype=avsnittstype,
                    overskrift=overskrift,
                    blokker=blokker,
                    merknad=merknad,
                )
            )

    def _foey_til_tekst(
        self, vedtak: Vedtak, beregning: Beregning, tekst: Sequence[Blocks], moetesak: Moetesak
    ) -> None:
        segmenter = {segmentnoekkel(rad): rad for rad in moetesak.grunntekst.segmenter} if moetesak.grunntekst else {}
        forslag = {forslagsnoekkel(rad): rad for rad in forslag_i(self._session, moetesak)}
        voteringer = {rad.nummer: rad for rad in voteringer_i(self._session, moetesak)}
        for blokker, opphav in zip(tekst, _opphav(beregning.avsnitt, tekst), strict=True):
            fra_segment = opphav is not None and opphav.opphav is Opphav.SEGMENT
            fra_forslag = opphav is not None and opphav.opphav is Opphav.FORSLAG
            vedtak.avsnitt.append(
                Vedtaksavsnitt(
                    nummer=len(vedtak.avsnitt) + 1,
                    avsnittstype=Avsnittstype.TEKST,
                    blokker=blokker,
                    segment=segmenter.get(opphav.opphav_id) if opphav and fra_segment else None,
                    forslag=forslag.get(opphav.opphav_id) if opphav and fra_forslag else None,
                    votering=_siste_votering(opphav, voteringer),
                )
            )

    def _foey_til_oevrig(self, vedtak: Vedtak, beregning: Beregning) -> None:
        if beregning.prosedyre is not None:
            overgang = to_notation(beregning.prosedyre.overgang)
            foelger = [avsnitt.blokker for avsnitt in beregning.prosedyre.foelger]
            self._foey_til(vedtak, Avsnittstype.FOELGER_SAKEN, foelger, overgang)
        for merknad in beregning.flertallsmerknader:
            rad = self._merknad(vedtak.moetesak, merknad.blokker)
            self._foey_til(vedtak, Avsnittstype.MERKNAD, [merknad.blokker], merknad.overskrift, rad)

    def _merknad(self, moetesak: Moetesak, blokker: Blocks) -> Merknad | None:
        return next((rad for rad in merknader_i(self._session, moetesak) if rad.blokker == blokker), None)

    def _noter_redigering(
        self, vedtak: Vedtak, beregning: Beregning, tekst: Sequence[Blocks], begrunnelse: str, identitet: Identitet
    ) -> None:
        endringer = _endringer([avsnitt.blokker for avsnitt in beregning.avsnitt], tekst)
        if endringer and not begrunnelse.strip():
            raise InvalidInput("Skriv hvorfor vedtaksteksten avviker fra den beregnede.", "begrunnelse")
        for beregnet, redigert in endringer:
            vedtak.redigeringer.append(
                Redigering(
                    beregnet=beregnet,
                    redigert=redigert,
                    begrunnelse=begrunnelse,
                    redigert_av=identitet.navn,
                    tidspunkt=self._clock.now(),
                )
            )

    def _gaa_videre(
        self,
        moetesak: Moetesak,
        beregning: Beregning,
        tekst: Sequence[Blocks],
        identitet: Identitet,
        resultat: str | None,
        dato: dt.date | None,
    ) -> None:
        hendelse, vanlig = VEDTAKSHENDELSE
        if beregning.prosedyre is not None:
            hendelse, vanlig = PROSEDYREHENDELSE[beregning.prosedyre.forslagstype]
            moetesak.avgitt_tekst = moetesak.grunntekst
        elif moetesak.behandlingstype is Behandlingstype.INNSTILLING:
            moetesak.avgitt_tekst = ny_grunntekst(tekst)
        moetesak.resultat = vanlig(RESULTATORD[moetesak.utvalg.malform]) if resultat is None else resultat or None
        self._session.flush()
        self._moeter.hendelse(moetesak, hendelse, identitet, dato=dato)


def _noekkel(ett: Segment | Forslag) -> str:
    return segmentnoekkel(ett) if isinstance(ett, Segment) else forslagsnoekkel(ett)


def _opphav(beregnet: Sequence[Avsnitt], tekst: Sequence[Blocks]) -> list[Avsnitt | None]:
    """The origin of each paragraph: of the computed one with the same text, else of the one in the same place."""
    ledige = list(beregnet)
    funnet: list[Avsnitt | None] = []
    for blokker in tekst:
        lik = next((avsnitt for avsnitt in ledige if avsnitt.blokker == blokker), None)
        if lik is not None:
            ledige.remove(lik)
        funnet.append(lik)
    if len(tekst) != len(beregnet):
        return funnet
    return [avsnitt or (beregnet[sted] if beregnet[sted] in ledige else None) for sted, avsnitt in enumerate(funnet)]


def _siste_votering(opphav: Avsnitt | None, voteringer: dict[int, Votering]) -> Votering | None:
    return voteringer.get(opphav.voteringer[-1]) if opphav is not None and opphav.voteringer else None


def _endringer(beregnet: Sequence[Blocks], tekst: Sequence[Blocks]) -> list[tuple[str | None, str | None]]:
    """What was changed. The same paragraphs in another order are one change, told as the two orders."""
    foer, etter = list(beregnet), list(tekst)
    if foer != etter and sorted(map(repr, foer)) == sorted(map(repr, etter)):
        return [(_samlet(foer), _samlet(etter))]
    endringer = forskjell(_flat(foer), _flat(etter))
    return [(endring.beregnet, endring.redigert) for endring in endringer]


def _flat(avsnitt: Sequence[Blocks]) -> Blocks:
    return tuple(blokk for blokker in avsnitt for blokk in blokker)


def _samlet(avsnitt: Sequence[Blocks]) -> str:
    return to_notation(_flat(avsnitt))
