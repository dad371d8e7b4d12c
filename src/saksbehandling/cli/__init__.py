"""The command line, `saksbehandling <command>`.

A command module has `add_parser(commands)`, which adds its parser and sets `run`, a function of (`Parts`, arguments)
that returns nothing. What a user should be told about is raised as a `SaksbehandlingError`. `program.COMMANDS` lists
the modules.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. The entry point `saksbehandling`."""
    # Pyramid imports pkg_resources, which announces its own end on stderr; there is nothing that a user can do.
    warnings.filterwarnings("ignore", "pkg_resources is deprecated", UserWarning)
    from saksbehandling.cli.program import run

    return run(sys.argv[1:] if argv is None else argv)
