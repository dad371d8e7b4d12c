"""The sentence of the minutes for a ballot, in bokmål and nynorsk. The words are data; a body may have its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from saksbehandling.votering.kodeverk import Forslagstype, Stemme, Voteringsform
from saksbehandling.votering.partistemmer import format_partistemmer
from saksbehandling.votering.regelsett import Voteringsregler
from saksbehandling.votering.telling import Avgjort, Utfall, avgjoer, stemmer_for, stemmer_mot, talt, ute
from saksbehandling.votering.values import Forslag, Objekt, Segment, Stiller, Voteringsdata


@dataclass(frozen=True, slots=True)
class Betegnelse:
    """What a kind of proposal is called: after an owner («Lies tilleggsforslag»), and by itself."""

    eiet: str
    bestemt: str


@dataclass(frozen=True, slots=True)
class Voteringsord:
    """The words of one written form of Norwegian. `vedtatt`: the participle by gender (f, m, n, fl)."""

    grunntekst: str
    avsnitt: str
    unntatt: str
    resten: str
    eies: str
    fra: str
    nummerert: str
    forslag: Betegnelse
    fellesforslag: Betegnelse
    betegnelser: Mapping[Forslagstype, Betegnelse]
    og: str
    stemme: str
    stemmer: str
    ingen_stemmer: str
    vedtatt: Mapping[str, str]
    enstemmig: str
    vedtatt_mot: str
    falt_med: str
    likhet_vedtatt: str
    likhet_falt: str
    uavgjort: str
    enighet: str
    proeve: str
    proeve_uten_tall: str
    alternativ_enstemmig: str
    alternativ_mot: str
    alternativ_likhet: str
    alternativ_av_flere: str
    alternativ_ingen: str
    alternativ_fikk: str
    alternativ_falt: str
    blankt: str
    delte: str
    delte_flere: str
    for_: str
    samlet: str


BOKMAAL = Voteringsord(
    grunntekst="innstillingen",
    avsnitt="{tekst} avsnitt {numre}",
    unntatt="{tekst} unntatt avsnitt {numre}",
    resten="resten av {tekst}",
    eies="{genitiv} {eiet}",
    fra="{bestemt} fra {navn}",
    nummerert="{ord} nr. {nummer}",
    forslag=Betegnelse("forslag", "forslaget"),
    fellesforslag=Betegnelse("fellesforslag", "fellesforslaget"),
    betegnelser={
        Forslagstype.UTSETTELSE: Betegnelse("utsettelsesforslag", "utsettelsesforslaget"),
        Forslagstype.TILBAKESENDELSE: Betegnelse("tilbakesendelsesforslag", "tilbakesendelsesforslaget"),
        Forslagstype.AVVISNING: Betegnelse("avvisningsforslag", "avvisningsforslaget"),
        Forslagstype.OVERSENDELSE: Betegnelse("oversendelsesforslag", "oversendelsesforslaget"),
        Forslagstype.ALTERNATIVT: Betegnelse("alternative forslag", "det alternative forslaget"),
        Forslagstype.ENDRING: Betegnelse("endringsforslag", "endringsforslaget"),
        Forslagstype.STRYKNING: Betegnelse("strykningsforslag", "strykningsforslaget"),
        Forslagstype.TILLEGG: Betegnelse("tilleggsforslag", "tilleggsforslaget"),
    },
    og="og",
    stemme="stemme",
    stemmer="stemmer",
    ingen_stemmer="ingen stemmer",
    vedtatt={"f": "vedtatt", "m": "vedtatt", "n": "vedtatt", "fl": "vedtatt"},
    enstemmig="{objekt} ble enstemmig {vedtatt}.",
    vedtatt_mot="{objekt} ble {vedtatt} mot {stemmer}.",
    falt_med="{objekt} fikk {stemmer} og falt.",
    likhet_vedtatt="{objekt} ble {vedtatt} med {for_} mot {stemmer}, der møtelederens stemme avgjorde.",
    likhet_falt="{objekt} falt med {for_} mot {stemmer}, der møtelederens stemme avgjorde.",
    uavgjort="Voteringen over {objekt} ga ikke noe flertall.",
    enighet="Det ble enighet om {objekt} uten votering.",
    proeve="Ved prøvevotering over {objekt} var {for_} for og {mot} mot.",
    proeve_uten_tall="Det ble holdt prøvevotering over {objekt}.",
    alternativ_enstemmig="Ved alternativ votering mellom {objekter} ble {vinner} enstemmig {vedtatt}.",
    alternativ_mot="Ved alternativ votering mellom {objekter} ble {vinner} {vedtatt} mot {stemmer} avgitt for {taper}.",
    alternativ_likhet=(
        "Ved alternativ votering mellom {objekter} ble {vinner} {vedtatt} med {for_} mot {stemmer} avgitt for {taper},"
        " der møtelederens stemme avgjorde."
    ),
    alternativ_av_flere=(
        "Ved alternativ votering mellom {objekter} ble {vinner} {vedtatt} med {for_} av {stemmer}{partier}."
    ),
    alternativ_ingen="Ved alternativ votering mellom {objekter} fikk ingen flertall.",
    alternativ_fikk="{navn} fikk {stemmer}",
    alternativ_falt="Det voteres på nytt mellom de andre, og {taper} falt.",
    blankt="{antall} stemte blankt{partier}.",
    delte="Fra partier som delte seg, stemte disse med mindretallet: {navn}.",
    delte_flere="Fra partier som delte seg, stemte {hvem}.",
    for_="for {objekt}",
    samlet="Ved samlet votering over {numre} ble innstillingen enstemmig vedtatt.",
)

NYNORSK = Voteringsord(
    grunntekst="innstillinga",
    avsnitt="{tekst} avsnitt {numre}",
    unntatt="{tekst} utanom avsnitt {numre}",
    resten="resten av {tekst}",
    eies="{bestemt} frå {navn}",
    fra="{bestemt} frå {navn}",
    nummerert="{ord} nr. {nummer}",
    forslag=Betegnelse("framlegg", "framlegget"),
    fellesforslag=Betegnelse("fellesframlegg", "fellesframlegget"),
    betegnelser={
        Forslagstype.UTSETTELSE: Betegnelse("utsetjingsframlegg", "utsetjingsframlegget"),
        Forslagstype.TILBAKESENDELSE: Betegnelse("tilbakesendingsframlegg", "tilbakesendingsframlegget"),
        Forslagstype.AVVISNING: Betegnelse("avvisingsframlegg", "avvisingsframlegget"),
        Forslagstype.OVERSENDELSE: Betegnelse("oversendingsframlegg", "oversendingsframlegget"),
        Forslagstype.ALTERNATIVT: Betegnelse("alternative framlegg", "det alternative framlegget"),
        Forslagstype.ENDRING: Betegnelse("endringsframlegg", "endringsframlegget"),
        Forslagstype.STRYKNING: Betegnelse("strykingsframlegg", "strykingsframlegget"),
        Forslagstype.TILLEGG: Betegnelse("tilleggsframlegg", "tilleggsframlegget"),
    },
    og="og",
    stemme="røyst",
    stemmer="røyster",
    ingen_stemmer="ingen røyster",
    vedtatt={"f": "vedteken", "m": "vedteken", "n": "vedteke", "fl": "vedtekne"},
    enstemmig="{objekt} vart samrøystes {vedtatt}.",
    vedtatt_mot="{objekt} vart {vedtatt} mot {stemmer}.",
    falt_med="{objekt} fekk {stemmer} og fall.",
    likhet_vedtatt="{objekt} vart {vedtatt} med {for_} mot {stemmer}, der røysta til møteleiaren avgjorde.",
    likhet_falt="{objekt} fall med {for_} mot {stemmer}, der røysta til møteleiaren avgjorde.",
    uavgjort="Røystinga over {objekt} gav ikkje noko fleirtal.",
    enighet="Det vart semje om {objekt} utan røysting.",
    proeve="Ved prøverøysting over {objekt} var {for_} for og {mot} mot.",
    proeve_uten_tall="Det vart halde prøverøysting over {objekt}.",
    alternativ_enstemmig="Ved alternativ røysting mellom {objekter} vart {vinner} samrøystes {vedtatt}.",
    alternativ_mot=(
        "Ved alternativ røysting mellom {objekter} vart {vinner} {vedtatt} mot {stemmer} gjevne for {taper}."
    ),
    alternativ_likhet=(
        "Ved alternativ røysting mellom {objekter} vart {vinner} {vedtatt} med {for_} mot {stemmer} gjevne for {taper},"
        " der røysta til møteleiaren avgjorde."
    ),
    alternativ_av_flere=(
        "Ved alternativ røysting mellom {objekter} vart {vinner} {vedtatt} med {for_} av {stemmer}{partier}."
    ),
    alternativ_ingen="Ved alternativ røysting mellom {objekter} fekk ingen fleirtal.",
    alternativ_fikk="{navn} fekk {stemmer}",
    alternativ_falt="Det blir røysta på nytt mellom dei andre, og {taper} fall.",
    blankt="{antall} røysta blankt{partier}.",
    delte="Frå parti som delte seg, røysta desse med mindretalet: {navn}.",
    delte_flere="Frå parti som delte seg, røysta {hvem}.",
    for_="for {objekt}",
    samlet="Ved samla røysting over {numre} vart innstillinga samrøystes vedteken.",
)

VOTERINGSORD: Mapping[str, Voteringsord] = {"nb": BOKMAAL, "nn": NYNORSK}


@dataclass(frozen=True, slots=True)
class _Navn:
    """What an object is called. `kort`: where the sentence has named it in full already."""

    fullt: str
    kort: str
    kjoenn: str


def genitiv(navn: str) -> str:
    """The Norwegian genitive: -s, and after s, x and z an apostrophe."""
    return f"{navn}’" if navn[-1:].casefold() in {"s", "x", "z"} else f"{navn}s"


def protokollsetning(
    votering: Voteringsdata,
    forslag: Sequence[Forslag],
    grunntekst: Sequence[Segment],
    regler: Voteringsregler,
    ordlyd: Voteringsord = BOKMAAL,
) -> str:
    """What the minutes say of this ballot: what was voted on, the outcome, and the votes of the minority by party.

    `forslag`: all proposals of the treatment, so that a mover with several is told apart by their kinds.
    """
    names = [_Navngiver(votering, forslag, grunntekst, ordlyd).navn(objekt) for objekt in votering.objekter]
    utfall = avgjoer(votering, regler)
    if votering.form is Voteringsform.PROEVE:
        sentence = _trial(votering, _joined(names, ordlyd), ordlyd)
    elif votering.stemmer_per_objekt:
        sentence = _several(votering, names, utfall.vinner, ordlyd)
    elif votering.form is Voteringsform.ALTERNATIV and utfall.vinner is not None:
        sentence = _alternative(votering, names, utfall, ordlyd)
    else:
        sentence = _for_against(votering, _joined(names, ordlyd), utfall, ordlyd)
    return f"{_stor(sentence)} {_blank(votering, ordlyd)}".strip()


def _blank(votering: Voteringsdata, ordlyd: Voteringsord) -> str:
    blank = talt(votering, Stemme.BLANK)
    tally = votering.partistemmer.get(Stemme.BLANK, {})
    return ordlyd.blankt.format(antall=blank, partier=_bracket(tally)) if blank else ""


def objektnavn(
    votering: Voteringsdata,
    forslag: Sequence[Forslag],
    grunntekst: Sequence[Segment],
    ordlyd: Voteringsord = BOKMAAL,
) -> list[str]:
    """What each side of the ballot is called in the minutes: «innstillingen unntatt avsnitt 3»."""
    giver = _Navngiver(votering, forslag, grunntekst, ordlyd)
    return [giver.navn(objekt).fullt for objekt in votering.objekter]


def kortnavn(
    votering: Voteringsdata,
    forslag: Sequence[Forslag],
    grunntekst: Sequence[Segment],
    ordlyd: Voteringsord = BOKMAAL,
) -> list[str]:
    """Like `objektnavn`, in a few words where they can be told apart by them."""
    giver = _Navngiver(votering, forslag, grunntekst, ordlyd)
    return _told_apart([giver.navn(objekt) for objekt in votering.objekter])


def _for_against(votering: Voteringsdata, navn: _Navn, utfall: Utfall, ordlyd: Voteringsord) -> str:
    template = _template(utfall, ordlyd)
    minority = Stemme.FOR if utfall.vinner == 1 and utfall.avgjort_ved is Avgjort.FLERTALL else Stemme.MOT
    return template.format(
        objekt=navn.fullt,
        vedtatt=ordlyd.vedtatt[navn.kjoenn],
        for_=stemmer_for(votering),
        stemmer=_minority(votering, minority, ordlyd),
    )


def _template(utfall: Utfall, ordlyd: Voteringsord) -> str:
    match utfall.avgjort_ved:
        case Avgjort.ENIGHET:
            return ordlyd.enighet
        case Avgjort.UAVGJORT:
            return ordlyd.uavgjort
        case Avgjort.ENSTEMMIG:
            return ordlyd.enstemmig
        case Avgjort.MOETELEDERS_STEMME:
            return ordlyd.likhet_vedtatt if utfall.vedtatt else ordlyd.likhet_falt
    return ordlyd.vedtatt_mot if utfall.vedtatt else ordlyd.falt_med


def _trial(votering: Voteringsdata, navn: _Navn, ordlyd: Voteringsord) -> str:
    for_, mot = stemmer_for(votering), stemmer_mot(votering)
    template = ordlyd.proeve_uten_tall if for_ is None or mot is None else ordlyd.proeve
    return template.format(objekt=navn.fullt, for_=for_, mot=mot)


def _alternative(votering: Voteringsdata, names: Sequence[_Navn], utfall: Utfall, ordlyd: Voteringsord) -> str:
    assert utfall.vinner is not None
    told_apart = _told_apart(names)
    losers = [navn for at, navn in enumerate(told_apart) if at != utfall.vinner]
    won, lost = (Stemme.FOR, Stemme.MOT) if utfall.vinner == 0 else (Stemme.MOT, Stemme.FOR)
    words = {
        "objekter": _enumerate([navn.fullt for navn in names], ordlyd),
        "vinner": told_apart[utfall.vinner],
        "vedtatt": ordlyd.vedtatt[names[utfall.vinner].kjoenn],
        "taper": _enumerate(losers, ordlyd),
    }
    if not (stemmer_mot(votering) if lost is Stemme.MOT else stemmer_for(votering)):
        return ordlyd.alternativ_enstemmig.format(**words)
    tie = utfall.avgjort_ved is Avgjort.MOETELEDERS_STEMME
    template = ordlyd.alternativ_likhet if tie else ordlyd.alternativ_mot
    majority = stemmer_for(votering) if won is Stemme.FOR else stemmer_mot(votering)
    return template.format(**words, for_=majority, stemmer=_minority(votering, lost, ordlyd))


def _told_apart(names: Sequence[_Navn]) -> list[str]:
    """The short names, unless two of them are the same."""
    shorts = [navn.kort for navn in names]
    return shorts if len(set(shorts)) == len(shorts) else [navn.fullt for navn in names]


def _several(votering: Voteringsdata, names: Sequence[_Navn], vinner: int | None, ordlyd: Voteringsord) -> str:
    """More than two alternatives: who won, or that nobody did, and how many voted for each of the others."""
    navn, votes = _told_apart(names), votering.stemmer_per_objekt
    parties = [_bracket(tally) for tally in votering.partier_per_objekt or ({},) * len(votes)]
    objekter = _enumerate([ett.fullt for ett in names], ordlyd)
    if vinner is None:
        outcome = ordlyd.alternativ_ingen.format(objekter=objekter)
    else:
        outcome = ordlyd.alternativ_av_flere.format(
            objekter=objekter,
            vinner=navn[vinner],
            vedtatt=ordlyd.vedtatt[names[vinner].kjoenn],
            for_=votes[vinner],
            stemmer=_count(sum(votes), ordlyd),
            partier=parties[vinner],
        )
    others = [
        ordlyd.alternativ_fikk.format(navn=navn[side], stemmer=_count(antall, ordlyd) + parties[side])
        for side, antall in enumerate(votes)
        if side != vinner
    ]
    out = [navn[side] for side in ute(votering)] if vinner is None else []
    last = [ordlyd.alternativ_falt.format(taper=_enumerate(out, ordlyd))] if out else []
    return " ".join([outcome, _stor(f"{_enumerate(others, ordlyd)}."), *last])


def _bracket(tally: Mapping[str, int]) -> str:
    return f" ({format_partistemmer(tally)})" if tally else ""


def _stor(text: str) -> str:
    return text[:1].upper() + text[1:]


def _count(votes: int, ordlyd: Voteringsord) -> str:
    if votes == 0:
        return ordlyd.ingen_stemmer
    return f"{votes} {ordlyd.stemme if votes == 1 else ordlyd.stemmer}"


def _minority(votering: Voteringsdata, stemme: Stemme, ordlyd: Voteringsord) -> str:
    votes = stemmer_for(votering) if stemme is Stemme.FOR else stemmer_mot(votering)
    return _count(votes or 0, ordlyd) + _bracket(votering.partistemmer.get(stemme, {}))


def _enumerate(parts: Sequence[str], ordlyd: Voteringsord) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {ordlyd.og} {parts[-1]}"


def _joined(names: Sequence[_Navn], ordlyd: Voteringsord) -> _Navn:
    if len(names) == 1:
        return names[0]
    together = _enumerate([navn.fullt for navn in names], ordlyd)
    return _Navn(together, together, "fl")


@dataclass(frozen=True, slots=True)
class _Navngiver:
    """Gives each object of one ballot the shortest name that cannot be misunderstood in it."""

    votering: Voteringsdata
    forslag: Sequence[Forslag]
    grunntekst: Sequence[Segment]
    ordlyd: Voteringsord

    def navn(self, objekt: Objekt) -> _Navn:
        names = [self._base_text(objekt)] if objekt.segmenter or objekt.resten else []
        by_id = {forslag.id: forslag for forslag in self.forslag}
        for forslag_id in objekt.forslag:
            text = self._proposal(by_id[forslag_id])
            names.append(_Navn(text, text, "n"))
        return _joined(names, self.ordlyd)

    def _base_text(self, objekt: Objekt) -> _Navn:
        text = self.ordlyd.grunntekst
        if objekt.resten:
            rest = self.ordlyd.resten.format(tekst=text)
            return _Navn(rest, rest, "m")
        named = [at for at, segment in enumerate(self.grunntekst, 1) if segment.id in objekt.segmenter]
        others = [at for at, segment in enumerate(self.grunntekst, 1) if segment.id not in objekt.segmenter]
        if not others:
            return _Navn(text, text, "f")
        template, numbers = (self.ordlyd.unntatt, others) if len(others) < len(named) else (self.ordlyd.avsnitt, named)
        listed = _enumerate([str(number) for number in numbers], self.ordlyd)
        return _Navn(template.format(tekst=text, numre=listed), text, "f")

    def _proposal(self, forslag: Forslag) -> str:
        word = self._word(forslag)
        if not forslag.stillere:
            return self.ordlyd.nummerert.format(ord=word.bestemt, nummer=forslag.nummer)
        movers = [self._mover(stiller) for stiller in forslag.stillere]
        alone = len(movers) == 1 and bool(forslag.stillere[0].etternavn)
        template = self.ordlyd.eies if alone else self.ordlyd.fra
        return template.format(
            genitiv=genitiv(movers[0]),
            eiet=word.eiet,
            bestemt=word.bestemt,
            navn=_enumerate(movers, self.ordlyd),
        )

    def _word(self, forslag: Forslag) -> Betegnelse:
        same_movers = [other for other in self._possible(forslag) if _movers(other) == _movers(forslag)]
        if len(same_movers) <= 1:
            return self.ordlyd.forslag if len(forslag.stillere) <= 1 else self.ordlyd.fellesforslag
        word = self.ordlyd.betegnelser[forslag.forslagstype]
        same_kind = [other.id for other in same_movers if other.forslagstype is forslag.forslagstype]
        if len(same_kind) <= 1:
            return word
        numbered = self.ordlyd.nummerert.format(ord=word.eiet, nummer=same_kind.index(forslag.id) + 1)
        return Betegnelse(numbered, numbered)

    def _possible(self, forslag: Forslag) -> Sequence[Forslag]:
        """The proposals that a reader could think of: against a paragraph, only those that touch it."""
        paragraphs = {segment for objekt in self.votering.objekter for segment in objekt.segmenter}
        if self.votering.form is Voteringsform.ALTERNATIV and forslag.maal in paragraphs:
            return [other for other in self.forslag if other.maal in paragraphs]
        return self.forslag

    def _mover(self, stiller: Stiller) -> str:
        """The surname, or the whole name where another mover has the same surname."""
        if not stiller.etternavn:
            return stiller.navn
        movers = [other for forslag in self.forslag for other in forslag.stillere]
        shared = any(other.etternavn == stiller.etternavn and other.navn != stiller.navn for other in movers)
        return stiller.navn if shared else stiller.etternavn


def _movers(forslag: Forslag) -> frozenset[str]:
    return frozenset(stiller.navn for stiller in forslag.stillere)
