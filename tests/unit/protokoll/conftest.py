"""What the tests of protocols share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factories.protokoll import saksprotokolldata
from saksbehandling.protokoll.data import Saksprotokolldata


@pytest.fixture(scope="session")
def protokolldata() -> Callable[..., Saksprotokolldata]:
    """`saksprotokolldata` of tests/factories/protokoll.py."""
    return saksprotokolldata
