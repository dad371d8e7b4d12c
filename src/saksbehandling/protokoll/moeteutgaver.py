"""What a møteprotokoll is kept as: the whole, and where something exempt stands in it, an edition for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from saksbehandling.moete.models import Moete
from saksbehandling.protokoll.models import Moeteprotokoll
from saksbehandling.protokoll.moetedata import Moeteprotokolldata, dokumenttittel, fra_json, synlig
from saksbehandling.protokoll.moetefiler import Moeteprotokollfiler
from saksbehandling.protokoll.ordlyd import journaltittel
from saksbehandling.richtext import Blocks, paragraph

LENGSTE_HJEMMEL = 200


@dataclass(frozen=True, slots=True)
class Utgave:
    """`utdrag`: without what is exempt; `hjemmel`: why the whole is, None for what everybody may read; `saker`: ids of
    the treatments whose words stand in it; `rettelser`: how many of the corrections do; `innhold`: the DOCX.
    """

    utdrag: bool
    hjemmel: str | None
    data: Moeteprotokolldata
    saker: frozenset[int]
    rettelser: int
    innhold: bytes

    @property
    def tittel(self) -> str:
        tittel = dokumenttittel(self.data)
        return journaltittel(tittel, self.data.malform, utdrag=self.utdrag, rettelser=self.rettelser)

    @property
    def soeketekst(self) -> Blocks:
        """Its treatments by the titles that everybody may see; what is said in each is found as that treatment's."""
        return tuple(paragraph(f"{ett.saksnummer} {ett.tittel}") for ett in self.data.saker)


def utgaver(
    filer: Moeteprotokollfiler, moete: Moete, protokoll: Moeteprotokoll, skjermet: Mapping[int, tuple[str, str]]
) -> Iterator[Utgave]:
    """One, or two where `skjermet` (the exempt treatments, with public title and hjemmel) has any."""
    hele = fra_json(protokoll.data)
    hjemmel = samlet_hjemmel(hjemmel for _, hjemmel in skjermet.values())
    for data, utelatt, hvorfor in ((hele, set[int](), hjemmel), (synlig(hele, skjermet), set(skjermet), None)):
        if skjermet or not utelatt:
            yield Utgave(
                utdrag=bool(utelatt),
                hjemmel=hvorfor,
                data=data,
                saker=frozenset(ett.moetesak_id for ett in data.saker) - utelatt,
                rettelser=sum(rad.moetesak_id not in utelatt for rad in protokoll.rettelser),
                innhold=filer.fil(moete, data, utelatt),
            )


def samlet_hjemmel(hjemler: Iterable[str]) -> str | None:
    """All of them, each once; None where nothing is exempt."""
    alle = list(dict.fromkeys(hjemler))
    tekst = "; ".join(alle)
    if len(tekst) > LENGSTE_HJEMMEL:
        return f"{alle[0][: LENGSTE_HJEMMEL - 6]} m.fl."
    return tekst or None
