"""The guards that workflow definitions name in `cond`: each says nothing when it holds, and why when it does not.

A guard looks at a `Saksmappe` or a `Moetesak`; `subjekt_for` finds which of them a workflow belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session, object_session

from saksbehandling.errors import Reason, SetupError
from saksbehandling.moete.models import Moetesak, Moetesaksutfall
from saksbehandling.moete.oppmoete import inne_i
from saksbehandling.saksmappe.models import Saksmappe
from saksbehandling.saksmappe.services import ARBEIDSFLYT
from saksbehandling.utvalg.services import UtvalgService
from saksbehandling.vakter_sakstyper import SAKSTYPEVAKTER, saksmappe_for
from saksbehandling.vedtak.models import IKKE_FERDIG, Oppfoelging, Vedtak
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.votering.kodeverk import Behandlingstype
from saksbehandling.votering.rules import Organ, minste_antall, regler_for
from saksbehandling.workflow_engine.models import Flyt

Svar = Reason | str | None


def subjekt_for(session: Session, flyt: Flyt) -> Saksmappe | Moetesak:
    """The case or the treatment that a workflow is of."""
    subjekt: Saksmappe | Moetesak | None
    if flyt.definisjon == ARBEIDSFLYT:
        subjekt = session.scalar(sa.select(Saksmappe).where(Saksmappe.flyt_id == flyt.id))
    else:
        treff = session.scalar(sa.select(Moetesak).where(Moetesak.flyt_id == flyt.id))
        subjekt = treff or saksmappe_for(session, flyt)
    if subjekt is None:
        raise SetupError(f"Arbeidsflyten {flyt.id} ({flyt.definisjon}) hører ikke til noen sak.")
    return subjekt


def alle_uttalelser_avgitt(sak: Saksmappe) -> Svar:
    venter = [
        moetesak.utvalg.navn
        for moetesak in _behandlinger(sak, Behandlingstype.UTTALELSE)
        if moetesak.utfall is Moetesaksutfall.AAPEN
    ]
    return f"Uttalelse mangler fra {', '.join(venter)}." if venter else None


def har_saksframlegg(sak: Saksmappe) -> Svar:
    if sak.gjeldende_saksframlegg is None:
        return Reason("Saksframlegget er ikke skrevet.", "kommuneloven § 13-1")
    return None


def protokoll_godkjent(sak: Saksmappe) -> Svar:
    vedtak = _behandlinger(sak, Behandlingstype.VEDTAK)
    siste = vedtak[-1] if vedtak else None
    if siste is not None and siste.flyt is not None and siste.flyt.aktive in ("protokoll_godkjent", "publisert"):
        return None
    return Reason("Protokollen fra behandlingen der vedtaket ble fattet, er ikke godkjent.", "kommuneloven § 11-4")


def skjerming_avklart(subjekt: Saksmappe | Moetesak) -> Svar:
    sak = subjekt if isinstance(subjekt, Saksmappe) else subjekt.saksmappe
    unntatt = sak.skjermingshjemmel or (subjekt.skjermingshjemmel if isinstance(subjekt, Moetesak) else None)
    if unntatt and sak.offentlig_tittel == sak.tittel:
        return Reason("Saken er skjermet, men mangler en offentlig tittel.", unntatt)
    return None


def alle_oppfoelginger_ferdige(sak: Saksmappe) -> Svar:
    aapne = _session(sak).scalar(
        sa.select(sa.func.count(Oppfoelging.id))
        .join(Vedtak)
        .join(Moetesak)
        .where(Moetesak.saksmappe_id == sak.id, Oppfoelging.status.in_(IKKE_FERDIG))
    )
    return f"{aapne} oppfølgingspunkt er ikke ferdige." if aapne else None


def beslutningsdyktig(moetesak: Moetesak) -> Svar:
    """Half the members present during the debate and the voting in this case (kommuneloven § 11-9; 1992 § 33).

    A treatment read from minutes was decided before it came here; who was there is known only if the minutes say so.
    """
    if moetesak.utfall is not Moetesaksutfall.AAPEN:
        return None
    moete = moetesak.moete
    regler = regler_for(moete.dato)
    if not moete.oppmoete:
        return Reason("Frammøtet er ikke registrert.", regler.hjemmel.quorum)
    plasser, _ = UtvalgService(_session(moetesak)).plasser(moete.utvalg, moete.dato)
    kreves = minste_antall(Organ(moete.utvalg.navn, plasser), regler)
    inne = len(inne_i(moetesak))
    if kreves is not None and inne < kreves:
        tekst = f"{moete.utvalg.navn} er ikke vedtaksført: {inne} av minst {kreves} er til stede i saken."
        return Reason(tekst, regler.hjemmel.quorum)
    return None


def alt_avgjort(moetesak: Moetesak) -> Svar:
    if vedtak_i(_session(moetesak), moetesak) is None:
        return "Vedtaket er ikke satt sammen. Avgjør alle avsnitt og forslag først."
    return None


def er_innstilling(moetesak: Moetesak) -> Svar:
    return _er(moetesak, Behandlingstype.INNSTILLING)


def er_vedtak(moetesak: Moetesak) -> Svar:
    return _er(moetesak, Behandlingstype.VEDTAK)


VAKTER: Mapping[str, Callable[..., Svar]] = SAKSTYPEVAKTER | {
    vakt.__name__: vakt
    for vakt in (
        alle_uttalelser_avgitt,
        har_saksframlegg,
        protokoll_godkjent,
        skjerming_avklart,
        alle_oppfoelginger_ferdige,
        beslutningsdyktig,
        alt_avgjort,
        er_innstilling,
        er_vedtak,
    )
}


def _er(moetesak: Moetesak, behandlingstype: Behandlingstype) -> Svar:
    if moetesak.behandlingstype is behandlingstype:
        return None
    return f"Behandlingen i {moetesak.utvalg.navn} ender i {moetesak.behandlingstype.value}."


def _behandlinger(sak: Saksmappe, behandlingstype: Behandlingstype) -> list[Moetesak]:
    soek = sa.select(Moetesak).where(Moetesak.saksmappe_id == sak.id, Moetesak.behandlingstype == behandlingstype)
    return list(_session(sak).scalars(soek.order_by(Moetesak.id)))


def _session(subjekt: Saksmappe | Moetesak) -> Session:
    session = object_session(subjekt)
    assert session is not None  # the workflow only ever sees stored cases
    return session
