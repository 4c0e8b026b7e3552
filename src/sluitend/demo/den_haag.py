"""The year of Den Haag: what most reports are, and how most of them end."""

from sluitend.demo.ordinary import Advised, Handled, Leg, Ordinary, PassedOn, Quiet, Refused
from sluitend.demo.told import CRIMINAL, DOMESTIC, LABOUR, SERVICE, SEXUAL, Told, advice, named, own
from sluitend.journeys.reports.content import IdentityContent, ReportContent
from sluitend.journeys.reports.models import Anonymity, Minor

DEN_HAAG_CLOSED = (
    Ordinary(
        330,
        named(
            "Ilse Hoek",
            "Handhaving",
            ReportContent(
                saw="In een salon slapen medewerkers achter de behandelkamer. Zij kijken steeds naar de "
                "camera.",
                where="Wolkentorenlaan 61, Den Haag",
                form=SEXUAL,
                role="boa",
                signals=("SEK-22", "ARB-21"),
                company="Salon Wolk",
                phone="070 000 61 61",
            ),
        ),
        Handled(
            "Kamer bij de kastanje",
            forms=(SEXUAL,),
            residents="care_joins",
            look_up=("permits", "permit_exists", "right_place", "no_hit"),
            legs=(
                Leg(
                    "place",
                    "place_sexual",
                    "avim",
                    "Wilt u deze plek bekijken? Een hulpverlener kan mee.",
                    answer="mag_niets_zeggen",
                    outcome="partner_silent",
                    tell="mag_niets_zeggen",
                ),
            ),
            outcome="partner_silent",
            reason="handed_over",
        ),
    ),
    Ordinary(
        302,
        own(
            "melder@denhaag.example",
            ReportContent(
                saw="Zeven mensen in een woning met één keuken. De rookmelders zijn weg. Iedereen heeft "
                "een eigen baan.",
                where="Spoorbosje 14, Den Haag",
                role="huisvesting",
                signals=("ARB-07",),
            ),
        ),
        PassedOn("woningtoezicht", "housing"),
    ),
    Ordinary(
        286,
        named(
            "Karim Blok",
            "Jongerenwerk",
            ReportContent(
                saw="Een jongen van 16 moest een tas wegbrengen om een ‘boete’ af te betalen. Hij zei: ze "
                "weten waar mijn zusje woont.",
                where="Den Haag Zuidwest",
                form=CRIMINAL,
                role="jongerenwerk",
                signals=("CRI-04", "CRI-18"),
                people="Jongen, 16 jaar",
                spoke="yes",
                wants="Dat het stopt.",
            ),
            minor=Minor.YES,
        ),
        Handled(
            "Plein onder de linden",
            weighed="minor",
            forms=(CRIMINAL,),
            facts={"coerced_into_crime": True},
            wish="yes",
            wants="Dat het stopt.",
            second_eyes=True,
            legs=(
                Leg(
                    "person",
                    "coerced_into_crime_minor",
                    "vt_haaglanden",
                    "Wie zorgt dat hij vandaag veilig is? Hij is mogelijk slachtoffer.",
                    answer="afgesloten",
                    accepted=1,
                    outcome="help_offered",
                    reason="done",
                ),
            ),
            outcome="help_offered",
        ),
    ),
    Ordinary(
        262,
        advice("sharing", "Mag ik de school vertellen dat er zorgen zijn over deze leerling?"),
        Advised(
            "Vertel alleen wat de school nodig heeft om te helpen, en geen namen van anderen. Overleg "
            "eerst met Veilig Thuis."
        ),
    ),
    Ordinary(
        250,
        named(
            "Wijkteam Scheveningen",
            "Wijkteam",
            ReportContent(
                saw="Een hulp in de huishouding slaapt op een matras bij de was. Zij komt alleen buiten "
                "met de kinderen.",
                where="Den Haag Scheveningen",
                form=DOMESTIC,
                role="wmo",
                signals=("HUI-01", "HUI-03"),
                people="Vrouw, ongeveer 45 jaar",
                spoke="yes",
                wants="Een eigen kamer en haar papieren.",
                language="Tagalog",
            ),
            kind="help",
        ),
        Handled(
            "Huis bij de zuidpunt",
            weighed="help_asked",
            wish="yes",
            wants="Een eigen kamer en haar papieren.",
            legs=(
                Leg(
                    "person",
                    "adult_wants_help",
                    "shop",
                    "Kunt u haar spreken op een plek die zij kiest?",
                    answer="afgesloten",
                    accepted=1,
                    outcome="help_accepted",
                    reason="done",
                    tell="hulp_geboden",
                ),
            ),
            outcome="help_accepted",
        ),
    ),
    Ordinary(
        228,
        Told(
            ReportContent(
                saw="Er staan elke ochtend busjes voor een pand. De mannen dragen allemaal dezelfde jas.",
                where="Binckgracht 300, Den Haag",
                role="buurt",
                signals=("LOC-03",),
            )
        ),
        Quiet(
            "Werkplaats bij de kastanje",
            "innocent",
            "innocent",
            look_up=("kvk", "company_exists", "right_place", "hit"),
        ),
    ),
    Ordinary(
        206,
        named(
            "Straatwerk",
            "Opvang",
            ReportContent(
                saw="Een man zonder vaste plek moet elke dag geld afgeven aan iemand die hem drank geeft. "
                "Hij vergeet afspraken.",
                where="Den Haag",
                form=SERVICE,
                role="opvang",
                signals=("ALG-15", "CRI-19"),
                people="Man, ongeveer 50 jaar",
                spoke="yes",
            ),
        ),
        Handled(
            "Brug aan het water",
            forms=(SERVICE,),
            facts={"complex_person": True},
            wish="unclear",
            legs=(
                Leg(
                    "person",
                    "complex_person",
                    "zvh_haaglanden",
                    "Kunt u bekijken wie er samen optrekt rond deze man?",
                    answer="afgesloten",
                    accepted=3,
                    outcome="partner_acts",
                ),
            ),
            outcome="partner_acts",
            reason="handed_over",
        ),
    ),
    Ordinary(
        190,
        Told(
            ReportContent(
                saw="Er klopt iets niet in die straat. Ga maar kijken.", where="Den Haag", role="buurt"
            )
        ),
        Refused("no_information", "no_information"),
    ),
    Ordinary(
        152,
        Told(
            ReportContent(
                saw="In het huis aan de Lichtmolenstraat wonen te veel mensen.",
                where="Lichtmolenstraat 18, 's-Gravenhage",
                role="buurt",
                signals=("ARB-07",),
            )
        ),
        Refused("duplicate", "double"),
    ),
    Ordinary(
        130,
        named(
            "Schuldhulpverlening",
            "Werk en inkomen",
            ReportContent(
                saw="Een vrouw heeft in een maand vier telefoons op naam. Haar nieuwe vriend doet haar "
                "post en bankzaken.",
                where="Den Haag Ypenburg",
                form=SERVICE,
                role="schuldhulp",
                signals=("DIE-01", "ALG-15"),
                people="Vrouw, ongeveer 25 jaar",
                spoke="yes",
            ),
        ),
        Handled(
            "Winkel achter de dijk",
            wish="unclear",
            wants="Zij twijfelt.",
            legs=(
                Leg(
                    "person",
                    "adult_wish_unclear",
                    "shop",
                    "Hoe houden wij de deur open voor haar?",
                    answer="afgesloten",
                    accepted=1,
                    outcome="contact_lost",
                    reason="declined",
                ),
            ),
            outcome="contact_lost",
            reason="no_contact",
        ),
    ),
    Ordinary(
        101,
        Told(
            ReportContent(
                saw="De verhuurder zet bewoners op straat als zij klagen over schimmel.",
                where="Duinzoom 8, Den Haag",
                role="kcc",
            ),
            anonymity=Anonymity.NAMED,
            identity=IdentityContent(name="A. Post", phone="06 0000 8080"),
            colleague=True,
        ),
        PassedOn("wgv_meldpunt", "landlord"),
    ),
    Ordinary(
        88,
        named(
            "Ilse Hoek",
            "Handhaving",
            ReportContent(
                saw="Een autowasserij werkt voor heel lage prijzen. De mannen dragen geen handschoenen bij "
                "het zuur.",
                where="Waldeckerveld 2, Den Haag",
                form=LABOUR,
                role="boa",
                signals=("ARB-13", "ARB-20"),
                company="Wasstraat Waldeckerveld",
                kvk="90008812",
            ),
        ),
        Handled(
            "Plein bij de blauwe deur",
            residents="nobody_stays",
            legs=(
                Leg(
                    "place",
                    "place_labour",
                    "arbeidsinspectie",
                    "Wilt u kijken of het werk hier veilig is?",
                    answer="onvoldoende",
                    outcome="not_enough",
                    reason="nothing_found",
                    tell="onvoldoende",
                ),
            ),
            outcome="not_enough",
            reason="not_enough",
        ),
    ),
    Ordinary(
        60,
        advice("meldcode", "Ik doe al een stap in de meldcode. Moet ik dit dan ook nog melden?"),
        Advised(
            "Een melding hier vervangt de meldcode niet. U mag allebei doen. Wij stemmen met u af wat "
            "eerst komt."
        ),
    ),
)
