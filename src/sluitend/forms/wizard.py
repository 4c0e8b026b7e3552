"""Pages without a memory: each carries the answers of the others, unsent, until the last one files them."""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from sluitend.forms.checks import tidy

type Sent = MultiValueDict[str, str]


def sending_of(data: Sent) -> uuid.UUID:
    """Return the random number that a page made; a new one when that is missing or bent."""
    try:
        return uuid.UUID(data.get("sending", ""))
    except ValueError:
        return uuid.uuid4()


class Steps[Form: forms.Form](ABC):
    """The answers so far, and the forms that read them."""

    def __init__(self, data: Sent) -> None:
        self.data = tidy(data)
        self._forms: dict[int, Form] = {}

    @property
    @abstractmethod
    def steps(self) -> Sequence[int]:
        """The numbers of the pages, in their order."""

    @abstractmethod
    def answered(self, number: int) -> Form:
        """Return the form of a page with its answers, not checked yet."""

    @property
    def sending(self) -> uuid.UUID:
        """The random number of what is sent, made with its first page."""
        return sending_of(self.data)

    @property
    def number(self) -> int:
        """The page that was sent; an unknown one is the first."""
        return self.page("step", self.steps[0])

    def page(self, field: str, default: int) -> int:
        """Return the page that a field names."""
        text = self.data.get(field, "")
        return next((each for each in self.steps if str(each) == text), default)

    def checked(self, number: int) -> Form:
        """Return the form of a page with its answers and what is wrong with them; made and checked once."""
        if number not in self._forms:
            form = self.answered(number)
            form.is_valid()
            self._forms[number] = form
        return self._forms[number]

    def first_wrong(self) -> int | None:
        """Return the first page with something wrong in it."""
        return next((number for number in self.steps if not self.checked(number).is_valid()), None)

    def initial(self, several: Iterable[str]) -> dict[str, Any]:
        """Return the answers for a form that is shown and not checked.

        Args:
            several: names of which there may be more than one answer.
        """
        return {**self.data.dict(), **{name: self.data.getlist(name) for name in several}}
