"""The definitions and guards of a running product, checked before the first request."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import structlog

from saksbehandling.errors import Reason, SetupError
from saksbehandling.workflow_engine.chart import ROOT, Chart
from saksbehandling.workflow_engine.definition import Definition, read_definition
from saksbehandling.workflow_engine.expressions import Guard, Reasons, walk
from saksbehandling.workflow_engine.recall import Recall
from saksbehandling.workflow_engine.schema import Feltnavn, FormSchema
from saksbehandling.workflow_engine.source import fault
from saksbehandling.workflow_engine.verifier import verify, verify_event_titles, verify_family, verify_senders

GuardFunction = Callable[..., Reason | str | None]
Seen = frozenset[tuple[str, int, int]]

log = structlog.get_logger(__name__)


class Registry:
    """Charts by id and version, guards by name. A guard is `fn(subject, *args, **kwargs)`: None when it holds, else
    why it does not."""

    def __init__(self) -> None:
        self._charts: dict[tuple[str, int], Chart] = {}
        self._definitions: dict[tuple[str, int], Definition] = {}
        self._guards: dict[str, GuardFunction] = {}
        self.recall = Recall()
        self._folder: Path | None = None
        self._seen: Seen = frozenset()  # what was in the folder the last time

    @classmethod
    def load(cls, package: str = "saksbehandling.workflows") -> Registry:
        """Every `*.scxml` in `package`, compiled and verified. Raises `SetupError`."""
        registry = cls()
        for file in sorted(resources.files(package).iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".scxml"):
                registry.add_definition(read_definition(file.name, file.read_bytes()))
        return registry

    def load_folder(self, folder: Path) -> None:
        """Take in the versions in `folder` that are not known yet, all or none; there need not be such a folder.

        From then on it is looked into again when it has changed, so that processes agree on the newest version.
        Raises `SetupError`, also when a known version has another content there.
        """
        seen = _look(folder)
        files = [folder / name for name, _, _ in sorted(seen)]
        read = [read_definition(file.name, file.read_bytes()) for file in files]
        widened = self.trial(*(each for each in read if not self._is_known(each)))
        # Replaced, never changed: others may be reading.
        self._definitions, self._charts = widened._definitions, widened._charts
        self._folder, self._seen = folder, seen

    def trial(self, *definitions: Definition) -> Registry:
        """A registry that has these too, checked as a whole. Raises `SetupError` with every fault."""
        widened = Registry()
        widened._charts, widened._definitions, widened._guards = (
            self._charts.copy(),
            {**self._definitions},
            self._guards,
        )
        for definition in definitions:
            widened.add_definition(definition)
        if definitions:
            widened.check()
        return widened

    def _is_known(self, definition: Definition) -> bool:
        known = self._definitions.get((definition.chart.id, definition.chart.versjon))
        return known is not None and known.fingerprint == definition.fingerprint

    def add_definition(self, definition: Definition) -> None:
        """Take in a chart with its form and fingerprint. Raises `SetupError` as `add` does."""
        self.add(definition.chart)
        self._definitions[definition.chart.id, definition.chart.versjon] = definition

    def add(self, chart: Chart) -> None:
        """Take in a chart. Raises `SetupError` with every finding of the verifier, or when the version is taken."""
        key = (chart.id, chart.versjon)
        if key in self._charts:
            what = f"«{chart.id}» versjon {chart.versjon} finnes allerede, i {self._charts[key].file}"
            raise fault(chart.file, chart.states[ROOT].line, what, "Øk sb:versjon")
        findings = verify(chart)
        if findings:
            raise SetupError("\n".join(map(str, findings)))
        self._charts[key] = chart

    def add_guard(self, name: str, function: GuardFunction) -> None:
        if name in self._guards:
            raise SetupError(f"Vilkåret «{name}» er registrert to ganger. Fjern det ene.")
        self._guards[name] = function

    def check(self) -> None:
        """Hold definitions, sub-case kinds and guards against each other. Raises `SetupError` with every fault."""
        faults = [str(each) for chart in self.charts() for each in (*self._guard_faults(chart), *self._family(chart))]
        if faults:
            raise SetupError("\n".join(faults))

    def charts(self) -> tuple[Chart, ...]:
        """All of them, by id and version."""
        return tuple(chart for _, chart in sorted(self._charts.items(), key=lambda item: item[0]))

    def chart(self, id: str, versjon: int | None = None) -> Chart:
        """That version, or the newest. Raises `SetupError` when there is none."""
        if (id, versjon) not in self._charts:
            self._look_again()
        number = versjon if versjon is not None else max((n for name, n in self._charts if name == id), default=0)
        found = self._charts.get((id, number))
        if found is None:
            known = ", ".join(f"{name} {n}" for name, n in sorted(self._charts)) or "ingen"
            which = f"«{id}» versjon {versjon}" if versjon is not None else f"«{id}»"
            raise SetupError(f"Arbeidsflyten {which} finnes ikke. Kjente: {known}.")
        return found

    def _look_again(self) -> None:
        """Take in what another process has saved. A file that is put there by hand and is wrong is told of once in the
        log and left out, so that a case can go on by the versions that are known; the next start stops at it."""
        if self._folder is None or (seen := _look(self._folder)) == self._seen:
            return
        try:
            self.load_folder(self._folder)
        except SetupError as error:
            self._seen = seen
            log.warning("arbeidsflyter ikke lest inn", mappe=str(self._folder), feil=str(error))

    def form(self, chart: Chart) -> FormSchema:
        """The extra fields of the case type; none for a chart that did not come from a definition file."""
        definition = self._definitions.get((chart.id, chart.versjon))
        return definition.form if definition else FormSchema()

    def fingerprint(self, chart: Chart) -> str | None:
        """What the definition's file says (`definition.fingerprint`); None for a chart that has no file."""
        definition = self._definitions.get((chart.id, chart.versjon))
        return definition.fingerprint if definition else None

    def definition(self, chart: Chart) -> Definition | None:
        """The file of the chart, as read; None for a chart that has no file."""
        return self._definitions.get((chart.id, chart.versjon))

    def kilde(self, chart: Chart, state: str, frist: str) -> str | None:
        """Where the length of a deadline comes from, if the definition says."""
        definition = self._definitions.get((chart.id, chart.versjon))
        return definition.kilder.get((state, frist)) if definition else None

    def ask(self, guard: Guard, subject: Any) -> Reasons:
        """Why the guard does not hold for `subject`; empty when it holds. Raises `SetupError` when it is unknown."""
        try:
            function = self._guards[guard.name]
        except KeyError:
            raise SetupError(f"Vilkåret «{guard.name}» er ikke registrert. Kjør registry.check() ved start.") from None
        found = function(subject, *guard.args, **dict(guard.kwargs))
        if found is None:
            return ()
        return (found if isinstance(found, Reason) else Reason(found),)

    def _guard_faults(self, chart: Chart) -> Iterator[SetupError]:
        for condition, line in chart.conditions:
            for part in walk(condition):
                if isinstance(part, Guard) and part.name not in self._guards:
                    known = ", ".join(sorted(self._guards)) or "ingen"
                    what = f"vilkåret «{part.name}» er ikke registrert"
                    yield fault(chart.file, line, what, f"Rett navnet, eller registrer det. Kjente: {known}")
                elif isinstance(part, Guard) and not _accepts(self._guards[part.name], part):
                    what = f"vilkåret «{part}» har argumenter som det ikke tar"
                    yield fault(chart.file, line, what, "Rett argumentene")
                elif isinstance(part, Guard):
                    yield from self._field_faults(chart, part, line)

    def _field_faults(self, chart: Chart, guard: Guard, line: int) -> Iterator[SetupError]:
        """Fields that the guard asks about and that the form lacks."""
        fields = {felt.navn for felt in self.form(chart).felter}
        for name in _field_names(self._guards[guard.name], guard):
            if name not in fields:
                known = ", ".join(sorted(fields)) or "ingen"
                what = f"vilkåret «{guard}» spør etter feltet «{name}», som ikke finnes"
                yield fault(chart.file, line, what, f"Rett navnet, eller legg til <sb:felt>. Kjente: {known}")

    def _family(self, chart: Chart) -> Iterator[object]:
        for state in chart.states.values():
            for kind in state.delsaker:
                if any(kind == name for name, _ in self._charts):
                    yield from verify_family(chart, self.chart(kind))
                else:
                    what = f"delsaken «{kind}» i «{state.id}» finnes ikke"
                    yield fault(chart.file, state.line, what, "Rett src, eller legg til definisjonen")
        kinds = {kind for state in chart.states.values() for kind in state.delsaker}
        known = [self.chart(kind) for kind in kinds if any(kind == name for name, _ in self._charts)]
        yield from verify_senders(chart, known)
        yield from verify_event_titles(chart, known)


def _look(folder: Path) -> Seen:
    """Name, time and size of each definition file; nothing where there is no folder.

    The folder's own time would not do: two files may come within one tick of the file system's clock.
    """
    try:
        with os.scandir(folder) as entries:
            files = [(entry.name, entry.stat()) for entry in entries if entry.name.endswith(".scxml")]
    except FileNotFoundError:
        return frozenset()
    return frozenset((name, stat.st_mtime_ns, stat.st_size) for name, stat in files)


def _accepts(function: GuardFunction, guard: Guard) -> bool:
    try:
        inspect.signature(function).bind(None, *guard.args, **dict(guard.kwargs))
    except TypeError:
        return False
    return True


def _field_names(function: GuardFunction, guard: Guard) -> Iterator[object]:
    """The arguments that name fields of the form."""
    signature = inspect.signature(function)
    for name, value in signature.bind(None, *guard.args, **dict(guard.kwargs)).arguments.items():
        if signature.parameters[name].annotation in (Feltnavn, Feltnavn.__name__):
            yield value


def report(registry: Registry) -> list[str]:
    """A line for each definition: what it is and how large. For `saksbehandling arbeidsflyt sjekk`."""
    return [_line(chart) for chart in registry.charts()]


def _line(chart: Chart) -> str:
    return (
        f"{chart.file}: {chart.id} versjon {chart.versjon}, "
        f"{len(chart.states) - 1} tilstander, {len(chart.transitions)} overganger"
    )
