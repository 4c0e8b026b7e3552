"""The ordinary work of Westland and Leiden: what most reports are, how they end, and what waits elsewhere."""

from sluitend.demo.ordinary import Advised, Handled, Leg, Ordinary, PassedOn, Quiet, Refused, Waits
from sluitend.demo.told import CRIMINAL, LABOUR, SERVICE, Told, advice, named, own
from sluitend.journeys.reports.content import ReportContent
from sluitend.journeys.reports.models import Minor

WESTLAND = (
    Ordinary(
        205,
        named(
            "Dirk Wagenaar",
            "Toezicht en handhaving",
            ReportContent(
                saw="Vier mannen sorteren ’s nachts plastic in een afgesloten hal. De poort ging pas open "
                "na bellen.",
                where="Transportkade 9, Wateringen",
                form=LABOUR,
                role="boa",
                signals=("ARB-16", "ARB-21"),
                company="Kunststof Transportkade",
                kvk="90002216",
                plate="VN-000-H",
            ),
        ),
        Handled(
            "Loods aan de kade",
            forms=(LABOUR,),
            facts={"coercion_seen": "yes"},
            residents="care_joins",
            first_step="care_coordination",
            look_up=("kvk", "company_exists", "right_place", "hit"),
            legs=(
                Leg(
                    "place",
                    "place_labour_coercion",
                    "avim",
                    "Wilt u hiernaar kijken? SHOP gaat mee.",
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
        160,
        Told(
            ReportContent(
                saw="Onze huurbaas vraagt sleutelgeld en komt zomaar binnen. Wij werken ergens anders.",
                where="Hofzicht 30, Poeldijk",
                role="buurt",
            )
        ),
        PassedOn("wgv_meldpunt", "landlord"),
    ),
    Ordinary(
        75,
        advice(
            "conversation", "Ik ga morgen op huisbezoek. Hoe spreek ik iemand alleen zonder dat het opvalt?"
        ),
        Advised(
            "Vraag iets praktisch, zoals een handtekening op kantoor. Neem een eigen tolk mee. Bel ons "
            "gerust na afloop."
        ),
    ),
    Ordinary(
        48,
        named(
            "Publieksbalie",
            "Klantcontact",
            ReportContent(
                saw="Iemand belt dat de buren lawaai maken met feesten.", where="Naaldwijk", role="kcc"
            ),
        ),
        Refused("not_in_scope", "no_exploitation"),
    ),
    Ordinary(
        1,
        advice(
            "doubt", "Een klant vertelt dat haar loon al twee maanden niet komt. Is dat genoeg om te melden?"
        ),
        Waits(),
        working=True,
    ),
)

LEIDEN = (
    Ordinary(
        292,
        named(
            "Zorgcoördinator",
            "School",
            ReportContent(
                saw="Een leerling van 15 verkoopt dure telefoons en spijbelt. Oudere jongens halen hem op.",
                where="Leiden",
                form=CRIMINAL,
                role="school",
                signals=("CRI-01", "CRI-02", "SEK-13"),
                people="Jongen, 15 jaar",
                spoke="yes",
            ),
            minor=Minor.YES,
        ),
        Handled(
            "Molen langs het spoor",
            weighed="minor",
            forms=(CRIMINAL,),
            facts={"coerced_into_crime": True},
            second_eyes=True,
            legs=(
                Leg(
                    "person",
                    "coerced_into_crime_minor",
                    "avim",
                    "Hij is mogelijk slachtoffer. Wat kunnen school en wij doen?",
                    answer="afgesloten",
                    accepted=1,
                    outcome="partner_acts",
                    tell="opgepakt",
                ),
            ),
            outcome="partner_acts",
            reason="handed_over",
        ),
    ),
    Ordinary(
        182,
        own(
            "melder@leiden.example",
            ReportContent(
                saw="Op één adres staan elke maand andere mensen ingeschreven.",
                where="Stille Mare 5, Leiden",
                role="wmo",
                signals=("LOC-01",),
            ),
        ),
        PassedOn("burgerzaken", "nuisance"),
    ),
    Ordinary(
        141,
        Told(
            ReportContent(
                saw="Achter een restaurant zit ’s avonds laat een jongen aardappels te schillen.",
                where="Vlietkwartier 3, Leiden",
                role="buurt",
                signals=("ARB-26",),
            ),
            minor=Minor.PERHAPS,
        ),
        Quiet(
            "Keuken bij de zuidpunt",
            "innocent",
            "innocent",
            look_up=("permits", "checked_before", "pattern", "no_hit"),
        ),
    ),
    Ordinary(
        96,
        named(
            "Informatiepunt",
            "Bibliotheek",
            ReportContent(
                saw="Een man laat een contract zien dat hij niet kan lezen. Zijn bed kost meer dan hij "
                "verdient.",
                where="Oude Trekweg 210, Leiden",
                form=LABOUR,
                role="infopunt",
                signals=("ARB-10", "ARB-09", "ALG-14"),
                company="Uitzendpunt Trekweg",
                kvk="90004460",
            ),
        ),
        Handled(
            "Boot aan de kade",
            residents="bed_arranged",
            first_step="fairwork",
            legs=(
                Leg(
                    "place",
                    "place_labour",
                    "arbeidsinspectie",
                    "Wilt u dit bureau bekijken?",
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
        4,
        named(
            "Balie Werk en inkomen",
            "Werk en inkomen",
            ReportContent(
                saw="Een vrouw kookt al twee jaar zonder loon voor kennissen. Zij slaapt in de berging en "
                "wil weg.",
                where="Leiden, Zuid",
                form=SERVICE,
                role="participatie",
                signals=("DIE-04", "ALG-25"),
                people="Vrouw, ongeveer 40 jaar",
                spoke="yes",
                wants="Een eigen plek en werk met loon.",
                language="Oekraïens",
            ),
            kind="help",
        ),
        Handled(
            "Schuur bij de oude pomp",
            weighed="help_asked",
            wish="yes",
            wants="Een eigen plek en werk met loon.",
            legs=(
                Leg(
                    "person",
                    "adult_wants_help",
                    "leger_des_heils",
                    "Kunt u haar donderdag ontmoeten, waar zij wil?",
                    accepted=1,
                ),
            ),
        ),
        working=True,
    ),
    Ordinary(
        1,
        own(
            "melder@leiden.example",
            ReportContent(
                saw="Bij een huisbezoek deed een ander de deur open en gaf alle antwoorden.",
                where="Zuidsingelhof 44, Leiden",
                role="wmo",
                signals=("ALG-02", "ALG-10"),
            ),
        ),
        Waits(),
        working=True,
    ),
)

ELSEWHERE: dict[str, Told] = {
    "GM0503": Told(
        ReportContent(
            saw="In de fietsenkelder slapen mensen die ’s ochtends met een busje worden gehaald.",
            where="Delft",
            role="buurt",
            signals=("LOC-03",),
        )
    ),
    "GM0637": named(
        "Wijkteam",
        "Wijkteam",
        ReportContent(
            saw="Een man verkoopt snoep langs de deuren. Een ander wacht in een auto en neemt het geld aan.",
            where="Zoetermeer",
            role="wmo",
            signals=("ALG-11", "ALG-15"),
            people="Man, ongeveer 25 jaar",
        ),
    ),
    "GM0513": Told(
        ReportContent(
            saw="De kapper betaalt zijn personeel niet, zegt een van hen.", where="Gouda", role="buurt"
        )
    ),
    "GM0484": named(
        "Brandweer",
        "Brandweer",
        ReportContent(
            saw="Op de zolder van een bedrijf lagen vijf slaapzakken naast de verfpotten.",
            where="Alphen aan den Rijn",
            form=LABOUR,
            role="brandweer",
            signals=("ARB-06", "ARB-08"),
        ),
    ),
    "GM0537": Told(
        ReportContent(
            saw="Een schipper zegt dat hij al maanden niet van boord mag.",
            where="Katwijk",
            role="buurt",
            signals=("ARB-25",),
        )
    ),
    "GM0603": advice("work", "Hoe weet ik of te weinig loon ook dwang is?"),
}
