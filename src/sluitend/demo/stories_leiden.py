"""Two more published cases: the laundry and the annexe of a hotel. Leiden is not where they happened."""

from sluitend.demo.matter import Matter
from sluitend.demo.told import LABOUR, SEXUAL, Told
from sluitend.demo.world import Town
from sluitend.journeys.cases.actions import NewSubject
from sluitend.journeys.reports.content import IdentityContent, ReportContent
from sluitend.journeys.reports.models import Anonymity, Minor


def laundry(town: Town) -> None:
    """Men who slept among the laundry: loose signals, brought in only when they lay beside each other."""
    calendar = town.calendar
    matter = Matter(town, calendar.back(115))
    smell = Told(
        ReportContent(
            saw="Achter de wasserij hangt elke nacht licht. Er zijn bedden in de stellingen, tussen de "
            "zakken.",
            where="Zilverreigerkade 7, Leiden",
            role="buurt",
            signals=("ARB-06",),
        )
    )
    first = matter.file(smell)
    matter.next(2).take_in(first, "Werkplaats bij de oude pomp")
    matter.soon().weigh("hold", "suspicion", answers=("no", "yes", "unknown"), until=calendar.back(55))
    matter.next(2).tell(first, "onvoldoende", closes=True)
    checked = matter.on(calendar.back(70)).file(
        Told(
            ReportContent(
                saw="Bij een milieucontrole zag ik planken met dekens in de stellingkasten. De mannen "
                "zwegen toen de baas kwam.",
                where="Zilverreigerkade 7 , Leiden",
                form=LABOUR,
                role="omgevingsdienst",
                signals=("ARB-06", "ARB-21", "ARB-08"),
                company="Wasserij Zilverwit V.O.F.",
                kvk="90.00.80.44",
                plate="GK-000-D",
                people="Acht mannen",
                language="Arabisch",
            ),
            anonymity=Anonymity.NAMED,
            minor=Minor.NO,
            identity=IdentityContent(
                name="Jurre Baks", phone="071 000 80 44", organisation="Omgevingsdienst"
            ),
        )
    )
    matter.next(1).add(checked)
    matter.soon().look_up(
        "kvk", "other_branches", "pattern", "hit", "Tweede vestiging in Katwijk, zelfde naam."
    )
    matter.soon().weigh("continue", "pattern", answers=("yes", "yes", "yes"))
    matter.next(1).choose("person", "adult_wish_unclear")
    counsel = matter.soon().send(
        "person", "shop", "Acht mannen slapen in een bedrijf. Hoe spreken wij hen veilig?"
    )
    matter.next(1).accepts("shop", counsel)
    matter.next(2).answers(
        "shop", counsel, "afgesloten", "Ga niet zonder tolk. Wij gaan mee op de dag van de controle."
    )
    matter.next(1).handle(counsel)
    matter.soon().tell(checked, "opgepakt", closes=True)
    _brought_in(matter)


def _brought_in(matter: Matter) -> None:
    calendar = matter.town.calendar
    wage = matter.on(calendar.ago(18)).file(
        Told(
            ReportContent(
                saw="Een cliënt vertelt dat hij ’s nachts in een wasserij werkt. Voor zijn slaapplek houdt "
                "de baas zijn loon in.",
                where="zilverreigerkade 7 leiden",
                form=LABOUR,
                role="wmo",
                signals=("ARB-02", "ARB-06", "ALG-15"),
                company="wasserij zilverwit",
                plate="gk000d",
                spoke="yes",
                wants="Hij wil eerst weten of hij een slaapplek houdt.",
                language="Arabisch",
            ),
            anonymity=Anonymity.NAMED,
            account="melder@leiden.example",
        )
    )
    matter.next(1).add(wage)
    matter.soon().facts(LABOUR, organised=True, bad_housing=True, coercion_seen="perhaps")
    matter.soon().residents("care_joins", "care_coordination")
    matter.next(1).choose("place", "organised")
    riec = matter.soon().send("place", "riec", "Wilt u deze signalen naast die uit andere gemeenten leggen?")
    matter.next(3).accepts("riec", riec)
    matter.next(3).answers("riec", riec, "opgepakt")
    matter.next(1).handle(riec, "opgepakt")
    matter.on(calendar.ago(3)).work(
        "person", "SHOP staat klaar voor de dag van de controle.", due=calendar.ahead(7)
    )
    matter.soon().look_again(calendar.ahead(12))


def annexe(town: Town) -> None:
    """The annexe of a hotel: a member of staff recognised the signals and reported."""
    matter = Matter(town, town.calendar.back(215))
    told = matter.file(
        Told(
            ReportContent(
                saw="In het bijgebouw komen steeds andere mannen naar één kamer. De gast vraagt elke dag "
                "om stapels handdoeken. "
                "Een man betaalt contant en wacht op de parkeerplaats.",
                think="De jonge vrouw lijkt niet zelf te mogen kiezen.",
                where="Slaaghwijkpad 40, Leiden",
                form=SEXUAL,
                role="hotel",
                signals=("SEK-07", "SEK-08", "SEK-09", "SEK-10"),
                company="Hotel De Trekvaart",
                plate="T-000-PR",
                people="Een vrouw, net volwassen",
                spoke="no",
            ),
            anonymity=Anonymity.CONFIDENTIAL,
            minor=Minor.NO,
            identity=IdentityContent(name="Receptie, S. Maas", phone="071 000 40 40", organisation="Hotel"),
        )
    )
    matter.soon().take_in(told, "Kamer aan de kade")
    matter.soon().weigh("continue", "danger", answers=("yes", "yes", "unknown"))
    matter.soon().look_up(
        "adverts", "advert_exists", "people_in_danger", "hit", "Advertentie met kamernummer, gezien vandaag."
    )
    matter.soon().facts(SEXUAL, coercion_seen="perhaps")
    matter.soon().residents("care_joins", "care_coordination")
    matter.soon().choose("place", "place_sexual")
    police = matter.soon().send("place", "avim", "Kunt u vandaag meekijken? Een hulpverlener gaat mee.")
    matter.next(1, "09:05").accepts("avim", police)
    matter.next(1).choose("person", "adult_wish_unclear")
    care = matter.soon().send("person", "shop", "Wie kan er zijn als zij hulp wil? Zij is net volwassen.")
    matter.next(1).accepts("shop", care)
    matter.next(1).wish("yes", "Weg van hem, en niet naar huis.", asked_by="SHOP")
    matter.soon().answers(
        "shop", care, "afgesloten", "Wij spraken haar alleen. Zij wil hulp dicht bij Leiden."
    )
    matter.next(1).handle(care, "hulp_geboden")
    matter.soon().choose("person", "adult_wants_help")
    support = matter.soon().send(
        "person", "leger_des_heils", "Kunt u haar ondersteunen? Zij kiest zelf een plek om af te spreken."
    )
    matter.next(1).accepts("leger_des_heils", support)
    matter.next(4).answers("leger_des_heils", support, "afgesloten", "Zij heeft een vaste begeleider.")
    matter.next(1).handle(support)
    matter.next(6).answers("avim", police, "mag_niets_zeggen")
    matter.next(1).handle(police, "mag_niets_zeggen")
    matter.soon().subject(NewSubject("person", "Man van de parkeerplaats", ("possible_exploiter",)))
    matter.soon().close_track("place", "partner_silent", "handed_over")
    matter.soon().close_track("person", "help_accepted", "done")
    matter.next(1).close("help_accepted", "tracks_done")
