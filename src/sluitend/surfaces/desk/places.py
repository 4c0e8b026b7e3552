"""Where a next step leads, and what its button says."""

from functools import cache

from sluitend.kernel.followup.queries import StepView
from sluitend.kernel.manifest import kind_named, kinds, step_named


@cache
def _homes() -> dict[str, str]:
    return {kind.letter: kind.home for kind in kinds().values() if kind.letter}


def address_of(step: StepView) -> str:
    """Return the page on which a step is done."""
    what, home = step_named(step.what), kind_named(step.subject_kind).home
    page = what.page or home
    # The code says what the subject is: telling the reporter can be asked of a report and of a case.
    fits = page.startswith(_homes().get(step.code[:1], home)) or what.elsewhere
    return (page if fits else home).format(code=step.code)


def button_of(what: str) -> str:
    """Return what the button of a kind of step says."""
    return str(step_named(what).button)
