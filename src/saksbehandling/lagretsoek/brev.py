"""The e-mail about new hits. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from email.message import EmailMessage
from email.utils import formataddr

from saksbehandling.innsyn.soek import TYPEORD
from saksbehandling.lagretsoek.models import LagretSoek
from saksbehandling.search_engine.model import Hit

FLEST_NEVNT = 30


def brev(
    lagret: LagretSoek, hits: Sequence[Hit], offentlige: Collection[str], kommune: str, avsender: str, rot: str
) -> EmailMessage:
    """What its owner is told. `offentlige`: ids of the hits that everybody may see; of others only how many are told,
    since e-mail is read by more than its receiver. `rot`: the site's address without a final slash.
    """
    stopp = f"{rot}/lagrede-sok/stopp/{lagret.noekkel}"
    melding = EmailMessage()
    melding["From"] = formataddr((kommune, avsender))
    melding["To"] = lagret.bruker.epost or ""
    melding["Subject"] = f"{len(hits)} {'nytt' if len(hits) == 1 else 'nye'} treff i «{lagret.navn}»"
    melding["Message-ID"] = _merke(lagret, hits, avsender)
    melding["List-Unsubscribe"] = f"<{stopp}>"
    melding["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    melding["Auto-Submitted"] = "auto-generated"
    melding.set_content("\n".join(_linjer(lagret, hits, offentlige, rot, stopp)), charset="utf-8")
    return melding


def _linjer(
    lagret: LagretSoek, hits: Sequence[Hit], offentlige: Collection[str], rot: str, stopp: str
) -> Iterator[str]:
    aapne = [hit for hit in hits if hit.id in offentlige]
    yield f"Nye treff i det lagrede søket «{lagret.navn}»:\n"
    for hit in aapne[:FLEST_NEVNT]:
        yield f"{_om(hit)}\n{rot}{hit.url}\n"
    if len(aapne) > FLEST_NEVNT:
        yield f"Og {len(aapne) - FLEST_NEVNT} til.\n"
    if lukkede := len(hits) - len(aapne):
        yield f"{lukkede} treff er ikke offentlig, og nevnes ikke i e-post. Logg inn for å se.\n"
    yield f"Alle treffene, de nyeste først:\n{rot}/sok?{lagret.sporring}&sort=nyeste\n"
    yield f"-- \nDu får denne e-posten fordi du har slått på varsling for søket. Slå den av her:\n{stopp}"


def _om(hit: Hit) -> str:
    dag = f"{hit.dato:%d.%m.%Y}" if hit.dato else ""
    om = ", ".join(filter(None, (TYPEORD.get(hit.type, hit.type), hit.utvalg, dag)))
    return f"{' '.join(filter(None, (*hit.nummer[:1], hit.tittel)))} ({om})"


def _merke(lagret: LagretSoek, hits: Sequence[Hit], avsender: str) -> str:
    """The same for the same hits, so that a mail server knows the e-mail again if it is sent a second time."""
    innhold = f"{lagret.noekkel} {' '.join(sorted(hit.id for hit in hits))}"
    return f"<{hashlib.sha256(innhold.encode()).hexdigest()[:40]}@{avsender.rpartition('@')[2]}>"
