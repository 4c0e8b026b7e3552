"""Six pages without a memory: each carries the answers of the others in hidden fields, unsent."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.utils.datastructures import MultiValueDict

from sluitend.forms.wizard import Sent, Steps
from sluitend.journeys.reports.danger import is_now
from sluitend.journeys.reports.forms import CheckForm, SignalsForm, WhatForm, WhoForm
from sluitend.journeys.reports.models import Anonymity, Kind
from sluitend.journeys.reports.place_fields import PackForm
from sluitend.kernel.handbook.pack import Pack

WHAT, SIGNALS, WHO, CHECK = 2, 3, 4, 5
IN_ORDER = (WHAT, SIGNALS, WHO, CHECK)
# Of whoever is signed in it is asked before the first word: without a name nothing they type is kept.
NAME_FIRST = (WHO, WHAT, SIGNALS, CHECK)
BEGUN = {WHAT: "saw", WHO: "anonymity"}
"""What stands there as soon as a page was answered. Nothing recognised is an answer too."""
TOLD = (*BEGUN.values(), "where")
KNOWN = (Anonymity.NAMED, Anonymity.CONFIDENTIAL)
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

    def __init__(
        self,
        data: Sent,
        pack: Pack,
        files: MultiValueDict[str, Any] | None = None,
        *,
        name_first: bool = False,
    ) -> None:
        super().__init__(data)
        self.pack = pack
        self.files = files
        self.name_first = name_first
        self.data["kind"] = self.kind
        self.data["sending"] = str(self.sending)

    @property
    def steps(self) -> Sequence[int]:
        """The pages, in the order in which they are asked."""
        return NAME_FIRST if self.name_first else IN_ORDER

    @property
    def keeps(self) -> bool:
        """Whether what is typed may be kept for whoever is signed in: only once they gave a name."""
        return self.name_first and self.data.get("anonymity") in KNOWN

    def after(self, number: int) -> int:
        """Return the page after this one; the last stays where it is."""
        return self.steps[min(self.steps.index(number) + 1, len(self.steps) - 1)]

    def before(self, number: int) -> int:
        """Return the page before this one; none (0) before the first."""
        at = self.steps.index(number)
        return self.steps[at - 1] if at else 0

    def place_of(self, number: int) -> int:
        """Return which page this is for the reader; the first one asks of danger."""
        return self.steps.index(number) + 2

    def reached(self, number: int) -> int:
        """Return this page, or the first before it that was not answered; none (0) when nothing is told yet.

        After sending, Back asks for a page of what is no longer there.
        """
        if number != self.steps[0] and not any(self.data.get(name) for name in TOLD):
            return 0
        earlier = self.steps[: self.steps.index(number)]
        return next((each for each in earlier if each in BEGUN and not self.data.get(BEGUN[each])), number)

    def recognised_nothing(self) -> None:
        """Answer that nothing of the list fits."""
        self.data.setlist("signals", [])
        self.data["none"] = "on"

    def forget_role(self, filled_in: str) -> None:
        """Take back the role that the account filled in: whoever gives no name says it themselves."""
        if filled_in and self.data.get("role") == filled_in:
            self.data["role"] = ""

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
        return tuple(self._carried(FORMS[number].base_fields))

    def carried_all(self) -> tuple[tuple[str, str], ...]:
        """Return what a page carries that asks none of this itself."""
        return tuple(self._carried(()))

    def answers(self) -> dict[str, list[str]]:
        """Return everything that was filled in, to keep as a draft."""
        names = [
            *CARRIED,
            "step",
            *(name for number in IN_ORDER for name in FORMS[number].base_fields if name != "uploads"),
        ]
        return {name: self.data.getlist(name) for name in names if self.data.getlist(name)}

    def _carried(self, own: Collection[str]) -> Iterator[tuple[str, str]]:
        asked = (name for number in IN_ORDER for name in FORMS[number].base_fields if name not in own)
        # A name that two pages ask is carried once.
        for name in dict.fromkeys((*CARRIED, *asked)):
            for value in self.data.getlist(name):
                if name != "uploads" and value:
                    yield name, value


def from_answers(answers: dict[str, list[str]]) -> Sent:
    """Return what was kept as if it had just been sent."""
    data: Sent = MultiValueDict()
    for name, values in answers.items():
        data.setlist(name, [str(value) for value in values])
    return data
