"""One matter from its first report to its end, each step done by the right person on a believable day."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from pydantic import BeforeValidator

from sluitend.demo import deeds
from sluitend.demo.clock import When
from sluitend.demo.moving import Moving
from sluitend.demo.telling import Moment, Told, known_to
from sluitend.demo.world import Town
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.actions import NewObservation, NewSubject
from sluitend.journeys.cases.models import Case, is_minor
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.actions import Filed, Filing
from sluitend.journeys.reports.content import IdentityContent
from sluitend.journeys.reports.models import Channel, Kind, Report
from sluitend.kernel.access.acting import NOBODY, Actor, acting
from sluitend.kernel.followup.deadlines import add_working_days
from sluitend.kernel.followup.journey import SECOND_EYES
from sluitend.kernel.followup.models import NextStep

SWEPT_AFTER = timedelta(minutes=20)
MOVES = frozenset({"go", "on", "next", "soon", "day", "day_of", "partner", "send_in"})
"""What is no verb of a story."""
NO_FACTS: Mapping[str, str] = {}
ENDED = cases.Ended(helped=("nothing",), reason="partner_acts")
"""What is said where it is asked what helped, or why nothing was tried."""


class Matter(Moving):
    """A matter at a moment; `Moving` moves the moment, everything else happens at it.

    What is done with a report is done with the one that came in last; a referral is known by its partner.
    """

    def __init__(self, town: Town, began: When) -> None:
        super().__init__(town)
        self.case = ""
        self.report: Filed | None = None
        self.in_case = False
        self.sent: dict[str, str] = {}
        self.go(began)

    # The report

    def file(self, told: Told, code: str = "") -> None:
        """Let somebody report, and let the system bring it in."""
        self.send_in(told, code)
        self.town.sweep(self.moment + SWEPT_AFTER)

    def send_in(self, told: Told, code: str = "") -> None:
        """Let somebody report; the system brings it in later."""
        self.world.codes.lay_ready(code)
        filing = self._filing(told)
        if told.colleague:
            self.report = self._do(reports.enter_for_colleague, filing=filing)
        else:
            actor = self.world.people[told.account] if told.account else NOBODY
            self.report = self.world.do(
                self.moment, actor, deeds.file_and_remember, filing=filing, actor=actor
            )
        self.in_case = False

    @property
    def _filed(self) -> Filed:
        if self.report is None:
            raise ValueError("nothing was reported yet")
        return self.report

    def _filing(self, told: Told) -> Filing:
        content, local = told.content, timezone.localtime(self.moment)
        if told.kind != Kind.ADVICE and not content.day:
            content = replace(content, when="today", day=local.date().isoformat())
        if told.minutes_before:
            content = replace(content, time=f"{local - timedelta(minutes=told.minutes_before):%H:%M}")
        identity = told.by
        if told.account:
            person = self.world.people[told.account]
            identity = IdentityContent(
                name=person.name, mail=told.account, organisation=person.organisation_name
            )
        return Filing(
            organisation_id=self.town.organisation.id,
            content=content,
            kind=told.kind,
            anonymity=told.anonymity,
            minor=told.minor,
            acute=told.acute,
            theme=told.theme,
            channel=Channel.COLLEAGUE if told.colleague else Channel.FORM,
            identity=identity,
            uploads=[each.draw() for each in told.files],
            sending=UUID(int=self.world.random.getrandbits(128), version=4),
        )

    def take_in(self, name: str, code: str = "") -> None:
        """Make a case of a report."""
        self.world.codes.lay_ready(code)
        self.case = self._do(deeds.take_in, report_id=self._filed.report_id, name=name)
        self.in_case = True

    def add(self) -> None:
        """Add a report to this case."""
        self._do(deeds.add, report_id=self._filed.report_id, case_code=self.case)
        self.in_case = True

    def pass_on(self, department: str, reason: str) -> None:
        """Pass a report to another team, without a case."""
        self._do(deeds.pass_on, report_id=self._filed.report_id, department=department, reason=reason)

    def close_report(self, outcome: str, reason: str) -> None:
        """Close a report without a case."""
        self._do(deeds.close_report, report_id=self._filed.report_id, outcome=outcome, reason=reason)

    def answer_advice(self, text: str) -> None:
        """Answer a question for advice."""
        self._do(cases.answer_advice, report_id=self._filed.report_id, text=text)

    def ask(self, questions: tuple[str, ...], text: str = "") -> None:
        """Ask the reporter something."""
        self._do(
            cases.ask_reporter,
            report_id=self._filed.report_id,
            questions=list(questions),
            text=text,
            case_code=self.case if self.in_case else "",
        )

    def reporter_answers(self, text: str) -> None:
        """Let the reporter answer with the receipt."""
        self.world.do(self.moment, NOBODY, reports.answer_question, receipt=self._filed.receipt, text=text)
        self.town.sweep(self.moment + SWEPT_AFTER)

    def reporter_adds(self, text: str) -> None:
        """Let the reporter add something with the receipt."""
        self.world.do(self.moment, NOBODY, reports.add_to_report, receipt=self._filed.receipt, text=text)
        self.town.sweep(self.moment + SWEPT_AFTER)

    def read_answer(self) -> None:
        """Read what the reporter wrote."""
        self._do(reports.read_answer, report_id=self._filed.report_id)

    def tell(self, code: str, closes: bool = False) -> None:
        """Tell the reporter what became of it."""
        self._do(reports.tell, report_id=self._filed.report_id, code=code, closes=closes)

    def second_eyes(self) -> None:
        """Let the colleague of whoever decided look along."""
        report_id = self._filed.report_id
        with acting(self.town.system):
            row = Report.objects.get(pk=report_id)
        for other in self._colleague(self._asked(report_id) or row.decided_by_id):
            self.world.do(self.moment, other, cases.second_eyes, actor=other, report_id=report_id)

    # The case

    def weigh(
        self,
        decision: str,
        reason: str,
        answers: tuple[str, str, str] = ("yes", "yes", "unknown"),
        until: Moment | None = None,
    ) -> None:
        """Weigh the case: concrete, recent, part of a pattern."""
        concrete, recent, pattern = answers
        self._do(
            cases.weigh,
            code=self.case,
            concrete=concrete,
            recent=recent,
            pattern=pattern,
            decision=decision,
            reason=reason,
            until=until and self.day_of(until),
        )

    def look_up(self, source: str, question: str, need: str, result: str, copied: str = "") -> None:
        """Ask a source one question, and take over one line after a hit."""
        found = self._do(
            cases.look_up, code=self.case, source=source, question=question, need=need, result=result
        )
        if copied:
            self.soon()
            self._do(cases.copy_from_hit, code=self.case, look_up_id=found, text=copied)

    def subject(self, new: Annotated[NewSubject, BeforeValidator(known_to(NewSubject))]) -> None:
        """Add somebody or something to the case."""
        self._do(cases.add_subject, code=self.case, new=new)

    def observe(self, new: Annotated[NewObservation, BeforeValidator(known_to(NewObservation))]) -> None:
        """Add what somebody saw or thinks."""
        self._do(cases.add_observation, code=self.case, new=new)

    def note(self, text: str, track: str = "") -> None:
        """Write a note."""
        self._do(cases.add_note, code=self.case, text=text, track=track)

    def facts(self, facts: Mapping[str, str] = NO_FACTS) -> None:
        """Say what is so: what the plan stands on."""
        for fact, value in facts.items():
            self._do(cases.set_fact, code=self.case, fact=fact, values=[value])

    def residents(self, answer: str, first_step: str = "") -> None:
        """Answer what happens to the residents."""
        self._do(cases.answer_residents_question, code=self.case, answer=answer, first_step=first_step)

    def wish(self, wish: str, wants: str = "", wants_not: str = "", asked_by: str = "") -> None:
        """Record what the person wants."""
        self._do(
            cases.record_wish,
            code=self.case,
            wish=wish,
            wants=wants,
            wants_not=wants_not,
            asked_by=asked_by,
            asked_on=self.day if asked_by else None,
        )

    def open_track(self, track: str) -> None:
        """Open a track."""
        self._do(cases.open_track, code=self.case, track=track)

    def work(self, track: str, summary: str, runs: bool = True, due: Moment | None = None) -> None:
        """Write where a track stands."""
        day = due and self.day_of(due)
        self._do(cases.work_track, code=self.case, track=track, summary=summary, runs=runs, due=day)

    def look_again(self, due: Moment, of: str = "case") -> None:
        """Set the day on which it is looked at again; where there is haste a colleague knows."""
        last = self.day_of(due)
        if of == "case":
            self._do(deeds.settle, case_code=self.case)
        if not self._hurries():
            self._do(cases.change_due, code=self.case, due=last, of=of)
            return
        first = min(last, add_working_days(self.day, 1))
        for day in sorted({first, last}):
            self._do(cases.change_due, code=self.case, due=day, of=of, reason="waits_on_partner")
            with acting(self.town.system):
                case = Case.objects.get(code=self.case)
            for other in self._colleague(self._asked(case.id)):
                self.world.do(self.soon().moment, other, cases.look_along, actor=other, code=self.case)

    def _asked(self, subject_id: UUID) -> UUID | None:
        """Return whose work a second pair of eyes is asked for."""
        with acting(self.town.system):
            asked = NextStep.objects.filter(subject_id=subject_id, what=SECOND_EYES, done=None)
            return asked.values_list("work_of", flat=True).first()

    def _colleague(self, worked: UUID | None) -> list[Actor]:
        """Return who looks along at the work of an account; nobody where there is no work or no colleague."""
        people = (self.town.deputy, self.town.focal)
        return [each for each in people if worked and each and each.account_id != worked][:1]

    def _hurries(self) -> bool:
        with acting(self.town.system):
            row = Case.objects.get(code=self.case)
            return row.acute or is_minor(row.minor)

    def compose(self, actions: tuple[str, ...]) -> None:
        """Begin to compose actions of the plan."""
        self._do(deeds.compose, case_code=self.case, actions=actions)

    def close_track(self, track: str, outcome: str, reason: str) -> None:
        """Close a track."""
        self._do(cases.close_track, code=self.case, track=track, outcome=outcome, reason=reason)

    def close(
        self, outcome: str, reason: str, tell: str = "outcome", helped: tuple[str, ...] = ENDED.helped
    ) -> None:
        """Close the case; of what was tried something helped, or nothing."""
        ended = replace(ENDED, helped=helped)
        self._do(cases.close_case, code=self.case, outcome=outcome, tell=tell, reason=reason, ended=ended)

    # The referral

    def send(
        self,
        track: str,
        partner: str,
        question: str,
        *,
        channel: str = "account",
        code: str = "",
        photos: str = "",
        ground: str = "",
    ) -> None:
        """Send a partner what its action lets go, and the photos on a ground and for a reason."""
        self.town.refers = True
        self.world.codes.lay_ready(code)
        self.sent[partner] = self._do(
            deeds.send,
            case_code=self.case,
            track=track,
            partner=partner,
            channel=channel,
            question=question,
            photos=photos,
            ground=ground,
        )

    def hand_over(self, municipality: str, explanation: str) -> None:
        """Ask another municipality to take the case over."""
        self._do(deeds.hand_over, case_code=self.case, municipality=municipality, explanation=explanation)

    def partner(self, partner: str, action: Callable[..., object], /, **arguments: object) -> None:
        """Let a partner do something with what it was sent."""
        actor = self.world.partners[partner]
        self.world.do(self.moment, actor, action, actor=actor, code=self.sent[partner], **arguments)

    def accepts(self, partner: str) -> None:
        """Let a partner take a referral on."""
        self.partner(partner, referrals.accept)

    def answers(self, partner: str, answer: str, text: str = "", word: Moment | None = None) -> None:
        """Let a partner answer with an agreed code, and say more before a day."""
        day = self.day_of(word) if word else None
        self.partner(partner, referrals.feed_back, answer=answer, text=text, next_word=day)

    def returns(self, partner: str, reason: str) -> None:
        """Let a partner give a referral back."""
        self.partner(partner, referrals.return_, reason=reason)

    def asks(self, partner: str, text: str) -> None:
        """Let a partner ask the municipality something."""
        self.partner(partner, referrals.ask, text=text)

    def handle(self, partner: str, tell: str = "") -> None:
        """Read what the partner answered, and tell the reporters what may be told."""
        self._do(referrals.handle_answer, code=self.sent[partner], tell=tell)

    def stop_waiting(self, partner: str) -> None:
        """Wait no longer for a partner that answered and may say no more."""
        self._do(referrals.stop_waiting, code=self.sent[partner])

    def remind(self, partner: str) -> None:
        """Remind the partner."""
        self._do(referrals.remind, code=self.sent[partner])

    def give_up(self, partner: str, reason: str) -> None:
        """Close a referral on which no answer came."""
        self._do(referrals.close_without_answer, code=self.sent[partner], on=self.day, reason=reason)

    def went(self, partner: str) -> None:
        """Record that it went by mail or telephone."""
        self._do(referrals.note_sent, code=self.sent[partner], on=self.day)

    def heard(self, partner: str, answer: str) -> None:
        """Record what a partner answered by mail or telephone."""
        self._do(referrals.note_answer, code=self.sent[partner], answer=answer, on=self.day)
