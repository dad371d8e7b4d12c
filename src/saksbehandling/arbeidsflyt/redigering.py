"""Making a new version of a definition: tried out first, saved when nothing is wrong with it.

It comes from the form, from a file, or from an earlier version that is to be in force again. `fra`: the version that
somebody looked at when making it; what it changes is told against that one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from saksbehandling.arbeidsflyt.forskjell import forskjell
from saksbehandling.arbeidsflyt.lager import filnavn, lagre
from saksbehandling.arbeidsflyt.scxml import canonical, parse, sb, sign
from saksbehandling.arbeidsflyt.skjema import Skjema, skjema
from saksbehandling.arbeidsflyt.utfylling import Post, fyll
from saksbehandling.errors import NotFound, Reason, Refusal, SetupError
from saksbehandling.workflow_engine.chart import Chart
from saksbehandling.workflow_engine.definition import Definition, Lagring, read_definition
from saksbehandling.workflow_engine.registry import Registry


@dataclass(frozen=True, slots=True)
class Forsoek:
    """What came of a try. `grunner`: why it cannot be saved; `endringer`: what it changes, in words."""

    grunner: tuple[Reason, ...] = ()
    endringer: tuple[str, ...] = ()
    definisjon: Definition | None = None


def aapne(registry: Registry, chart: Chart) -> Skjema:
    """The form as the definition is now."""
    return skjema(parse(_content(registry, chart)))


def proev_skjema(registry: Registry, chart: Chart, post: Post) -> tuple[Skjema, Forsoek]:
    """Try the form on `chart`, the version that it was opened on. The form comes back as it was typed."""
    tree = parse(_content(registry, chart))
    reasons = fyll(tree, post)
    if "slutt" not in post:
        reasons = [Reason("Skjemaet kom ikke helt fram. Send det en gang til.")]
    return skjema(tree), Forsoek(tuple(reasons)) if reasons else _verified(registry, chart, tree)


def proev_gammel(registry: Registry, fra: Chart, gammel: Chart) -> Forsoek:
    """Try an earlier version as the next one."""
    return _verified(registry, fra, parse(_content(registry, gammel)))


def proev_fil(registry: Registry, fra: Chart, navn: str, content: bytes) -> Forsoek:
    """Try a file as the next version, whatever number it bears. Messages name the line in it, and call it `navn`."""
    try:
        read = read_definition(navn, content)
        if read.chart.id != fra.id:
            raise SetupError(f"{navn} er arbeidsflyten «{read.chart.id}», ikke «{fra.id}». Velg en annen fil.")
        registry.trial(replace(read, chart=replace(read.chart, versjon=_next(registry, fra))))
    except SetupError as error:
        return Forsoek(tuple(Reason(line) for line in str(error).splitlines()))
    return _verified(registry, fra, parse(content))


def lagre_versjon(registry: Registry, folder: Path, forsoek: Forsoek, lagring: Lagring) -> Chart:
    """Save what was tried as the next version, and take it into use for new cases.

    Raises `Refusal` when there is nothing to save or something is wrong, `Conflict` when somebody else was first.
    """
    definition = forsoek.definisjon
    if forsoek.grunner or definition is None:
        raise Refusal(forsoek.grunner)
    if not forsoek.endringer:
        raise Refusal(["Ingenting er endret, så det er ingenting å lagre."])
    _read_folder(registry, folder)
    chart = definition.chart
    lagre(folder, chart.id, chart.versjon, canonical(sign(parse(definition.content), lagring)))
    registry.load_folder(folder)
    return registry.chart(chart.id, chart.versjon)


def _read_folder(registry: Registry, folder: Path) -> None:
    """A file that somebody has put there by hand must not stop the version that is saved next to it."""
    try:
        registry.load_folder(folder)
    except SetupError as error:
        faults = str(error).splitlines()
        raise Refusal(["Mappen for arbeidsflyter har en fil med feil. Rett eller fjern den først.", *faults]) from None


def _verified(registry: Registry, fra: Chart, tree: etree._ElementTree) -> Forsoek:
    """The verifier's findings about the next version, or what it changes when there are none."""
    number = _next(registry, fra)
    tree.getroot().set(sb("versjon"), str(number))
    file = filnavn(fra.id, number)
    try:
        new = read_definition(file, canonical(tree))
        registry.trial(new)
    except SetupError as error:
        return Forsoek(tuple(_finding(line, file) for line in str(error).splitlines()))
    old = read_definition(fra.file, _content(registry, fra))
    return Forsoek((), tuple(forskjell(old, new)), new)


def _next(registry: Registry, chart: Chart) -> int:
    """The number after the newest, which is not `chart` where somebody else has saved in the meantime."""
    return registry.chart(chart.id).versjon + 1


def _finding(line: str, file: str) -> Reason:
    """Without the place in a file that nobody has seen."""
    text = re.sub(rf"^{re.escape(file)}:\d+: ", "", line)
    return Reason(text[:1].upper() + text[1:])


def _content(registry: Registry, chart: Chart) -> bytes:
    definition = registry.definition(chart)
    if definition is None:
        raise NotFound("Arbeidsflyten er ikke lest fra en fil, og kan ikke redigeres her.")
    return definition.content
