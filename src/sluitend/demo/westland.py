"""What is going on in Westland today, so that every state of a matter can be seen there."""

from datetime import timedelta

from django.utils import timezone

from sluitend.demo.matter import Matter
from sluitend.demo.stories import GROWER
from sluitend.demo.told import LABOUR, Told
from sluitend.demo.world import Town
from sluitend.journeys.cases.actions import NewSubject
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.content import IdentityContent, MarkContent, ReportContent
from sluitend.journeys.reports.models import Anonymity, Minor

REPORTER = "melder@westland.example"


def acute(town: Town) -> None:
    """Danger now, at an address that is known already; nobody has read it yet."""
    moment = timezone.localtime(town.calendar.acute_moment())
    Matter(town, moment.date(), f"{moment:%H:%M}").file(
        Told(
            ReportContent(
                saw="Bij de loods staat een man aan het raam. Hij zegt dat hij niet weg kan en dat er "
                "iemand ziek is. De deur zit op "
                "slot. Voor de deur staat een wit busje.",
                where="Tuinderspad 12-a, de Lier",
                form=LABOUR,
                role="boa",
                time=f"{moment - timedelta(minutes=10):%H:%M}",
                signals=("ALG-10", "ALG-09", "ARB-06"),
                marks=("locked_in",),
                company=GROWER,
                plate="VB 000 X",
                people="Een man aan het raam, misschien meer",
                spoke="yes",
                wants="Een dokter",
                language="Pools",
            ),
            anonymity=Anonymity.NAMED,
            minor=Minor.NO,
            acute=True,
            identity=IdentityContent(
                name="Dirk Wagenaar", phone="0174 00 00 31", organisation="Toezicht en handhaving"
            ),
        ),
        code="7K4Q",
    )


def child(town: Town) -> None:
    """Somebody of fifteen: Veilig Thuis was told the same day, a second pair of eyes is still asked."""
    focal_day = town.last_focal_day()
    matter = Matter(town, focal_day, "08:50")
    told = matter.file(
        Told(
            ReportContent(
                saw="Een meisje van 15 is vaak hele nachten weg. Een oudere vriend haalt haar op bij "
                "school. Zij heeft twee telefoons "
                "en moet altijd meteen opnemen.",
                where="Naaldwijk",
                role="leerplicht",
                signals=("SEK-17", "SEK-14", "SEK-16"),
                people="Meisje, 15 jaar",
                spoke="yes",
                wants="Zij wil praten, maar niet thuis.",
                reach="Via de mentor op school",
            ),
            anonymity=Anonymity.NAMED,
            minor=Minor.YES,
            identity=IdentityContent(name="Tessa Groen", phone="0174 00 00 44", organisation="Leerplicht"),
        )
    )
    matter.on(focal_day, "10:10").take_in(told, "Kamer onder de linden", code="4HWX")
    matter.on(focal_day, "10:22").weigh("continue", "minor", answers=("yes", "yes", "unknown"))
    matter.soon().choose("person", "minor")
    called = matter.soon().send(
        "person", "vt_haaglanden", "Wie spreekt haar op school, en wanneer? Wij lichten nog niemand in."
    )
    matter.soon().wish("unclear", "Zij wil praten, maar niet thuis.", asked_by="leerplicht")
    matter.on(focal_day, "14:05").accepts("vt_haaglanden", called)


def question_of_reporter(town: Town) -> None:
    """The inspectorate took it up; the reporter at the counter saw something again and asks what to do."""
    calendar = town.calendar
    matter = Matter(town, calendar.ago(14))
    told = matter.file(
        Told(
            ReportContent(
                saw="Een voorman kwam met vier mensen aan de balie. Zij mochten zelf niets zeggen. Hij "
                "stopte alle papieren in zijn tas.",
                where="Rietkraag 88, Honselersdijk",
                form=LABOUR,
                role="brp",
                signals=("ARB-17", "ALG-03"),
                company="Sierteelt De Rietkraag",
                kvk="90005512",
                people="Vier volwassenen",
            ),
            anonymity=Anonymity.NAMED,
            minor=Minor.NO,
            account=REPORTER,
        )
    )
    matter.next(1).take_in(told, "Schuur naast de wei", code="7MRB")
    matter.soon().weigh("continue", "concrete")
    matter.soon().residents("bed_arranged", "care_coordination")
    matter.soon().choose("place", "place_labour")
    work = matter.soon().send("place", "arbeidsinspectie", "Wilt u kijken hoe deze mensen werken en wonen?")
    matter.next(3).accepts("arbeidsinspectie", work)
    matter.next(3).answers("arbeidsinspectie", work, "opgepakt")
    matter.next(1).handle(work, "opgepakt")
    matter.on(calendar.ago(4)).look_again(calendar.ahead(8))
    matter.soon().look_again(calendar.ahead(9), "place")
    matter.on(calendar.ago(1), "11:20").reporter_adds(
        told, "Vandaag stond dezelfde voorman er weer, met twee andere mensen. Moet ik dat opnieuw melden?"
    )


def help_in_monster(town: Town) -> None:
    """The neighbourhood team asked for help; SHOP plans a first talk."""
    calendar = town.calendar
    matter = Matter(town, calendar.ago(5))
    told = matter.file(
        Told(
            ReportContent(
                saw="Een vrouw vertelt dat iemand anders haar bankpas heeft. Zij moet elke dag een vast "
                "bedrag afgeven.",
                where="Monster, wijk Oost",
                role="wmo",
                signals=("ALG-15", "ALG-14"),
                people="Vrouw, ongeveer 30 jaar",
                spoke="yes",
                wants="Zij wil met iemand praten die haar taal spreekt.",
                language="Roemeens",
                reach="Op dinsdag bij het wijkteam",
            ),
            kind="help",
            anonymity=Anonymity.NAMED,
            minor=Minor.NO,
            identity=IdentityContent(
                name="Fenna Visser", phone="0174 00 00 58", organisation="Wijkteam Monster"
            ),
        )
    )
    matter.next(1).take_in(told, "Huis bij de zuidpunt", code="8NVC")
    matter.soon().wish("yes", "Praten met iemand die haar taal spreekt.", asked_by="het wijkteam")
    matter.soon().weigh("continue", "help_asked")
    matter.next(1).choose("person", "adult_wants_help")
    shop = matter.soon().send("person", "shop", "Kunt u haar dinsdag spreken, bij het wijkteam?", code="9TQ7")
    matter.on(calendar.ago(2), "09:10").accepts("shop", shop)
    matter.on(calendar.ago(1), "10:30").look_again(calendar.ahead(9))
    matter.soon().look_again(calendar.ahead(5), "person")
    matter.soon().answers("shop", shop, "opgepakt", "Wij plannen een eerste gesprek.")


def police_silent(town: Town) -> None:
    """Coercion was told; the police did not answer yet, one reminder went; the reporter was asked too."""
    calendar = town.calendar
    matter = Matter(town, calendar.ago(12))
    told = matter.file(
        Told(
            ReportContent(
                saw="Een jongen aan de balie fluisterde dat hij niet weg mag bij zijn werk. Zijn baas "
                "stond buiten te wachten.",
                where="Kleine Achterweg 161, Naaldwijk",
                form=LABOUR,
                role="brp",
                signals=("ALG-25", "ALG-10", "ALG-06"),
                company="Inpakbedrijf Kleine Achterweg",
                people="Een man, begin twintig",
                spoke="yes",
                wants="Hij wil nu niets. Hij is bang voor zijn broer.",
            ),
            anonymity=Anonymity.CONFIDENTIAL,
            minor=Minor.NO,
            account=REPORTER,
        )
    )
    matter.next(1).take_in(told, "Werkplaats langs het spoor")
    matter.soon().weigh("continue", "danger")
    matter.soon().facts(LABOUR, coercion_seen="yes")
    matter.soon().wish("no", wants_not="Geen gesprek nu.", asked_by="burgerzaken")
    matter.next(1).residents("nobody_stays", "care_coordination")
    matter.on(calendar.ago(9)).choose("place", "place_labour_coercion")
    police = matter.soon().send(
        "place", "avim", "Er is dwang verteld. Wat kunt u doen zonder hem in gevaar te brengen?", code="4MX2"
    )
    matter.on(calendar.ago(4)).remind(police)
    matter.on(calendar.ago(3)).ask(told, "vehicle", "when_again")
    matter.on(calendar.ago(2)).look_again(calendar.ahead(6))
    matter.soon().look_again(calendar.ahead(2), "place")


def returned(town: Town) -> None:
    """The inspection team gave it back: too little to go on. The focal point chooses anew."""
    calendar = town.calendar
    matter = Matter(town, calendar.ago(11))
    told = matter.file(
        Told(
            ReportContent(
                saw="In een oude schuur brandt ’s nachts licht. Er gaan mensen in en uit met tassen.",
                where="Zwethkade 5, Kwintsheul",
                form=LABOUR,
                role="boa",
                signals=("LOC-03", "ARB-06"),
            ),
            anonymity=Anonymity.NAMED,
            identity=IdentityContent(name="Dirk Wagenaar", organisation="Toezicht en handhaving"),
        )
    )
    matter.next(1).take_in(told, "Schuur achter de dijk")
    matter.soon().weigh("continue", "concrete", answers=("unknown", "yes", "no"))
    matter.next(1).residents("care_joins", "who_joins")
    matter.soon().choose("place", "place_labour_joint_check")
    check = matter.soon().send("place", "heit", "Wilt u deze schuur meenemen in een avondcontrole?")
    matter.on(calendar.ago(5)).look_again(calendar.ahead(7))
    matter.on(calendar.ago(1), "14:10").returns("heit", check, "too_little")


def held(town: Town) -> None:
    """Only a suspicion: looked at again on a day."""
    matter = Matter(town, town.calendar.ago(10))
    told = matter.file(
        Told(
            ReportContent(
                saw="In een nagelsalon wisselt het personeel elke week. De prijzen zijn heel laag.",
                where="Prinses Amaliaplein 2, ’s-Gravenzande",
                form=LABOUR,
                role="vergunning",
                signals=("ARB-20", "ARB-22"),
                company="Salon Glans",
                kvk="90003390",
            ),
            anonymity=Anonymity.NAMED,
            minor=Minor.NO,
            identity=IdentityContent(name="Ruben Tak", organisation="Vergunningen"),
        )
    )
    matter.next(1).take_in(told, "Winkel bij de blauwe deur")
    matter.soon().look_up("permits", "permit_exists", "right_place", "no_hit")
    matter.soon().weigh("hold", "suspicion", answers=("no", "yes", "unknown"), until=town.calendar.ahead(24))
    matter.next(1).tell(told, "onvoldoende")


def two_cases_one_company(town: Town) -> None:
    """An earlier case on the same company, closed after the inspectorate did not answer two reminders."""
    calendar = town.calendar
    matter = Matter(town, calendar.back(240))
    told = matter.file(
        Told(
            ReportContent(
                saw="Ik werkte daar een week. Mijn loon kwam niet. Anderen durven niets te zeggen.",
                where="Kwakelweg 77, De Lier",
                form=LABOUR,
                signals=("ARB-02", "ARB-03"),
                company=GROWER,
                kvk="90.00.41.27",
                people="Ongeveer tien mensen",
            )
        )
    )
    matter.next(1).take_in(told, "Loods aan het water")
    matter.soon().weigh("continue", "concrete")
    matter.next(1).residents("nobody_stays", "fairwork")
    matter.soon().choose("place", "place_labour")
    sent = matter.soon().send("place", "arbeidsinspectie", "Is dit bij u bekend?")
    matter.next(13).remind(sent)
    matter.next(6).remind(sent)
    matter.next(6).give_up(sent, "two_reminders")
    matter.soon().close_track("place", "unanswered", "nothing_found")
    matter.next(1).subject(NewSubject("company", GROWER, identifiers=(("kvk", "90004127"),)))
    matter.soon().close("unanswered", "not_enough")


def mark(town: Town) -> None:
    """Marked just now by somebody on their round, to be finished today."""
    moment = timezone.localtime(town.calendar.now - timedelta(minutes=20))
    reporter = town.world.people[REPORTER]
    content = MarkContent(
        marks=("sleeps_at_work", "afraid"),
        where="Havenkade, Maasdijk",
        day=moment.date().isoformat(),
        time=f"{moment:%H:%M}",
        municipality=town.code,
    )
    town.world.do(moment, reporter, reports.mark, content=content, actor=reporter)
