"""A packet as plain values for people and programs: what `importer --json` and `vis --json` print.

Treatments stand in time order, those of one day in packet order. A treatment whose ballots are all plain ("X ble
enstemmig vedtatt") tells them beside each proposal; one with counts, alternatives or parts of the innstilling has
numbered proposals and a list `voteringer` that refers to the numbers. Texts are whole, also under `foerste_ord`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from saksbehandling.importering.pakke import (
    Behandling,
    Deltaker,
    Forslag,
    Merknad,
    Objekt,
    Pakke,
    Saksframlegg,
    Segmenter,
    Votering,
)
from saksbehandling.richtext import Blocks, List, plain_text
from saksbehandling.votering.kodeverk import Behandlingstype, Forslagstype, Voteringsform

Verdier = dict[str, Any]


def som_golden(pakke: Pakke) -> Verdier:
    """The packet as JSON values."""
    return {
        "arkivsak": str(pakke.arkivsak) if pakke.arkivsak else None,
        "tittel": pakke.tittel,
        "saksframlegg": _saksframlegg(pakke.saksframlegg) if pakke.saksframlegg else None,
        "behandlinger": [_behandling(en) for en in sorted(pakke.behandlinger, key=lambda en: en.moetedato)],
        "advarsler": [{"linje": en.linje, "tekst": en.tekst} for en in pakke.advarsler],
    }


def _saksframlegg(framlegg: Saksframlegg) -> Verdier:
    return {
        "dato": framlegg.dato.isoformat() if framlegg.dato else None,
        "signert_av": [f"{en.navn} ({en.tittel})" for en in framlegg.signert_av],
        "innstilling_avsnitt": _avsnitt(framlegg.innstilling),
        **_lister("innstilling", framlegg.innstilling),
        "vedlegg": len(framlegg.vedlegg),
        "vedlegg_titler": [ett.tittel for ett in framlegg.vedlegg],
        "uttalelser_gjengitt_fra": list(framlegg.uttalelser_gjengitt_fra),
    }


def _behandling(behandling: Behandling) -> Verdier:
    utfoerlig = not all(_er_enkel(votering) for votering in behandling.voteringer)
    return {
        "utvalg": behandling.utvalg,
        "type": behandling.type.value,
        "moetedato": behandling.moetedato.isoformat(),
        "sak": str(behandling.sak),
        "resultat": behandling.resultat,
        **_om_moetet(behandling),
        "forslag": [
            _forslag(ett, behandling, utfoerlig) for ett in behandling.innslag if isinstance(ett, Forslag | Merknad)
        ],
        **(_voteringer(behandling) if utfoerlig else _innstillingens_votering(behandling)),
        **_merknader(behandling),
        **_vedtak(behandling),
    }


def _om_moetet(behandling: Behandling) -> Verdier:
    verdier: Verdier = {}
    if behandling.utsatt_til:
        verdier["utsatt_til"] = behandling.utsatt_til.isoformat()
    if behandling.saksordfoerer:
        verdier["saksordfoerer"] = {"navn": behandling.saksordfoerer.navn, **_tilhoerighet([behandling.saksordfoerer])}
    if behandling.habilitet:
        verdier["habilitet"] = [{"navn": en.navn, "utfall": en.utfall} for en in behandling.habilitet]
    return verdier


def _forslag(ett: Forslag | Merknad, behandling: Behandling, utfoerlig: bool) -> Verdier:
    stillere = ett.stillere if isinstance(ett, Forslag) else (ett.av,)
    verdier: Verdier = {"nr": ett.nr} if utfoerlig else {}
    verdier |= {"av": ", ".join(en.navn for en in stillere), **_tilhoerighet(stillere)}
    if isinstance(ett, Forslag) and ett.paa_vegne_av:
        verdier["paa_vegne_av"] = list(ett.paa_vegne_av)
    verdier["type"] = _type(ett)
    if isinstance(ett, Forslag) and ett.gjelder_avsnitt is not None:
        verdier["gjelder_avsnitt"] = ett.gjelder_avsnitt
    verdier["foerste_ord"] = plain_text(ett.blokker)
    if punkter := _kulepunkter(ett.blokker):
        verdier["kulepunkter"] = punkter
    if isinstance(ett, Forslag) and not utfoerlig:
        verdier["votering"] = _kort_utfall(ett, behandling.voteringer)
    return verdier


def _type(ett: Forslag | Merknad) -> str:
    """The label as written; a bare "forslag" about the procedure gets its proper name."""
    if isinstance(ett, Forslag) and ett.type.prosedyre and ett.type_skrevet.lower() == "forslag":
        return {Forslagstype.AVVISNING: "avvisningsforslag"}.get(ett.type, f"{ett.type.value}sforslag")
    return ett.type_skrevet[:1].lower() + ett.type_skrevet[1:]


def _tilhoerighet(deltakere: Sequence[Deltaker]) -> Verdier:
    partier = [en.parti for en in deltakere if en.parti]
    grupper = [en.gruppe for en in deltakere if en.gruppe]
    verdier = {"parti": ", ".join(dict.fromkeys(partier)), "gruppe": ", ".join(dict.fromkeys(grupper))}
    return {navn: verdi for navn, verdi in verdier.items() if verdi}


def _er_enkel(votering: Votering) -> bool:
    objekt = votering.objekter[0]
    return (
        votering.form is Voteringsform.FOR_MOT
        and votering.for_stemmer is None
        and votering.mot_stemmer is None
        and not votering.mot_partier
        and not votering.for_partier
        and (objekt.hele_innstillingen or len(objekt.forslag) == 1)
    )


def _kort_utfall(forslag: Forslag, voteringer: Iterable[Votering]) -> str | None:
    return next((_utfall(en) for en in voteringer if en.objekter[0].forslag == (forslag.nr,)), None)


def _innstillingens_votering(behandling: Behandling) -> Verdier:
    funnet = [en for en in behandling.voteringer if en.objekter[0].innstilling]
    return {"innstilling_votering": _utfall(funnet[0])} if funnet else {}


def _utfall(votering: Votering) -> str:
    utfall = "vedtatt" if votering.vedtatt else "falt"
    return f"enstemmig {utfall}" if votering.enstemmig else utfall


def _voteringer(behandling: Behandling) -> Verdier:
    return {"voteringer": [_votering(votering) for votering in behandling.voteringer]}


def _votering(votering: Votering) -> Verdier:
    verdier: Verdier = {"gjelder": " mot ".join(_gjelder(objekt) for objekt in votering.objekter)}
    if votering.form is Voteringsform.ALTERNATIV:
        verdier |= {"form": "alternativ votering", "utfall": _vinner(votering)}
    else:
        verdier["utfall"] = "vedtatt" if votering.vedtatt else "falt"
    if votering.form is Voteringsform.PROEVE:
        verdier["form"] = "prøvevotering"
    if votering.enstemmig:
        verdier["enstemmig"] = True
    tall = {"for": votering.for_stemmer, "mot": votering.mot_stemmer}
    partier = {"for_partier": dict(votering.for_partier), "mot_partier": dict(votering.mot_partier)}
    verdier |= {navn: verdi for navn, verdi in tall.items() if verdi is not None}
    verdier |= {navn: verdi for navn, verdi in partier.items() if verdi}
    return verdier


def _gjelder(objekt: Objekt) -> str:
    if objekt.forslag:
        return f"forslag {_og(objekt.forslag)}"
    if not objekt.innstilling:
        return objekt.skrevet
    if objekt.unntatt:
        return f"innstillingen unntatt avsnitt {_og(objekt.unntatt)}"
    return f"innstillingen avsnitt {_og(objekt.nevnt)}" if objekt.nevnt else "innstillingen"


def _vinner(votering: Votering) -> str:
    if votering.vinner is None:
        return "uklart"
    objekt = votering.objekter[votering.vinner]
    return "innstillingen vedtatt" if objekt.innstilling else f"{_gjelder(objekt)} vedtatt"


def _og(tall: Iterable[int]) -> str:
    *foerste, siste = [str(ett) for ett in tall]
    return f"{', '.join(foerste)} og {siste}" if foerste else siste


def _merknader(behandling: Behandling) -> Verdier:
    tilsluttet = [merknad.tilsluttet_av for merknad in behandling.merknader if merknad.tilsluttet_av]
    return {"merknad_tilsluttet_av": [parti for partier in tilsluttet for parti in partier]} if tilsluttet else {}


def _vedtak(behandling: Behandling) -> Verdier:
    vedtak = behandling.vedtak
    if vedtak is None:
        return {}
    verdier: Verdier = {}
    if predikat := _organets_egne_ord(behandling):
        verdier["vedtak"] = predikat
    if rekkefoelge := _rekkefoelge(behandling):
        verdier["vedtak_rekkefoelge"] = rekkefoelge
    if vedtak.foelgetekst:
        verdier |= {"vedtak_avsnitt": _avsnitt(vedtak.avsnitt), "innstilling_avsnitt": _avsnitt(vedtak.foelgetekst)}
    else:
        er_innstilling = behandling.type is Behandlingstype.INNSTILLING
        verdier["innstilling_avsnitt" if er_innstilling else "vedtak_avsnitt"] = _avsnitt(vedtak.avsnitt)
    if vedtak.merknader:
        verdier["merknad_i_vedtak"] = "\n".join(en.overskrift.rstrip(" :") for en in vedtak.merknader)
    return verdier


def _organets_egne_ord(behandling: Behandling) -> str | None:
    """A decision without proposal or ballot whose one sentence has the body as subject: what the body does."""
    avsnitt = _avsnitt(behandling.vedtak.avsnitt) if behandling.vedtak else []
    if behandling.forslag or behandling.voteringer or len(avsnitt) != 1:
        return None
    uten_subjekt = avsnitt[0].removeprefix(f"{behandling.utvalg} ")
    return uten_subjekt.removesuffix(".") if uten_subjekt != avsnitt[0] else None


def _rekkefoelge(behandling: Behandling) -> list[str]:
    """The movers in the order of the text, where that is not the order of the ballots."""
    trykt = _avsnitt(behandling.vedtak.avsnitt) if behandling.vedtak else []
    vedtatte = [
        en.objekter[0].forslag[0] for en in behandling.voteringer if en.vedtatt and len(en.objekter[0].forslag) == 1
    ]
    forslag = {ett.nr: ett for ett in behandling.forslag}
    steder = {nr: trykt.index(sted) for nr in vedtatte if (sted := _foerste_avsnitt(forslag[nr])) in trykt}
    etter_vedtak = sorted(steder, key=lambda nr: steder[nr])
    if etter_vedtak == list(steder):
        return []
    return [forslag[nr].stillere[0].navn.split()[-1] for nr in etter_vedtak]


def _foerste_avsnitt(forslag: Forslag) -> str:
    return plain_text(forslag.blokker[:1])


def _avsnitt(segmenter: Segmenter) -> list[str]:
    return [plain_text(segment) for segment in segmenter]


def _lister(navn: str, segmenter: Segmenter) -> Verdier:
    return {
        f"{navn}_liste_under_avsnitt_{nr}": punkter
        for nr, segment in enumerate(segmenter, 1)
        if (punkter := _kulepunkter(segment))
    }


def _kulepunkter(blokker: Blocks) -> int:
    return sum(len(blokk.items) for blokk in blokker if isinstance(blokk, List))
