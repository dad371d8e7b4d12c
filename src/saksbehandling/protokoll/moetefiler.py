"""The file of a meeting's protocol: the frozen words with what was added, as each reader may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from sqlalchemy.orm import Session

from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.maler.services import VelgMal
from saksbehandling.moete.models import Moete
from saksbehandling.protokoll.events import MoeteprotokollEndret
from saksbehandling.protokoll.haandredigering import HaandredigeringService, Protokollkilde
from saksbehandling.protokoll.haandregler import Json, uten_godkjenning
from saksbehandling.protokoll.lesing import moeteprotokoll_i
from saksbehandling.protokoll.moetedata import (
    INGEN_TILLEGG,
    Moeteprotokolldata,
    Tillegg,
    fra_json,
    offentlig,
    som_verdier,
    til_json,
)
from saksbehandling.protokoll.moeteutkast import Moeteprotokollutkast
from saksbehandling.protokoll.ordlyd import godkjenningssetning, naar, protokollord, rettelsesoverskrift

MAL = "moeteprotokoll"


class Moeteprotokollfiler:
    """`velg_mal`: finds the template in force. Everything happens in the caller's transaction."""

    def __init__(
        self,
        session: Session,
        utkast: Moeteprotokollutkast,
        renderer: DocxRenderer,
        velg_mal: VelgMal,
        haandredigeringer: HaandredigeringService,
        meld: Callable[[object], None],
    ) -> None:
        self._session = session
        self._utkast = utkast
        self._renderer = renderer
        self._velg_mal = velg_mal
        self._haandredigeringer = haandredigeringer
        self._meld = meld

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

    def venter_paa_svar(self, moete: Moete) -> bool:
        """Whether somebody is to say what happens to an edited document that the data have moved away from."""
        redigeringer = self._haandredigeringer
        return redigeringer.gjeldende(moete) is not None and redigeringer.siden(self.kilde(moete)) is not None

    def kilde(self, moete: Moete) -> Protokollkilde:
        """The protocol as something that can be edited by hand."""
        data, protokoll = self._utkast.data(moete), moeteprotokoll_i(self._session, moete)
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
                (rad.navn, f"{rad.funksjon}, {naar(rad.tidspunkt)}") for rad in protokoll.underskrifter
            ),
            rettelser=tuple(
                (rettelsesoverskrift(rad, malform), rad.blokker, f"{ord_.begrunnelse}: {rad.begrunnelse}")
                for rad in protokoll.rettelser
                if rad.moetesak_id not in skjult
            ),
            erklaering=ord_.erklaering,
            signaturfelt=() if protokoll.underskrifter else ord_.signaturfelt,
        )


def filnavn(moete: Moete) -> str:
    """`moeteprotokoll-bystyret-2019-08-29.docx`"""
    return f"moeteprotokoll-{moete.utvalg.kode}-{moete.dato:%Y-%m-%d}.docx"


def _med_rettelser(data: Moeteprotokolldata, tillegg: Tillegg) -> Json:
    """The data, and which corrections go with them."""
    return til_json(data) | {"rettelser": [overskrift for overskrift, _, _ in tillegg.rettelser]}
