"""Every reaction to every domain event, in one list.

A reaction runs inside the transaction of the change; what takes time goes to the outbox.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from saksbehandling.jobs.models import Oppgavetype
from saksbehandling.moete.events import BehandlingStanset, FrammoeteEndret, MoeteEndret, MoeteHevet, MoeteSatt
from saksbehandling.moete.kodeverk import Moetestatus
from saksbehandling.moete.models import Moete, Moetesak
from saksbehandling.protokoll.events import MoeteprotokollEndret, MoeteprotokollGodkjent, ProtokollFrosset
from saksbehandling.protokoll.lesing import gjengitt_i, moeteprotokoll_i
from saksbehandling.saksmappe.etterarbeid import kan_leses, skal_vises, skal_vises_som_pdf
from saksbehandling.saksmappe.events import FilLagret, PdfBestilt, SakEndret, SaksframleggGodkjent
from saksbehandling.saksmappe.models import Dokumentversjon

if TYPE_CHECKING:
    from saksbehandling.tjenester import Tjenester


def indekser_saken(tjenester: Tjenester, hendelse: SakEndret) -> None:
    nyttelast = {"saksmappe_id": hendelse.saksmappe_id, "fjernet": list(hendelse.fjernet)}
    tjenester.utboks.legg_til(Oppgavetype.INDEKSER, nyttelast)


def indekser_gjengivelsene(tjenester: Tjenester, hendelse: SakEndret) -> None:
    """Who may read a møteprotokoll hangs on the cases in it."""
    for mappe_id in gjengitt_i(tjenester.session, hendelse.saksmappe_id):
        tjenester.utboks.legg_til(Oppgavetype.INDEKSER, {"saksmappe_id": mappe_id, "fjernet": []})


def indekser_moetet(tjenester: Tjenester, hendelse: MoeteEndret) -> None:
    tjenester.utboks.legg_til(Oppgavetype.INDEKSER, {"moete_id": hendelse.moete_id, "fjernet": []})


def lag_protokollen(tjenester: Tjenester, hendelse: ProtokollFrosset) -> None:
    tjenester.utboks.legg_til(Oppgavetype.LAG_PROTOKOLL, {"protokoll_id": hendelse.protokoll_id})


def lag_saksframlegget(tjenester: Tjenester, hendelse: SaksframleggGodkjent) -> None:
    nyttelast = {"saksframlegg_id": hendelse.saksframlegg_id, "dokument_id": hendelse.dokument_id}
    tjenester.utboks.legg_til(Oppgavetype.LAG_SAKSFRAMLEGG, nyttelast)


def arkiver_moeteprotokollen(tjenester: Tjenester, hendelse: MoeteprotokollEndret) -> None:
    """Rendering sixty cases takes time; the worker does it."""
    tjenester.utboks.legg_til(Oppgavetype.BESTILL_MOETEPROTOKOLL, {"moete_id": hendelse.moete_id})


def lag_pdf(tjenester: Tjenester, hendelse: PdfBestilt) -> None:
    tjenester.utboks.legg_til(Oppgavetype.LAG_PDF, {"pdfutgave_id": hendelse.pdfutgave_id})


ETTERARBEID: Mapping[Oppgavetype, Callable[[Dokumentversjon], bool]] = {
    Oppgavetype.LAG_MINIATYR: skal_vises,
    Oppgavetype.LAG_MINIATYR_AV_TEKST: skal_vises_som_pdf,
    Oppgavetype.MASKINLES: kan_leses,
}


def etterarbeid_filen(tjenester: Tjenester, hendelse: FilLagret) -> None:
    versjon = tjenester.session.get_one(Dokumentversjon, hendelse.dokumentversjon_id)
    for slag, skal in ETTERARBEID.items():
        if skal(versjon):
            tjenester.utboks.legg_til(slag, {"dokumentversjon_id": versjon.id})


def la_forslagene_bortfalle(tjenester: Tjenester, hendelse: BehandlingStanset) -> None:
    """Open proposals lapse with the treatment; whoever stands by one moves it again (domain guide § 2)."""
    tjenester.vedtak.avslutt_forslag(tjenester.session.get_one(Moetesak, hendelse.moetesak_id))


def vis_i_moetet(tjenester: Tjenester, hendelse: SakEndret) -> None:
    tjenester.endringer.sak_endret(hendelse.saksmappe_id)


def vis_frammoetet(tjenester: Tjenester, hendelse: FrammoeteEndret) -> None:
    tjenester.endringer.frammoete_endret(hendelse.moete_id)


def foelg_moetet(tjenester: Tjenester, hendelse: MoeteSatt) -> None:
    """The screens follow what is done from now on."""
    tjenester.direkte.start(tjenester.session.get_one(Moete, hendelse.moete_id))


def slutt_aa_foelge_moetet(tjenester: Tjenester, hendelse: MoeteHevet) -> None:
    tjenester.direkte.avslutt(tjenester.session.get_one(Moete, hendelse.moete_id))


def avslutt_moetet(tjenester: Tjenester, hendelse: MoeteHevet | MoeteprotokollGodkjent) -> None:
    """A meeting is over for good when it is adjourned and its protocol approved, in whichever order."""
    moete = tjenester.session.get_one(Moete, hendelse.moete_id)
    protokoll = moeteprotokoll_i(tjenester.session, moete)
    if moete.status is Moetestatus.HEVET and protokoll is not None and protokoll.godkjent:
        tjenester.moetegang.avslutt(moete)


REAKSJONER: Mapping[type, Sequence[Callable[[Tjenester, Any], None]]] = {
    BehandlingStanset: (la_forslagene_bortfalle,),
    FilLagret: (etterarbeid_filen,),
    FrammoeteEndret: (vis_frammoetet,),
    MoeteEndret: (indekser_moetet,),
    MoeteSatt: (foelg_moetet,),
    MoeteHevet: (slutt_aa_foelge_moetet, avslutt_moetet),
    MoeteprotokollEndret: (arkiver_moeteprotokollen,),
    MoeteprotokollGodkjent: (avslutt_moetet,),
    PdfBestilt: (lag_pdf,),
    SakEndret: (indekser_saken, indekser_gjengivelsene, vis_i_moetet),
    SaksframleggGodkjent: (lag_saksframlegget,),
    ProtokollFrosset: (lag_protokollen,),
}


def meld(tjenester: Tjenester, hendelse: object) -> None:
    """Let every reaction to `hendelse` happen."""
    for reaksjon in REAKSJONER.get(type(hendelse), ()):
        reaksjon(tjenester, hendelse)
