"""A treatment as JSON: the twin of its page, with the notation for texts and the words of the minutes for ballots."""

from __future__ import annotations

from typing import Any

from saksbehandling.innsyn.adresser import behandlingsadresse
from saksbehandling.innsyn.behandlingsbilder import Behandling, forslagsstatus, merknadsbilder
from saksbehandling.richtext import to_notation
from saksbehandling.vedtak.models import Vedtak
from saksbehandling.votering.kodeverk import Stemme
from saksbehandling.votering.models import Forslag, Votering
from saksbehandling.votering.oversetting import voteringsverdi
from saksbehandling.votering.rules import stemmer_for, stemmer_mot

Json = dict[str, Any]


def som_json(behandling: Behandling, har_protokoll: bool) -> Json:
    """The treatment as recorded. Counts that nobody recorded are null."""
    moetesak = behandling.moetesak
    return {
        "url": behandlingsadresse(moetesak),
        "utvalg": moetesak.utvalg.navn,
        "moetedato": moetesak.moete.dato.isoformat(),
        "saksnummer": moetesak.saksnummer,
        "arkivsak": moetesak.saksmappe.saksnummer,
        "tittel": moetesak.tittel,
        "behandlingstype": moetesak.behandlingstype.value,
        "utfall": moetesak.utfall.value,
        "resultat": moetesak.resultat,
        "utsatt_til": moetesak.utsatt_til.isoformat() if moetesak.utsatt_til else None,
        "saksordfoerer": moetesak.saksordfoerer.navn if moetesak.saksordfoerer else None,
        "grunntekst": [{"avsnitt": rad.nummer, "tekst": to_notation(rad.blokker)} for rad in behandling.segmenter],
        "forslag": [_forslag(behandling, rad) for rad in behandling.forslag],
        "merknader": [
            {
                "nummer": bilde.nr,
                "overskrift": bilde.overskrift,
                "tekst": to_notation(bilde.blokker),
                "partier": list(bilde.partier),
                "flertallsmerknad": bilde.flertall,
            }
            for bilde in merknadsbilder(behandling)
        ],
        "voteringer": [_votering(rad) for rad in behandling.voteringer],
        "protokolltilfoersler": [
            {"av": rad.fra, "status": rad.status.value, "tekst": to_notation(rad.blokker)}
            for rad in behandling.tilfoersler
        ],
        "notater": [to_notation(rad.blokker) for rad in moetesak.notater],
        "habilitet": [
            {"navn": rad.person.navn, "utfall": rad.utfall.value, "tekst": to_notation(rad.blokker)}
            for rad in moetesak.habilitet
        ],
        "vedtak": _vedtak(behandling.vedtak) if behandling.vedtak else None,
        "protokoll": f"/moetesaker/{moetesak.id}/protokoll.docx" if har_protokoll else None,
    }


def _forslag(behandling: Behandling, forslag: Forslag) -> Json:
    return {
        "nummer": forslag.nummer,
        "type": forslag.forslagstype.value,
        "betegnelse": forslag.betegnelse,
        "av": [{"navn": rad.navn, "parti": rad.parti.kode if rad.parti else None} for rad in forslag.stillere],
        "paa_vegne_av": [rad.parti.kode for rad in forslag.paa_vegne_av],
        "gjelder_avsnitt": forslag.maal.nummer if forslag.maal else None,
        "tekst": to_notation(forslag.blokker),
        "status": forslagsstatus(behandling, forslag).value,
    }


def _votering(votering: Votering) -> Json:
    verdi = voteringsverdi(votering)
    return {
        "nummer": votering.nummer,
        "form": votering.voteringsform.value,
        "setning": votering.setning,
        "enstemmig": votering.enstemmig,
        "til_stede": votering.til_stede,
        "for": stemmer_for(verdi),
        "mot": stemmer_mot(verdi),
        "blanke": votering.blanke,
        "for_partier": dict(verdi.partistemmer.get(Stemme.FOR, {})),
        "mot_partier": dict(verdi.partistemmer.get(Stemme.MOT, {})),
        "alternativer": [
            {"side": side, "stemmer": antall, "partier": dict(verdi.partier_per_objekt[side])}
            for side, antall in enumerate(verdi.stemmer_per_objekt)
        ],
        "personer": [
            {"navn": rad.person.navn, "stemme": rad.stemme.value, "alternativ": rad.side}
            for rad in votering.personstemmer
        ],
        "objekter": [
            {
                "side": rad.side,
                "avsnitt": rad.segment.nummer if rad.segment else None,
                "forslag": rad.forslag.nummer if rad.forslag else None,
            }
            for rad in votering.objekter
        ],
    }


def _vedtak(vedtak: Vedtak) -> Json:
    return {
        "overskrift": vedtak.overskrift,
        "dato": vedtak.vedtaksdato.isoformat(),
        "avsnitt": [
            {
                "type": rad.avsnittstype.value,
                "overskrift": rad.overskrift,
                "tekst": to_notation(rad.blokker),
                "fra_avsnitt": rad.segment.nummer if rad.segment else None,
                "fra_forslag": rad.forslag.nummer if rad.forslag else None,
                "fra_merknad": rad.merknad.nummer if rad.merknad else None,
                "votering": rad.votering.nummer if rad.votering else None,
            }
            for rad in vedtak.avsnitt
        ],
        "redigeringer": [
            {
                "beregnet": rad.beregnet,
                "redigert": rad.redigert,
                "begrunnelse": rad.begrunnelse,
                "av": rad.redigert_av,
            }
            for rad in vedtak.redigeringer
        ],
    }
