"""The pages of a request without a memory: each carries the answers of the others, unsent."""

from collections.abc import Iterator, Mapping, Sequence

from sluitend.forms.wizard import Sent, Steps
from sluitend.journeys.care.content import names_of
from sluitend.journeys.care.forms import DIRECT, StepForm
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.requesting import (
    ADVICE,
    DANGER,
    HELP,
    MINOR,
    START,
    RequestField,
    RequestKind,
)

YES, MAYBE = "ja", "misschien"


class Wizard(Steps[StepForm]):
    """The answers so far, and the forms that read them."""

    def __init__(self, data: Sent, pack: Pack) -> None:
        super().__init__(data)
        self.pack, self.form = pack, pack.request
        self.given: dict[str, Sequence[str]] = {
            name: self.data.getlist(name) for each in self.form.fields for name in names_of(each)
        }

    @property
    def asked(self) -> tuple[RequestField, ...]:
        """The questions that are asked, after these answers."""
        return self.form.shown(self.given)

    @property
    def steps(self) -> list[int]:
        """The pages that have a question; as long as nothing was chosen, those of who asks for help."""
        chosen = any(self.given.get(START, ()))
        asked = self.asked if chosen else self.form.shown({**self.given, START: (HELP,)})
        return sorted({each.step for each in asked})

    @property
    def last(self) -> bool:
        """Whether the page that was sent is the last."""
        return self.number == self.steps[-1]

    @property
    def advises(self) -> bool:
        """Whether it is a question for advice, without a name."""
        return ADVICE in self.form.settled(self.given).get(START, ())

    @property
    def advice_first(self) -> bool:
        """Whether help was asked, and advice comes first."""
        return self.advises and ADVICE not in self.given.get(START, ())

    @property
    def danger(self) -> bool:
        """Whether there is danger now."""
        return YES in self.given.get(DANGER, ())

    @property
    def hurried(self) -> bool:
        """Whether somebody must be called the same day; then the minute is kept in which this comes in."""
        return self.form.is_hurried(self.given)

    @property
    def minor(self) -> bool:
        """Whether it is, or may be, about somebody under eighteen."""
        return not {YES, MAYBE}.isdisjoint(self.given.get(MINOR, ()))

    def answered(self, number: int) -> StepForm:
        """Return the form of a page with its answers, not checked yet."""
        return StepForm(self.data, pack=self.pack, number=number, given=self.given)

    def unchecked(self, number: int) -> StepForm:
        """Return the form of a page with its answers, and not yet what is wrong with them."""
        several = [each.id for each in self.form.fields if each.kind is RequestKind.CHOICES]
        return StepForm(pack=self.pack, number=number, given=self.given, initial=self.initial(several))

    def after(self, number: int) -> int:
        """Return the page after one, as the answers are now."""
        return next((each for each in self.steps if each > number), self.steps[-1])

    def before(self, number: int) -> int:
        """Return the page before one; of the first, itself."""
        return next((each for each in reversed(self.steps) if each < number), self.steps[0])

    def answers(self) -> Mapping[str, Sequence[str]]:
        """Return what is filed: the answers to what was asked, and nothing else that was sent."""
        given = {name: self.given[name] for each in self.asked for name in names_of(each)}
        way = set(given.get("safe_contact", ()))
        kept = {
            name: values
            for name, values in given.items()
            if not name.startswith("safe_contact_") or way & DIRECT
        }
        return {**kept, START: self.form.settled(self.given).get(START, ())}

    def carried(self, shown: StepForm) -> Iterator[tuple[str, str]]:
        """Return what a page carries of the others."""
        for name, values in self.given.items():
            if name not in shown.fields:
                yield from ((name, value) for value in values if value)
