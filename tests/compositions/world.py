"""A region at work over weeks: reporters, focal points, deputies, partners, care and the clock.

Each method is a press that somebody could try at any moment; one that cannot be done then is refused, which
is an answer too. The world remembers what it did, so that a judge need not believe what the pages say.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from sluitend.demo.clock import at
from sluitend.journeys.administration.actions import absence as absence_actions
from sluitend.journeys.administration.actions import agreements
from sluitend.journeys.administration.actions import people as administration
from sluitend.journeys.administration.actions import roles as role_actions
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases import queries
from sluitend.journeys.cases.actions.intake import Judgement
from sluitend.journeys.cases.models import Case, CaseReport
from sluitend.journeys.cases.queries.kept_plan import track_of
from sluitend.journeys.cases.queries.plan_views import ActionView
from sluitend.journeys.exchanges import actions as exchanges
from sluitend.journeys.exchanges.models import Transfer, TransferCase
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.referrals.actions.telling import tell_cases
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.waiting import Wait
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports import queries as report_queries
from sluitend.journeys.reports.models import Report, State
from sluitend.journeys.visits import actions as visits
from sluitend.kernel.access.acting import NOBODY, Actor, acting, actor_for, system_actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.flow.expiring import expire_passed
from sluitend.kernel.followup import escalation
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.absence import absences, pools
from sluitend.kernel.organisations.models import Account, Membership, Organisation, Role
from sluitend.surfaces.desk import team_actions
from sluitend.surfaces.desk.queries import Today, today
from tests import samples
from tests.roles import cover
from tests.roles import give as give_role
from tests.test_promise import attempt

FOCAL, DEPUTY, NEIGHBOUR = "af@westland.example", "vervanger@westland.example", "af@denhaag.example"
MANAGER, REPORTER = "manager@westland.example", "melder@westland.example"
ADMINISTRATOR, THEIR_ADMINISTRATOR = "beheer@westland.example", "beheer@denhaag.example"
PEOPLE = (FOCAL, DEPUTY, NEIGHBOUR, MANAGER, REPORTER, ADMINISTRATOR, THEIR_ADMINISTRATOR)
COVERED = "GM0503"
"""A municipality where nobody works: the neighbour is among those who stand in."""
CARE = "shop"
PARTNERS = {
    "arbeidsinspectie": "nla@arbeidsinspectie.example",
    "avim": "avim@politie.example",
    CARE: "zorg@shop.example",
}
BRINGS_NEWS = {"take_in", "add_to_case", "set_danger", "press_danger", "add_danger"}
"""What is done to a case and leaves it pressing."""
TIME = ("an_hour", "a_day", "a_week")
OTHER = {"reason": "andere_reden", "sentence": "Past bij wat er is gebeurd"}


@dataclass
class Told:
    """A report that somebody filed, as the one who filed it knows it."""

    code: str
    receipt: str
    acute: bool


@dataclass
class Sent:
    """A referral, with whoever received it."""

    code: str
    case: str
    partner: Actor


class World:
    """One municipality, its neighbour, one that is covered and partners, from a Monday morning on."""

    def __init__(self) -> None:
        self.westland = Organisation.objects.get(code="GM1783")
        self.covered = Organisation.objects.get(code=COVERED)
        self.clocked = [
            self.westland,
            self.covered,
            *Organisation.objects.filter(code__in=("GM0518", *PARTNERS)),
        ]
        """Where the clock runs."""
        self.now = self.monday()
        self.ticked = self.now
        """When the clock of what waits ran last."""
        self.people = {each: samples.actor(each) for each in PEOPLE}
        self.partners = {name: samples.actor(email) for name, email in PARTNERS.items()}
        self.hands = self.people[FOCAL]
        with at(self.now):
            self._renew_cover()
        self.stands_in = actor_for(Account.objects.get(email=NEIGHBOUR), chosen=str(self.covered.id))
        self.elsewhere: list[str] = []
        """Codes of reports to the municipality that is covered, and of its cases."""
        self.twins: list[tuple[str, str]] = []
        """Codes of two reports that nobody touched since both came in: here, and where others stand in."""
        self.heard: dict[UUID, set[UUID]] = {}
        """By step that waits too long: whom that reached, whenever."""
        self.climbed: dict[UUID, set[UUID]] = {}
        """The same of the last time that the clock ran."""
        self.reports: list[Told] = []
        self.cases: list[str] = []
        self.sent: list[Sent] = []
        self.transfers: list[str] = []
        self.gone: dict[str, str] = {}
        """By code of a case that another municipality took: that of the case there."""
        self.pressing: dict[str, str] = {}
        """By code of a case or report: what came in that nobody has worked on since, in words."""
        self.touched = ""
        self.planned = set[str]()
        """Cases of which somebody decided about an action of the plan."""
        self.waits = set[UUID]()
        """Organisations of partners that asked to wait, which binds until they lift it."""
        self.unwatched = set[str]()
        """Codes of cases of which nobody looked along at what made them urgent since."""
        self.closed = ""
        """Whose account is closed: the focal point's or the deputy's, never both."""
        self.opened: dict[str, str] = {}
        """By code of a referral: the step that an answer must have opened, until somebody worked it in."""

    @staticmethod
    def monday() -> datetime:
        """Return ten o'clock of the Monday of this week."""
        day = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
        return timezone.make_aware(datetime.combine(day, time(10)))

    def press(self, name: str, pick: int) -> bool:
        """Let somebody try something, a minute after what was before. Returns whether it was done."""
        self.now += timedelta(minutes=1)
        self.touched = ""
        with at(self.now):
            done = attempt(lambda: getattr(self, name)(pick))
        if done and name not in BRINGS_NEWS:
            self.pressing.pop(self.touched, None)
        if done and name not in {*TIME, "report_twice"}:
            self.twins.clear()
        return done

    # What comes in

    def report(self, pick: int) -> None:
        """Tell something that can wait."""
        self._file(acute=False, minor=("no", "perhaps", "unknown")[pick % 3])

    def report_danger(self, _pick: int) -> None:
        """Tell of danger now."""
        self._file(acute=True, minor="no")

    def report_child(self, _pick: int) -> None:
        """Tell of a child in danger."""
        self._file(acute=True, minor="yes")

    def report_twice(self, pick: int) -> None:
        """Tell the same in one's own municipality and in one where others stand in."""
        self._file(acute=pick % 2 == 1, minor="no")
        told = self.reports[-1]
        code, _receipt = samples.file_report(self.covered, acute=told.acute, minor="no")
        self.elsewhere.append(code)
        self.twins.append((told.code, code))
        if told.acute:
            self.pressing[code] = "a report of danger where others stand in"

    def add_words(self, pick: int) -> None:
        """Let the reporter add something by the receipt."""
        told = self._of(self.reports, pick)
        with acting(NOBODY):
            reports.add_to_report(receipt=told.receipt, text="Er kwam een tweede busje bij")
        self._sweep()

    def add_danger(self, pick: int) -> None:
        """Let the reporter tell by the receipt that there is danger now."""
        told = self._of(self.reports, pick)
        with acting(NOBODY):
            danger = reports.Danger(answer="yes")
            reports.add_to_report(receipt=told.receipt, text="Zij mag er niet uit", danger=danger)
        self._sweep()
        where = self._where(told)
        self.pressing[where] = "danger told by the receipt"
        if where in self.cases:
            self.unwatched.add(where)

    # What a focal point or deputy does, whoever of the two is at the desk

    def change_hands(self, _pick: int) -> None:
        """Let the other of the two sit down."""
        if self.closed:
            raise DomainError("There is no other.")
        self.hands = self.people[DEPUTY if self.hands is self.people[FOCAL] else FOCAL]

    def take_in(self, pick: int) -> None:
        """Make a case of a report."""
        told = self._of(self.reports, pick)
        self.cases.append(samples.take_in(told.code, self.hands))
        self._moves(told.code, self.cases[-1])

    def add_to_case(self, pick: int) -> None:
        """Add the newest report to a case."""
        told, case = self._of(self.reports, 0), self._case(pick)
        with acting(self.hands):
            view = report_queries.report(told.code, self.hands)
            judgement = Judgement(scope="yes", task="yes", territory="yes")
            cases.add_to_case(actor=self.hands, report=view, judgement=judgement, case_code=case)
        self._moves(told.code, case)

    def close_report(self, pick: int) -> None:
        """End a report without a case."""
        told = self._of(self.reports, pick)
        with acting(self.hands):
            row = Report.objects.get(code=told.code)
            reports.close(row.id, outcome="not_in_scope", actor=self.hands)
        self.pressing.pop(told.code, None)

    def ask_reporter(self, pick: int) -> None:
        """Ask whoever reported."""
        self._with_report(pick, reports.ask, text="Waar was dat?")

    def read_words(self, pick: int) -> None:
        """Read what the reporter added."""
        self._with_report(pick, reports.read_answer)
        told = self._of(self.reports, pick)
        with acting(self.hands):
            if Report.objects.get(code=told.code).state != State.NEW:
                self.pressing.pop(told.code, None)

    def second_eyes(self, pick: int) -> None:
        """Look along."""
        self._with_report(pick, reports.second_eyes)
        self.unwatched.discard(self._where(self._of(self.reports, pick)))

    def look_along(self, pick: int) -> None:
        """Look along at what made a case urgent."""
        self._with_case(pick, cases.look_along)
        self.unwatched.discard(self.touched)
        self.touched = ""  # to have looked is not to have worked on it

    def weigh(self, pick: int) -> None:
        """Go on with a case."""
        samples.weigh(self._case(pick), self.hands)

    def wait_with(self, pick: int) -> None:
        """Weigh a case and leave it for later."""
        self._weighed(pick, "hold")

    def set_danger(self, pick: int) -> None:
        """Correct a case: there is danger now, which nobody knew."""
        with acting(self.hands):
            if Case.objects.filter(code=self._case(pick), acute=True).exists():
                raise DomainError("That was known.")
        self._with_case(pick, cases.set_fact, fact="danger", values=["now"])
        self.pressing.setdefault(self._case(pick), "a fact corrected")

    def set_child(self, pick: int) -> None:
        """Correct a case: it is about a child."""
        self._with_case(pick, cases.set_fact, fact="minor", values=["yes"])

    # By the plan

    def press_danger(self, pick: int) -> None:
        """Press in the plan that there is danger now, which nobody knew."""
        with acting(self.hands):
            if Case.objects.filter(code=self._case(pick), acute=True).exists():
                raise DomainError("That was known.")
        self._with_case(pick, cases.set_fact, fact="danger", values=["now"])
        self.pressing.setdefault(self._case(pick), "a fact pressed")

    def press_embassy(self, pick: int) -> None:
        """Say in the plan that an embassy is in it, which takes the place out, or that none is."""
        value = "no" if pick % 2 else "yes"
        self._with_case(pick // 2, cases.set_fact, fact="embassy", values=[value])

    def press_wish(self, pick: int) -> None:
        """Press in the plan that the person wants help, or does not."""
        self._with_case(pick, cases.set_fact, fact="wish", values=[("yes", "no")[pick % 2]])

    def ask_by_plan(self, pick: int) -> None:
        """Ask the first partner of the plan that can be asked."""
        code = self._case(pick)
        for each in self._ready(code):
            if each.composes and (partner := self._partner(each)):
                with acting(self.hands):
                    cases.start_actions(actor=self.hands, code=code, actions=[each.planned.id])
                track = track_of(each.planned.id, each.planned.pack)
                sent = samples.refer(code, self.hands, track=track, partner=partner)
                self.sent.append(Sent(sent, code, self.partners[partner]))
                self.planned.add(code)
                return
        raise DomainError("There is nobody to ask.")

    def tick_off(self, pick: int) -> None:
        """Do the first action of the plan."""
        self._decide(pick, cases.finish_action)

    def leave_out(self, pick: int) -> None:
        """Do not do the first action of the plan."""
        self._decide(pick, cases.refuse_action, **OTHER)

    def hand_out(self, pick: int) -> None:
        """Give the first measure of the plan to somebody of the municipality, for two days."""
        code = self._case(pick)
        able = [each for each in self._ready(code) if each.planned.action.is_given]
        if not able:
            raise DomainError("There is no measure.")
        until = timezone.localdate() + timedelta(days=2)
        self._with_case(pick, cases.give, action=able[0].planned.id, to="body:college", until=until)
        self.planned.add(code)

    def end_measure(self, pick: int) -> None:
        """Note that the first measure that somebody has was not imposed."""
        code = self._case(pick)
        with acting(self.hands):
            held = [each for each in queries.measures_page(code, self.hands).views if each.held]
        if not held:
            raise DomainError("Nobody has a measure.")
        ended = {"action": held[0].id, "result": "not_imposed", "on": timezone.localdate()}
        self._with_case(pick, cases.note_result, **ended)

    def add_measure(self, pick: int) -> None:
        """Add a measure that no rule asks for."""
        self._with_case(pick, cases.add_measure, action="penalty_propose", **OTHER)
        self.planned.add(self._case(pick))

    def take_up_again(self, pick: int) -> None:
        """Open again what was decided last."""
        code = self._case(pick)
        with acting(self.hands):
            page = queries.plan_page(code, self.hands)
            decided = [each for line in page.lines for each in line.decided]
            if not decided:
                raise DomainError("Nothing was decided.")
            cases.take_up_again(actor=self.hands, code=code, action=decided[-1].planned.id)

    def off_plan(self) -> Iterator[tuple[str, str]]:
        """Give the cases begun from their plan of which the next step is not what the plan says."""
        for code in sorted(self.planned):
            with at(self.now), acting(self.hands):
                case = Case.objects.select_related("current_step").get(code=code)
                if case.state != Case.State.RUNNING or case.current_step is None or code in self.pressing:
                    continue
                todo = bool(self._ready(code))
                if todo and case.current_step.what == "follow_case":
                    yield code, "there is something to do, and the case waits"

    def open_person(self, pick: int) -> None:
        """Begin to look for help."""
        self._with_case(pick, cases.open_track, track="person")

    def route(self, pick: int) -> None:
        """Choose a partner for the place."""
        samples.compose(self._case(pick), self.hands)

    def refer(self, pick: int) -> None:
        """Send it to the labour inspectorate."""
        self._refer(pick, "arbeidsinspectie")

    def refer_to_police(self, pick: int) -> None:
        """Send it to the police, by the route that names them."""
        samples.compose(self._case(pick), self.hands, "work_police", forced="yes")
        self._refer(pick, "avim")

    def ask_help(self, pick: int) -> None:
        """Ask care coordination to help the person."""
        case = self._case(pick)
        samples.compose(case, self.hands, "care_refer", wish="yes")
        code = samples.refer(case, self.hands, track="person", partner=CARE)
        self.sent.append(Sent(code, case, self.partners[CARE]))

    def read_answer(self, pick: int) -> None:
        """Work in what a partner answered."""
        self._with_referral(pick, referrals.handle_answer, tell="")
        self.opened.pop(self._of(self.sent, pick).code, None)

    def answer_partner(self, pick: int) -> None:
        """Answer a question of a partner."""
        self._with_referral(pick, referrals.answer_question, text="De achterdeur")

    def recall(self, pick: int) -> None:
        """Take a referral back."""
        reason = current_release().pack.reason_list("recall_referral").reasons[0].id
        self._with_referral(pick, referrals.recall, reason=reason)
        self.opened.pop(self._of(self.sent, pick).code, None)

    def let_stand(self, pick: int) -> None:
        """Leave with its partner what the plan asks no more."""
        self._with_referral(pick, referrals.let_stand, reason="not_needed")

    def close_person(self, pick: int) -> None:
        """End the help."""
        self._with_case(pick, cases.close_track, track="person", outcome="no_person", **OTHER)

    def close_place(self, pick: int) -> None:
        """End the work at the place."""
        self._with_case(pick, cases.close_track, track="place", outcome="no_place", **OTHER)

    def close_case(self, pick: int) -> None:
        """End a case."""
        outcome = next(each.id for each in current_release().pack.outcomes if "case" in each.closes)
        ended = cases.Ended(("nothing",), **OTHER)
        self._with_case(pick, cases.close_case, outcome=outcome, tell="outcome", ended=ended, **OTHER)

    def reopen(self, pick: int) -> None:
        """Open a case again."""
        self._with_case(pick, cases.reopen, **OTHER)

    def give(self, pick: int) -> None:
        """Give a case to one of the two by name."""
        who = self.people[(FOCAL, DEPUTY)[pick % 2]]
        code = self._case(pick)
        with acting(self.hands):
            team_actions.assign(code, to=f"person:{who.account_id}", actor=self.hands)

    # A municipality where others stand in

    def take_in_elsewhere(self, pick: int) -> None:
        """Make a case there of a report."""
        code = self._of(self.elsewhere, pick)
        case = samples.take_in(code, self.stands_in)
        self.elsewhere[self.elsewhere.index(code)] = case
        self._moves(code, case)

    def weigh_elsewhere(self, pick: int) -> None:
        """Go on with a case there."""
        self.touched = self._of(self.elsewhere, pick)
        samples.weigh(self.touched, self.stands_in)

    # Another municipality

    def hand_over(self, pick: int) -> None:
        """Ask the neighbour to take a case over."""
        case = self._case(pick)
        samples.let_go(case, self.hands)
        self.transfers.append(samples.hand_over(case, self.hands, way="secure_mail"))

    def take_over(self, pick: int) -> None:
        """Let the neighbour take it."""
        code, who = self._of(self.transfers, pick), self.people[NEIGHBOUR]
        with acting(self.hands):
            mine = TransferCase.objects.values_list("case_code", flat=True).get(transfer__code=code)
        with acting(who):
            self.gone[mine] = exchanges.accept_transfer(code=code, actor=who)
        if mine in self.pressing:
            self.pressing[self.gone[mine]] = self.pressing.pop(mine)

    def finish_transfer(self, pick: int) -> None:
        """Close what went over."""
        self._with_transfer(pick, FOCAL, exchanges.finish_transfer)

    # What a partner does

    def accept(self, pick: int) -> None:
        """Take a referral on."""
        self._as_partner(pick, referrals.accept)

    def give_back(self, pick: int) -> None:
        """Give a referral back."""
        self._as_partner(pick, referrals.return_, **OTHER)

    def partner_asks(self, pick: int) -> None:
        """Ask the municipality."""
        self._as_partner(pick, referrals.ask, text="Welke ingang?")

    def picked_up(self, pick: int) -> None:
        """Answer that it is being worked on."""
        self._as_partner(pick, referrals.feed_back, answer="opgepakt")

    def partner_is_done(self, pick: int) -> None:
        """Answer that it is done."""
        self._as_partner(pick, referrals.feed_back, answer="afgesloten")

    def has_no_place(self, pick: int) -> None:
        """Answer that there is no place tonight."""
        self._as_partner(pick, referrals.feed_back, answer="geen_plek")
        self.opened[self._of(self.sent, pick).code] = "night_without_place"

    def asks_to_wait(self, pick: int) -> None:
        """Answer that nothing may happen at the place for now."""
        until = timezone.localdate() + timedelta(days=20)
        wait = Wait(until, "Meldkamer", "070-1234567", "Tuinderspad 12, De Lier")
        self._as_partner(pick, referrals.feed_back, answer="wacht", text="Er loopt iets", wait=wait)
        with acting(system_actor(self.westland.id)) as system:
            visits.catch_up(system)
            tell_cases(system)
        self.waits.add(self._of(self.sent, pick).partner.own_organisation)

    # Who is there, and the time

    def go_away(self, pick: int) -> None:
        """Let the focal point be away from today, with or without a deputy."""
        if self.closed == FOCAL:
            raise DomainError("That account is closed.")
        deputy = self.people[DEPUTY].own_account if pick % 2 else None
        who, day = self.people[FOCAL], timezone.localdate()
        with acting(who):
            absence_actions.enter_own(first=day, last=day + timedelta(days=9), deputy_id=deputy, actor=who)

    def agree(self, _pick: int) -> None:
        """Let the two municipalities stand in for each other."""
        own, theirs = self.people[ADMINISTRATOR], self.people[THEIR_ADMINISTRATOR]
        day = timezone.localdate()
        with acting(own):
            agreements.propose_pool(
                reference=f"Convenant {len(pools(self.westland.id))}",
                since=day,
                until=day + timedelta(days=300),
                organisation_ids=[theirs.own_organisation],
                actor=own,
            )
        with acting(theirs):
            asked = [each for each in pools(theirs.own_organisation) if not each.own_agreed]
            agreements.agree_to_pool(asked[0].id, actor=theirs)
        # The database covers a week from its own day, which on a Monday is the first of this play.
        self._renew_cover()

    def neighbour_stands_in(self, pick: int) -> None:
        """Let the focal point be away, with the neighbour in their place once they accept it."""
        who, stands_in = self.people[FOCAL], self.people[NEIGHBOUR]
        day, other = timezone.localdate(), stands_in.own_account
        with acting(who):
            absence_actions.enter_own(first=day, last=day + timedelta(days=9), deputy_id=other, actor=who)
        if pick % 2:
            with acting(stands_in):
                offered = Membership.objects.get(
                    account_id=other, organisation_id=self.westland.id, accepted_on=None
                )
                role_actions.accept(offered.id, actor=stands_in)

    def come_back(self, _pick: int) -> None:
        """Let the focal point be back."""
        if self.closed == FOCAL:
            raise DomainError("That account is closed.")
        who = self.people[FOCAL]
        with acting(who):
            for each in absences(who.own_organisation, account_id=who.own_account):
                absence_actions.end(each.id, actor=who)

    def close_account(self, pick: int) -> None:
        """Let the administrator close the account of the focal point or of the deputy."""
        if self.closed:
            raise DomainError("Then nobody would be left.")
        email, other = ((FOCAL, DEPUTY), (DEPUTY, FOCAL))[pick % 2]
        self._account(email, active=False)
        self.closed, self.hands = email, self.people[other]

    def open_account(self, _pick: int) -> None:
        """Let the administrator open it again."""
        if not self.closed:
            raise DomainError("None is closed.")
        self._account(self.closed, active=True)
        role = Role.FOCAL_POINT if self.closed == FOCAL else Role.DEPUTY
        back = self.people[self.closed]
        give_role(back.own_account, back.own_organisation, role)
        self.closed = ""

    def an_hour(self, _pick: int) -> None:
        """Let an hour go by."""
        self._pass(timedelta(hours=1))

    def a_day(self, _pick: int) -> None:
        """Let a day go by."""
        self._pass(timedelta(days=1))

    def a_week(self, _pick: int) -> None:
        """Let a week go by."""
        self._pass(timedelta(days=7))

    # What a judge may ask

    def desks(self) -> Iterator[tuple[str, Today]]:
        """Give Vandaag of the focal point, the deputy, and the neighbour, at home and where they stand in."""
        for email in {FOCAL, DEPUTY, NEIGHBOUR} - {self.closed}:
            who = samples.actor(email)
            with at(self.now), acting(who):
                yield email, today(who, Account.objects.get(email=email))
        with at(self.now), acting(self.stands_in):
            yield NEIGHBOUR, today(self.stands_in, Account.objects.get(email=NEIGHBOUR))

    # How

    @staticmethod
    def _of[T](things: list[T], pick: int) -> T:
        """Return the newest, or one before it."""
        if not things:
            raise DomainError("There is none yet.")
        return things[-1 - pick % len(things)]

    def _account(self, email: str, *, active: bool) -> None:
        who, account_id = self.people[ADMINISTRATOR], self.people[email].own_account
        with acting(who):
            administration.set_account_active(account_id, active=active, actor=who)

    def _case(self, pick: int) -> str:
        """Return the code of a case, and remember that it was touched."""
        self.touched = self._of(self.cases, pick)
        return self.touched

    def _file(self, *, acute: bool, minor: str) -> None:
        code, receipt = samples.file_report(self.westland, acute=acute, minor=minor)
        self.reports.append(Told(code, receipt, acute))
        if acute:
            self.pressing[code] = "a report of danger"

    def _sweep(self) -> None:
        with acting(system_actor(self.covered.id)) as system:
            reports.sweep(system)
            cases.hear_reporters(system)
        with acting(system_actor(self.westland.id)) as system:
            reports.sweep(system)
            cases.hear_reporters(system)
            passed = exchanges.pass_on_heard(system)
            sent = list(Transfer.objects.values_list("id", flat=True)) if passed else []
        for each in sent:
            with acting(system_actor(self.people[NEIGHBOUR].own_organisation)) as system:
                exchanges.hear_onward(each, system)

    def _where(self, told: Told) -> str:
        """Return the code of the case, here or elsewhere, in which a report is worked on, else its own."""
        with acting(self.hands):
            parts = CaseReport.objects.filter(report_code=told.code)
            for code, closed in parts.values_list("case__code", "case__closed"):
                if code in self.gone or closed is None:
                    return self.gone.get(code, code)
        return told.code

    def _moves(self, report: str, case: str) -> None:
        """What presses with a report presses with its case from now on."""
        if report in self.pressing:
            self.pressing[case] = self.pressing.pop(report)

    def _with_report(self, pick: int, verb: Callable[..., Any], **named: Any) -> None:
        told = self._of(self.reports, pick)
        with acting(self.hands):
            verb(Report.objects.get(code=told.code).id, actor=self.hands, **named)

    def _with_case(self, pick: int, verb: Callable[..., Any], **named: Any) -> None:
        code = self._case(pick)
        with acting(self.hands):
            verb(actor=self.hands, code=code, **named)

    def _with_referral(self, pick: int, verb: Callable[..., Any], **named: Any) -> None:
        sent = self._of(self.sent, pick)
        with acting(self.hands):
            verb(code=sent.code, actor=self.hands, **named)

    def _as_partner(self, pick: int, verb: Callable[..., Any], **named: Any) -> None:
        sent = self._of(self.sent, pick)
        with acting(sent.partner):
            verb(code=sent.code, actor=sent.partner, **named)

    def _with_transfer(self, pick: int, email: str, verb: Callable[..., Any]) -> None:
        code, who = self._of(self.transfers, pick), self.people[email]
        with acting(who):
            verb(code=code, actor=who)

    def _ready(self, code: str) -> list[ActionView]:
        """Return the actions of a case that somebody can decide about now, in the order of its plan."""
        with acting(self.hands):
            page = queries.plan_page(code, self.hands)
        ready = [each for line in page.lines for each in line.ready]
        return sorted(ready, key=lambda each: each.place)

    def _decide(self, pick: int, verb: Callable[..., Any], **named: Any) -> None:
        code = self._case(pick)
        ready = self._ready(code)
        if not ready:
            raise DomainError("There is nothing to decide.")
        self._with_case(pick, verb, action=ready[0].planned.id, **named)
        self.planned.add(code)

    @staticmethod
    def _partner(action: ActionView) -> str | None:
        """Return the partner of an action, where somebody of it can sign in."""
        party = action.planned.party.partner
        found = current_release().pack.partner_for(party, None) if party else None
        return found.id if found and found.id in PARTNERS else None

    def _refer(self, pick: int, partner: str) -> None:
        case = self._case(pick)
        code = samples.refer(case, self.hands, partner=partner)
        self.sent.append(Sent(code, case, self.partners[partner]))

    def _weighed(self, pick: int, decision: str) -> None:
        answers = dict.fromkeys(("concrete", "recent", "pattern"), "no")
        self._with_case(pick, cases.weigh, decision=decision, **answers, **OTHER)

    def _pass(self, span: timedelta) -> None:
        self.now += span
        self.ticked, self.climbed = self.now, {}
        with at(self.now):
            self._renew_cover()
            self._sweep()
            for each in self.clocked:
                with acting(system_actor(each.id)) as system:
                    self._hear(escalation.escalate(system))
                    expire_passed(Referral, actor=system, today=timezone.localdate())
                    referrals.end_links(actor=system)

    @staticmethod
    def _renew_cover() -> None:
        """Let who stands in go on for a week, as the worker does each day by the clock of the database."""
        cover(timezone.localdate(), timezone.localdate() + timedelta(days=7))

    def _hear(self, late: escalation.Escalation) -> None:
        for step, _rung in late.climbed:
            self.climbed[step] = set(late.reached)
            self.heard.setdefault(step, set()).update(late.reached)
