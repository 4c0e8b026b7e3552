"""What is open now in Den Haag."""

from sluitend.demo.ordinary import Asked, Handled, Leg, Ordinary, Waits
from sluitend.demo.told import LABOUR, SERVICE, Told, advice, named, own
from sluitend.journeys.reports.content import ReportContent
from sluitend.journeys.reports.models import Minor

DEN_HAAG_OPEN = (
    Ordinary(
        6,
        own(
            "melder@denhaag.example",
            ReportContent(
                saw="In een kelder onder een winkel liggen matrassen naast de vriezers. De eigenaar zegt "
                "dat daar niemand slaapt.",
                where="Koornbrugstraat 90, Den Haag",
                form=LABOUR,
                role="huisvesting",
                signals=("ARB-06", "ARB-08"),
                company="Avondwinkel De Koornbrug",
                kvk="90006690",
            ),
        ),
        Handled(
            "Winkel aan de lange laan",
            residents="care_joins",
            first_step="who_joins",
            legs=(
                Leg(
                    "place",
                    "place_labour_joint_check",
                    "heit",
                    "Kunt u dit pand meenemen? SHOP wil mee.",
                    accepted=0,
                ),
            ),
        ),
        working=True,
    ),
    Ordinary(
        9,
        named(
            "Wijkteam Laak",
            "Wijkteam",
            ReportContent(
                saw="Anderen gebruiken de woning van een man met een beperking. Hij slaapt in de gang en "
                "mag niets zeggen.",
                where="Den Haag, Laak",
                form=SERVICE,
                role="wmo",
                signals=("CRI-14", "CRI-19"),
                people="Man, ongeveer 30 jaar",
                spoke="yes",
                wants="Zijn huis terug.",
            ),
        ),
        Handled(
            "Huis naast de wei",
            forms=(SERVICE,),
            facts={"complex_person": True},
            wish="yes",
            wants="Zijn huis terug.",
            legs=(
                Leg(
                    "person",
                    "complex_person",
                    "zvh_haaglanden",
                    "Wilt u dit bespreken? Hij weet dat wij u vragen.",
                    accepted=3,
                ),
            ),
        ),
        working=True,
    ),
    Ordinary(
        3,
        named(
            "Spreekuur",
            "GGD Haaglanden",
            ReportContent(
                saw="Een vrouw komt steeds met dezelfde man. Hij antwoordt voor haar en wil niet weg.",
                where="Den Haag",
                role="ggd",
                signals=("ALG-02", "ALG-03", "SEK-18"),
                people="Vrouw, ongeveer 20 jaar",
                spoke="no",
                language="Hongaars",
            ),
        ),
        Handled(
            "Kamer aan het water",
            legs=(
                Leg(
                    "person",
                    "adult_wish_unclear",
                    "shop",
                    "Hoe kan het spreekuur haar alleen spreken?",
                    accepted=0,
                ),
            ),
        ),
        working=True,
    ),
    Ordinary(
        2,
        Told(
            ReportContent(
                saw="Een jongen staat elke schooldag in een bakkerij te werken. Hij lijkt 14.",
                where="Kerkgaarde 12, Den Haag",
                form=LABOUR,
                role="buurt",
                signals=("ARB-26",),
                people="Jongen, misschien 14 jaar",
            ),
            minor=Minor.PERHAPS,
        ),
        Asked(("under_18", "when_again")),
        working=True,
    ),
    Ordinary(
        1,
        own(
            "melder@denhaag.example",
            ReportContent(
                saw="Een bewoner wilde de deur niet verder open doen. Binnen hoorde ik iemand huilen.",
                where="Spoorbosje 22, Den Haag",
                role="huisvesting",
                signals=("ALG-05",),
            ),
        ),
        Waits(),
        working=True,
    ),
    Ordinary(
        1,
        advice(
            "minor",
            "Een leerling van 17 heeft een veel oudere vriend. Wanneer bel ik u, en wanneer Veilig Thuis?",
        ),
        Waits(),
        working=True,
    ),
)
