"""Six pages without a memory: each carries the answers of the others in hidden fields, unsent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.utils.datastructures import MultiValueDict

from sluitend.forms.wizard import Sent, Steps
from sluitend.journeys.reports.danger import is_now
from sluitend.journeys.reports.forms import CheckForm, PackForm, SignalsForm, WhatForm, WhoForm
from sluitend.journeys.reports.models import Kind
from sluitend.kernel.handbook.pack import Pack

WHAT, SIGNALS, WHO, CHECK = 2, 3, 4, 5
FIRST, LAST = WHAT, CHECK
FORMS: dict[int, type[PackForm]] = {WHAT: WhatForm, SIGNALS: SignalsForm, WHO: WhoForm, CHECK: CheckForm}
CARRIED = ("kind", "sending", "mark", "marks")
SEVERAL = ("signals", "marks")


@dataclass(frozen=True)
class Step:
    """One page: which one, its form, and what it carries of the others."""

    number: int
    form: PackForm
    carried: tuple[tuple[str, str], ...]


class Wizard(Steps[PackForm]):
    """The answers so far, and the forms that read them."""

    def __init__(self, data: Sent, pack: Pack, files: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data)
        self.pack = pack
        self.files = files
        self.data["kind"] = self.kind
        self.data["sending"] = str(self.sending)

    @property
    def steps(self) -> Sequence[int]:
        """The pages, which are always the same."""
        return range(FIRST, LAST + 1)

    @property
    def kind(self) -> str:
        """Report, or help for somebody."""
        kind = self.data.get("kind", Kind.REPORT)
        return kind if kind in (Kind.REPORT, Kind.HELP) else Kind.REPORT

    @property
    def acute(self) -> bool:
        """Whether there is danger now, so that this must be read at once."""
        return is_now(self.data.get("acute", ""))

    def target(self, default: int) -> int:
        """Return the page that a button named."""
        return self.page("go", default)

    def answered(self, number: int) -> PackForm:
        """Return the form of a page with its answers, not checked yet."""
        return FORMS[number](self.data, self.files, pack=self.pack)

    @property
    def what(self) -> WhatForm:
        """The checked page with what, where and when."""
        return cast("WhatForm", self.checked(WHAT))

    @property
    def signals(self) -> SignalsForm:
        """The checked page with what was recognised."""
        return cast("SignalsForm", self.checked(SIGNALS))

    @property
    def who(self) -> WhoForm:
        """The checked page with who reports."""
        return cast("WhoForm", self.checked(WHO))

    @property
    def last(self) -> CheckForm:
        """The checked last page, with its files."""
        return cast("CheckForm", self.checked(CHECK))

    def unchecked(self, number: int) -> PackForm:
        """Return the form of a page with its answers, and not yet what is wrong with them."""
        return FORMS[number](initial=self.initial(SEVERAL), pack=self.pack)

    def step(self, number: int, form: PackForm | None = None) -> Step:
        """Return a page to show."""
        return Step(number, form or self.unchecked(number), self.carried(number))

    def carried(self, number: int) -> tuple[tuple[str, str], ...]:
        """Return what a page carries of the others."""
        return tuple(self._carried(number))

    def answers(self) -> dict[str, list[str]]:
        """Return everything that was filled in, to keep as a draft."""
        names = [
            *CARRIED,
            "step",
            *(name for form in FORMS.values() for name in form.base_fields if name != "uploads"),
        ]
        return {name: self.data.getlist(name) for name in names if self.data.getlist(name)}

    def _carried(self, shown: int) -> Iterator[tuple[str, str]]:
        names = [
            *CARRIED,
            *(name for number, form in FORMS.items() if number != shown for name in form.base_fields),
        ]
        for name in names:
            for value in self.data.getlist(name):
                if name != "uploads" and value:
                    yield name, value


def from_answers(answers: dict[str, list[str]]) -> Sent:
    """Return what was kept as if it had just been sent."""
    data: Sent = MultiValueDict()
    for name, values in answers.items():
        data.setlist(name, [str(value) for value in values])
    return data
