"""What a saksprotokoll says: as it was frozen, or gathered from the treatment as it stands now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from saksbehandling.moete.models import Moetesak
from saksbehandling.protokoll.data import (
    Behandlingspunkt,
    Flertallsmerknad,
    Godkjenning,
    Punktart,
    Saksprotokolldata,
    Stemmelinje,
    fra_json,
)
from saksbehandling.protokoll.lesing import protokoll_i
from saksbehandling.richtext import plain_text
from saksbehandling.utvalg.services import UtvalgService
from saksbehandling.vedtak.models import Avsnittstype, Vedtaksavsnitt
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.votering.models import Votering
from saksbehandling.votering.oversetting import forslagsverdi, voteringsverdi
from saksbehandling.votering.overskrift import (
    forslagsoverskrift,
    merknadsoverskrift,
    tilfoerselspunkt,
    tilslutningssetning,
)
from saksbehandling.votering.rules import regler_for
from saksbehandling.votering.services import (
    forslag_i,
    grunntekstverdier,
    merknader_i,
    voteringer_i,
    voteringsord_for,
)
from saksbehandling.votering.services_tilfoersel import tilfoersler_i
from saksbehandling.votering.stemmelinjer import stemmelinjer


class Saksprotokollutkast:
    """`kommune`: the municipality's name, printed on every protocol. Reads, and stores nothing."""

    def __init__(self, session: Session, utvalg: UtvalgService, kommune: str) -> None:
        self._session = session
        self._utvalg = utvalg
        self.kommune = kommune

    def data(self, moetesak: Moetesak) -> Saksprotokolldata:
        """What the protocol says: as frozen, or before approval as it would be now."""
        frosset = protokoll_i(self._session, moetesak)
        return fra_json(frosset.data) if frosset else self.utkast(moetesak, None)

    def utkast(self, moetesak: Moetesak, godkjenning: Godkjenning | None) -> Saksprotokolldata:
        """Gather the treatment as it stands now."""
        vedtak = vedtak_i(self._session, moetesak)
        avsnitt = vedtak.avsnitt if vedtak else []
        voteringer = voteringer_i(self._session, moetesak)
        foelger = [rad for rad in avsnitt if rad.avsnittstype is Avsnittstype.FOELGER_SAKEN]
        return Saksprotokolldata(
            kommune=self.kommune,
            utvalg=moetesak.utvalg.navn,
            moetedato=moetesak.moete.dato,
            sak=str(moetesak.nummer),
            sakstype=moetesak.nummer.prefiks,
            tittel=moetesak.tittel,
            dokumenttittel=f"Saksprotokoll - {moetesak.tittel}",
            resultat=moetesak.resultat or "",
            arkivsak=moetesak.saksmappe.saksnummer,
            innledning=tuple(_ord(rad) for rad in avsnitt if rad.avsnittstype is Avsnittstype.INNLEDNING),
            vedtak=tuple(rad.blokker for rad in avsnitt if rad.avsnittstype is Avsnittstype.TEKST),
            foelger_saken_innledning=next((rad.overskrift or "" for rad in foelger), ""),
            foelger_saken=tuple(rad.blokker for rad in foelger if rad.blokker),
            flertallsmerknader=tuple(
                Flertallsmerknad(rad.overskrift or "", rad.blokker)
                for rad in avsnitt
                if rad.avsnittstype is Avsnittstype.MERKNAD
            ),
            saksordfoerer=_saksordfoerer(moetesak),
            behandling=tuple(self._behandling(moetesak)),
            voteringer=tuple(rad.setning for rad in voteringer),
            stemmer=tuple(self._stemmer(moetesak, voteringer)),
            tilslutninger=tuple(
                setning for rad in merknader_i(self._session, moetesak) if (setning := tilslutningssetning(rad))
            ),
            godkjenning=godkjenning,
            malform=moetesak.utvalg.malform,
            vedtaksoverskrift=vedtak.overskrift if vedtak else "Vedtak",
        )

    def _stemmer(self, moetesak: Moetesak, voteringer: Sequence[Votering]) -> Iterator[tuple[Stemmelinje, ...]]:
        """The sides of each ballot, where the law of that day wants persons named (kommuneloven § 11-4)."""
        if not voteringer or not regler_for(moetesak.moete.dato).navn_ved_delt_parti:
            return
        forslag = [forslagsverdi(rad) for rad in forslag_i(self._session, moetesak)]
        medlemmer = self._utvalg.medlemmer(moetesak.utvalg, moetesak.moete.dato)
        parti_av = {rad.person_id: rad.parti.kode for rad in medlemmer}
        grunntekst, ordlyd = grunntekstverdier(moetesak), voteringsord_for(moetesak)
        for rad in voteringer:
            linjer = stemmelinjer(rad, voteringsverdi(rad), forslag, grunntekst, parti_av, ordlyd)
            yield tuple(Stemmelinje(*linje) for linje in linjer)

    def _behandling(self, moetesak: Moetesak) -> Iterator[Behandlingspunkt]:
        punkter = [
            *((notat.rekkefoelge, Behandlingspunkt(Punktart.NOTAT, notat.blokker)) for notat in moetesak.notater),
            *((rad.rekkefoelge, Behandlingspunkt(Punktart.NOTAT, rad.blokker)) for rad in moetesak.habilitet),
            *(
                (rad.rekkefoelge, Behandlingspunkt(Punktart.FORSLAG, rad.blokker, forslagsoverskrift(rad)))
                for rad in forslag_i(self._session, moetesak)
            ),
            *(
                (rad.rekkefoelge, Behandlingspunkt(Punktart.MERKNAD, rad.blokker, merknadsoverskrift(rad)))
                for rad in merknader_i(self._session, moetesak)
            ),
        ]
        for rad in tilfoersler_i(self._session, moetesak):
            overskrift, tekst = tilfoerselspunkt(rad)
            if tekst:
                punkter.append((rad.rekkefoelge, Behandlingspunkt(Punktart.PROTOKOLLTILFOERSEL, tekst, overskrift)))
        yield from (punkt for _, punkt in sorted(punkter, key=lambda par: par[0]))


def _ord(avsnitt: Vedtaksavsnitt) -> str:
    return plain_text(avsnitt.blokker)


def _saksordfoerer(moetesak: Moetesak) -> str:
    if moetesak.saksordfoerer is None:
        return ""
    parti = moetesak.saksordfoerer_parti
    return f"{moetesak.saksordfoerer.navn} ({parti.kode})" if parti else moetesak.saksordfoerer.navn
