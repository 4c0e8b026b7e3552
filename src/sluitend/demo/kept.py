"""A care file in the stories: what whoever gives care writes in it, shares from it, and how it ends."""

from collections.abc import Mapping
from typing import Any, Self

from django.utils import timezone

from sluitend.demo.clock import When
from sluitend.demo.telling import Moment
from sluitend.demo.world import World
from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_files.models import Appointment
from sluitend.journeys.care_files.queries import opened
from sluitend.journeys.care_shares import actions as care_shares
from sluitend.journeys.care_shares.queries import sent_share
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation


class Kept:
    """A care file, and at which moment something happens in it."""

    def __init__(self, world: World, coordinator: Actor, code: str) -> None:
        self.world = world
        self.coordinator = coordinator
        self.code = code
        self.sent = ""
        self.when = world.calendar.now

    def go(self, when: When) -> Self:
        """Go to a moment."""
        self.when = self.world.calendar.at(when)
        return self

    def reached(self, channel: str) -> None:
        """Note that the person was reached."""
        self._do(files.note_contact, channel=channel, reached="yes")

    def agreed(self, kind: str, answer: str = "yes", signed_by: str = "") -> None:
        """Note what the person answered to one text."""
        said = files.Agreed(
            kind=kind,
            answer=answer,
            on=timezone.localdate(self.when).isoformat(),
            form="paper",
            language="nl",
            signed_by=signed_by,
            age_band="adult",
        )
        self._do(files.answer, agreed=said, revision=None)

    def stands(self, state: str) -> None:
        """Say how the file stands."""
        with acting(self.coordinator):
            person = opened(self.code, self.coordinator).person
        self._do(files.write_details, details=files.Details(person, state), revision=None)

    def meets(
        self,
        *,
        at: Moment,
        kind: str = "us",
        place_kind: str = "ours",
        place: str = "",
        worker: str = "",
        minutes: int = 45,
        remind_by: str = "",
    ) -> None:
        """Make an appointment."""
        who = self.world.people[worker] if worker else self.coordinator
        meeting = files.Meeting(
            kind=kind,
            place_kind=place_kind,
            place=place,
            remind_by=remind_by,
            remind_before="day" if remind_by else "",
        )
        planned = files.Planned(self.world.calendar.at(at), minutes, who.own_account, meeting)
        self._do(files.make_appointment, planned=planned, revision=None)

    def became(self, state: str) -> None:
        """Say what the first appointment became that nobody said this of."""
        with acting(self.coordinator):
            rows = Appointment.objects.filter(file__code=self.code, state=Appointment.State.PLANNED)
            first = rows.order_by("at").values_list("pk", flat=True)[0]
        self._do(files.end_appointment, appointment=first, became=state, revision=None)

    def wrote(self, section: str, values: dict[str, Any], days: Mapping[str, Moment] | None = None) -> None:
        """Write a row of a section of the whole file; `days` are counted from today."""
        dated = {name: self.world.calendar.day(when).isoformat() for name, when in (days or {}).items()}
        given = {"section": section, "row": "", "values": {**values, **dated}, "revision": None}
        self._do(files.write_part, **given)

    def supported(self, to: str, parts: str, purpose: str, until: Moment, chosen: str) -> None:
        """Share parts of the file with who supports the person."""
        self._share("support", to, parts, purpose, until, chosen=chosen)

    def tasked(self, *, to: str, purpose: str, until: Moment, before: Moment, task: str, name: str) -> None:
        """Ask a municipality to do something for the person."""
        day = self.world.calendar.day(before).isoformat()
        what = current_release().pack.town_tasks[task].label.nl
        self._share("task", to, what, purpose, until, task=task, name=name, before=day)

    def taken(self, by: str) -> None:
        """Let whoever was asked last take it on."""
        self._answer(by, care_shares.accept)

    def answered(self, by: str, reply: str) -> None:
        """Let whoever was asked last answer."""
        self._answer(by, care_shares.answer, reply=reply)

    def read(self) -> None:
        """Note that what was answered last is done."""
        asked = {"actor": self.coordinator, "code": self.sent}
        first = self.world.do(self.when, self.coordinator, sent_share, **asked).first
        if first:
            self.world.do(self.when, self.coordinator, care_shares.note_reply, step=first.id, **asked)

    def aftercare(self, days: tuple[Moment, ...], channel: str) -> None:
        """Plan on which days somebody asks how it goes, after the help."""
        dates = [self.world.calendar.day(each) for each in days]
        self._do(files.plan_aftercare, dates=dates, channel=channel, agreed=True, revision=None)

    def heard(self, said: str) -> None:
        """Note what the person said when somebody asked how it goes."""
        self._do(files.note_aftercare, said=said, revision=None)

    def _share(self, what: str, to: str, parts: str, purpose: str, until: Moment, **more: str) -> None:
        last = self.world.calendar.day(until).isoformat()
        wanted = files.Share(
            what=what,
            to=to,
            recipient=Organisation.objects.only("name").get(code=to).name,
            parts=parts,
            purpose=purpose,
            until=last,
            answer="yes",
            form="paper",
            language="nl",
            **more,
        )
        self._do(files.share, wanted=wanted, revision=None)
        with acting(self.coordinator):
            share = opened(self.code, self.coordinator).consents.shares[-1].id
        self.sent = self._do(files.send, share=share)

    def _answer(self, by: str, verb: Any, **given: Any) -> None:
        who = self.world.people[by]
        self.world.do(self.when, who, verb, actor=who, code=self.sent, **given)

    def _do(self, verb: Any, **given: Any) -> Any:
        return self.world.do(
            self.when, self.coordinator, verb, actor=self.coordinator, code=self.code, **given
        )
