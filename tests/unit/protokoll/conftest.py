"""What the tests of protocols share."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from saksbehandling.protokoll.data import Saksprotokolldata


@pytest.fixture(scope="session")
def protokolldata() -> Callable[..., Saksprotokolldata]:
    """`saksprotokolldata` of tests/factories/protokoll.py."""
    path = Path(__file__).parents[2] / "factories/protokoll.py"
    factory: Callable[..., Saksprotokolldata] = runpy.run_path(str(path))["saksprotokolldata"]
    return factory
