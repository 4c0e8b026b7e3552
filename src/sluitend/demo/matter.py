"""One matter from its first report to its end, each step done by the right person on a believable day."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Self
from uuid import UUID

from django.utils import timezone

from sluitend.demo import deeds
from sluitend.demo.clock import moment
from sluitend.demo.told import Told
from sluitend.demo.world import Town
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.actions import NewObservation, NewSubject
from sluitend.journeys.cases.models import Case, is_minor
from sluitend.journeys.referrals import actions as referrals
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.actions import Filed, Filing
from sluitend.journeys.reports.content import IdentityContent
from sluitend.journeys.reports.models import Channel, Kind
from sluitend.kernel.access.acting import NOBODY, Actor, acting
from sluitend.kernel.followup.deadlines import add_working_days
from sluitend.kernel.sealing.uploads import Upload

SWEPT_AFTER = timedelta(minutes=20)


class Matter:
    """A matter at a moment; `on`, `next` and `soon` move the moment, everything else happens at it."""

    def __init__(self, town: Town, day: date, clock: str = "") -> None:
        self.town = town
        self.world = town.world
        self.case = ""
        self.moment = self._at(day, clock)

    # When

    def on(self, day: date, clock: str = "") -> Self:
        """Go to a day."""
        self.moment = self._at(day, clock)
        return self

    def next(self, days: int = 1, clock: str = "") -> Self:
        """Go on so many working days."""
        return self.on(add_working_days(self.day, days), clock)

    def soon(self) -> Self:
        """Go on a little, on the same day."""
        self.moment += timedelta(minutes=self.world.random.randint(6, 24))
        return self

    @property
    def day(self) -> date:
        """The day of the present moment."""
        return timezone.localtime(self.moment).date()

    def _at(self, day: date, clock: str) -> datetime:
        draw = self.world.random
        return moment(day, clock or f"{draw.randint(9, 15):02}:{draw.randint(0, 59):02}")

    def _do[R](self, action: Callable[..., R], /, **arguments: object) -> R:
        actor = self.town.desk(self.day)
        return self.world.do(self.moment, actor, action, actor=actor, **arguments)

    # The report

    def file(self, told: Told, *, uploads: Sequence[Upload] = (), code: str = "") -> Filed:
        """Let somebody report, and let the system bring it in."""
        self.world.codes.lay_ready(code)
        filing = self._filing(told, uploads)
        if told.colleague:
            filed = self._do(reports.enter_for_colleague, filing=filing)
        else:
            actor = self.world.people[told.account] if told.account else NOBODY
            filed = self.world.do(self.moment, actor, deeds.file_and_remember, filing=filing, actor=actor)
        self.town.sweep(self.moment + SWEPT_AFTER)
        return filed

    def _filing(self, told: Told, uploads: Sequence[Upload]) -> Filing:
        content, local = told.content, timezone.localtime(self.moment)
        if told.kind != Kind.ADVICE and not content.day:
            content = replace(content, when="today", day=local.date().isoformat())
        identity = told.identity
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
            uploads=uploads,
            sending=UUID(int=self.world.random.getrandbits(128), version=4),
        )

    def take_in(self, filed: Filed, name: str, *, code: str = "") -> str:
        """Make a case of a report."""
        self.world.codes.lay_ready(code)
        self.case = self._do(deeds.take_in, report_id=filed.report_id, name=name)
        return self.case

    def add(self, filed: Filed, case_code: str = "") -> None:
        """Add a report to this case."""
        self.case = case_code or self.case
        self._do(deeds.add, report_id=filed.report_id, case_code=self.case)

    def pass_on(self, filed: Filed, department: str, reason: str) -> None:
        """Pass a report to another team, without a case."""
        self._do(deeds.pass_on, report_id=filed.report_id, department=department, reason=reason)

    def close_report(self, filed: Filed, outcome: str, reason: str) -> None:
        """Close a report without a case."""
        self._do(deeds.close_report, report_id=filed.report_id, outcome=outcome, reason=reason)

    def answer_advice(self, filed: Filed, text: str) -> None:
        """Answer a question for advice."""
        self._do(cases.answer_advice, report_id=filed.report_id, text=text)

    def ask(self, filed: Filed, *questions: str, text: str = "") -> None:
        """Ask the reporter something."""
        self._do(
            cases.ask_reporter,
            report_id=filed.report_id,
            questions=list(questions),
            text=text,
            case_code=self.case,
        )

    def reporter_answers(self, filed: Filed, text: str) -> None:
        """Let the reporter answer with the receipt."""
        self.world.do(self.moment, NOBODY, reports.answer_question, receipt=filed.receipt, text=text)
        self.town.sweep(self.moment + SWEPT_AFTER)

    def reporter_adds(self, filed: Filed, text: str) -> None:
        """Let the reporter add something with the receipt."""
        self.world.do(self.moment, NOBODY, reports.add_to_report, receipt=filed.receipt, text=text)
        self.town.sweep(self.moment + SWEPT_AFTER)

    def read_answer(self, filed: Filed) -> None:
        """Read what the reporter wrote."""
        self._do(reports.read_answer, report_id=filed.report_id)

    def tell(self, filed: Filed, code: str, *, closes: bool = False) -> None:
        """Tell the reporter what became of it."""
        self._do(reports.tell, report_id=filed.report_id, code=code, closes=closes)

    def second_eyes(self, filed: Filed) -> None:
        """Let the colleague of whoever decided look along."""
        other = self._other()
        if other is not None:
            self.world.do(self.moment, other, cases.second_eyes, actor=other, report_id=filed.report_id)

    # The case

    def weigh(
        self,
        decision: str,
        reason: str,
        *,
        answers: tuple[str, str, str] = ("yes", "yes", "unknown"),
        until: date | None = None,
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
            until=until,
        )

    def look_up(self, source: str, question: str, need: str, result: str, copied: str = "") -> None:
        """Ask a source one question, and take over one line after a hit."""
        found = self._do(
            cases.look_up, code=self.case, source=source, question=question, need=need, result=result
        )
        if copied:
            self.soon()
            self._do(cases.copy_from_hit, code=self.case, look_up_id=found, text=copied)

    def subject(self, new: NewSubject) -> None:
        """Add somebody or something to the case."""
        self._do(cases.add_subject, code=self.case, new=new)

    def observe(self, new: NewObservation) -> None:
        """Add what somebody saw or thinks."""
        self._do(cases.add_observation, code=self.case, new=new)

    def note(self, text: str, track: str = "") -> None:
        """Write a note."""
        self._do(cases.add_note, code=self.case, text=text, track=track)

    def facts(self, *forms: str, **facts: object) -> None:
        """Record what the advice looks at."""
        self._do(cases.set_facts, code=self.case, facts={"forms": list(forms), **facts})

    def residents(self, answer: str, first_step: str = "") -> None:
        """Answer what happens to the residents."""
        self._do(cases.answer_residents_question, code=self.case, answer=answer, first_step=first_step)

    def wish(self, wish: str, wants: str = "", *, wants_not: str = "", asked_by: str = "") -> None:
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

    def link_earlier(self, earlier_id: UUID) -> None:
        """Say that an earlier signal belongs with this case."""
        self._do(cases.link_earlier, code=self.case, earlier_id=earlier_id)

    def open_track(self, track: str) -> None:
        """Open a track."""
        self._do(cases.open_track, code=self.case, track=track)

    def work(self, track: str, summary: str, *, runs: bool = True, due: date | None = None) -> None:
        """Write where a track stands."""
        self._do(cases.work_track, code=self.case, track=track, summary=summary, runs=runs, due=due)

    def look_again(self, due: date, of: str = "case") -> None:
        """Set the day on which it is looked at again; where there is haste a colleague knows."""
        if not self._hurries():
            self._do(cases.change_due, code=self.case, due=due, of=of)
            return
        first = min(due, add_working_days(self.day, 1))
        for day in sorted({first, due}):
            other = self._other()
            self._do(cases.change_due, code=self.case, due=day, of=of, reason="waits_on_partner")
            if other is None:
                return
            self.world.do(self.soon().moment, other, cases.look_along, actor=other, code=self.case)

    def _other(self) -> Actor | None:
        """Return the colleague of whoever is at the desk."""
        return self.town.deputy if self.town.desk(self.day) == self.town.focal else self.town.focal

    def _hurries(self) -> bool:
        with acting(self.town.system):
            row = Case.objects.get(code=self.case)
            return row.acute or is_minor(row.minor)

    def choose(self, track: str, route: str = "", *, choice: str = "follow", reason: str = "") -> None:
        """Choose a route for a track."""
        self._do(cases.choose_route, code=self.case, track=track, choice=choice, route=route, reason=reason)

    def close_track(self, track: str, outcome: str, reason: str) -> None:
        """Close a track."""
        self._do(cases.close_track, code=self.case, track=track, outcome=outcome, reason=reason)

    def close(self, outcome: str, reason: str, tell: str = "outcome") -> None:
        """Close the case."""
        self._do(cases.close_case, code=self.case, outcome=outcome, tell=tell, reason=reason)

    # The referral

    def send(
        self,
        track: str,
        partner: str,
        question: str,
        *,
        channel: str = "account",
        code: str = "",
        files: bool = False,
    ) -> str:
        """Send what the route allows to a partner."""
        self.world.codes.lay_ready(code)
        return self._do(
            deeds.send,
            case_code=self.case,
            track=track,
            partner=partner,
            channel=channel,
            question=question,
            files=files,
        )

    def hand_over(self, municipality: str, explanation: str) -> str:
        """Ask another municipality to take the case over."""
        return self._do(
            deeds.hand_over, case_code=self.case, municipality=municipality, explanation=explanation
        )

    def partner[R](self, partner: str, action: Callable[..., R], /, **arguments: object) -> R:
        """Let a partner do something."""
        actor = self.world.partners[partner]
        return self.world.do(self.moment, actor, action, actor=actor, **arguments)

    def accepts(self, partner: str, code: str) -> None:
        """Let a partner take a referral on."""
        self.partner(partner, referrals.accept, code=code)

    def answers(self, partner: str, code: str, answer: str, text: str = "") -> None:
        """Let a partner answer with an agreed code."""
        self.partner(partner, referrals.feed_back, code=code, answer=answer, text=text)

    def returns(self, partner: str, code: str, reason: str) -> None:
        """Let a partner give a referral back."""
        self.partner(partner, referrals.return_, code=code, reason=reason)

    def asks(self, partner: str, code: str, text: str) -> None:
        """Let a partner ask the municipality something."""
        self.partner(partner, referrals.ask, code=code, text=text)

    def handle(self, code: str, tell: str = "") -> None:
        """Read what the partner answered, and tell the reporters what may be told."""
        self._do(referrals.handle_answer, code=code, tell=tell)

    def answer_partner(self, code: str, text: str) -> None:
        """Answer what the partner asked."""
        self._do(referrals.answer_question, code=code, text=text)

    def remind(self, code: str) -> None:
        """Remind the partner."""
        self._do(referrals.remind, code=code)

    def give_up(self, code: str, reason: str) -> None:
        """Close a referral on which no answer came."""
        self._do(referrals.close_without_answer, code=code, on=self.day, reason=reason)

    def went(self, code: str) -> None:
        """Record that it went by mail or telephone."""
        self._do(referrals.note_sent, code=code, on=self.day)

    def heard(self, code: str, answer: str) -> None:
        """Record what a partner answered by mail or telephone."""
        self._do(referrals.note_answer, code=code, answer=answer, on=self.day)
