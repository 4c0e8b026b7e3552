"""One matter from report to answer, made by the actions, with a word to look for in every free field."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sluitend.demo import deeds
from sluitend.journeys.assurance import actions as assurance
from sluitend.journeys.care import actions as care
from sluitend.journeys.care_files import actions as care_files
from sluitend.journeys.care_files.models import FileMode
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.actions.intake import Judgement
from sluitend.journeys.cases.actions.planning import as_kept
from sluitend.journeys.cases.actions.tracks import ensure_track
from sluitend.journeys.cases.actions.working import on_case
from sluitend.journeys.cases.drafts import NewObservation, NewSubject
from sluitend.journeys.cases.journey import CASE_PLAN, REFER
from sluitend.journeys.cases.queries.kept_plan import BEGUN, kept_plan
from sluitend.journeys.exchanges import actions as exchanges
from sluitend.journeys.exchanges.asking import Question
from sluitend.journeys.exchanges.inquiring import InquiryChoice, inquiry_offer, ways_to_ask
from sluitend.journeys.exchanges.offers import TransferChoice, transfer_offer
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals.choosing import Choice
from sluitend.journeys.referrals.queries import offers
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports import queries as report_queries
from sluitend.journeys.reports.content import IdentityContent, ReportContent
from sluitend.journeys.reports.models import Report
from sluitend.journeys.shelter import actions as shelter
from sluitend.journeys.visits import actions as visits
from sluitend.journeys.visits.places import Place
from sluitend.kernel.access.acting import NOBODY, Actor, acting, actor_for, system_actor
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Account, Organisation

PLANT = "zeldzaamwoord"
"""Stands in every free text of a sample, so that it can be looked for where it may not be."""
PLANTED_PHONE, PLANTED_PLATE, PLANTED_KVK = "0612345678", "VB-123-X", "90004191"


def actor(email: str) -> Actor:
    """Return somebody of the region as they act after signing in."""
    return actor_for(Account.objects.get(email=email))


@dataclass(frozen=True)
class Sample:
    """The codes of one matter: a report still to be read, one in a case, the case and a referral.

    And of a planned visit with a wait request, at another place.
    """

    new_report: str
    report: str
    report_receipt: str
    case: str
    referral: str
    transfer: str = ""
    request: str = ""
    visit: str = ""
    wait_request: str = ""
    help_request: str = ""
    care_file: str = ""
    search: str = ""
    assured: str = ""


def content(**changes: object) -> ReportContent:
    """Return what a reporter told, with the planted word in every free field."""
    values: dict[str, object] = {
        "saw": f"Vijf kisten in een schuur {PLANT}",
        "think": f"Ik denk aan dwang {PLANT}",
        "where": f"Tuinderspad 12 a, De Lier {PLANT}",
        "when": "today",
        "form": "arbeidsuitbuiting",
        "role": "huisvesting",
        "company": f"Kwekerij {PLANT} B.V.",
        "kvk": PLANTED_KVK,
        "plate": PLANTED_PLATE,
        "phone": PLANTED_PHONE,
        "account": f"@van_{PLANT}",
        "people": f"Man met pet {PLANT}",
        "spoke": "yes",
        "wants": f"Een dokter {PLANT}",
        "reach": f"Via de balie {PLANT}",
        "language": f"Pools {PLANT}",
    }
    return ReportContent(**{**values, **changes})  # type: ignore[arg-type]


def file_report(
    organisation: Organisation,
    *,
    anonymity: str = "named",
    acute: bool = False,
    minor: str = "no",
    told: ReportContent | None = None,
) -> tuple[str, str]:
    """File a report as the intake role, sweep it, and return its code and receipt."""
    with acting(NOBODY):
        filed = reports.file_report(
            reports.Filing(
                organisation_id=organisation.id,
                content=told or content(),
                anonymity=anonymity,
                acute=acute,
                minor=minor,
                identity=IdentityContent()
                if anonymity == "anonymous"
                else IdentityContent(name=f"Jo Ver{PLANT}", mail=f"{PLANT}@voorbeeld.example"),
                sending=uuid4(),
            )
        )
    with acting(system_actor(organisation.id)) as system:
        reports.sweep(system)
        code = Report.objects.get(pk=filed.report_id).code
    return code, filed.receipt


def take_in(report_code: str, who: Actor, *, name: str = "") -> str:
    """Make a case of a report and return its code."""
    with acting(who):
        view = report_queries.report(report_code, who)
        judgement = Judgement(scope="yes", task="yes", territory="yes")
        return cases.take_in_new(actor=who, report=view, judgement=judgement, name=name)


def weigh(case: str, who: Actor) -> None:
    """Weigh a case: go on."""
    with acting(who):
        cases.weigh(
            actor=who,
            code=case,
            concrete="yes",
            recent="yes",
            pattern="yes",
            decision="continue",
            reason="andere_reden",
            sentence=f"Omdat het kan {PLANT}",
        )


def work(case: str, who: Actor) -> None:
    """Add what a focal point can type to a case."""
    with acting(who):
        cases.add_subject(
            actor=who,
            code=case,
            new=NewSubject(
                kind="person", name=f"Voorman {PLANT}", roles=("suspect",), remark=f"Lang {PLANT}"
            ),
        )
    with acting(who):
        cases.add_observation(
            actor=who,
            code=case,
            new=NewObservation(kind="fact", text=f"Gasflessen {PLANT}", source=f"eigen {PLANT}"),
        )
    with acting(who):
        cases.add_note(actor=who, code=case, text=f"Bel maandag {PLANT}")


def answer_residents(case: str, who: Actor) -> None:
    """Answer what happens to the people at the place."""
    with acting(who):
        cases.answer_residents_question(actor=who, code=case, answer="nobody_stays", first_step="who_joins")


def let_go(case: str, who: Actor) -> None:
    """Make a case ready for another municipality: the person agrees, and the place is looked at."""
    answer_residents(case, who)
    with acting(who):
        cases.set_fact(actor=who, code=case, fact="may_know", values=["all"])
    with acting(who):
        cases.open_track(actor=who, code=case, track="place")


def compose(case: str, who: Actor, *chosen: str, **facts: str) -> None:
    """Answer the question about the residents, say these facts, and begin to compose actions of the plan."""
    answer_residents(case, who)
    for fact, value in facts.items():
        with acting(who):
            cases.set_fact(actor=who, code=case, fact=fact, values=[value])
    with acting(who):
        deeds.compose(case_code=case, actions=chosen or ("work_inspect",), actor=who)


def compose_again(case: str, who: Actor, track: str) -> None:
    """Begin anew what a track asks first, as if what went before had come to nothing."""
    again = {"place": "work_inspect", "person": "care_refer"}[track]
    with acting(who), on_case(case, who, CASE_PLAN) as it:
        kept = kept_plan(it.row, it.envelope)
        kept["actions"][again] = as_kept(it, BEGUN)
        it.seal("plan", kept)
        ensure_track(it, track, REFER)


def settle(case: str, who: Actor) -> None:
    """Do all that the plan asks and nobody decided about, so that the case waits."""
    with acting(who):
        deeds.settle(case_code=case, actor=who)


def refer(
    case: str,
    who: Actor,
    *,
    track: str = "place",
    partner: str = "arbeidsinspectie",
    channel: str = "account",
    without: Collection[str] = (),
    beyond: str = "",
) -> str:
    """Send a referral with all that its action lets go, or all but some parts, and return its code.

    Args:
        beyond: the ground on which more goes too.
    """
    with acting(who):
        able = offers.offers_for(case, who, track=track)
    if not able:
        compose_again(case, who, track)
    with acting(who):
        able = offers.offers_for(case, who, track=track)
        offer = next(each for each in able if each.partner(partner))
        parts = frozenset(
            part.id
            for part in offer.parts
            if (part.allowed or beyond) and part.text and not part.never and part.part not in without
        )
        choice = Choice(
            partner=partner,
            channel=channel,
            basis=offer.bases[0].id,
            purpose=offer.purposes[0].id,
            answer_by=timezone.localdate() + timedelta(days=14),
            expires=timezone.localdate() + timedelta(days=60),
            parts=parts,
            no_way=offer.no_way is not None and not offer.gives_way(parts),
            beyond_ground=beyond,
            beyond_reason="Dat bleek vandaag" if beyond else "",
            question=f"Wilt u gaan kijken? {PLANT}",
        )
        return referrals.send(case_code=case, track=track, letter=offer.key, choice=choice, actor=who)


def ready_to_hand_over(told: ReportContent | None = None) -> str:
    """Make a case of Westland that another municipality can take over, where nobody asked to wait."""
    who = actor("af@westland.example")
    told = told or content(where=f"Zwethkade 53, De Lier {PLANT}", plate="GZ871K")
    report, _ = file_report(Organisation.objects.get(code="GM1783"), told=told)
    case = take_in(report, who)
    weigh(case, who)
    let_go(case, who)
    return case


def hand_over(case: str, who: Actor, *, municipality: str = "GM0518", way: str = "secure_mail") -> str:
    """Ask another municipality to take a case over and return the code of the transfer."""
    with acting(who):
        offer = transfer_offer(case, who)
        choice = TransferChoice(
            municipality=municipality,
            way=way,
            basis=offer.bases[0].id,
            purpose=offer.purposes[0].id,
            answer_by=timezone.localdate() + timedelta(days=7),
            parts=frozenset(part.id for part in offer.allowed),
            explanation=f"De schuur staat daar {PLANT}",
        )
        return exchanges.send_transfer(case_code=case, choice=choice, actor=who)


def ask(who: Actor, to: str, *, kind: str = "known", acute: bool = False, minor: bool = False) -> str:
    """Ask another organisation something and return the code of the request.

    A municipality asks what is known about a case, which is made for it.
    """
    if kind == "known":
        return inquire(who, to)
    with acting(who):
        question = Question(
            to=to,
            kind=kind,
            text=f"Kent u dit adres? {PLANT}",
            answer_by=timezone.localdate() + timedelta(days=7),
            acute=acute,
            minor=minor,
        )
        return exchanges.send_request(question=question, actor=who)


def inquire(who: Actor, to: str, *, case: str = "", about: str = "", parts: Collection[str] = ()) -> str:
    """Ask another organisation about a case and return the code of the request.

    Args:
        case: a new one when left out.
        about: id in the handbook; the first that fits when left out.
        parts: ids in the handbook of what goes along.
    """
    case = case or take_in(file_report(Organisation.objects.get(pk=who.own_organisation))[0], who)
    with acting(who):
        way = next(each for each in ways_to_ask(who) if each.addressee.code == to)
        about = about or way.inquiries[0].id
        offer = inquiry_offer(case, to, about, who)
        if offer.hindrances:
            cases.answer_residents_question(
                actor=who, code=case, answer="nobody_stays", first_step="who_joins"
            )
            offer = inquiry_offer(case, to, about, who)
        choice = InquiryChoice(
            purpose=offer.purposes[0].id,
            basis=offer.bases[0].id,
            asks=frozenset({offer.asks[0].id}),
            text=f"Kent u dit adres? {PLANT}",
            answer_by=timezone.localdate() + timedelta(days=7),
            parts=frozenset(each.id for each in offer.allowed if each.part in parts),
        )
        return exchanges.send_inquiry(case_code=case, to=to, about=about, choice=choice, actor=who)


def whole_route() -> Sample:
    """Make one matter of Westland that ends in an accepted and answered referral to the labour
    inspectorate."""
    westland = Organisation.objects.get(code="GM1783")
    who = actor("af@westland.example")
    new_report, _ = file_report(westland, minor="yes")
    report, receipt = file_report(westland)
    case = take_in(report, who)
    work(case, who)
    weigh(case, who)
    compose(case, who)
    referral = refer(case, who)
    inspector = actor("nla@arbeidsinspectie.example")
    with acting(inspector):
        referrals.accept(code=referral, actor=inspector)
    visit, wait_request = plan_and_ask_to_wait(westland)
    asked, _ = ask_for_help()
    search = begin_to_search()
    return Sample(
        *(new_report, report, receipt, case, referral),
        visit=visit,
        wait_request=wait_request,
        help_request=asked,
        care_file=care_file(),
        search=search,
        assured=assure(),
    )


def assure(kind: str = "coordination", area: str = "haaglanden", **agreed: Any) -> str:
    """Let the region record help that is agreed, and return its code."""
    who = actor("regio@rsiv.example")
    with acting(who):
        return assurance.record_assured(
            kind=kind, area=area, agreed=assurance.Agreed(**{"partner": "shop", **agreed}), actor=who
        )


def taken_request() -> str:
    """Let care coordination take a request on, and return its code."""
    asked, _ = ask_for_help()
    coordinator = actor("zorg@shop.example")
    with acting(coordinator):
        care.take_on(code=asked, actor=coordinator)
    return asked


def begin_to_search() -> str:
    """Let care coordination take a request on and look for a place, and return the code of the search."""
    asked, coordinator = taken_request(), actor("zorg@shop.example")
    with acting(coordinator):
        return shelter.start(
            request=asked,
            actor=coordinator,
            wish=shelter.Wish("adult", 1, "haaglanden", "womens", ("women",)),
        )


def help_answers(**changes: str | Collection[str]) -> dict[str, list[str]]:
    """Return what a professional filled in, with the planted word in every free field."""
    values: dict[str, str | Collection[str]] = {
        "danger_now": "nee",
        "start": "hulp",
        "bed_tonight": "ja",
        "under_18": "nee",
        "knows": "weet_en_wil",
        "agreed_to": ["bellen", "naam_doorgeven"],
        "call_name": f"Mei {PLANT}",
        "safe_contact": "call",
        "safe_contact_value": PLANTED_PHONE,
        "safe_contact_days": "office",
        "safe_contact_start": "10:00",
        "safe_contact_end": "12:00",
        "safe_contact_voicemail": "nee",
        "watched": "nee",
        "language": f"Mandarijn {PLANT}",
        "where": "GM0518",
        "doctor_today": "nee",
        "seen": f"Zij mag niet weg {PLANT}",
        "asker_name": f"Loes {PLANT}",
        "asker_phone": "070 765 43 21",
        "may_name_asker": "nee",
    }
    given = {**values, **changes}
    return {name: [each] if isinstance(each, str) else [*each] for name, each in given.items()}


def ask_for_help(**changes: str | Collection[str]) -> tuple[str, str]:
    """Ask care coordination for help as the intake role, and return the code and the receipt."""
    pack = current_release().pack
    assert pack.care_coordination
    organisation = Organisation.objects.get(code=pack.care_coordination.id)
    with acting(system_actor(organisation.id)):
        before = set(Report.objects.values_list("code", flat=True))
    with acting(NOBODY):
        asked = care.file_request(help_answers(**changes), sending=uuid4(), pack=pack)
    with acting(system_actor(organisation.id)) as system:
        reports.sweep(system)
        codes = Report.objects.values_list("code", flat=True)
        (code,) = set(codes) - before
    return code, asked.receipt


def care_file(**changes: str | Collection[str]) -> str:
    """Return the code of a care file of which the person said yes to counting; it is a whole one."""
    coordinator = actor("zorg@shop.example")
    request, _ = ask_for_help(**changes)
    with acting(coordinator):
        care.take_on(code=request, actor=coordinator)
        code = care.open_file(code=request, actor=coordinator)
        agreed = care_files.Agreed(
            kind="statistics",
            answer="yes",
            on=timezone.localdate().isoformat(),
            form="paper",
            language="nl",
            age_band="adult",
        )
        care_files.answer(code=code, actor=coordinator, agreed=agreed, revision=None)
        keep_whole_files(coordinator)
        for section, values in (
            ("life_areas", {"area": "place", "own_words": f"Ik slaap bij {PLANT}.", "word_person": "much"}),
            ("goals", {"step": f"Bel de huisarts {PLANT}", "before": agreed.on}),
        ):
            care_files.write_part(
                code=code, actor=coordinator, section=section, row="", values=values, revision=None
            )
    return code


def keep_whole_files(of: Actor) -> None:
    """Let an organisation keep whole care files, as its administrator would; no sample has one there."""
    FileMode.objects.update_or_create(
        organisation_id=of.own_organisation, defaults={"state": FileMode.State.WHOLE}
    )


def plan_and_ask_to_wait(westland: Organisation) -> tuple[str, str]:
    """Let the police ask to wait at a place where the inspector has something planned; return both codes."""
    planner, police = actor("toezicht@westland.example"), actor("avim@politie.example")
    place = Place(address=f"Havenweg 7, Maasdijk {PLANT}", company=f"Loods {PLANT}", plate=PLANTED_PLATE)
    with acting(planner):
        plan = visits.Plan(
            kind="check", day=timezone.localdate() + timedelta(days=3), place=place, aim=f"Kijken {PLANT}"
        )
        visit = visits.plan_visit(actor=planner, plan=plan)
    with acting(police):
        wanted = visits.Ask(
            place=place,
            until=timezone.localdate() + timedelta(days=14),
            ground="andere_reden",
            sentence=f"Actie {PLANT}",
            contact=f"Rechercheur {PLANT}",
            telephone=PLANTED_PHONE,
        )
        wait_request = visits.ask(actor=police, municipality_id=westland.id, wanted=wanted)
    with acting(system_actor(westland.id)) as system:
        visits.catch_up(system)
    focal_point = actor("af@westland.example")
    with acting(focal_point):
        visits.consult(
            actor=focal_point,
            code=wait_request,
            visit_code=visit,
            what=visits.Consulted(f"Agent {PLANT}", timezone.localdate(), "together"),
        )
    return visit, wait_request
