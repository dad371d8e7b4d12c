"""What a protocol packet says, as frozen data: the importer's reading, before anything is stored.

    Pakke
    ├── Saksframlegg   innstilling, body, signature, Vedlegg (text too, where it stands in the packet)
    └── Behandling     one body's treatment in one meeting
        ├── Vedtakstekst          the adopted text in segments, its lead-in, text that follows the case, remarks
        ├── Notat/Forslag/Merknad the minutes, in minuted order; Forslag and Merknad share one number series
        └── Votering              one ballot, what it concerned (Objekt) and what was said about the votes

Texts are `richtext.Blocks`; a *segment* is a paragraph with the list or table that belongs to it. Paragraph numbers
(`avsnitt`) count segments from 1. `linje` is the line in the file, from 1. Names ending in `_skrevet` hold the
file's own spelling beside the normalised value. Nothing here is inferred from seats or custom.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from saksbehandling.richtext import Blocks
from saksbehandling.votering.kodeverk import Behandlingstype, Forslagstype, Voteringsform

Segmenter = tuple[Blocks, ...]


@dataclass(frozen=True, slots=True)
class Advarsel:
    """Something that was not understood or had to be chosen. `kode` is stable, `tekst` is for people."""

    linje: int
    tekst: str
    kode: str


@dataclass(frozen=True, slots=True)
class Arkivsak:
    """19/8286: four-digit year and sequence."""

    aar: int
    sekvens: int

    def __str__(self) -> str:
        return f"{self.aar % 100:02d}/{self.sekvens}"


@dataclass(frozen=True, slots=True)
class Saksnummer:
    """PS 87/19: series prefix as written or None, number, four-digit year."""

    prefiks: str | None
    nummer: int
    aar: int

    def __str__(self) -> str:
        return f"{self.nummer}/{self.aar % 100:02d}"


@dataclass(frozen=True, slots=True)
class Deltaker:
    """Somebody named in the minutes. `parti`: a normalised party code; `gruppe`: an organisation in its place."""

    navn: str
    parti: str | None = None
    gruppe: str | None = None
    skrevet: str | None = None


@dataclass(frozen=True, slots=True)
class Notat:
    """Free text of the minutes, kept whole: a paragraph with the list that belongs to it."""

    blokker: Blocks
    linje: int


@dataclass(frozen=True, slots=True)
class Forslag:
    """A proposal. `overskrift`: its heading line as written, empty where the sentence is the proposal itself.

    `type_skrevet`: the label as written. `gjelder_avsnitt`: the segment of `Behandling.grunnlag` it is aimed at.
    `sitat`: the quoted words that a strykning or endring names. `trukket`: the minutes say that it was withdrawn.
    """

    nr: int
    stillere: tuple[Deltaker, ...]
    paa_vegne_av: tuple[str, ...]
    type: Forslagstype
    type_skrevet: str
    overskrift: str
    blokker: Blocks
    linje: int
    sitat: str | None = None
    gjelder_avsnitt: int | None = None
    trukket: bool = False


@dataclass(frozen=True, slots=True)
class Merknad:
    """A remark. `tilslutning`: the sentences in which parties join it; `tilsluttet_av`: those parties in that order."""

    nr: int
    av: Deltaker
    type_skrevet: str
    overskrift: str
    blokker: Blocks
    linje: int
    tilsluttet_av: tuple[str, ...] = ()
    tilslutning: tuple[str, ...] = ()


Innslag = Notat | Forslag | Merknad


@dataclass(frozen=True, slots=True)
class Objekt:
    """One thing that a ballot concerns: segments of the base text, or proposals by `nr`.

    `nevnt` and `unntatt` are the paragraph numbers that the sentence names; `avsnitt` is the resulting full selection,
    empty where the base text is not in the packet. `forslag` empty and `innstilling` false: not understood.
    """

    skrevet: str
    innstilling: bool = False
    nevnt: tuple[int, ...] = ()
    unntatt: tuple[int, ...] = ()
    avsnitt: tuple[int, ...] = ()
    forslag: tuple[int, ...] = ()

    @property
    def forstaatt(self) -> bool:
        return self.innstilling or bool(self.forslag)

    @property
    def hele_innstillingen(self) -> bool:
        return self.innstilling and not self.nevnt and not self.unntatt


@dataclass(frozen=True, slots=True)
class Votering:
    """One ballot as minuted. Counts are None unless the sentence gives them.

    FOR_MOT and PROEVE have one object and `vedtatt` tells its fate. ALTERNATIV has two, in the order named;
    `vinner` is the index of the one that won (`vedtatt` is then true) and the votes against were given for the other.
    """

    nummer: int
    form: Voteringsform
    setning: str
    objekter: tuple[Objekt, ...]
    vedtatt: bool
    linje: int
    vinner: int | None = None
    enstemmig: bool = False
    for_stemmer: int | None = None
    mot_stemmer: int | None = None
    for_partier: tuple[tuple[str, int], ...] = ()
    mot_partier: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Habilitet:
    """A member's impartiality. `utfall`: "habil" or "inhabil". `tekst`: the whole note that says so."""

    navn: str
    utfall: str
    tekst: str


@dataclass(frozen=True, slots=True)
class MerknadIVedtak:
    """A remark printed under the adopted text. `overskrift`: the heading line as written."""

    overskrift: str
    partier: tuple[str, ...]
    blokker: Blocks


@dataclass(frozen=True, slots=True)
class Vedtakstekst:
    """The decision as printed.

    `overskrift`: "Vedtak:" as written. `innledning`: lead-in lines ("INNSTILLING:" too). `avsnitt`: the adopted
    segments. `foelgeledd` and `foelgetekst`: on a postponement, the sentence and the innstilling that follows the case.
    """

    overskrift: str
    innledning: tuple[str, ...]
    avsnitt: Segmenter
    foelgeledd: str | None = None
    foelgetekst: Segmenter = ()
    merknader: tuple[MerknadIVedtak, ...] = ()


@dataclass(frozen=True, slots=True)
class Behandling:
    """One body's treatment in one meeting: the key is (utvalg, moetedato, sak).

    `grunnlag`: the base text that was voted on (from this protocol, else the last innstilling before it in time, else
    the saksframlegg), and `grunnlag_fra` says which. `hode_annet`: header lines with labels that have no field.
    `avslutning`: signature lines at the end.
    """

    utvalg: str
    utvalg_skrevet: str
    type: Behandlingstype
    moetedato: date
    sak: Saksnummer
    sak_skrevet: str
    tittel: str
    resultat: str | None
    arkivsak: Arkivsak | None
    utsatt_til: date | None
    saksordfoerer: Deltaker | None
    habilitet: tuple[Habilitet, ...]
    grunnlag: Segmenter
    grunnlag_fra: str | None
    vedtak: Vedtakstekst | None
    innslag: tuple[Innslag, ...]
    voteringer: tuple[Votering, ...]
    hode_annet: tuple[str, ...]
    avslutning: tuple[str, ...]
    linje: int

    @property
    def sakstittel(self) -> str:
        """The title without the word that names the document."""
        return re.sub(r"^(?:Saksprotokoll|Saksutskrift|Særutskrift)\s*[-–:]\s*", "", self.tittel)

    @property
    def forslag(self) -> tuple[Forslag, ...]:
        return tuple(item for item in self.innslag if isinstance(item, Forslag))

    @property
    def merknader(self) -> tuple[Merknad, ...]:
        return tuple(item for item in self.innslag if isinstance(item, Merknad))


@dataclass(frozen=True, slots=True)
class Vedlegg:
    """An attachment in the list; `blokker` is its text where the packet holds it, else empty."""

    nummer: int
    tittel: str
    blokker: Blocks = ()


@dataclass(frozen=True, slots=True)
class Signatur:
    navn: str
    tittel: str


@dataclass(frozen=True, slots=True)
class Saksframlegg:
    """The case presentation. `broedtekst` is everything between the innstilling and the signature.

    `underskrift`: the signature lines as written, first the one with place and date.
    """

    tittel: str
    arkivsak: Arkivsak | None
    dato: date | None
    signert_av: tuple[Signatur, ...]
    innstilling_overskrift: str
    innstilling: Segmenter
    broedtekst: Blocks
    underskrift: tuple[str, ...]
    uttalelser_gjengitt_fra: tuple[str, ...]
    vedlegg: tuple[Vedlegg, ...]
    hode_annet: tuple[str, ...]
    linje: int


@dataclass(frozen=True, slots=True)
class Pakke:
    """One file. `behandlinger` in packet order, which is not time order. `uforstaatt`: text that has no other place."""

    filnavn: str
    overskrift: str | None
    tittel: str
    sak: Saksnummer | None
    arkivsak: Arkivsak | None
    saksframlegg: Saksframlegg | None
    behandlinger: tuple[Behandling, ...]
    uforstaatt: tuple[Notat, ...]
    advarsler: tuple[Advarsel, ...]
