"""A chart of ours as a BPMN process for SpiffWorkflow: a manual task for each state in which a case can stand, and an
exclusive gateway after it for the ways out. Nested states are flattened, since BPMN has none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from xml.sax.saxutils import quoteattr

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.helpers import BpmnConverter
from SpiffWorkflow.bpmn.specs import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.defaults import EndEvent
from SpiffWorkflow.util.task import TaskState

from saksbehandling.workflow_engine.chart import ROOT, Chart, Kind, Transition
from saksbehandling.workflow_engine.expressions import Expression

_BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


class Process:
    """Gives the state in which a case stands, and the case as JSON.

    `whole`: with the definition in every case, as Spiff's serializer does unasked; else it stays in memory.
    """

    def __init__(self, chart: Chart, guards: Collection[str], whole: bool) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(bpmn(chart)))
        self._spec = parser.get_spec(chart.id)
        self._guards = dict.fromkeys(guards, True)
        self._serializer = BpmnWorkflowSerializer(None if whole else _without_definition(self._spec))

    def start(self) -> tuple[str, str]:
        workflow = BpmnWorkflow(self._spec)
        workflow.do_engine_steps()
        return self._standing(workflow), self._serializer.serialize_json(workflow)

    def step(self, event: str, _standing: str, saved: str) -> tuple[str, str]:
        workflow = self._serializer.deserialize_json(saved)
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        task.data.update(self._guards, hendelse=event)
        task.run()
        workflow.do_engine_steps()
        return self._standing(workflow), self._serializer.serialize_json(workflow)

    def _standing(self, workflow: BpmnWorkflow) -> str:
        ended = workflow.get_next_task(state=TaskState.COMPLETED, spec_class=EndEvent)
        return (ended or workflow.get_next_task(state=TaskState.READY, manual=True)).task_spec.name


def _without_definition(spec: BpmnProcessSpec) -> object:
    class Remembered(BpmnConverter):
        def to_dict(self, _spec: BpmnProcessSpec) -> dict[str, str]:
            return {"navn": spec.name}

        def from_dict(self, _saved: dict[str, str]) -> BpmnProcessSpec:
            return spec

    return BpmnWorkflowSerializer.configure({**DEFAULT_CONFIG, BpmnProcessSpec: Remembered})


def bpmn(chart: Chart) -> str:
    """The process as XML."""
    places = [state for state in chart.states if state != ROOT and not chart.states[state].children]
    body = "".join(part for place in places for part in _place(chart, place))
    first = _flow("start", _entry(chart, ROOT), None)
    process = f'<process id={quoteattr(chart.id)} isExecutable="true"><startEvent id="start"/>{first}{body}</process>'
    return f'<definitions xmlns="{_BPMN}" targetNamespace="urn:bench">{process}</definitions>'


def _place(chart: Chart, name: str) -> Iterator[str]:
    if chart.states[name].kind is Kind.FINAL:
        yield f'<endEvent id="{name}"/>'
        return
    yield f'<manualTask id="{name}"/><exclusiveGateway id="fra_{name}"/>'
    yield _flow(name, f"fra_{name}", None)
    for number, (way, event) in enumerate(_ways(chart, name)):
        target = _entry(chart, way.targets[0]) if way.targets else name
        cond = f" and {_flat(way.cond, {name, *chart.states[name].ancestors})}" if way.cond else ""
        yield _flow(f"fra_{name}", target, f"hendelse == {event!r}{cond}", number)


def _flat(cond: Expression, active: Collection[str]) -> str:
    """The condition where the case stands in `active`: a flat process knows that of itself."""
    return re.sub(r"In\('(\w+)'\)", lambda found: str(found[1] in active), str(cond))


def _ways(chart: Chart, name: str) -> Iterator[tuple[Transition, str]]:
    """The ways out of a state, innermost first, each with one of its events."""
    for state in (name, *chart.states[name].ancestors):
        for way in chart.states[state].transitions:
            yield from ((way, event) for event in way.events)


def _entry(chart: Chart, state: str) -> str:
    """Where a case comes to stand that enters `state`."""
    while chart.states[state].children:
        first = chart.states[state].initial
        state = first.targets[0] if first else chart.states[state].children[0]
    return state


def _flow(source: str, target: str, condition: str | None, number: int = 0) -> str:
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    ends = f'id="{source}_{target}_{number}" sourceRef="{source}" targetRef="{target}"'
    return f"<sequenceFlow {ends}>{inner}</sequenceFlow>"
