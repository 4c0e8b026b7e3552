"""Published cases as input, in our own words: other people, other places, nothing that points at anybody.

Here: many registrations at one grower's address, a resident who did not dare to open, and a cook who had to
wait in the cold store. The laundry and the annexe of a hotel are in `stories_leiden`.
"""

from sluitend.demo import files
from sluitend.demo.clock import before
from sluitend.demo.matter import Matter
from sluitend.demo.told import LABOUR, Told
from sluitend.demo.world import Town
from sluitend.journeys.cases.actions import NewObservation
from sluitend.journeys.reports.actions import Filed
from sluitend.journeys.reports.content import IdentityContent, ReportContent
from sluitend.journeys.reports.models import Anonymity, Kind, Minor
from sluitend.kernel.followup.deadlines import add_working_days

GROWER = "Oostbuurt Vruchtgroente B.V."


def greenhouse(town: Town) -> None:
    """Many registrations at one grower's address: three reports, weighed, the route still to be chosen."""
    focal_day = town.last_focal_day()
    matter = Matter(town, town.calendar.back(267), "10:20")
    first = matter.file(
        Told(
            ReportContent(
                saw="Acht mensen schreven zich in op één adres, in zes weken tijd. Eén begeleider legde "
                "alle paspoorten neer "
                "en nam ze weer mee. Hij gaf ook alle antwoorden.",
                think="Ik denk dat zij zelf niet weten waar zij wonen.",
                where="Tuinderspad 12A, De Lier",
                form=LABOUR,
                role="brp",
                signals=("ARB-17", "ALG-02", "LOC-01"),
                company=GROWER,
                kvk="90004127",
                plate="VB-000-X",
                phone="06 0000 4127",
                people="Acht volwassenen",
            ),
            anonymity=Anonymity.NAMED,
            minor=Minor.NO,
            account="melder@westland.example",
        )
    )
    matter.on(add_working_days(matter.day, 1, town.focal_days), "09:40").take_in(
        first, "Kas aan de Oostbuurt", code="9T3F"
    )
    matter.soon().weigh("hold", "suspicion", answers=("no", "yes", "unknown"), until=town.calendar.back(140))
    matter.next(2).tell(first, "onvoldoende", closes=True)
    matter.on(town.calendar.back(140)).weigh(
        "hold", "suspicion", answers=("no", "no", "unknown"), until=town.calendar.ahead(30)
    )
    _greenhouse_comes_back(matter)
    shed = _greenhouse_shed(matter)
    matter.on(focal_day, "09:08").add(shed, matter.case)
    matter.on(focal_day, "09:31").weigh("continue", "danger", answers=("yes", "yes", "yes"))
    matter.soon().observe(
        NewObservation(
            "opinion",
            "Het patroon wijst op huisvesting die vastzit aan het werk. Dwang is nog niet vastgesteld.",
            source="eigen weging",
        )
    )
    matter.soon().facts(LABOUR, bad_housing=True, coercion_seen="perhaps")
    matter.soon().open_track("person")
    matter.soon().work(
        "person", "Eén man vraagt om een dokter. Hij sprak nog niet alleen met iemand.", runs=True
    )
    matter.soon().open_track("place")
    matter.soon().work(
        "place", "Brandgevaar in de loods. Brandweer en Bouw en Wonen kunnen volgende week mee.", runs=False
    )


def _greenhouse_comes_back(matter: Matter) -> None:
    """A neighbour writes address, number and plate differently; the earlier signals come up all the same."""
    case = matter.case
    neighbour = matter.on(matter.town.calendar.ago(15), "19:10").file(
        Told(
            ReportContent(
                saw="Elke ochtend om vijf uur haalt een wit busje mannen op bij de loods. ’s Avonds laat "
                "komen zij terug. "
                "Op de bus staat een nummer: +31 6 0000 4127.",
                where="tuinderspad 12 a, de lier",
                signals=("LOC-03", "ARB-07"),
                plate="vb 000 x",
                phone="+31 6 0000 4127",
                role="buurt",
            ),
        )
    )
    matter.next(1).add(neighbour, case)
    matter.soon().weigh(
        "hold", "look_up_first", answers=("unknown", "yes", "yes"), until=matter.town.calendar.ahead(2)
    )


def _greenhouse_shed(matter: Matter) -> Filed:
    """An inspector sees beds behind the boiler; the deputy asks one question and one source."""
    focal_day = matter.town.last_focal_day()
    matter.on(before(focal_day, 2), "16:40")
    seen = ReportContent(
        saw="Drie slaapplekken achter de ketel, zonder raam. Gasflessen en verlengsnoeren op de grond. Eén "
        "man hoest en ligt in "
        "bed. Een voorman vertaalt voor iedereen.",
        think="Ik denk dat zij niet weg durven. Dat merkte ik aan hoe ze naar hem keken.",
        where="Tuinderspad 12 a, De Lier",
        time="16:10",
        form=LABOUR,
        role="huisvesting",
        signals=("ARB-06", "ARB-15", "ARB-08"),
        company=GROWER,
        kvk="90 00 41 27",
        people="Vijf volwassenen",
        spoke="no",
        language="Pools",
    )
    inspector = IdentityContent(
        name="Ellen Kromhout",
        phone="0174 00 00 12",
        mail="e.kromhout@westland.example",
        organisation="Bouw en Wonen",
    )
    shed = matter.file(
        Told(seen, anonymity=Anonymity.CONFIDENTIAL, minor=Minor.NO, identity=inspector),
        uploads=[files.photo_of_beds("loods-1.jpg", beds=3), files.photo_of_yard("loods-2.jpg")],
    )
    case, matter.case = matter.case, ""
    matter.soon().ask(shed, "who_has_key")
    matter.on(before(focal_day, 1), "08:50").reporter_answers(
        shed, "Ja, de voorman. Hij deed de deur ook weer op slot."
    )
    matter.on(before(focal_day, 1), "10:15").read_answer(shed)
    matter.case = case
    matter.on(before(focal_day, 1), "10:40").note(
        "Met SHOP gebeld, zonder namen. Zij denken mee over een tolk.", "person"
    )
    matter.on(before(focal_day, 1), "11:05").look_up(
        "permits", "living_allowed", "people_in_danger", "hit", "Geen vergunning voor bewoning van de loods."
    )
    return shed


def afraid_to_open(town: Town) -> None:
    """A resident who did not dare to open the door: come back together, and see what else the owner has."""
    matter = Matter(town, town.calendar.back(170))
    checked = matter.file(
        Told(
            ReportContent(
                saw="Bij een woningcontrole deed een bewoner bang open. Hij belde eerst iemand van een "
                "uitzendbureau. Die zei dat "
                "wij niet naar binnen mochten. In de gang lagen zes matrassen.",
                think="De bewoner leek straf te verwachten als hij met ons sprak.",
                where="Lichtmolenstraat 18, Den Haag",
                form=LABOUR,
                role="huisvesting",
                signals=("ARB-07", "ALG-05", "ARB-09"),
                company="Duinrand Werk & Wonen B.V.",
                kvk="90006218",
                phone="070 000 62 18",
                people="Ongeveer 6 volwassenen",
                spoke="no",
                language="Bulgaars",
            ),
            anonymity=Anonymity.NAMED,
            account="melder@denhaag.example",
        )
    )
    matter.next(1).take_in(checked, "Huis aan de lange laan")
    matter.soon().look_up(
        "kadaster", "owner", "pattern", "hit", "Zelfde eigenaar als drie andere panden in Den Haag."
    )
    matter.next(1).weigh("continue", "concrete", answers=("yes", "yes", "yes"))
    second = matter.next(3).file(
        Told(
            ReportContent(
                saw="Mijn onderburen betalen elke maand extra om op het adres te mogen staan. Dat vertelde "
                "een van hen.",
                where="lichtmolenstr. 18 den haag",
                role="buurt",
                signals=("ARB-09",),
                company="Duinrand",
            )
        )
    )
    matter.next(1).add(second)
    matter.soon().facts(LABOUR, bad_housing=True, coercion_seen="perhaps")
    matter.soon().residents("care_joins", "care_coordination")
    _joint_check(matter)
    matter.next(2).close("checked_measure", "measure_taken")


def _joint_check(matter: Matter) -> None:
    """Help first, then the check, then the signals about work."""
    matter.next(1).choose("person", "adult_wish_unclear")
    asked = matter.soon().send(
        "person", "shop", "Kan iemand met een tolk mee als wij terugkomen bij dit huis?"
    )
    matter.next(2).accepts("shop", asked)
    matter.next(1).answers(
        "shop", asked, "hulp_geboden", "Wij gingen mee. De mensen weten nu waar zij terechtkunnen."
    )
    matter.soon().answers("shop", asked, "afgesloten")
    matter.next(1).handle(asked, "hulp_geboden")
    matter.soon().choose("place", "place_labour_joint_check")
    check = matter.soon().send("place", "heit", "Kunt u met ons en de brandweer mee op controle?")
    matter.next(2).accepts("heit", check)
    matter.next(9).answers(
        "heit", check, "afgesloten", "Gezamenlijk gecontroleerd. Kamerverhuur zonder vergunning."
    )
    matter.next(1).handle(check)
    matter.next(1).choose("place", "place_labour")
    work = matter.soon().send(
        "place", "arbeidsinspectie", "Bewoners vertelden over lange dagen. Wilt u dit onderzoeken?"
    )
    matter.next(3).accepts("arbeidsinspectie", work)
    matter.next(8).answers("arbeidsinspectie", work, "mag_niets_zeggen")
    matter.next(1).handle(work, "mag_niets_zeggen")
    matter.soon().close_track("place", "checked_measure", "done")
    matter.soon().close_track("person", "help_offered", "done")


def waiting_cook(town: Town) -> None:
    """A cook without wages or a bed: help first; only then, as he wants it, the signal about the kitchen."""
    matter = Matter(town, town.calendar.back(33))
    asked = matter.file(
        Told(
            ReportContent(
                saw="Een kok slaapt in de keuken van het restaurant waar hij werkt. Als er controle komt, "
                "moet hij in de koelcel "
                "wachten. Hij krijgt al drie maanden geen loon.",
                where="Zeven Kadeplein 3, Den Haag",
                form=LABOUR,
                role="horeca",
                signals=("ARB-06", "ARB-02", "ALG-25"),
                company="Restaurant Het Zevende Anker",
                kvk="90007731",
                people="Een kok, ongeveer 35 jaar",
                spoke="yes",
                wants="Een slaapplek en zijn loon. Geen politie.",
                language="Mandarijn",
            ),
            kind=Kind.HELP,
            anonymity=Anonymity.CONFIDENTIAL,
            minor=Minor.NO,
            identity=IdentityContent(name="M. Lans", phone="06 0000 7731"),
        ),
        uploads=[files.photo_of_beds("keuken.jpg", beds=1), files.scanned_note("rooster.pdf", ROSTER)],
    )
    matter.next(1).take_in(asked, "Keuken langs het spoor")
    matter.soon().wish(
        "yes", "Een slaapplek en zijn loon.", wants_not="Politie.", asked_by="een kennis van de kok"
    )
    matter.soon().weigh("continue", "help_asked", answers=("yes", "yes", "no"))
    matter.soon().choose("person", "adult_wants_help")
    shop = matter.soon().send("person", "shop", "Kunt u morgen met hem praten, met een eigen tolk?")
    matter.next(1, "09:20").accepts("shop", shop)
    matter.next(2).answers("shop", shop, "hulp_geboden", "Hij slaapt nu ergens anders.")
    matter.soon().handle(shop, "hulp_geboden")
    _wages_of_the_cook(matter)
    place = _kitchen(matter)
    calendar = matter.town.calendar
    matter.on(calendar.ago(4)).accepts("arbeidsinspectie", place)
    matter.on(calendar.ago(3)).look_again(calendar.ahead(9))
    matter.soon().work(
        "person", "Hij slaapt op een veilige plek. SHOP spreekt hem elke week.", due=calendar.ahead(6)
    )
    matter.soon().tell(asked, "hulp_geboden", closes=True)
    matter.on(calendar.ago(1)).asks(
        "arbeidsinspectie", place, "Op welke dagen is de keuken open, en na hoe laat?"
    )


ROSTER = (
    "Rooster keuken, week 41",
    "ma  10.00 - 23.30   H.",
    "di  10.00 - 23.30   H.",
    "wo  10.00 - 23.30   H.",
    "do  10.00 - 00.30   H.",
    "vr  10.00 - 01.00   H.",
    "za  10.00 - 01.00   H.",
    "zo  11.00 - 23.00   H.",
)


def _wages_of_the_cook(matter: Matter) -> None:
    """The counsel about wages goes by telephone: that partner has no account."""
    matter.next(1).choose("person", "adult_wants_help_work")
    wages = matter.soon().send(
        "person", "fairwork", "Welke stappen kan hij zelf zetten voor zijn loon?", channel="phone"
    )
    matter.soon().went(wages)
    matter.next(3).heard(wages, "afgesloten")
    matter.soon().handle(wages)


def _kitchen(matter: Matter) -> str:
    calendar = matter.town.calendar
    matter.on(calendar.ago(6)).facts(LABOUR, coercion_seen="perhaps")
    matter.soon().residents("nobody_stays", "care_coordination")
    matter.soon().choose("place", "place_labour")
    return matter.soon().send(
        "place", "arbeidsinspectie", "De kok wil dat u dit weet. Wilt u de keuken controleren?", files=True
    )
