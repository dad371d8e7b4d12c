"""`python -m saksbehandling.cli`, the same as `saksbehandling`."""

import sys

from saksbehandling.cli import main

sys.exit(main())
