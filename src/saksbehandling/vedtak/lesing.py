"""What the registration page proposes: the ballot that usually comes next, the usual words for the outcome. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from saksbehandling.vedtak.rekkefoelge import INNSTILLINGEN, foreslaa_rekkefoelge
from saksbehandling.votering.kodeverk import Forslagstype, Voteringsform
from saksbehandling.votering.objektkontroll import objektgrunner
from saksbehandling.votering.regelsett import Voteringsregler
from saksbehandling.votering.stilling import Segmentstand, Stilling, registrer, utgangsstilling
from saksbehandling.votering.telling import avgjoer, ute
from saksbehandling.votering.values import Forslag, Objekt, Segment, Voteringsdata


@dataclass(frozen=True, slots=True)
class Voteringsutkast:
    """A ballot that could come next: keys of segments and proposals, and of the other side of an alternative."""

    form: Voteringsform
    objekter: tuple[str, ...]
    mot_objekter: tuple[str, ...] = ()


def neste_votering(
    grunntekst: Sequence[Segment],
    forslag: Sequence[Forslag],
    voteringer: Sequence[Voteringsdata],
    regler: Voteringsregler,
    orden: Sequence[str] = (),
) -> Voteringsutkast | None:
    """The ballot that comes next, or None when all is decided. The presiding person may choose another.

    `orden`: keys of proposals and `INNSTILLINGEN` as the chair wants them; procedure still comes first. Otherwise as is
    usual: procedure; the whole against an alternative; the paragraphs that nobody contests as one; each contested one
    against what would change it; then the other proposals in the usual order (domain guide § 4). What can no longer be
    voted on is passed over: the secretary confirms that it has lapsed.
    """
    stilling = stilling_etter(grunntekst, forslag, voteringer, regler)
    if stilling.prosedyre is not None:
        return None
    realitet = [*_alternativ(stilling), *_avsnitt(stilling), *_resten(stilling, grunntekst)]
    realitet.sort(key=lambda ett: _plass(ett, orden))
    utkast = (*_prosedyre(stilling, orden), *_omvotering(voteringer, regler), *realitet)
    return next((ett for ett in utkast if not objektgrunner(stilling, _som_votering(stilling, ett))), None)


def flere_alternativer(
    grunntekst: Sequence[Segment],
    forslag: Sequence[Forslag],
    voteringer: Sequence[Voteringsdata],
    regler: Voteringsregler,
) -> tuple[tuple[str, ...], ...]:
    """Keys of three or more open alternatives that shut each other out: whole texts, or wordings of one paragraph.

    Empty where there are none. The chair may as well take them two by two.
    """
    stilling = stilling_etter(grunntekst, forslag, voteringer, regler)
    uavgjorte = _uavgjorte(stilling)
    hele = [(ett.id,) for ett in stilling.aapne_forslag if ett.forslagstype is Forslagstype.ALTERNATIVT]
    grupper = [(uavgjorte, hele)] if uavgjorte and len(uavgjorte) == len(stilling.segmenter) else []
    grupper += [
        ((segment,), [(ett.id,) for ett in stilling.aapne_forslag if ett.maal == segment]) for segment in uavgjorte
    ]
    return next(((staar, *andre) for staar, andre in grupper if len(andre) > 1), ())


def avsnittene(stilling: Stilling) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The paragraphs that are not decided, each with the open proposals that would change or strike it."""
    return tuple(
        (segment, tuple(ett.id for ett in stilling.aapne_forslag if ett.maal == segment))
        for segment in _uavgjorte(stilling)
    )


def stilling_etter(
    grunntekst: Sequence[Segment],
    forslag: Sequence[Forslag],
    voteringer: Sequence[Voteringsdata],
    regler: Voteringsregler,
) -> Stilling:
    """How the treatment stands after those of the ballots that can have been held."""
    stilling = utgangsstilling(grunntekst, forslag)
    for votering in sorted(voteringer, key=lambda ett: ett.nummer):
        if not objektgrunner(stilling, votering):
            registrer(stilling, votering, regler)
    return stilling


def _som_votering(stilling: Stilling, utkast: Voteringsutkast) -> Voteringsdata:
    sider = (utkast.objekter, utkast.mot_objekter) if utkast.mot_objekter else (utkast.objekter,)
    return Voteringsdata(0, utkast.form, tuple(_objekt(stilling, side) for side in sider))


def _objekt(stilling: Stilling, noekler: Sequence[str]) -> Objekt:
    forslag = tuple(noekkel for noekkel in noekler if noekkel in stilling.forslag)
    return Objekt(tuple(noekkel for noekkel in noekler if noekkel not in forslag), forslag)


def _plass(utkast: Voteringsutkast, orden: Sequence[str]) -> int:
    """Where the ballot stands in `orden`: by its proposals, and without any as the uncontested text."""
    noekler = [noekkel for noekkel in (*utkast.objekter, *utkast.mot_objekter) if noekkel in orden]
    return min((orden.index(noekkel) for noekkel in noekler or [INNSTILLINGEN] if noekkel in orden), default=len(orden))


def _prosedyre(stilling: Stilling, orden: Sequence[str]) -> Iterable[Voteringsutkast]:
    for forslag in sorted(stilling.aapne_forslag, key=lambda ett: orden.index(ett.id) if ett.id in orden else 0):
        if forslag.forslagstype.prosedyre:
            yield Voteringsutkast(Voteringsform.FOR_MOT, (forslag.id,))


def _omvotering(voteringer: Sequence[Voteringsdata], regler: Voteringsregler) -> Iterable[Voteringsutkast]:
    """Between the two that are left when none of several alternatives had a majority."""
    for votering in voteringer:
        if votering.stemmer_per_objekt and avgjoer(votering, regler).vinner is None:
            igjen = [objekt for side, objekt in enumerate(votering.objekter) if side not in ute(votering)]
            if len(igjen) == 2:
                over, mot = ((*objekt.segmenter, *objekt.forslag) for objekt in igjen)
                yield Voteringsutkast(Voteringsform.ALTERNATIV, over, mot)


def _alternativ(stilling: Stilling) -> Iterable[Voteringsutkast]:
    uavgjorte = _uavgjorte(stilling)
    for forslag in stilling.aapne_forslag:
        if forslag.forslagstype is Forslagstype.ALTERNATIVT:
            if len(uavgjorte) == len(stilling.segmenter) and uavgjorte:
                yield Voteringsutkast(Voteringsform.ALTERNATIV, uavgjorte, (forslag.id,))
            elif not stilling.segmenter:
                yield Voteringsutkast(Voteringsform.FOR_MOT, (forslag.id,))


def _avsnitt(stilling: Stilling) -> Iterable[Voteringsutkast]:
    uavgjorte = _uavgjorte(stilling)
    omstridt = dict(avsnittene(stilling))
    enige = tuple(segment for segment in uavgjorte if not omstridt[segment])
    if enige:
        yield Voteringsutkast(Voteringsform.FOR_MOT, enige)
    for segment, motforslag in omstridt.items():
        if len(motforslag) == 1:
            yield Voteringsutkast(Voteringsform.ALTERNATIV, (segment,), (motforslag[0],))
        for ett in motforslag[1:]:
            yield Voteringsutkast(Voteringsform.FOR_MOT, (ett,))


def _resten(stilling: Stilling, grunntekst: Sequence[Segment]) -> Iterable[Voteringsutkast]:
    for noekkel in foreslaa_rekkefoelge(stilling.aapne_forslag, grunntekst):
        if noekkel != INNSTILLINGEN and stilling.forslag[noekkel].forslagstype is not Forslagstype.ALTERNATIVT:
            yield Voteringsutkast(Voteringsform.FOR_MOT, (noekkel,))


def _uavgjorte(stilling: Stilling) -> tuple[str, ...]:
    return tuple(key for key, ett in stilling.segmenter.items() if ett.stand is Segmentstand.UAVGJORT)
