"""The file of a saksprotokoll: made of its data or edited by hand, kept in the journal, and as PDF beside it."""

from __future__ import annotations

import datetime as dt
from functools import partial

from sqlalchemy.orm import Session

from saksbehandling.clock import SystemClock
from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.errors import NotFound
from saksbehandling.interfaces import IDocumentStore
from saksbehandling.maler.services import VelgMal
from saksbehandling.moete.models import Moetesak
from saksbehandling.protokoll.data import Saksprotokolldata, fra_json, som_verdier, til_json
from saksbehandling.protokoll.haandredigering import HaandredigeringService, Protokollkilde
from saksbehandling.protokoll.haandregler import uten_godkjenning
from saksbehandling.protokoll.lesing import protokoll_i
from saksbehandling.protokoll.models import Protokoll
from saksbehandling.protokoll.utkast import Saksprotokollutkast
from saksbehandling.richtext import Blocks
from saksbehandling.saksmappe.models import Dokument, Journalposttype
from saksbehandling.saksmappe.pdf import PdfService
from saksbehandling.saksmappe.services import SaksmappeService
from saksbehandling.vedtak.services import vedtak_i
from saksbehandling.votering.services import forslag_i

MAL = "saksprotokoll"
MED_NAVN = "saksprotokoll_navn"
DOKUMENTTYPE = "Saksprotokoll"
# A protocol of an older meeting was read in from elsewhere; its PDF is made when somebody asks for it.
FERSK = dt.timedelta(days=180)


class Saksprotokollfiler:
    """`velg_mal`: finds the template in force. Everything happens in the caller's transaction."""

    def __init__(
        self,
        session: Session,
        clock: SystemClock,
        saker: SaksmappeService,
        utkast: Saksprotokollutkast,
        renderer: DocxRenderer,
        store: IDocumentStore,
        velg_mal: VelgMal,
        haandredigeringer: HaandredigeringService,
        pdf: PdfService,
    ) -> None:
        self._session = session
        self._clock = clock
        self._saker = saker
        self._utkast = utkast
        self._renderer = renderer
        self._store = store
        self._velg_mal = velg_mal
        self._haandredigeringer = haandredigeringer
        self._pdf = pdf

    def lag_dokument(self, protokoll_id: int) -> None:
        """Make the file of a frozen protocol and enter it in the case's journal. Doing it again changes nothing.

        An edited document is taken instead; one that the data have moved away from, when somebody has settled that.
        """
        protokoll = self._session.get_one(Protokoll, protokoll_id, with_for_update=True)
        moetesak = protokoll.moetesak
        if protokoll.dokumentversjon_id is not None or self._haandredigeringer.siden(self.kilde(moetesak)) is not None:
            return
        data = fra_json(protokoll.data)
        dokument = Dokument(tittel=data.dokumenttittel, dokumenttype=DOKUMENTTYPE, tekst=_som_tekst(data))
        post = self._saker.journalfoer(
            moetesak.saksmappe,
            Journalposttype.INTERNT,
            data.dokumenttittel,
            dato=moetesak.moete.dato,
            dokumenter=[dokument],
        )
        post.skjermingshjemmel = moetesak.skjermingshjemmel
        post.publisert = moetesak.publisert
        self._gi_fil(protokoll, dokument, data)

    def _gi_fil(self, protokoll: Protokoll, dokument: Dokument, data: Saksprotokolldata) -> None:
        """The edited document, or the one made of the data, as the document's next version."""
        moetesak = protokoll.moetesak
        redigert = self._haandredigeringer.gjeldende(moetesak)
        innhold = self._haandredigeringer.innhold(redigert) if redigert else self._render(moetesak, data)
        protokoll.dokumentversjon = self._saker.ny_versjon(
            dokument,
            filnavn=filnavn(moetesak),
            medietype=self._renderer.media_type,
            stoerrelse=len(innhold),
            sjekksum=self._store.put(innhold),
            opprettet_av=(redigert.lastet_opp_av if redigert else protokoll.godkjent_av) or "",
        )
        if self._clock.today() - moetesak.moete.dato < FERSK:
            self._pdf.bestill(innhold)
        self._saker.merk_endret(moetesak.saksmappe)

    def _bytt_dokument(self, moetesak: Moetesak) -> None:
        """Another document is the protocol from now on: where one is in the journal, it gets a new version."""
        protokoll = protokoll_i(self._session, moetesak)
        if protokoll is None:
            return
        self._session.refresh(protokoll, with_for_update=True)
        if protokoll.dokumentversjon is None:
            self.lag_dokument(protokoll.id)
        else:
            self._gi_fil(protokoll, protokoll.dokumentversjon.dokument, fra_json(protokoll.data))

    def docx(self, moetesak: Moetesak) -> bytes:
        """The saksprotokoll: the file that was made when it was approved, or before that, as it would be now; and the
        edited one where there is one.

        Raises `NotFound` before anything is minuted.
        """
        self.krev_noe_protokollert(moetesak)
        frosset = protokoll_i(self._session, moetesak)
        if frosset is not None and frosset.dokumentversjon is not None:
            return self._store.get(frosset.dokumentversjon.sjekksum)
        redigert = self._haandredigeringer.gjeldende(moetesak)
        return (
            self._haandredigeringer.innhold(redigert)
            if redigert
            else self._render(moetesak, self._utkast.data(moetesak))
        )

    def krev_noe_protokollert(self, moetesak: Moetesak) -> None:
        """Raises `NotFound` before anything is minuted."""
        if not self._noe_aa_protokollere(moetesak):
            raise NotFound(f"Det er ikke protokollført noe i {moetesak.saksnummer} ennå.")

    def kilde(self, moetesak: Moetesak) -> Protokollkilde:
        """The saksprotokoll as something that can be edited by hand."""
        data = self._utkast.data(moetesak)
        return Protokollkilde(
            emne=moetesak,
            navn=f"Saksprotokollen for {moetesak.saksnummer}",
            laast=protokoll_i(self._session, moetesak) is not None,
            grunnlag=uten_godkjenning(til_json(data)),
            lag=lambda grunnlag: self._render(moetesak, fra_json(grunnlag)),
            lag_naa=partial(self._render, moetesak, data),
            ferdig=partial(self._bytt_dokument, moetesak),
        )

    def venter_paa_svar(self, moetesak: Moetesak) -> bool:
        """Whether somebody is to say what happens to an edited document that the data have moved away from."""
        redigeringer = self._haandredigeringer
        return redigeringer.gjeldende(moetesak) is not None and redigeringer.siden(self.kilde(moetesak)) is not None

    def _render(self, moetesak: Moetesak, data: Saksprotokolldata) -> bytes:
        """The document of those data. A public one carries them, so that it can be read back."""
        mal = self._mal(data, moetesak.utvalg.id)
        public_data = None if moetesak.unntatt else til_json(data)
        return self._renderer.render(mal, som_verdier(data), public_data=public_data)

    def _mal(self, data: Saksprotokolldata, utvalg_id: int) -> str:
        """The form with names where sides were recorded, unless only the plain one was made the municipality's own."""
        vanlig = self._velg_mal(MAL, data.malform, utvalg_id)
        if not any(data.stemmer):
            return vanlig
        med_navn = self._velg_mal(MED_NAVN, data.malform, utvalg_id)
        return vanlig if med_navn == MED_NAVN and vanlig != MAL else med_navn

    def _noe_aa_protokollere(self, moetesak: Moetesak) -> bool:
        sesjon = self._session
        return bool(
            vedtak_i(sesjon, moetesak) or moetesak.notater or forslag_i(sesjon, moetesak) or moetesak.utsatt_til
        )


def filnavn(moetesak: Moetesak) -> str:
    """`saksprotokoll-bystyret-87-19-2019-08-29.docx`"""
    nummer = str(moetesak.nummer).replace("/", "-")
    return f"saksprotokoll-{moetesak.utvalg.kode}-{nummer}-{moetesak.moete.dato:%Y-%m-%d}.docx"


def _som_tekst(data: Saksprotokolldata) -> Blocks:
    """The words of the decision, for reading and search; the whole protocol is the file."""
    return tuple(blokk for avsnitt in data.vedtak for blokk in avsnitt)
