"""Whether a file can be used as a template: looked over as an upload, compiled, and tried on example data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from saksbehandling.documents.docx_renderer import DocxRenderer
from saksbehandling.documents.kontroll import funn
from saksbehandling.documents.opplasting import Filtype, kontroller_opplasting
from saksbehandling.documents.story import TemplateFaults
from saksbehandling.documents.template import ReadTemplate, compile_template
from saksbehandling.documents.template_cache import TemplateCache, packaged_template
from saksbehandling.errors import InvalidFile, NotFound, Refusal, SetupError

Values = Mapping[str, Any]


def proev(navn: str, innhold: bytes, eksempel: Values) -> bytes:
    """The document that the template makes of `eksempel`, after every check.

    Raises `InvalidFile` for a file that cannot be taken in, `Refusal` with every fault of the template and its place.
    """
    if kontroller_opplasting(navn, innhold) is not Filtype.DOCX:
        raise InvalidFile(f"«{navn}» er ikke et Word-dokument. En mal må være lagret som .docx.")
    if faults := _faults(navn, innhold, eksempel):
        raise Refusal(faults)
    made = fyll(navn, innhold, eksempel)
    if found := funn(made):
        raise Refusal([f"Dokumentet som malen lager, har en feil: {fault}." for fault in found])
    return made


def fyll(navn: str, innhold: bytes, eksempel: Values) -> bytes:
    """The document that a checked template makes."""
    return DocxRenderer(TemplateCache(_this_or_packaged(navn, innhold))).render(navn, eksempel)


def _faults(navn: str, innhold: bytes, eksempel: Values) -> list[str]:
    try:
        template = compile_template(navn, innhold, eksempel.get("malform", "nb"), packaged_template)
    except TemplateFaults as error:
        return list(error.faults)
    except (SetupError, NotFound) as error:
        return [str(error)]
    return list(template.problems(eksempel)) or _nothing_shown(template.empty)


def _nothing_shown(empty: bool) -> list[str]:
    if not empty:
        return []
    return ["Malen har ingen merker, så alle dokumenter ville blitt like. Sett inn merker som [[sak]] og [[tittel]]."]


def _this_or_packaged(navn: str, innhold: bytes) -> ReadTemplate:
    return lambda name: innhold if name == navn else packaged_template(name)
