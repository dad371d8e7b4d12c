"""Writing a saksframlegg: private drafts that are kept as one types, saving, older texts, and lending it to Word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from saksbehandling.clock import SystemClock
from saksbehandling.errors import Conflict, NotFound, Refusal
from saksbehandling.identity.rules import Identitet
from saksbehandling.saksmappe.framleggstekst import Flettet, Framleggstekst, flett_tekster
from saksbehandling.saksmappe.models import Saksframlegg, Saksmappe
from saksbehandling.saksmappe.models_framlegg import (
    Saksframleggslagring,
    Saksframleggsutkast,
    Saksframleggsutsjekking,
)
from saksbehandling.saksmappe.services import SaksmappeService

FRA_WORD = "Redigert i Word"
ANNET_VINDU = "Du skriver i dette saksframlegget i et annet vindu også. Fortsett der, eller last siden på nytt her."


@dataclass(frozen=True, slots=True)
class Lagret:
    """What stands in the case. `radversjon`: None when there is no draft, so that saving begins a new version."""

    tekst: Framleggstekst
    radversjon: int | None


class SaksframleggService:
    """Works in the caller's transaction. Who may write is asked by the views, of the one permission check."""

    def __init__(self, session: Session, clock: SystemClock, saker: SaksmappeService) -> None:
        self._session = session
        self._clock = clock
        self._saker = saker

    def lagret(self, sak: Saksmappe) -> Lagret:
        """The newest text that was saved; the case's title and nothing else before the first."""
        siste = sak.gjeldende_saksframlegg
        if siste is None:
            return Lagret(Framleggstekst(sak.tittel), None)
        return Lagret(tekst_av(siste), siste.radversjon if siste.godkjent is None else None)

    def lagre(
        self, sak: Saksmappe, tekst: Framleggstekst, radversjon: int | None, identitet: Identitet, merknad: str | None
    ) -> None:
        """Save for everybody who may read the draft, and let go of this person's own draft.

        Raises `Conflict` when somebody saved after `radversjon` was read, `Refusal` while it is in Word.
        """
        self.krev_ledig(sak)
        siste, lagret = sak.gjeldende_saksframlegg, self.lagret(sak)
        if radversjon != lagret.radversjon:
            raise Conflict("Noen andre har lagret saksframlegget etter at du åpnet det. Ingenting er overskrevet.")
        self._saker.lagre_saksframlegg(
            sak,
            tittel=tekst.tittel,
            innhold=tekst.innhold,
            innstilling=tekst.innstilling,
            dato=siste.dato if siste is not None and siste.godkjent is None else None,
            signaturer=siste.signaturer if siste is not None else (),
            radversjon=radversjon,
            lagret_av=identitet.navn,
            merknad=merknad,
        )
        self.forkast(sak, identitet)

    def flettet(self, sak: Saksmappe, mine: Framleggstekst, radversjon: int | None) -> Flettet:
        """Mine with what others saved since `radversjon`."""
        return flett_tekster(self._grunnlag(sak, radversjon), self.lagret(sak).tekst, mine)

    # --- what one is writing ---------------------------------------------------------------------------------------

    def utkast(self, sak: Saksmappe, identitet: Identitet) -> Saksframleggsutkast | None:
        """The person's own draft; nobody else's can be asked for."""
        return self._session.scalar(
            sa.select(Saksframleggsutkast).where(
                Saksframleggsutkast.saksmappe_id == sak.id, Saksframleggsutkast.bruker_id == identitet.bruker_id
            )
        )

    def ta_vare_paa(
        self,
        sak: Saksmappe,
        tekst: Framleggstekst,
        identitet: Identitet,
        radversjon: int | None,
        revisjon: int,
        merknad: str | None = None,
    ) -> Saksframleggsutkast:
        """Keep what the person has typed. `revisjon`: of the draft that it follows, 0 for none.

        Raises `Conflict` when another window of the same person has kept another text meanwhile.
        """
        utkast = self.utkast(sak, identitet)
        if (utkast.revisjon if utkast is not None else 0) != revisjon:
            raise Conflict(ANNET_VINDU)
        if utkast is None:
            utkast = Saksframleggsutkast(saksmappe_id=sak.id, bruker_id=identitet.bruker_id, revisjon=0)
            self._session.add(utkast)
        utkast.tekst = tekst
        utkast.radversjon, utkast.revisjon = radversjon, revisjon + 1
        utkast.endret, utkast.merknad = self._clock.now(), merknad or utkast.merknad
        self._session.flush()
        return utkast

    def forkast(self, sak: Saksmappe, identitet: Identitet) -> None:
        utkast = self.utkast(sak, identitet)
        if utkast is not None:
            self._session.delete(utkast)
            self._session.flush()

    def andre_som_skriver(self, sak: Saksmappe, identitet: Identitet) -> Sequence[Saksframleggsutkast]:
        """The drafts of others, for their names and times alone; the last written first."""
        soek = sa.select(Saksframleggsutkast).options(joinedload(Saksframleggsutkast.bruker))
        soek = soek.where(
            Saksframleggsutkast.saksmappe_id == sak.id, Saksframleggsutkast.bruker_id != identitet.bruker_id
        )
        return self._session.scalars(soek.order_by(Saksframleggsutkast.endret.desc())).all()

    # --- older texts -----------------------------------------------------------------------------------------------

    def lagringer(self, sak: Saksmappe) -> Sequence[Saksframleggslagring]:
        """Every text that was saved, the newest first."""
        soek = sa.select(Saksframleggslagring).options(joinedload(Saksframleggslagring.saksframlegg))
        return self._session.scalars(
            soek.where(Saksframleggslagring.saksmappe_id == sak.id).order_by(Saksframleggslagring.nummer.desc())
        ).all()

    def lagring(self, sak: Saksmappe, nummer: int) -> Saksframleggslagring:
        """One text that was saved. Raises `NotFound`."""
        funnet = self._session.scalar(
            sa.select(Saksframleggslagring).where(
                Saksframleggslagring.saksmappe_id == sak.id, Saksframleggslagring.nummer == nummer
            )
        )
        if funnet is None:
            raise NotFound(f"Saksframlegget i sak {sak.saksnummer} har ingen versjon {nummer}.")
        return funnet

    def gjenopprett(self, sak: Saksmappe, nummer: int, radversjon: int | None, identitet: Identitet) -> None:
        """Save an older text anew, as the newest. Raises as `lagre`."""
        tekst = self.lagring(sak, nummer).tekst
        utkast = self.utkast(sak, identitet)
        if utkast is not None:
            raise Refusal(
                ["Du har et utkast som ikke er lagret. Lagre eller forkast det før du henter fram en versjon."]
            )
        self.lagre(sak, tekst, radversjon, identitet, f"Hentet fram fra versjon {nummer}")

    # --- in Word ---------------------------------------------------------------------------------------------------

    def utsjekking(self, sak: Saksmappe) -> Saksframleggsutsjekking | None:
        """Who has it in Word now."""
        return self._session.scalar(
            sa.select(Saksframleggsutsjekking)
            .options(joinedload(Saksframleggsutsjekking.hentet_av))
            .where(Saksframleggsutsjekking.saksmappe_id == sak.id, Saksframleggsutsjekking.levert.is_(None))
        )

    def sjekk_ut(self, sak: Saksmappe, identitet: Identitet) -> Saksframleggsutsjekking:
        """Lend the newest text to this person, to be edited in Word; the same loan again if they have it.

        Raises `Refusal` when somebody else has it, when nothing is saved, or when the person has a draft.
        """
        ute = self.utsjekking(sak)
        if ute is not None and ute.hentet_av_id == identitet.bruker_id:
            return ute
        self.krev_ledig(sak)
        lagringer = self.lagringer(sak)
        if not lagringer or self.utkast(sak, identitet) is not None:
            raise Refusal(["Lagre saksframlegget i saken først, så dokumentet får med alt du har skrevet."])
        ute = Saksframleggsutsjekking(
            saksmappe_id=sak.id,
            lagring=lagringer[0],
            hentet=self._clock.now(),
            hentet_av_id=identitet.bruker_id,
        )
        self._session.add(ute)
        self._session.flush()
        return ute

    def lever_tilbake(self, sak: Saksmappe, identitet: Identitet) -> None:
        """End the loan, whoever has it. What was written in Word and not uploaded is not in the case."""
        ute = self.utsjekking(sak)
        if ute is not None:
            ute.levert, ute.levert_av = self._clock.now(), identitet.navn
            self._session.flush()

    def ta_imot(self, sak: Saksmappe, tekst: Framleggstekst, identitet: Identitet) -> None:
        """What came back from Word, as the person's draft: it is seen before it is taken in. The loan ends.

        Raises `Refusal` when this person does not have it in Word.
        """
        ute = self.utsjekking(sak)
        if ute is None or ute.hentet_av_id != identitet.bruker_id:
            raise Refusal(["Du har ikke saksframlegget til redigering i Word. Hent det ut før du laster opp."])
        self.forkast(sak, identitet)
        self.ta_vare_paa(sak, tekst, identitet, self._radversjon(sak, ute.lagring), 0, FRA_WORD)
        self.lever_tilbake(sak, identitet)

    def _radversjon(self, sak: Saksmappe, lagring: Saksframleggslagring) -> int | None:
        """What a form that began from that text would hold."""
        siste = sak.gjeldende_saksframlegg
        return None if siste is None or siste.godkjent is not None else lagring.radversjon

    def krev_ledig(self, sak: Saksmappe) -> None:
        """Raises `Refusal` while somebody has it in Word."""
        ute = self.utsjekking(sak)
        if ute is not None:
            raise Refusal(
                [
                    f"{ute.hentet_av.navn} har saksframlegget til redigering i Word. Last opp dokumentet eller lever"
                    " det tilbake først. Teksten din er ikke gått tapt."
                ]
            )

    def _grunnlag(self, sak: Saksmappe, radversjon: int | None) -> Framleggstekst:
        """What stood there when somebody began to write; empty when it cannot be known, so that all is new."""
        if radversjon is None:
            return tekst_av(sak.saksframlegg[-2]) if len(sak.saksframlegg) > 1 else Framleggstekst()
        lagringer = (rad for rad in self.lagringer(sak) if rad.saksframlegg is sak.gjeldende_saksframlegg)
        return next((rad.tekst for rad in lagringer if rad.radversjon == radversjon), Framleggstekst())


def tekst_av(framlegg: Saksframlegg) -> Framleggstekst:
    """What a version of the saksframlegg says."""
    return Framleggstekst(framlegg.tittel, framlegg.grunntekst.tekst, framlegg.innhold)
