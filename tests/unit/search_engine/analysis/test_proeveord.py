"""Probe words: compounds found by their parts, forms of one word found by each other, and words that must stay apart.

The list was written before the chain was tuned to it, from what stands in municipal papers. Each group has a number of
misses that is accepted, since a chain that gets them all has learnt the list and not the language.
"""

from __future__ import annotations

import pytest

from saksbehandling.search_engine.analysis import analyse, analyse_query

# Compound: the parts that must find it.
SAMMENSATT = """
byutviklingsstrategi: strategi byutvikling
skolehelsetjeneste: skole helsetjeneste
hjemmehjelpsordning: hjemmehjelp ordning
barnehageopptak: barnehage opptak
gatelysanlegg: gatelys anlegg
kommuneplanbestemmelser: kommuneplan bestemmelse
økonomireglement: økonomi reglement
overvannshåndtering: overvann håndtering
flomvernprosjekt: flom prosjekt
sykkelparkering: sykkel parkering
kulturskoletilbud: kulturskole tilbud
svømmehallutredning: svømmehall utredning
boligsosial: bolig sosial
psykiatritilbud: psykiatri tilbud
trafikksikkerhetsplan: trafikksikkerhet plan
eiendomsskattetakst: eiendomsskatt takst
varslingsrutiner: varsling rutine
vindkraftutbygging: vindkraft utbygging
reindriftsinteresser: reindrift interesse
ladestasjoner: lading stasjon
kollektivtrafikktilbud: kollektivtrafikk tilbud
ungdomskriminalitet: ungdom kriminalitet
matavfallsinnsamling: avfall innsamling
legevaktsamarbeid: legevakt samarbeid
omsorgsboliger: omsorg bolig
grunnvannsnivå: grunnvann nivå
kulturminneplan: kulturminne plan
sykefraværsstatistikk: sykefravær statistikk
introduksjonsprogram: introduksjon program
byggesaksgebyr: byggesak gebyr
jernbaneundergang: jernbane undergang
skjenketidsforskrift: skjenketid forskrift
arealregnskap: areal regnskap
næringsfondsvedtekter: næringsfond vedtekt
rusomsorgsmelding: rusomsorg melding
fjernvarmetilknytning: fjernvarme tilknytning
idrettshallutleie: idrettshall utleie
friluftsområde: friluft område
støyskjermingstiltak: støy tiltak
klimabudsjett: klima budsjett
"""

# Asked for, and what stands in the text: inflection, then bokmål and nynorsk.
SAMME = """
vedtak vedtakene; forslag forslagene; bystyre bystyrets; kommune kommunene; skole skolene; barnehage
barnehagene bok bøkene; hånd hender; natt netter; fot føttene; mann mennene; barn barna; tre trærne; bonde
bøndene; stad steder budsjett budsjettet; plan planene; strategi strategiene; avgift avgiftene; gebyr gebyrer;
representant representantenes innbygger innbyggerne; lærer lærerne; bruker brukernes; leder lederen; møte
møtet; område områdene; kvartal kvartalet komite komiteen; råd rådene; museum museet; senter sentre; program
programmet; medlem medlemmene; nummer numre vedta vedtatt; utsette utsatte; avslå avslått; godkjenne godkjent;
bygge bygges; rive revet; stenge stengt ikke ikkje; skole skulane; høring høyringa; vei vegen; utvalg utvalet;
behandling handsaminga; uttalelse fråsegna votering røysting; innbygger innbyggjarane; bolig bustader; kirke
kyrkja; vann vatnet; eiendom eigedomen; tjeneste tenestene kommunedirektør kommunedirektøren; ordfører
ordføraren; saksbehandler sakshandsamarane; hjem heimar; sykehjem sjukeheimar barnehageplass barnehageplassar;
gate gatene; eldre eldste; mangfold mangfaldet; næring næringar; flertall fleirtalet myndighet styresmakt;
virksomhet verksemder; rekneskap regnskapet; forskjell skilnaden; samferdsel samferdsla
"""

# A second list, of what municipal papers also speak of: bokmål and nynorsk (some in other inflections), and compounds.
MAALFORMER = """
flom flaum; flommen flaumen; flomsikring flaumsikring; vannverk vassverk; vannverket vassverket; vannledning
vassleidning; vannforsyning vassforsyning; drikkevann drikkevatn; drikkevannskilde drikkevasskjelde; navn namn;
stedsnavn stadnamn; veinavn vegnamn; navnet namnet; gatenavn gatenamn; kilde kjelde; barnehage barnehagane; tilskudd
tilskot; tilskuddet tilskotet; tilskuddsordning tilskotsordning; underskudd underskot; overskudd overskot; skyss
skyssen; utbygging utbygginga; byggesak byggjesak; byggefelt byggjefelt; byggetillatelse byggjeløyve;
skjenkebevilling skjenkeløyve; skjenking skjenkinga; oppvekst oppveksten; hjemmesykepleie heimesjukepleie;
sykepleier sjukepleiar; fastlege fastlegar; barnevernstjeneste barnevernteneste; bosetting busetjing; flyktninger
flyktningar; kommunedirektør kommunedirektøren; varsling varslinga; medvirkning medverknad; medvirkningsråd
medverknadsråd; eldreråd eldrerådet; ungdomsråd ungdomsrådet; høringsuttalelse høyringsfråsegn; kommuneplan
kommuneplanen; arealdel arealdelen; reguleringsplan reguleringsplanar; planbeskrivelse planomtale; folkehelse
folkehelsa; skolevei skuleveg; gangvei gangveg; vinterdrift vinterdrifta; brøyting brøytinga; gravemelding
gravemeldingar; renovasjonsgebyr renovasjonsgebyret; eiendomsskatt eigedomsskatt; forurensning forureining;
klimaendringer klimaendringar; skred skreda; rasfare rasfara; beredskap beredskapen; jordvern jordvernet; landbruk
landbruket; bærekraft berekraft; bærekraftig berekraftig; fravær fråvær; sykefravær sjukefråvær; opplæring
opplæringa; spesialundervisning spesialundervisninga; erfaring røynsle; kjennskap kjennskapen; betydning tyding;
spørsmål spørsmåla; interkommunalt interkommunale; lovlighetskontroll lovlegkontroll; gyldig gyldige; betale betala;
begrunnelse grunngjeving; begrunne grunngje; grunngitt grunngjeve; folkevalgt folkevald; folkevalgte folkevalde;
godtgjørelse godtgjersle; godtgjøring godtgjering; redegjørelse utgreiing; utlysning utlysing; kunngjøring
kunngjering; tilsyn tilsynet; oppsigelse oppseiing; stillinger stillingar; lønn løn; lønnsoppgjør lønsoppgjer;
kjøretøy køyretøy; strøm straum; strømpris straumpris; fortau fortauet; bredbånd breiband; barnehageplass
barnehageplassar; gravplass gravplassen; språk språka; målform målforma; samisk samiske; friluftsliv friluftslivet;
lekeplass leikeplass; lek leik; idrettsanlegg idrettsanlegga; svømmehall symjehall; svømming symjing; rådgiver
rådgjevar; rådgivning rådgjeving; lovgivning lovgjeving; omgivelser omgjevnader; helhetlig heilskapleg; likestilling
likestillinga; samfunn samfunnet; samfunnsdel samfunnsdelen; rettighet rett; forpliktelse plikt; innleie innleige;
skatteinntekter skatteinntektene; forventning forventing; forebygging førebygging; forebyggende førebyggjande;
forutsetning føresetnad; foreløpig førebels; forberede førebu; fornyelse fornying; vedlikehold vedlikehald;
oppfølging oppfølgjing; ønske ynske; åpen open; åpne opne; åpning opning; skolebruksplan skulebruksplan; skolekrets
skulekrins; tomt tomta; tomtepris tomteprisen; hovedplan hovudplan; hovedutvalg hovudutval; smitte smitta;
arbeidsmiljø arbeidsmiljøet; uavhengig uavhengige; egenandel eigendel; egen eigen; egne eigne; lavere lågare; lav
låg; høy høg; høyere høgare; først fyrst; kart kartet; jevnlig jamleg; sammenslåing samanslåing; sammendrag
samandrag; tall tal; mål målet; skjema skjemaet; fordeling fordelinga; tildeling tildelinga; omsorgsbolig
omsorgsbustad; boligbygging bustadbygging; boligplan bustadplan; utleiebolig utleigebustad; bofellesskap
bufellesskap; innkjøp innkjøpa; anskaffelse innkjøp; havbruk havbruket; torsdag torsdagen; håndbok handbok;
håndheving handheving; håndtering handtering; strategi strategien; gjeld gjelda; uforutsett uføresett;
arbeidsledighet arbeidsløyse; kveld kvelden; veiledning rettleiing; veileder rettleiar; veilysning veglysing; veilys
veglys; trafikksikkerhet trafikktryggleik; sikkerhet tryggleik; lokalsamfunn lokalsamfunna; nærmiljø nærmiljøet;
reindrift reindrifta; elv elva; bekk bekken; innsjø innsjøen; vannstand vasstand; vassdrag vassdraget; vannkraft
vasskraft; grunnvann grunnvatn; overvann overvatn; spillvann spillvatn
"""

FLERE_SAMMENSATT = """
lakselus: laks lus
badevannskvalitet: badevann kvalitet
fremmedarter: arter
hjortevilt: hjort
vindmøller: vind
småbåthavn: havn båt
rådhuskvartalet: rådhus
aktivitetspark: park
sanitæranlegg: anlegg
sykkelparkering: parkering
skateparken: park
trygghetsalarm: alarm
kunstgressbane: kunstgress bane
matjord: jord
driftstilskudd: tilskudd
gatelys: lys
snøscooterløype: snøscooter løype
hyttebygging: hytte bygging
klimabudsjett: klima
båtplasser: båt
kystsoneplan: kyst plan
fiskevelferd: fisk
vannkraftverk: kraftverk
kraftlinje: kraft
ladestasjoner: lading
ladestasjon: stasjon
tilfartsvei: vei
barnefattigdom: barn fattigdom
leirskole: skole
matservering: mat
nærbutikk: butikk
mobildekning: mobil
bredbåndsutbygging: bredbånd utbygging
flomvern: flom vern
skredsikring: skred sikring
veterinærvakt: vakt veterinær
jordskifte: jord
ulvesone: ulv
viltpåkjørsel: vilt
kulturskole: kultur
pumptrackbane: bane
krisesenter: krise senter
slamtømming: slam tømming
feiegebyr: gebyr
hundeforbud: hund forbud
båndtvang: tvang
nattestengt: natt
legesenter: lege
psykologtjeneste: psykolog tjeneste
fergeleie: ferge
tunnelbygging: tunnel
havneavgift: havn avgift
sjøarealer: areal
hurtigbåt: båt
hurtigbåtrute: rute
rusavhengighet: rus
flaumsikring: flom
vassforsyning: vann forsyning
skuleskyss: skole skyss
bustadplan: bolig
symjehall: hall
stadnamn: navn
"""

# Words that look alike and are not the same.
ULIKE = """
by bye; skatt skattelister; plan planet; bru bruker; vedtak vedtekter; rådmann råd; komité komedie; hall
hallo; leder ledning sak sakte; bane banan; kart kartong; stasjon stasjonær; regjering regulering; form
formann; bok boks; kom kommune motor motorsag; park parkering; sel selskap
"""

# The same for what the second list brought in.
FLERE_ULIKE = """
flom flommelys; navn navle; lus lusekofte; laks laksativ; strøm strømpe; kilde kilo; open opera; høg høgre; låg lage;
kvar kvart; kjelde kjeller; vass vasse; meir meieri; stat stad; kart kartell; hall halle; rot rute; sone sonett; bom
bombe; alarm arm; elv elev; mat matte; mos moské; regn regnskap; land blande; ting tinning; lading ladning; linje lin;
verk verksemd; felt felle; stand strand; tvang tvil; snø snøre; bånd bonde; foss fossil; gruve grov; myr mur
"""


def _par(liste: str) -> list[tuple[str, str]]:
    ordene = liste.replace(";", " ").split()
    return list(zip(ordene[::2], ordene[1::2], strict=True))


def finner(ord_: str, tekst: str) -> bool:
    """Whether the whole of what is asked for is among the terms of the text."""
    termer = {token.term for token in analyse(tekst).tokens()}
    hele = [slot.terms.whole for slot in analyse_query(ord_).slots]
    return bool(hele) and set(hele) <= termer


def _sammensatte(liste: str) -> dict[str, list[str]]:
    rader = (linje.partition(":") for linje in liste.split("\n") if linje)
    return {ordet: deler.split() for ordet, _, deler in rader}


def bommer_sammensatt(liste: str) -> list[str]:
    return [ordet for ordet, deler in _sammensatte(liste).items() if not all(finner(del_, ordet) for del_ in deler)]


def bommer_samme(liste: str) -> list[tuple[str, str]]:
    return [par for par in _par(liste) if not (finner(*par) and finner(par[1], par[0]))]


def like(liste: str) -> list[tuple[str, str]]:
    return [par for par in _par(liste) if finner(*par) or finner(par[1], par[0])]


@pytest.mark.parametrize(
    ("liste", "les", "krav", "bommer", "tillatt"),
    [
        pytest.param(SAMMENSATT, _sammensatte, 40, bommer_sammensatt, 2, id="sammensatt"),
        pytest.param(SAMME, _par, 68, bommer_samme, 2, id="boeyning-og-maalform"),
        pytest.param(ULIKE, _par, 20, like, 5, id="ulike"),
        pytest.param(FLERE_SAMMENSATT, _sammensatte, 60, bommer_sammensatt, 3, id="flere-sammensatt"),
        pytest.param(MAALFORMER, _par, 190, bommer_samme, 10, id="maalformer"),
        pytest.param(FLERE_ULIKE, _par, 37, like, 5, id="flere-ulike"),
    ],
)
def test_proeveordene(liste: str, les: object, krav: int, bommer: object, tillatt: int) -> None:
    assert callable(les)
    assert callable(bommer)
    assert len(les(liste)) >= krav
    assert len(funnet := bommer(liste)) <= tillatt, funnet
