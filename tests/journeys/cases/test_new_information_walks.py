"""New information wins over a case's whole life: whatever happens after it, in whatever order."""

import contextlib
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests import tiers
from tests.journeys.cases.matters import DEPUTY, row, somebody
from tests.journeys.cases.test_new_information import URGENCIES, WAYS, calm, corrected_facts

from sluitend.journeys.cases import actions
from sluitend.journeys.cases.models import Track, is_minor
from sluitend.journeys.referrals import actions as referrals
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.followup.deadlines import add_working_days
from sluitend.kernel.organisations.models import Account


class Walk:
    """A case over its life, and what an oracle of its own knows: where danger was heard and nothing done."""

    def __init__(self) -> None:
        self.made = calm()
        self.acute = self.child = False
        self.undone: set[str] = set()

    def hear(self, way: str, urgency: dict[str, Any]) -> None:
        """Let it be heard."""
        WAYS[way][0](self.made, **urgency)
        self.acute |= "acute" in urgency
        self.child |= "minor" in urgency
        self.undone = {"case", "person", "place"}

    def verbs(self) -> dict[str, Callable[[], None]]:
        """Return what can be tried: ways to hear, deeds, and what is neither."""
        heard = {
            f"{way} {urgency}": partial(self.hear, way, urgency)
            for way in WAYS
            for urgency in URGENCIES[:2]
            if way != "facts corrected"
        }
        return heard | {
            "facts: danger": lambda: self._correct(acute=True),
            "facts: a child": lambda: self._correct(child=True),
            "work on the person": lambda: self.deed("person", self._worked("person")),
            "work on the place": lambda: self.deed("place", self._worked("place")),
            "look later": lambda: self.deed("case", self._looked_later),
            "note": lambda: self._act(actions.add_note, text="Gebeld"),
            "open": lambda: self._act(actions.open_track, track="person"),
            "subject": lambda: self._act(
                actions.add_subject, new=actions.NewSubject(kind="person", name="Vrouw")
            ),
            "wish": lambda: self._act(actions.record_wish, wish="yes"),
            "recall": self._recall,
            "give to somebody": lambda: self._act(
                actions.assign_case, account_id=Account.objects.get(email=DEPUTY).pk
            ),
            "back to all": lambda: self._act(actions.assign_case),
        }

    def _correct(self, *, acute: bool = False, child: bool = False) -> None:
        """Correct the facts; what was so already is no news, and nothing is taken away."""
        news = acute > self.acute or child > self.child
        minor = "yes" if child or self.child else "no"
        corrected_facts(self.made, acute=acute or self.acute, minor=minor)
        self.acute, self.child = acute or self.acute, child or self.child
        self.undone = {"case", "person", "place"} if news else self.undone

    def deed(self, of: str, do: Callable[[], None]) -> None:
        """Do something about it: from then on it may be looked at later."""
        do()
        self.undone.discard(of)

    def _worked(self, track: str) -> Callable[[], None]:
        return lambda: self._act(actions.work_track, track=track, summary="Gedaan", runs=True)

    def _looked_later(self) -> None:
        later = add_working_days(timezone.localdate(), 1)
        self._act(actions.change_due, due=later, reason="andere_reden", sentence="Politie is er")

    def _recall(self) -> None:
        with somebody() as actor:
            referrals.recall(code=self.made.referral, reason="mistake", actor=actor)

    def _act(self, verb: Callable[..., object], **values: object) -> None:
        with somebody() as actor:
            verb(actor=actor, code=self.made.case, **values)

    def check(self) -> None:
        """Compare every current step with what the oracle knows."""
        now, today = timezone.now(), timezone.localdate()
        with somebody():
            case = row(self.made.case)
            assert case.acute == self.acute
            assert is_minor(case.minor) == self.child
            steps = {"case": case.current_step}
            for track in Track.objects.filter(case=case, closed__isnull=True).select_related("current_step"):
                steps[track.kind] = track.current_step
        for of, step in steps.items():
            assert step is not None
            if of in self.undone:
                assert not step.waits_on_other, of
                assert step.urgent == self.acute, of
                assert step.due <= now if self.acute else timezone.localtime(step.due).date() <= today, of


@settings(
    max_examples=tiers.either(10, 60),
    deadline=None,
    phases=[Phase.generate],  # a walk is short enough to read
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_sequence_of_verbs_leaves_danger_that_nobody_sees(own_database: str, data: st.DataObject) -> None:
    """Whatever happens after it was heard, what nobody did something about stays now."""
    walk = Walk()
    verbs = walk.verbs()
    names = sorted(verbs)
    for _turn in range(8):
        verb = data.draw(st.sampled_from(names))
        with contextlib.suppress(DomainError, PermissionDenied):
            verbs[verb]()
        walk.check()
