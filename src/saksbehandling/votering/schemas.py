"""What the forms of proposals, remarks and ballots mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from saksbehandling.errors import InvalidInput
from saksbehandling.moete.models import Moetesak
from saksbehandling.moete.schemas import Felter, finn_medlem, les_partier
from saksbehandling.richtext import Blocks, paragraph, to_notation
from saksbehandling.saksmappe.models import Segment
from saksbehandling.utvalg.models import Medlemskap, Parti
from saksbehandling.votering.kodeverk import Forslagstype, Stemme, Voteringsform
from saksbehandling.votering.models import Forslag
from saksbehandling.votering.oversetting import forslagsnoekkel, segmentnoekkel
from saksbehandling.votering.personstemmer import Stemmeberettiget, Svar
from saksbehandling.votering.rules import parse_partistemmer
from saksbehandling.votering.services import Alternativ, Voteringsinndata
from saksbehandling.votering.services_forslag import MED_MAAL, Forslagsinnhold, Stillerdata

Objekt = Segment | Forslag

_FREMMED = "Voteringen gjelder noe som ikke hører til denne behandlingen. Hent siden på nytt."
ENSTEMMIG, VEDTATT_MOT, FALT_MED = "enstemmig", "mot", "for"
LENGSTE_BETEGNELSE = 120


def samlet(utvalgsnavn: str) -> str:
    """What stands where a name stands when the whole body moves something."""
    return f"{utvalgsnavn} samlet"


def les_forslagstype(felter: Felter) -> Forslagstype:
    try:
        return Forslagstype(felter.tekst("type"))
    except ValueError:
        raise InvalidInput("Velg hva slags forslag det er.", "type") from None


def les_forslagstekst(felter: Felter, forslagstype: Forslagstype, maal: Segment | None) -> Blocks:
    """The words of a proposal; those of a deletion need not be typed, since the paragraph says what goes."""
    tekst = felter.blokker("tekst")
    if tekst or maal is None or forslagstype is not Forslagstype.STRYKNING:
        return tekst
    return (paragraph(f"Avsnitt {maal.nummer} strykes:"), *maal.blokker)


def les_stillere(felter: Felter, medlemmer: Sequence[Medlemskap], utvalgsnavn: str) -> list[Stillerdata]:
    """Who moves it: one name, or several with semicolons between, or the whole body."""
    navn = [del_.strip() for del_ in felter.tekst("stiller").split(";") if del_.strip()]
    return [_stiller(ett, medlemmer, utvalgsnavn) for ett in navn]


def _stiller(navn: str, medlemmer: Sequence[Medlemskap], utvalgsnavn: str) -> Stillerdata:
    if navn.casefold() == samlet(utvalgsnavn).casefold():
        return Stillerdata(samlet(utvalgsnavn))
    return Stillerdata.fra(finn_medlem(medlemmer, navn, utvalgsnavn, "stiller"))


def les_forslag(
    felter: Felter,
    moetesak: Moetesak,
    medlemmer: Sequence[Medlemskap],
    partier: Sequence[Parti],
    foerst: Sequence[Stillerdata] = (),
) -> Forslagsinnhold:
    """A proposal as typed. `foerst`: who moves it whatever the form says; those that it names come after."""
    forslagstype = les_forslagstype(felter)
    maal = les_segment(felter, "maal", moetesak) if forslagstype in MED_MAAL else None
    andre = les_stillere(felter, medlemmer, moetesak.utvalg.navn)
    return Forslagsinnhold(
        forslagstype,
        les_forslagstekst(felter, forslagstype, maal),
        list({ett.navn: ett for ett in (*foerst, *andre)}.values()),
        les_partier(felter.tekst("paa_vegne_av"), partier, "paa_vegne_av"),
        maal,
        les_segment(felter, "anker", moetesak) if forslagstype is Forslagstype.TILLEGG else None,
        _betegnelse(felter),
    )


def _betegnelse(felter: Felter) -> str:
    betegnelse = " ".join(felter.tekst("betegnelse").split())
    if len(betegnelse) > LENGSTE_BETEGNELSE:
        raise InvalidInput(f"Betegnelsen kan ha høyst {LENGSTE_BETEGNELSE} tegn.", "betegnelse")
    return betegnelse


def forvalg(valgt: Mapping[str, str], moetesak: Moetesak) -> dict[str, str]:
    """What a form for a proposal starts with, when it was opened by pointing at a paragraph.

    `valgt`: `type`, `maal` or `anker`, and `ord`: words selected in the paragraph, which a deletion takes out of it.
    """
    segmenter = {segmentnoekkel(rad): rad for rad in (moetesak.grunntekst.segmenter if moetesak.grunntekst else [])}
    maal, ord_ = segmenter.get(valgt.get("maal", "")), valgt.get("ord", "").strip()
    felter = {felt: verdi for felt in ("type", "maal", "anker") if (verdi := valgt.get(felt, ""))}
    if maal is None:
        return felter
    tekst = to_notation(maal.blokker)
    if felter.get("type") == Forslagstype.STRYKNING and ord_ and ord_ != tekst and ord_ in tekst:
        return {**felter, "type": Forslagstype.ENDRING.value, "tekst": uten_ord(tekst, ord_)}
    return {**felter, "tekst": tekst} if felter.get("type") == Forslagstype.ENDRING else felter


def uten_ord(tekst: str, ord_: str) -> str:
    """`tekst` without the first place of `ord_`, and without the space that would be left doubled."""
    foer, _, etter = tekst.partition(ord_)
    mellomrom = foer.endswith(" ") and (not etter or etter[0] in " .,;:!?")
    return (foer[:-1] if mellomrom else foer) + etter


def les_segment(felter: Felter, felt: str, moetesak: Moetesak) -> Segment | None:
    noekkel = felter.tekst(felt)
    if not noekkel:
        return None
    segmenter = moetesak.grunntekst.segmenter if moetesak.grunntekst else []
    funnet = next((rad for rad in segmenter if segmentnoekkel(rad) == noekkel), None)
    if funnet is None:
        raise InvalidInput("Avsnittet hører ikke til teksten som behandles her. Velg et fra listen.", felt)
    return funnet


def les_tilslutning(felter: Felter, partier: Sequence[Parti]) -> list[Parti]:
    """The parties that join, in the order they were ticked where the page could tell, else in the body's order."""
    if felter.har("alle"):
        return list(partier)
    valgte = set(felter.alle("parti"))
    i_orden = [kode for kode in felter.tekst("rekkefoelge").split(",") if kode in valgte]
    plass = {kode: nummer for nummer, kode in enumerate(i_orden)}
    return sorted(
        (parti for parti in partier if parti.kode in valgte), key=lambda parti: plass.get(parti.kode, len(plass))
    )


def les_votering(
    felter: Felter, moetesak: Moetesak, forslag: Sequence[Forslag], partier: Sequence[str]
) -> Voteringsinndata:
    """A ballot as typed. `partier`: the codes that a tally may name. Raises `InvalidInput` on what cannot be read."""
    form = _form(felter)
    objekter, mot_objekter = _sider(felter, form, moetesak, forslag)
    resultat = ENSTEMMIG if felter.har("hurtig") else felter.tekst("resultat")
    mindretall = _mindretall(felter, form, resultat, partier)
    return Voteringsinndata(
        form,
        objekter,
        mot_objekter,
        for_partier=mindretall if resultat == FALT_MED else {},
        mot_partier=mindretall if resultat == VEDTATT_MOT else {},
        blanke_partier=parse_partistemmer(felter.tekst("blanke"), partier, "blanke"),
        ansettelse=felter.har("ansettelse"),
        enstemmig=resultat == ENSTEMMIG and form in (Voteringsform.FOR_MOT, Voteringsform.ALTERNATIV),
        til_stede=felter.tall("til_stede"),
        moeteleders_stemme=_moeteleder(felter),
        setning=felter.tekst("setning") or None,
    )


def les_opprop(
    felter: Felter, moetesak: Moetesak, forslag: Sequence[Forslag], berettigede: Sequence[Stemmeberettiget]
) -> Voteringsinndata:
    """A ballot by person: a vote for each in `berettigede`. Raises `InvalidInput` on who has none."""
    valgte = _alternativer(felter, _alle(moetesak, forslag))
    svar: Mapping[str, Svar] = {
        **({str(side): side for side in range(len(valgte))} or {"for": Stemme.FOR, "mot": Stemme.MOT}),
        "blank": Stemme.BLANK,
    }
    stemmer = {rad.person_id: felter.tekst(f"stemme-{rad.person_id}") for rad in berettigede}
    uten = [rad.navn for rad in berettigede if stemmer[rad.person_id] not in svar]
    if uten:
        raise InvalidInput(f"{len(uten)} mangler stemme: {', '.join(uten)}.", "personstemmer")
    form = Voteringsform.ALTERNATIV if valgte else _form(felter)
    objekter, mot_objekter = ([], []) if valgte else _sider(felter, form, moetesak, forslag)
    return Voteringsinndata(
        form,
        objekter,
        mot_objekter,
        ansettelse=felter.har("ansettelse"),
        moeteleders_stemme=_moeteleder(felter),
        personstemmer={person: svar[stemme] for person, stemme in stemmer.items()},
        alternativer=[Alternativ(ett) for ett in valgte.values()],
    )


def les_svar(felter: Felter) -> Mapping[int, Svar]:
    """Who voted for which of more than two alternatives: «12:0», the person and the place, or «12:blank»."""
    par = [verdi.split(":") for verdi in felter.alle("svar") if re.fullmatch(r"\d{1,9}:(\d{1,3}|blank)", verdi)]
    return {int(person): Stemme.BLANK if svar == Stemme.BLANK else int(svar) for person, svar in par}


def les_alternativer(
    felter: Felter, moetesak: Moetesak, forslag: Sequence[Forslag], partier: Sequence[str]
) -> Voteringsinndata:
    """A ballot between several: each ticked key (of more than one thing with plus signs) has its tally by party."""
    alternativer = [
        Alternativ(objekter, parse_partistemmer(felter.tekst(f"stemmer-{noekkel}"), partier))
        for noekkel, objekter in _alternativer(felter, _alle(moetesak, forslag)).items()
    ]
    if not alternativer:
        raise InvalidInput("Kryss av for alternativene.", "objekter")
    return Voteringsinndata(
        Voteringsform.ALTERNATIV,
        blanke_partier=parse_partistemmer(felter.tekst("blanke"), partier, "blanke"),
        ansettelse=felter.har("ansettelse"),
        alternativer=alternativer,
    )


def _alternativer(felter: Felter, alle: Mapping[str, Objekt]) -> dict[str, list[Objekt]]:
    """What each ticked key stands for: one thing, or more with plus signs between."""
    valgte = {noekkel: noekkel.split("+") for noekkel in felter.alle("alternativ")}
    if any(ett not in alle for deler in valgte.values() for ett in deler):
        raise InvalidInput(_FREMMED, "objekter")
    return {noekkel: [alle[ett] for ett in deler] for noekkel, deler in valgte.items()}


def les_avsnittsvis(
    felter: Felter,
    moetesak: Moetesak,
    forslag: Sequence[Forslag],
    partier: Sequence[str],
    avsnitt: Sequence[tuple[str, Sequence[str]]],
) -> list[Voteringsinndata]:
    """The ballots of a form with an outcome for each paragraph: first the unanimous ones as one, then the others.

    `avsnitt`: key of each undecided paragraph, and of what would change it; with one such it is voted against that.
    Raises `InvalidInput` on what cannot be read, and when all are to wait.
    """
    alle, enige, hver = _alle(moetesak, forslag), [], []
    for segment, mot in avsnitt:
        utfall = felter.tekst(f"utfall-{segment}")
        mot_objekter = [alle[noekkel] for noekkel in mot]
        if utfall == ENSTEMMIG and not mot:
            enige.append(alle[segment])
        elif utfall in (ENSTEMMIG, VEDTATT_MOT, FALT_MED) and len(mot) < 2:
            hver.append(_ett_avsnitt(felter, utfall, segment, alle[segment], mot_objekter, partier))
    samlet_ = [Voteringsinndata(Voteringsform.FOR_MOT, enige, enstemmig=True)] if enige else []
    if not samlet_ and not hver:
        raise InvalidInput("Velg utfallet for minst ett avsnitt.", "objekter")
    return [*samlet_, *hver]


def _ett_avsnitt(
    felter: Felter, utfall: str, noekkel: str, segment: Objekt, mot: Sequence[Objekt], partier: Sequence[str]
) -> Voteringsinndata:
    mindretall = parse_partistemmer(felter.tekst(f"mindretall-{noekkel}"), partier)
    if bool(mindretall) == (utfall == ENSTEMMIG):
        hva = "fyll ikke ut mindretallet" if mindretall else "skriv mindretallet, for eksempel «1Ap, 5MDG»"
        raise InvalidInput(f"Avsnitt {getattr(segment, 'nummer', '')}: {hva}.", "objekter")
    return Voteringsinndata(
        Voteringsform.ALTERNATIV if mot else Voteringsform.FOR_MOT,
        [segment],
        mot,
        for_partier=mindretall if utfall == FALT_MED else {},
        mot_partier=mindretall if utfall == VEDTATT_MOT else {},
        enstemmig=utfall == ENSTEMMIG,
    )


def _alle(moetesak: Moetesak, forslag: Sequence[Forslag]) -> dict[str, Objekt]:
    """What can be voted on, by key."""
    segmenter = moetesak.grunntekst.segmenter if moetesak.grunntekst else []
    return {**{segmentnoekkel(rad): rad for rad in segmenter}, **{forslagsnoekkel(rad): rad for rad in forslag}}


def _sider(
    felter: Felter, form: Voteringsform, moetesak: Moetesak, forslag: Sequence[Forslag]
) -> tuple[list[Objekt], list[Objekt]]:
    alle = _alle(moetesak, forslag)
    mot_objekter = _objekter(felter, "mot_objekt", alle) if form is Voteringsform.ALTERNATIV else []
    if form is Voteringsform.ALTERNATIV and not mot_objekter:
        raise InvalidInput("Kryss av i kolonnen «Mot» for det andre alternativet.", "objekter")
    return _objekter(felter, "objekt", alle), mot_objekter


def _moeteleder(felter: Felter) -> Stemme | None:
    return Stemme(felter.tekst("moeteleder")) if felter.tekst("moeteleder") in ("for", "mot") else None


def _form(felter: Felter) -> Voteringsform:
    try:
        return Voteringsform(felter.tekst("form"))
    except ValueError:
        raise InvalidInput("Velg hvordan det voteres.", "form") from None


def _objekter(felter: Felter, felt: str, alle: Mapping[str, Objekt]) -> list[Objekt]:
    ukjente = [noekkel for noekkel in felter.alle(felt) if noekkel not in alle]
    if ukjente:
        raise InvalidInput(_FREMMED, "objekter")
    valgte = set(felter.alle(felt))
    return [ett for noekkel, ett in alle.items() if noekkel in valgte]


def _mindretall(felter: Felter, form: Voteringsform, resultat: str, partier: Sequence[str]) -> Mapping[str, int]:
    if form is Voteringsform.ENIGHET:
        return {}
    if resultat not in (ENSTEMMIG, VEDTATT_MOT, FALT_MED):
        raise InvalidInput("Velg hva voteringen endte med.", "resultat")
    tekst = felter.tekst("mindretall")
    if resultat == ENSTEMMIG:
        if tekst:
            raise InvalidInput(
                "Voteringen er ført som enstemmig, men mindretallet er fylt ut. Rett det ene.", "resultat"
            )
        return {}
    if not tekst and form is not Voteringsform.PROEVE:
        raise InvalidInput("Skriv mindretallet, for eksempel «1Ap, 5MDG», eller velg enstemmig.", "mindretall")
    return parse_partistemmer(tekst, partier)
