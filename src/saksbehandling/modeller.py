"""Imports every feature's tables, so that `Base.metadata` is whole. For migrations, tests and the app factory."""

from __future__ import annotations

import saksbehandling.direkte.models
import saksbehandling.identity.models
import saksbehandling.jobs.models
import saksbehandling.karantene.models
import saksbehandling.lagretsoek.models
import saksbehandling.maler.models
import saksbehandling.moete.models
import saksbehandling.protokoll.models
import saksbehandling.protokoll.models_arkiv
import saksbehandling.protokoll.models_haandredigering
import saksbehandling.saksmappe.models
import saksbehandling.saksmappe.models_bilde
import saksbehandling.saksmappe.models_framlegg
import saksbehandling.saksmappe.models_miniatyr
import saksbehandling.saksmappe.models_pdf
import saksbehandling.utvalg.models
import saksbehandling.valg.models
import saksbehandling.vedtak.models
import saksbehandling.votering.models
import saksbehandling.votering.models_forslag
import saksbehandling.votering.models_tilfoersel
import saksbehandling.workflow_engine.models  # noqa: F401
