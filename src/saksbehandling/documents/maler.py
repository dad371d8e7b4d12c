"""The templates that the product ships, which are also a start for the secretariat's own.

Run `python -m saksbehandling.documents.maler MAPPE` to write them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from saksbehandling.documents import moetemaler, protokollmaler, saksmaler
from saksbehandling.documents.stylebook import LANGUAGES

LEVERT: Mapping[str, Callable[[str], bytes]] = {
    "saksprotokoll": protokollmaler.saksprotokoll,
    "saksprotokoll_navn": protokollmaler.saksprotokoll_navn,
    "moeteprotokoll": protokollmaler.moeteprotokoll,
    "innkalling": moetemaler.innkalling,
    "referatliste": moetemaler.referatliste,
    "saksframlegg": saksmaler.saksframlegg,
    "delegert_vedtak": saksmaler.delegert_vedtak,
    "uttalelse": saksmaler.uttalelse,
    "saerutskrift": saksmaler.saerutskrift,
    "melding_om_vedtak": saksmaler.melding_om_vedtak,
    "utsatt_sak": saksmaler.utsatt_sak,
}
"""What makes each, the same bytes each time for «nb» or «nn»."""


def main(arguments: Sequence[str]) -> None:
    """Write the templates to the folder named by the first argument."""
    for name, make in LEVERT.items():
        for malform in LANGUAGES:
            ending = "" if malform == "nb" else f"-{malform}"
            (Path(arguments[0]) / f"{name}{ending}.docx").write_bytes(make(malform))


if __name__ == "__main__":
    main(sys.argv[1:])
