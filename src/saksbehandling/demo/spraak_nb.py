"""Themes and sentences in bokmål."""

from __future__ import annotations

from saksbehandling.demo.spraak import Spraak, Tema

_FINANS, _BYUTVIKLING = "finanskomiteen", "byutviklingskomiteen"

_TEMAER = (
    Tema(
        "Byplan",
        _BYUTVIKLING,
        (
            "Detaljregulering for {sted}",
            "Områderegulering av {sted} med tilhørende bestemmelser",
            "Endring av reguleringsplanen for {sted}",
            "Klage på avslag om dispensasjon ved {sted}",
            "Planprogram for ny bydel ved {sted}",
        ),
        (
            "Planområdet er på {stort} dekar og ligger mellom boligfeltet og fylkesveien.",
            "Forslaget åpner for {tall} boliger i rekke og lavblokk.",
            "Gjeldende plan er fra {aar} og tar ikke høyde for overvann.",
        ),
        (
            "Høyden på bygningene er det punktet naboene har vært mest opptatt av.",
            "Grøntdraget langs bekken må holdes åpent for turgåere.",
            "Skolen har plass til de barna som planen vil gi, men bare de første årene.",
        ),
        (
            "{organ} vedtar planen for {sted} med kart og bestemmelser slik de følger saken.",
            "Rekkefølgekravet om gangvei skal være oppfylt før den første boligen tas i bruk.",
            "Byggehøyden settes til tre etasjer mot Sjøgata.",
        ),
        (
            "{organ} ber kommunedirektøren sikre at turveien ved {sted} er åpen i hele byggetiden.",
            "Minst {lite} prosent av boligene ved {sted} skal ha livsløpsstandard.",
        ),
    ),
    Tema(
        "Oppvekst",
        _FINANS,
        (
            "Utvidelse av {sted} skole",
            "Framtidig skolestruktur i området rundt {sted}",
            "Leksehjelp og åpne skolebygg på {sted}",
            "Skolemat på ungdomstrinnet ved {sted} skole",
            "Tilstandsrapport for grunnskolen med vekt på {sted}",
        ),
        (
            "Skolen har {stort} elever og ble bygd i {aar}.",
            "Sju klasserom brukes i dag til noe annet enn det de var tegnet for.",
            "Elevtallet ventes å øke med {tall} fram til neste valgperiode.",
        ),
        (
            "Elevrådet har vært tydelig på at ventilasjonen må komme først.",
            "Lange avstander taler mot å slå sammen skolene.",
            "Lærerne ber om ro til å gjennomføre det som alt er vedtatt.",
        ),
        (
            "{organ} godkjenner romprogrammet for {sted} skole.",
            "Byggearbeidene deles i to trinn slik at undervisningen kan gå som normalt.",
            "Svømmehallen ved {sted} skole holdes åpen på kveldstid.",
        ),
        (
            "{organ} ber kommunedirektøren prøve ut gratis frukt ved {sted} skole i ett år.",
            "Uteområdet ved {sted} skole skal ha skygge, klatrestativ og et sted å være alene.",
        ),
    ),
    Tema(
        "Oppvekst",
        _FINANS,
        (
            "Ny barnehage på {sted}",
            "Opptakskrets og ledige plasser i barnehagene ved {sted}",
            "Tilskudd til private barnehager, herunder {sted} barnehage",
            "Bemanning i barnehagene i {sted}-området",
        ),
        (
            "Det står {tall} barn på venteliste i bydelen.",
            "Bygget på {sted} er fra {aar} og har fire avdelinger.",
            "Foreldreutvalget har samlet svar fra {stort} familier.",
        ),
        (
            "En naturavdeling er rimelig å bygge, men krever flere voksne.",
            "Korte turer mellom hjem og barnehage gir mindre bilkjøring om morgenen.",
            "Faste ansatte betyr mer for kvaliteten enn nye møbler.",
        ),
        (
            "{organ} går inn for at barnehagen på {sted} bygges med seks avdelinger.",
            "Tomten bak bydelshuset settes av til formålet.",
            "To avdelinger åpner ved nyttår, resten til høsten.",
        ),
        (
            "{organ} ber kommunedirektøren vurdere åpent til klokken 18 i barnehagen på {sted}.",
            "Kjøkkenet på {sted} barnehage skal kunne lage varm mat hver dag.",
        ),
    ),
    Tema(
        "Vei og park",
        _BYUTVIKLING,
        (
            "Trygg skolevei mellom {sted} og sentrum",
            "Fartsgrense og fartshumper gjennom {sted}",
            "Utbedring av brua ved {sted}",
            "Boligsoneparkering på {sted}",
            "Plan for gatelys langs veiene ved {sted}",
        ),
        (
            "Veien har en døgntrafikk på {stort} biler, og hver tiende er tung.",
            "Politiet har registrert {tall} uhell de siste ti årene.",
            "Fortauet ender brått der bussen svinger av.",
        ),
        (
            "En rundkjøring løser køen, men gjør krysset verre å gå over.",
            "Brøyting blir vanskeligere når veien snevres inn.",
            "Butikkene er redde for å miste kunder mens det graves.",
        ),
        (
            "Fartsgrensen ved {sted} senkes til 30 kilometer i timen.",
            "{organ} setter av {belop} til opphøyde gangfelt.",
            "Arbeidet samordnes med legging av nye vannrør.",
        ),
        (
            "{organ} ber kommunedirektøren ta opp bussholdeplassen ved {sted} med fylkeskommunen.",
            "Det skal settes opp sykkelstativ med tak ved {sted}.",
        ),
    ),
    Tema(
        "Kultur og idrett",
        _FINANS,
        (
            "Driftsavtale for kulturhuset på {sted}",
            "Tildeling av kulturmidler til lag ved {sted}",
            "Kunst i det offentlige rom ved {sted}",
            "Bibliotekfilial på {sted} som møteplass",
            "Støtte til festivalen på {sted}",
        ),
        (
            "Huset hadde {stort} arrangementer i fjor, de fleste laget av frivillige.",
            "Samlingen rommer gjenstander tilbake til {aar}.",
            "Leien dekker under halvparten av det driften koster.",
        ),
        (
            "Ungdom etterspør øverom mer enn scener.",
            "Faste tilskudd gjør lagene i stand til å planlegge.",
            "Et bibliotek uten bemanning passer ikke for alle.",
        ),
        (
            "{organ} godkjenner avtalen for {sted} med varighet på fire år.",
            "Barn og unge leier øvelokaler gratis.",
            "Tilskuddet på {belop} betales ut i to omganger.",
        ),
        (
            "{organ} ber kommunedirektøren se på felles billettordning for scenene på {sted}.",
            "Samisk og kvensk kultur skal ha plass i programmet på {sted}.",
        ),
    ),
    Tema(
        "Kultur og idrett",
        _FINANS,
        (
            "Rehabilitering av idrettshallen på {sted}",
            "Kunstgressbane ved {sted} uten plastkuler",
            "Prioritering av spillemidler, med {sted} skianlegg",
            "Fordeling av treningstid i hallene ved {sted}",
        ),
        (
            "Hallen er booket {tall} timer i uken og har lekkasje i taket.",
            "Idrettslaget har {stort} medlemmer under femten år.",
            "Garderobene er ikke endret siden {aar}.",
        ),
        (
            "Jenter og gutter må få like gode treningstider.",
            "Dugnad kan dekke noe, men ikke kunstisen.",
            "Andre idretter enn fotball har ventet lenge.",
        ),
        (
            "{organ} setter hallen på {sted} først i køen for rehabilitering.",
            "Egenandelen fra idrettslaget settes til {belop}.",
            "Anlegget skal kunne brukes av alle, også med rullestol.",
        ),
        (
            "{organ} ber kommunedirektøren undersøke om hallen på {sted} kan varmes med sjøvann.",
            "Utlån av ski og skøyter skal være gratis ved {sted}.",
        ),
    ),
    Tema(
        "Økonomi",
        _FINANS,
        (
            "Rapport om økonomi og tjenester, med særskilt omtale av {sted}",
            "Budsjettjustering for prosjektene på {sted}",
            "Låneopptak og ny kostnadsramme for {sted}",
            "Salg av kommunal tomt på {sted}",
            "Gebyrer og leiepriser i småbåthavna på {sted}",
        ),
        (
            "Rammen var {belop}, og prognosen ligger {lite} prosent over.",
            "Skatteinngangen er litt lavere enn ventet hittil i år.",
            "Det er satt av et fond som ikke er rørt siden {aar}.",
        ),
        (
            "Å skyve utgiftene foran seg gjør ikke regningen mindre.",
            "Rentene kan stige raskere enn det budsjettet bygger på.",
            "Et salg gir penger nå, men færre muligheter senere.",
        ),
        (
            "{organ} tar rapporten til etterretning og justerer budsjettet etter tabellen i saken.",
            "Den nye kostnadsrammen for {sted} settes til {belop}.",
            "Mindreforbruket overføres til disposisjonsfondet.",
        ),
        (
            "{organ} ber kommunedirektøren rapportere om framdriften på {sted} hvert kvartal.",
            "Inntektene fra {sted} skal gå til vedlikehold av kommunale bygg.",
        ),
    ),
    Tema(
        "Klima og miljø",
        _BYUTVIKLING,
        (
            "Klimabudsjett med tiltak for {sted}",
            "Vern av våtmarken ved {sted}",
            "Flomveier og overvann gjennom {sted}",
            "Kildesortering i borettslagene på {sted}",
            "Solceller på kommunale tak ved {sted}",
        ),
        (
            "Utslippene i kommunen er gått ned {lite} prosent på åtte år.",
            "Det er funnet {tall} sjeldne arter i området.",
            "Under styrtregnet i fjor sto {stort} kjellere under vann.",
        ),
        (
            "De billigste tiltakene er gjort, og resten vil merkes i hverdagen.",
            "Natur som er bygd ned, kommer ikke tilbake.",
            "Tallene er usikre fordi veitrafikken beregnes av andre.",
        ),
        (
            "{organ} vedtar at bekken ved {sted} skal åpnes.",
            "Nye kommunale kjøretøy skal være uten utslipp.",
            "Det gis tilskudd til {tall} borettslag som vil gjenbruke regnvann.",
        ),
        (
            "{organ} ber kommunedirektøren lage et klimaregnskap for {sted} som folk forstår.",
            "Det plantes minst {stort} trær ved {sted}.",
        ),
    ),
    Tema(
        "Helse og velferd",
        _FINANS,
        (
            "Nytt helse- og velferdssenter på {sted}",
            "Dagtilbud for eldre på {sted}",
            "Legekontor og legevakt for innbyggerne på {sted}",
            "Rusforebygging blant ungdom ved {sted}",
            "Heltidskultur i hjemmetjenesten på {sted}",
        ),
        (
            "Andelen over åtti år vil dobles på to tiår.",
            "{tall} fastlegelister er fulle, og {stort} innbyggere mangler lege.",
            "Bygget fra {aar} har tomannsrom og smale dører.",
        ),
        (
            "De pårørende ønsker korte veier og kjente ansikter.",
            "Velferdsteknologi frigjør tid bare når noen får opplæring i den.",
            "Uten flere hele stillinger hjelper det lite med nye vegger.",
        ),
        (
            "{organ} godkjenner at senteret på {sted} bygges med {tall} plasser.",
            "Dagtilbudet utvides til også å gjelde lørdager.",
            "Det opprettes to nye stillinger for psykisk helse.",
        ),
        (
            "{organ} ber kommunedirektøren ta med pårørende i planleggingen på {sted}.",
            "Hagen ved senteret på {sted} skal være åpen for hele nabolaget.",
        ),
    ),
    Tema(
        "Vann og avløp",
        _BYUTVIKLING,
        (
            "Hovedplan for vann, med høydebasseng på {sted}",
            "Ny hovedledning under {sted}",
            "Reservevann og beredskap fra {sted}",
            "Utslippstillatelse for renseanlegget ved {sted}",
        ),
        (
            "Hver tredje liter lekker ut før den når kranen.",
            "Ledningen er lagt i {aar} og har hatt {tall} brudd.",
            "Renseanlegget er bygd for {stort} husstander færre enn i dag.",
        ),
        (
            "Gebyret vil øke uansett hvilken løsning som velges.",
            "Å grave sammen med fjernvarmen sparer både tid og gater.",
            "Rent vann er det siste kommunen kan ta sjanser på.",
        ),
        (
            "{organ} godkjenner hovedplanen og rekkefølgen på tiltakene.",
            "Ledningen under {sted} skiftes ut over tre år.",
            "Det bygges pumpestasjon med nødstrøm.",
        ),
        (
            "{organ} ber kommunedirektøren varsle beboerne på {sted} to uker før det graves.",
            "Lekkasjene på {sted} skal vises på et åpent kart.",
        ),
    ),
    Tema(
        "Byplan",
        _BYUTVIKLING,
        (
            "Kollektivfelt og holdeplasser ved {sted}",
            "Innspill til nytt rutetilbud for {sted}",
            "Bysykler og sparkesykler på {sted}",
            "Høringssvar om billettpriser og soner rundt {sted}",
        ),
        (
            "Bussen bruker {lite} minutter mer i rushet enn midt på dagen.",
            "{stort} reisende går av og på ved {sted} hver dag.",
            "Sparkesyklene sto feil i fire av ti kontroller.",
        ),
        (
            "Hyppige avganger betyr mer for folk enn korte gangavstander.",
            "Et eget felt for buss tar plass fra noen andre.",
            "Skoleelevene må ikke bli stående igjen på holdeplassen.",
        ),
        (
            "{organ} går inn for kollektivfelt fra {sted} til torget.",
            "Det tillates høyst {stort} sparkesykler i sentrum.",
            "Holdeplassene bygges om slik at alle kommer seg på.",
        ),
        (
            "{organ} ber kommunedirektøren arbeide for nattbuss til {sted} i helgene.",
            "Holdeplassen på {sted} skal ha leskur og sanntidsskjerm.",
        ),
    ),
    Tema(
        "Havn og næring",
        _FINANS,
        (
            "Landstrøm og ny kai ved {sted}",
            "Anløpsavgift for cruiseskip og trafikken på {sted}",
            "Leieavtale for fiskemottaket på {sted}",
            "Flytting av småbåter fra {sted}",
        ),
        (
            "Havna hadde {stort} anløp i fjor.",
            "Kaia er fra {aar}, og pelene er spist av sjømark.",
            "Landstrøm vil kutte røyken tilsvarende {tall} vogntog.",
        ),
        (
            "Fiskerne må kunne levere mens det bygges.",
            "Havneselskapet bærer risikoen for trafikken selv.",
            "Støyen fra skip om natten er blitt en folkehelsesak.",
        ),
        (
            "{organ} slutter seg til avtalen om kaia ved {sted}.",
            "Kommunen stiller garanti for {belop}.",
            "Småbåtene får nye plasser før de gamle tas bort.",
        ),
        (
            "{organ} ber kommunedirektøren legge til rette for fiskeutsalg på {sted}.",
            "Skip som ikke bruker landstrøm ved {sted}, skal betale mer.",
        ),
    ),
    Tema(
        "Havn og næring",
        _FINANS,
        (
            "Strategisk næringsplan, med næringsområdet på {sted}",
            "Skjenketider og uteservering på {sted}",
            "Deltakelse i reiselivssamarbeidet om {sted}",
            "Kjøp av næringsareal på {sted}",
        ),
        (
            "{stort} arbeidsplasser er kommet til siden {aar}.",
            "Området er regulert, men mangler vei og strøm.",
            "Hver fjerde bedrift sier at den ikke finner folk.",
        ),
        (
            "Kommunen kan åpne dører, men ikke drive butikk.",
            "Støy og glede må veies mot hverandre i en by der folk bor tett.",
            "Et stort areal til én bedrift stenger for mange små.",
        ),
        (
            "{organ} vedtar næringsplanen og ber om en årlig status.",
            "Tomtene på {sted} lyses ut til bedrifter som bruker liten plass.",
            "Uteservering tillates til klokken 23 på hverdager.",
        ),
        (
            "{organ} ber kommunedirektøren invitere lærlinger og skoler til {sted}.",
            "Minst {lite} prosent av arealet på {sted} skal være for nye bedrifter.",
        ),
    ),
    Tema(
        "Bolig og eiendom",
        _BYUTVIKLING,
        (
            "Boligsosial handlingsplan og utleieboliger på {sted}",
            "Samarbeid med studentene om hybelhus på {sted}",
            "Vedlikeholdsetterslep i kommunale bygg ved {sted}",
            "Ny bruk av det gamle rådhuset ved {sted}",
        ),
        (
            "Kommunen eier {stort} boliger, og {tall} står tomme på grunn av fukt.",
            "Ventetiden for en kommunal bolig er nå {tall} uker.",
            "Bygget ble fredet i {aar}.",
        ),
        (
            "Små leiligheter er billigst, men barnefamiliene trenger plass.",
            "Å la bygg forfalle er den dyreste måten å spare på.",
            "Naboskap blir bedre når boligene spres.",
        ),
        (
            "{organ} godkjenner kjøp av {tall} leiligheter ved {sted}.",
            "Bygget leies ut på ti år, og inntekten går til tak og vinduer.",
            "Leietakere med barn skal ha kontrakt på minst fem år.",
        ),
        (
            "{organ} ber kommunedirektøren prøve ut leie til eie for familier på {sted}.",
            "Fellesrommet på {sted} skal kunne lånes uten betaling.",
        ),
    ),
    Tema(
        "Vei og park",
        _BYUTVIKLING,
        (
            "Lekeplasser og møteplasser på {sted}",
            "Badeplass og toaletter ved {sted}",
            "Forvaltningsplan for friområdet på {sted}",
            "Navn på ny park ved {sted}",
        ),
        (
            "Parken brukes av {stort} mennesker på en fin dag.",
            "Lekeapparatene er fra {aar} og må skiftes.",
            "Det kom {tall} forslag til navn fra skoleelever.",
        ),
        (
            "En benk i solen kan være viktigere enn et dyrt apparat.",
            "Hunder og små barn trenger hver sin del av plenen.",
            "Toaletter som er stengt halve året, løser halve problemet.",
        ),
        (
            "{organ} gir parken ved {sted} navn etter avstemningen blant elevene.",
            "Badeplassen får rampe og faste skifteskur.",
            "Plenen ved {sted} slås to ganger i året av hensyn til humlene.",
        ),
        (
            "{organ} ber kommunedirektøren sette ut flere søppelkasser ved {sted} før sommeren.",
            "Det skal være drikkevann ved {sted} fra april til oktober.",
        ),
    ),
    Tema(
        "Beredskap",
        _FINANS,
        (
            "Helhetlig sårbarhetsanalyse og tilfluktsrom på {sted}",
            "Plassering av ny brannstasjon ved {sted}",
            "Øvelse og evaluering etter strømbruddet på {sted}",
            "Frivillige lag i beredskapen rundt {sted}",
        ),
        (
            "Utrykningstiden er {lite} minutter om vinteren.",
            "Tilfluktsrommet har plass til {stort} og ble sist prøvd i {aar}.",
            "Strømmen var borte i {tall} timer.",
        ),
        (
            "Naboer er de første som hjelper, og må vite hva de kan gjøre.",
            "En ny stasjon må ligge slik at den når både øya og sentrum.",
            "Det som ikke øves, virker heller ikke.",
        ),
        (
            "{organ} vedtar analysen og følger den opp i budsjettet.",
            "Brannstasjonen legges ved {sted}.",
            "Alle skoler får nødaggregat innen tre år.",
        ),
        (
            "{organ} ber kommunedirektøren opprette et møtested med strøm og varme på {sted}.",
            "Frivillige ved {sted} skal få dekket drivstoff og opplæring.",
        ),
    ),
)

_SETNINGER = {
    "belop": ("{tall} millioner kroner", "{tall},{enkelt} millioner kroner", "{stort} 000 kroner"),
    "enkelt": tuple("123456789"),
    "overskrift_bakgrunn": ("Bakgrunn", "Hva saken gjelder", "Innledning"),
    "overskrift_fakta": ("Faktiske opplysninger", "Situasjonen i dag", "Nærmere om saken"),
    "overskrift_hoering": ("Høring og medvirkning", "Innspill"),
    "overskrift_vurdering": ("Vurdering", "Kommunedirektørens vurdering", "Drøfting"),
    "overskrift_oekonomi": ("Økonomiske konsekvenser", "Økonomi"),
    "overskrift_klima": ("Klima og miljø", "Konsekvenser for klima og natur"),
    "overskrift_konklusjon": ("Konklusjon", "Oppsummering"),
    "bakgrunn": (
        "Saken handler om {saken}.",
        "{organ} ba om en sak om dette da budsjettet ble behandlet.",
        "Temaet har vært oppe tre ganger siden {aar}, sist som spørsmål i bystyret.",
        "Det er kommet {tall} henvendelser fra innbyggere i området.",
        "Kommunen har et lovpålagt ansvar, men står fritt til å velge løsning.",
        "Arbeidet bygger på samfunnsdelen i kommuneplanen.",
        "Forrige sak ble utsatt fordi tallene ikke var klare.",
    ),
    "hoering": (
        "Forslaget lå ute i seks uker og fikk {tall} svar.",
        "Det ble holdt åpent møte på {sted} med rundt {tall} frammøtte.",
        "De fleste støtter hovedgrepet, men er uenige om tempoet.",
        "Eldrerådet og Ungdommens bystyre har fått saken til uttalelse.",
        "Velforeningen på {sted} ber om at vedtaket venter til våren.",
        "Statsforvalteren hadde ingen innvendinger.",
    ),
    "vurdering": (
        "Tre løsninger er vurdert, og den midterste gir mest for pengene.",
        "Nullalternativet er ikke gratis, for det som utsettes, blir dyrere.",
        "Det er rom for å dele arbeidet i etapper dersom økonomien krever det.",
        "Erfaringene fra nabokommunene peker i samme retning.",
        "Ulempene er reelle, men kan dempes med god informasjon.",
        "Barns beste er vurdert særskilt og taler for forslaget.",
        "Kommunedirektøren har lagt vekt på at løsningen skal tåle endringer.",
    ),
    "oekonomi": (
        "Tiltaket koster {belop} og dekkes innenfor vedtatt ramme.",
        "Driftsutgiftene øker med {belop} i året fra og med neste år.",
        "Kommunen kan søke om tilskudd for inntil {lite} prosent av kostnaden.",
        "Usikkerheten i anslaget er på {lite} prosent begge veier.",
        "Saken har ingen direkte følger for budsjettet i år.",
    ),
    "klima": (
        "Forslaget gir noe lavere utslipp når det er gjennomført.",
        "Anleggsperioden vil merkes, og det stilles krav om utslippsfrie maskiner.",
        "Ingen registrerte naturtyper blir berørt.",
        "Massene gjenbrukes lokalt så langt det lar seg gjøre.",
    ),
    "konklusjon": (
        "Kommunedirektøren tilrår at forslaget vedtas.",
        "Samlet sett veier fordelene tyngst, og saken anbefales.",
        "Etter en helhetsvurdering legges saken fram med forslag til vedtak.",
        "Saken er moden for avgjørelse.",
    ),
    "vedtak": (
        "{organ} slutter seg til hovedtrekkene i saken om {saken}.",
        "{organ} vedtar {saken} slik det framgår av saksframlegget.",
        "{organ} godkjenner forslaget om {saken}.",
    ),
    "liste_innledning": (
        "Disse hensynene skal veie tyngst i det videre arbeidet:",
        "Arbeidet gjennomføres i denne rekkefølgen:",
        "Følgende skal være på plass før oppstart:",
    ),
    "liste_punkt": (
        "trygghet for barn og eldre",
        "lave driftskostnader",
        "nærhet til buss og gangvei",
        "avtale med grunneierne",
        "plan for informasjon til naboene",
        "universell utforming",
        "gjenbruk av det som står der fra før",
        "medvirkning fra ungdom",
    ),
    "oppfoelging": (
        "{organ} ber kommunedirektøren legge fram en sak om erfaringene innen {frist}.",
        "{organ} ber kommunedirektøren om en skriftlig status innen {frist}.",
        "{organ} ber kommunedirektøren komme med et anslag over kostnadene innen {frist}.",
    ),
    "betingelse": (
        "men først når finansieringen er avklart.",
        "og det skal meldes tilbake om framdriften hvert halvår.",
        "med forbehold om at naboene er hørt.",
        "likevel slik at det ikke går ut over tilbudet til barn og unge.",
    ),
    "strykning": ("Avsnitt {segment} i innstillingen strykes.",),
    "utsettelse": (
        "Saken utsettes, og det holdes befaring på {sted} før den tas opp igjen.",
        "Saken utsettes slik at partiene rekker å sette seg inn i de nye tallene.",
        "Saken utsettes til ungdommen har uttalt seg.",
    ),
    "tilbakesendelse": (
        "Saken sendes tilbake. Kommunedirektøren bes om å utrede et rimeligere alternativ.",
        "Saken sendes tilbake for ny vurdering av trafikken ved {sted}.",
    ),
    "oversendelse": (
        "Kommunedirektøren bes om å ta med seg tanken om en prøveordning på {sted} i budsjettarbeidet.",
        "Spørsmålet om sommeråpent på {sted} oversendes uten at det tas stilling til det.",
    ),
    "alternativt": (
        "{organ} går ikke videre med {saken}.",
        "{organ} ønsker en enklere løsning og holder utgiftene under {belop}.",
    ),
    "merknad": (
        "Vi legger til grunn at de ansatte tas med på råd når vedtaket settes ut i livet.",
        "Saken viser at kommunen må planlegge for flere eldre, og det bør prege de neste budsjettene.",
        "Det er uheldig at papirene kom så sent. Slike saker må ut i god tid.",
        "Innbyggerne på {sted} har ventet lenge nok, og framdriften må ikke svikte igjen.",
    ),
}

BOKMAAL = Spraak(
    "nb",
    _TEMAER,
    _SETNINGER,
    {
        "utsettelse": "utsettelsesforslag",
        "tilbakesendelse": "forslag om tilbakesending",
        "oversendelse": "oversendelsesforslag",
        "alternativt": "alternativt forslag",
        "endring": "endringsforslag",
        "strykning": "strykningsforslag",
        "tillegg": "tilleggsforslag",
    },
)
