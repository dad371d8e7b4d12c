"""From stored rows to the values that the rules compute on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from saksbehandling.richtext import plain_text
from saksbehandling.saksmappe.models import Segment
from saksbehandling.votering import models, values
from saksbehandling.votering.kodeverk import Forslagsstatus, Stemme


def segmentnoekkel(segment: Segment) -> str:
    return f"s{segment.id}"


def forslagsnoekkel(forslag: models.Forslag) -> str:
    return f"f{forslag.id}"


def segmentverdi(segment: Segment) -> values.Segment:
    return values.Segment(segmentnoekkel(segment), segment.blokker)


def forslagsverdi(forslag: models.Forslag) -> values.Forslag:
    trukket = forslag.utfall is Forslagsstatus.TRUKKET
    return values.Forslag(
        id=forslagsnoekkel(forslag),
        nummer=forslag.nummer,
        forslagstype=forslag.forslagstype,
        blokker=forslag.blokker,
        stillere=tuple(_stiller(stiller) for stiller in forslag.stillere),
        paa_vegne_av=tuple(paa_vegne.parti.kode for paa_vegne in forslag.paa_vegne_av),
        maal=segmentnoekkel(forslag.maal) if forslag.maal else None,
        anker=segmentnoekkel(forslag.anker) if forslag.anker else None,
        status=Forslagsstatus.TRUKKET if trukket else Forslagsstatus.FRAMSATT,
    )


def merknadsverdi(merknad: models.Merknad) -> values.Merknad:
    return values.Merknad(
        id=f"m{merknad.id}",
        parti=merknad.parti.kode,
        tilsluttet=tuple(tilslutning.parti.kode for tilslutning in merknad.tilslutninger),
        blokker=merknad.blokker,
        flertall=merknad.flertall,
    )


def voteringsverdi(votering: models.Votering) -> values.Voteringsdata:
    sider = range(max((rad.side for rad in votering.objekter), default=0) + 1)
    per_objekt = [
        {rad.parti.kode: rad.antall for rad in votering.alternativstemmer if rad.side == side}
        for side in (sider if len(sider) > 2 else ())
    ]
    return values.Voteringsdata(
        nummer=votering.nummer,
        form=votering.voteringsform,
        objekter=objektverdier([_objekt(rad) for rad in votering.objekter if rad.side == side] for side in sider),
        til_stede=votering.til_stede,
        stemmer_for=votering.stemmer_for,
        stemmer_mot=votering.stemmer_mot,
        blanke=votering.blanke,
        partistemmer={
            stemme: {rad.parti.kode: rad.antall for rad in votering.partistemmer if rad.stemme is stemme}
            for stemme in Stemme
            if any(rad.stemme is stemme for rad in votering.partistemmer)
        },
        enstemmig=votering.enstemmig,
        ansettelse=votering.ansettelse,
        moeteleders_stemme=votering.moeteleders_stemme,
        personstemmer={stemme.person.navn: stemme.stemme for stemme in votering.personstemmer},
        stemmer_per_objekt=tuple(sum(partier.values()) for partier in per_objekt),
        partier_per_objekt=tuple(per_objekt),
    )


def objektverdier(sider: Iterable[Sequence[Segment | models.Forslag]]) -> tuple[values.Objekt, ...]:
    """One side, or in an alternative ballot two or more."""
    return tuple(
        values.Objekt(
            segmenter=tuple(segmentnoekkel(objekt) for objekt in side if isinstance(objekt, Segment)),
            forslag=tuple(forslagsnoekkel(objekt) for objekt in side if isinstance(objekt, models.Forslag)),
        )
        for side in sider
    )


def foerste_ord(segment: Segment, antall: int = 8) -> str:
    """The beginning of a segment, for lists to choose from."""
    ord_ = plain_text(segment.blokker[:1]).split()
    return " ".join(ord_[:antall]) + (" …" if len(ord_) > antall else "")


def _objekt(rad: models.Voteringsobjekt) -> Segment | models.Forslag:
    objekt = rad.segment or rad.forslag
    assert objekt is not None  # the table's check constraint
    return objekt


def _stiller(stiller: models.Forslagsstiller) -> values.Stiller:
    etternavn = stiller.person.etternavn if stiller.person else ""
    return values.Stiller(stiller.navn, etternavn, stiller.parti.kode if stiller.parti else None)
