"""Themes and sentences in nynorsk, a legal form of the language that some units write."""

from __future__ import annotations

from saksbehandling.demo.spraak import Spraak, Tema

_TEMAER = (
    Tema(
        "Oppvekst",
        "finanskomiteen",
        (
            "Nytt uteområde ved {sted} skule",
            "Skuleskyss og trygge vegar til {sted}",
            "Kulturskuletilbodet på {sted}",
            "Samarbeid mellom heim og skule ved {sted}",
        ),
        (
            "Skulen har {stort} elevar fordelte på sju trinn.",
            "Bygget vart teke i bruk i {aar} og er utvida to gonger.",
            "Ventelista til kulturskulen har {tall} namn.",
        ),
        (
            "Elevane har sjølve teikna det dei ønskjer seg.",
            "Lange bussturar gjer dagane tunge for dei minste.",
            "Lærarane treng tid saman for å lukkast.",
        ),
        (
            "{organ} godkjenner planen for uteområdet ved {sted} skule.",
            "Skyssen skal vere gratis for elevar på dei tre lågaste trinna.",
            "Kulturskulen får nytte lokala på kveldstid utan leige.",
        ),
        (
            "{organ} bed kommunedirektøren sjå på eit samarbeid med musikklaget på {sted}.",
            "Skulehagen på {sted} skal stellast også om sommaren.",
        ),
    ),
    Tema(
        "Vatn og avløp",
        "byutviklingskomiteen",
        (
            "Vassverket på {sted} og vegen vidare",
            "Sikring mot flaum langs elva ved {sted}",
            "Gebyr for vatn og avløp i grenda ved {sted}",
        ),
        (
            "Vassverket forsyner {stort} husstandar.",
            "Leidningane er frå {aar}, og {lite} prosent av vatnet forsvinn.",
            "Flaumen i haust tok med seg ei gangbru.",
        ),
        (
            "Små vassverk har engasjerte eigarar, men få hender.",
            "Elva må få rom der ho har gått før.",
            "Eit høgare gebyr må kunne forklarast på ei side.",
        ),
        (
            "{organ} seier ja til at kommunen tek over vassverket på {sted}.",
            "Det vert bygt voll på nordsida av elva.",
            "Gebyret aukar trinnvis over fire år.",
        ),
        (
            "{organ} bed kommunedirektøren halde folkemøte på {sted} før anbodet går ut.",
            "Fisken ved {sted} skal kome seg forbi det nye inntaket.",
        ),
    ),
    Tema(
        "Kultur og idrett",
        "finanskomiteen",
        (
            "Framtida for grendahuset på {sted}",
            "Støtte til dialekt- og songkveldar på {sted}",
            "Turvegar og merking i fjellet over {sted}",
            "Bokbussen og stoppestadene ved {sted}",
        ),
        (
            "Huset vart reist på dugnad i {aar}.",
            "Bokbussen lånte ut {stort} bøker berre i vår.",
            "Det er {tall} kilometer merkt sti i området.",
        ),
        (
            "Ein møteplass er ikkje berre vegger, men også nokon som låser opp.",
            "Lesing begynner der bøkene kjem heilt fram.",
            "Slitasjen på stiane må fordelast.",
        ),
        (
            "{organ} gjev grendalaget på {sted} eit tilskot på {belop}.",
            "Bokbussen held fram med alle stoppestadene.",
            "Stiane vert merkte med raud maling og skilt på norsk og engelsk.",
        ),
        (
            "{organ} bed kommunedirektøren lage ei ordning for lån av nøklar på {sted}.",
            "Ungdomen på {sted} skal få sitt eige rom i huset.",
        ),
    ),
    Tema(
        "Veg og park",
        "byutviklingskomiteen",
        (
            "Rassikring av vegen inn til {sted}",
            "Gangveg og lys mellom {sted} og kyrkja",
            "Ny ferjekai og venterom på {sted}",
        ),
        (
            "Vegen har vore stengd {tall} dagar dei siste to åra.",
            "Ferja tek {stort} bilar om dagen i feriane.",
            "Rekkverket stod der alt i {aar}.",
        ),
        (
            "Tryggleik må gå føre fart.",
            "Ein smal veg toler ikkje tunge køyretøy i teleløysinga.",
            "Folk går der det er lyst.",
        ),
        (
            "{organ} set av {belop} til nett og murar.",
            "Gangvegen ved {sted} vert bygd med fast dekke.",
            "Venterommet skal vere ope så lenge ferja går.",
        ),
        (
            "{organ} bed kommunedirektøren ta kontakt med fylket om fartsgrensa ved {sted}.",
            "Det skal vere ladepunkt for bilar på {sted}.",
        ),
    ),
)

_SETNINGER = {
    "belop": ("{tall} millionar kroner", "{stort} 000 kroner"),
    "overskrift_bakgrunn": ("Bakgrunn", "Kva saka gjeld"),
    "overskrift_fakta": ("Fakta", "Stoda i dag"),
    "overskrift_hoering": ("Høyring og medverknad", "Innspel"),
    "overskrift_vurdering": ("Vurdering", "Drøfting"),
    "overskrift_oekonomi": ("Økonomi", "Økonomiske følgjer"),
    "overskrift_klima": ("Klima og miljø",),
    "overskrift_konklusjon": ("Konklusjon", "Oppsummering"),
    "bakgrunn": (
        "Saka handlar om {saken}.",
        "{organ} bad om ei sak då økonomiplanen vart handsama.",
        "Grendalaget på {sted} har teke opp spørsmålet fleire gonger sidan {aar}.",
        "Kommunen har eit ansvar etter lova, men kan velje korleis det vert løyst.",
        "Det er kome {tall} brev og meldingar om saka.",
    ),
    "hoering": (
        "Framlegget låg ute i seks veker, og {tall} svara.",
        "Det var ope møte i grendahuset med kring {tall} frammøtte.",
        "Dei fleste er samde i målet, men ikkje i rekkjefølgja.",
        "Eldrerådet har fått saka til fråsegn.",
    ),
    "vurdering": (
        "To løysingar er vurderte, og den rimelegaste held lenge nok.",
        "Å vente kostar også pengar.",
        "Arbeidet kan delast i steg dersom økonomien krev det.",
        "Erfaringar frå andre bygder talar for framlegget.",
        "Omsynet til barn er vurdert og talar for tiltaket.",
    ),
    "oekonomi": (
        "Tiltaket kostar {belop} og er dekt i budsjettet.",
        "Kommunen kan søkje om tilskot til {lite} prosent av kostnaden.",
        "Saka har ingen direkte følgjer for budsjettet i år.",
    ),
    "klima": (
        "Tiltaket gjev litt lågare utslepp på sikt.",
        "Massane vert nytta om att på staden.",
        "Ingen kjende naturverdiar vert råka.",
    ),
    "konklusjon": (
        "Kommunedirektøren rår til at framlegget vert vedteke.",
        "Samla sett er fordelane størst, og saka vert lagd fram med tilråding.",
    ),
    "vedtak": (
        "{organ} sluttar seg til hovudtrekka i saka om {saken}.",
        "{organ} vedtek {saken} slik saksframlegget viser.",
    ),
    "liste_innledning": ("Desse omsyna skal vege tyngst i det vidare arbeidet:",),
    "liste_punkt": (
        "tryggleik for born og eldre",
        "låge driftskostnader",
        "avtale med grunneigarane",
        "medverknad frå ungdom",
        "gjenbruk av det som står der frå før",
    ),
    "oppfoelging": (
        "{organ} bed kommunedirektøren leggje fram ei sak om røynslene innan {frist}.",
        "{organ} bed kommunedirektøren om ein skriftleg status innan {frist}.",
    ),
    "betingelse": (
        "men fyrst når pengane er på plass.",
        "og det skal meldast attende om framdrifta kvart halvår.",
    ),
    "strykning": ("Avsnitt {segment} i tilrådinga vert stroke.",),
    "utsettelse": (
        "Saka vert utsett, og det vert synfaring på {sted} før ho kjem opp att.",
        "Saka vert utsett til dei nye tala er gjennomgådde.",
    ),
    "tilbakesendelse": ("Saka går attende til kommunedirektøren, som skal greie ut ei rimelegare løysing.",),
    "oversendelse": ("Kommunedirektøren får med seg tanken om ei prøveordning på {sted} i budsjettarbeidet.",),
    "alternativt": ("{organ} går ikkje vidare med {saken}.",),
    "merknad": (
        "Vi legg til grunn at dei tilsette er med på råd når vedtaket skal gjennomførast.",
        "Folket på {sted} har venta lenge nok, og framdrifta må halde.",
    ),
}

NYNORSK = Spraak(
    "nn",
    _TEMAER,
    _SETNINGER,
    {
        "utsettelse": "utsetjingsframlegg",
        "tilbakesendelse": "framlegg om tilbakesending",
        "oversendelse": "oversendingsframlegg",
        "alternativt": "alternativt framlegg",
        "endring": "endringsframlegg",
        "strykning": "strykingsframlegg",
        "tillegg": "tilleggsframlegg",
    },
)
