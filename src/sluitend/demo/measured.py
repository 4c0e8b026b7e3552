"""A matter in which the municipality acts too: somebody goes there, and measures are given and end."""

from sluitend.demo import deeds
from sluitend.demo.deeds import Proof
from sluitend.demo.matter import Matter
from sluitend.demo.telling import Moment
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.visits import actions as visits
from sluitend.journeys.visits.actions import Plan
from sluitend.journeys.visits.places import Place


class Measured(Matter):
    """A matter with every verb of a story."""

    def visit(self, by: str, kind: str, place: Place, found: str, aim: str = "") -> None:
        """Let somebody go there today, when the desk released it, and write what there was to see."""
        planner, plan = self.world.people[by], Plan(kind, self.day, place, aim)
        code = self.world.do(self.moment, planner, visits.plan_visit, actor=planner, plan=plan)
        self.soon()
        self._do(visits.release, code=code)
        self.soon()
        self.world.do(self.moment, planner, visits.carry_out, actor=planner, code=code, found=found)

    def link(self) -> None:
        """Say that the last earlier signal belongs with this case."""
        self._do(deeds.link, case_code=self.case)

    def finish(self, action: str) -> None:
        """Say that an action of the plan is done."""
        self._do(cases.finish_action, code=self.case, action=action)

    def prove(self, action: str, pieces: tuple[Proof, ...]) -> None:
        """Say what carries a measure."""
        self._do(deeds.prove, case_code=self.case, action=action, pieces=pieces)

    def give(self, action: str, to: str, until: Moment, contact: str = "", question: str = "") -> None:
        """Give a measure to a department or body until a day."""
        until_day = self.day_of(until)
        self._do(
            cases.give,
            code=self.case,
            action=action,
            to=to,
            until=until_day,
            contact=contact,
            question=question,
        )

    def came(self, action: str, result: str) -> None:
        """Say what came of a measure today."""
        self._do(cases.note_result, code=self.case, action=action, result=result, on=self.day)

    def add_measure(self, action: str, reason: str) -> None:
        """Add a measure that no rule asks for."""
        self._do(cases.add_measure, code=self.case, action=action, reason=reason)
