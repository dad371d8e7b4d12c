"""Reads the Votering section: ballots with their objects, parties joining remarks, and the rest as notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from saksbehandling.importering.forslag_lesing import slutt_til, stillere
from saksbehandling.importering.linjer import Kontekst, Linje, til_blokker
from saksbehandling.importering.objekter import finn_objekt, mot_avsnitt, nevner, velg
from saksbehandling.importering.pakke import Deltaker, Forslag, Innslag, Notat, Objekt, Votering
from saksbehandling.importering.votering_lesing import Setning, les_setninger, stemmeavvik
from saksbehandling.votering.kodeverk import Voteringsform


@dataclass(frozen=True, slots=True)
class Voteringsdel:
    """The ballots, and all items of the treatment with what the section added to them."""

    voteringer: tuple[Votering, ...]
    innslag: tuple[Innslag, ...]


def skill_ut_voteringer(linjer: Sequence[Linje]) -> tuple[Sequence[Linje], Sequence[Linje]]:
    """The minutes, and ballots minuted at their end without a heading of their own.

    A sentence is taken only if it names a mover or the innstilling: a proposal may also say that something was adopted.
    """
    deltakere = stillere(linjer)
    slutt = len(linjer)
    while slutt and _er_votering(linjer[slutt - 1].tekst, deltakere):
        slutt -= 1
    return linjer[:slutt], linjer[slutt:]


def _er_votering(tekst: str, deltakere: Sequence[Deltaker]) -> bool:
    setninger, rest = les_setninger(tekst)
    return bool(setninger) and not rest and all(nevner(setning.gjelder, deltakere) for setning in setninger)


def les_voteringsdel(
    linjer: Sequence[Linje], innslag: tuple[Innslag, ...], antall_avsnitt: int, kontekst: Kontekst
) -> Voteringsdel:
    """Read the section. What is no ballot is kept as a note after the minutes, with a warning."""
    funnet: list[tuple[Linje, Setning]] = []
    igjen = list(linjer)
    while igjen:
        linje, setninger, brukt = _les_fra(igjen)
        funnet.extend((linje, setning) for setning in setninger)
        if not setninger:
            innslag = _annet(linje, innslag, kontekst)
        igjen = igjen[brukt:]
    return Voteringsdel(_voteringer(funnet, innslag, antall_avsnitt, kontekst), innslag)


def _les_fra(linjer: Sequence[Linje]) -> tuple[Linje, list[Setning], int]:
    """Sentences of the first line, or of it and the next where a sentence is broken between them."""
    for antall in (1, 2):
        tekst = " ".join(linje.tekst for linje in linjer[:antall])
        setninger, rest = les_setninger(tekst)
        if setninger and not rest:
            return linjer[0], setninger, min(antall, len(linjer))
    return linjer[0], [], 1


def _annet(linje: Linje, innslag: tuple[Innslag, ...], kontekst: Kontekst) -> tuple[Innslag, ...]:
    if tilsluttet := slutt_til(linje.tekst, innslag):
        return tilsluttet
    kontekst.advar(
        linje.nr,
        "ukjent_votering",
        f"«{linje.tekst}» under Votering er ikke forstått som en votering. Teksten er beholdt; registrer den for hånd.",
    )
    return (*innslag, Notat(til_blokker([linje], kontekst), linje.nr))


def _voteringer(
    funnet: Sequence[tuple[Linje, Setning]], innslag: Sequence[Innslag], antall: int, kontekst: Kontekst
) -> tuple[Votering, ...]:
    forslag = [ett for ett in innslag if isinstance(ett, Forslag)]
    flate: list[Objekt] = []
    for _, setning in funnet:
        flate.extend(_objekter(setning, forslag, antall))
    valgte = iter(velg(flate))
    return tuple(
        _votering(nr, linje, setning, [next(valgte) for _ in range(2 if setning.andre else 1)], kontekst)
        for nr, (linje, setning) in enumerate(funnet, 1)
    )


def _objekter(setning: Setning, forslag: Sequence[Forslag], antall: int) -> list[Objekt]:
    foerste = _hele_saken(setning, forslag, antall) or finn_objekt(setning.gjelder, forslag, antall)
    if setning.andre is None:
        return [foerste]
    andre = finn_objekt(setning.andre, forslag, antall)
    return [mot_avsnitt(foerste, andre, forslag), mot_avsnitt(andre, foerste, forslag)]


def _hele_saken(setning: Setning, forslag: Sequence[Forslag], antall: int) -> Objekt | None:
    """ "Enstemmig vedtatt." names nothing: it can only be the innstilling where there is no proposal."""
    if setning.gjelder or forslag or not antall:
        return None
    return Objekt("", innstilling=True, avsnitt=tuple(range(1, antall + 1)))


def _votering(nr: int, linje: Linje, setning: Setning, objekter: list[Objekt], kontekst: Kontekst) -> Votering:
    for objekt in objekter:
        if not objekt.forstaatt:
            _advar_uklart(linje, setning, objekt, kontekst)
    for avvik in stemmeavvik(setning):
        kontekst.advar(linje.nr, "stemmetall", f"{avvik}: «{setning.tekst}». Tallene er beholdt som de står.")
    form = Voteringsform.PROEVE if setning.proeve else Voteringsform.FOR_MOT
    votering = Votering(
        nr,
        form,
        setning.tekst,
        tuple(objekter),
        setning.vedtatt,
        linje.nr,
        enstemmig=setning.enstemmig,
        for_stemmer=setning.for_stemmer,
        mot_stemmer=setning.mot_stemmer,
        for_partier=setning.for_partier,
        mot_partier=setning.mot_partier,
    )
    if setning.andre is None:
        return votering
    return replace(votering, form=Voteringsform.ALTERNATIV, vinner=_vinner(linje, setning, objekter, kontekst))


def _vinner(linje: Linje, setning: Setning, objekter: Sequence[Objekt], kontekst: Kontekst) -> int | None:
    """Which alternative the sentence says won."""
    skrevet = (setning.vinner_skrevet or "").casefold()
    treff = [nr for nr, objekt in enumerate(objekter) if skrevet and _samme(skrevet, objekt.skrevet.casefold())]
    if len(treff) == 1:
        return treff[0]
    kontekst.advar(linje.nr, "ukjent_vinner", f"Det er uklart hvilket alternativ som ble vedtatt: «{setning.tekst}».")
    return None


def _samme(kort: str, lang: str) -> bool:
    return lang.startswith(kort) or kort.startswith(lang)


def _advar_uklart(linje: Linje, setning: Setning, objekt: Objekt, kontekst: Kontekst) -> None:
    kontekst.advar(
        linje.nr,
        "ukjent_voteringsobjekt",
        f"Det er uklart hva det ble votert over: «{objekt.skrevet or setning.tekst}» passer ikke på ett bestemt"
        " forslag. Voteringen er tatt med; velg forslaget for hånd.",
    )
