"""What goes on between organisations: a case that waits to be taken over, and questions."""

from sluitend.demo import deeds
from sluitend.demo.clock import moment
from sluitend.demo.matter import Matter
from sluitend.demo.region import DEN_HAAG, LEIDEN, WESTLAND
from sluitend.demo.told import LABOUR, Told
from sluitend.demo.world import World
from sluitend.journeys.cases.actions import NewSubject
from sluitend.journeys.exchanges import actions
from sluitend.journeys.reports.content import IdentityContent, ReportContent
from sluitend.journeys.reports.models import Anonymity, Minor


def exchanges(world: World) -> None:
    """Play all of it, after the municipalities have their own work."""
    transfer_waits(world)
    question_answered(world)
    question_of_partner(world)


def transfer_waits(world: World) -> None:
    """Leiden heard of beds that stand in Westland: it asks Westland to take the case over."""
    matter = Matter(world.town(LEIDEN), world.calendar.ago(4), "09:20")
    told = matter.file(
        Told(
            ReportContent(
                saw="Mijn collega’s slapen met acht man in een loods bij de veiling. Elke week gaat er geld "
                "van het loon af voor het bed.",
                where="Grote Geest 4, Poeldijk",
                form=LABOUR,
                role="wmo",
                signals=("ARB-06", "ARB-02"),
                company="Bloemenexport De Vroege Klok",
                people="Acht mannen",
                spoke="no",
                language="Bulgaars",
            ),
            anonymity=Anonymity.CONFIDENTIAL,
            minor=Minor.NO,
            identity=IdentityContent(name="Els Vrijhof", phone="071 000 50 50", organisation="Wmo"),
        )
    )
    matter.next(1, "10:05").take_in(told, "Loods bij de oude haven")
    matter.soon().weigh("continue", "concrete", answers=("yes", "yes", "unknown"))
    matter.soon().residents("care_joins", "care_coordination")
    matter.soon().subject(NewSubject("vehicle", "GK-000-V", identifiers=(("plate", "GK-000-V"),)))
    matter.soon().choose("place", "other_municipality", choice="other", reason="agreed")
    matter.soon().hand_over(WESTLAND, "De loods en het bedrijf staan in Poeldijk. De melder werkt in Leiden.")


def question_answered(world: World) -> None:
    """Westland asked The Hague what it knows of a car: first a hit, then with a reason a little more."""
    asker, asked = world.people["vervanger@westland.example"], world.people["af@denhaag.example"]
    day = world.calendar.ago(6)
    code = world.do(
        moment(day, "10:12"),
        asker,
        deeds.ask,
        actor=asker,
        to=DEN_HAAG,
        kind="held",
        text="Kent u het busje met kenteken GK-000-V? Het staat hier ’s nachts bij een loods.",
        purpose="combine_signals",
    )
    world.do(moment(day, "14:30"), asked, actions.accept_request, actor=asked, code=code)
    world.do(moment(day, "14:41"), asked, actions.answer_request, actor=asked, code=code, answer="hit")
    day = world.calendar.ago(4)
    why = "Wij plannen een gezamenlijke controle. Waar en wanneer zag u het?"
    world.do(moment(day, "09:50"), asker, actions.ask_further, actor=asker, code=code, why=why)
    world.do(
        moment(world.calendar.ago(2), "11:20"),
        asked,
        actions.answer_request,
        actor=asked,
        code=code,
        answer="details",
        text="Twee keer bij een winkel, in de vroege ochtend. Er stapten zes mannen uit.",
        basis="avg_6_1_e",
    )


def question_of_partner(world: World) -> None:
    """Somebody of the labour inspectorate asks Westland something; nobody read it yet."""
    inspector = world.partners["arbeidsinspectie"]
    world.do(
        moment(world.calendar.ago(1), "15:35"),
        inspector,
        deeds.ask,
        actor=inspector,
        to=WESTLAND,
        kind="question",
        text="Wie gaat er bij u mee als wij een loods controleren waar mensen slapen?",
    )
