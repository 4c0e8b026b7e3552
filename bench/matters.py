"""Real matters, made by the actions themselves: what pages open, and what the rest is copied from."""

from dataclasses import dataclass

from django.db import transaction
from tests import samples

from sluitend.journeys.care import actions as care
from sluitend.journeys.care_files import actions as care_files
from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases.models import Case
from sluitend.journeys.reports.content import ReportContent
from sluitend.journeys.reports.models import Report
from sluitend.journeys.shelter import actions as shelter
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.handbook.handling import Closes, ReasonList
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Organisation

FOCAL_POINT = "af@westland.example"
COORDINATOR = "zorg@shop.example"
MUNICIPALITY = "GM1783"
WEIGHING, ROUTING, RUNNING, CLOSED, NEW, REQUESTS = 20, 15, 25, 2, 8, 50
"""How many of each: enough for a list of fifty that all open."""


@dataclass(frozen=True)
class Made:
    """Codes of what was made."""

    weighing: list[str]
    routing: list[str]
    running: list[str]
    closed: list[str]
    reports: list[str]
    referrals: list[str]
    care: list[str]
    """Addresses of care: its list of requests, one file and one search for a place."""


def told(number: int, *, thin: bool = False) -> ReportContent:
    """Return what a reporter told, each time about another place and telephone."""
    rest = {"company": "", "kvk": "", "plate": "", "account": ""} if thin else {}
    return samples.content(
        where=f"Tuinderspad {number + 1}, De Lier", phone=f"06{10_000_000 + number * 7919}", **rest
    )


def make() -> Made:
    """Make matters in every state for one municipality."""
    organisation, who = Organisation.objects.get(code=MUNICIPALITY), samples.actor(FOCAL_POINT)
    made = Made([], [], [], [], [], [], care_pages())
    for number in range(WEIGHING):
        made.weighing.append(_taken_in(organisation, who, number, minor="yes" if number % 5 == 1 else "no"))
    for number in range(ROUTING):
        code = _taken_in(organisation, who, 100 + number)
        samples.weigh(code, who)
        made.routing.append(code)
    for number in range(RUNNING):
        code = _taken_in(organisation, who, 200 + number)
        made.running.append(code)
        made.referrals.append(_run(code, who, thin=number == 0))
    for number in range(CLOSED):
        code = _taken_in(organisation, who, 300 + number)
        _close(code, who)
        made.closed.append(code)
    made.reports.extend(
        samples.file_report(organisation, told=told(400 + number))[0] for number in range(NEW)
    )
    return made


def care_pages() -> list[str]:
    """Make requests for help, of which one has a whole care file and a search; return the addresses.

    They cannot wait, so that they stand before all copies in the list: those do not open.
    """
    who = samples.actor(COORDINATOR)
    codes = [samples.ask_for_help(bed_tonight="nee")[0] for _number in range(REQUESTS)]
    with transaction.atomic(), acting(who):
        samples.keep_whole_files(who)
        for code in codes[::2]:
            care.take_on(code=code, actor=who)
        file = care.open_file(code=codes[0], actor=who)
        wish = shelter.Wish("adult", 1, next(iter(current_release().pack.subregions.ids)))
        search = shelter.start(request=codes[0], wish=wish, actor=who)
    return ["/werk/zorg/", f"/werk/zorg/dossier/{file}/", f"/werk/zorg/plek/{search}/"]


def care_models() -> dict[str, str]:
    """Make what copies of care are made of, by kind, and return the ids of the requests."""
    return {kind: _helped(ends=ends) for kind, ends in (("asked", False), ("helped", True))}


def _helped(*, ends: bool) -> str:
    """Return the id of a request with a care file and a search: open, or all of it over."""
    who = samples.actor(COORDINATOR)
    code, _receipt = samples.ask_for_help(bed_tonight="ja")
    pack = current_release().pack
    end = next(each.id for each in pack.request.ends if not each.attempts)
    with transaction.atomic(), acting(who):
        care.take_on(code=code, actor=who)
        file = care.open_file(code=code, actor=who)
        wish = shelter.Wish("adult", 1, next(iter(pack.subregions.ids)))
        search = shelter.start(request=code, wish=wish, actor=who)
        if ends:
            shelter.withdraw(code=search, actor=who)
            care_files.close(code=file, actor=who, end=end, revision=None)
            care.close(code=code, actor=who, end=end)
        return str(Report.objects.get(code=code).pk)


def _taken_in(organisation: Organisation, who: Actor, number: int, minor: str = "no") -> str:
    # The first of each kind is a model for copies: it has fewer values to be found by.
    thin = number % 100 == 0
    report, _receipt = samples.file_report(organisation, told=told(number, thin=thin), minor=minor)
    return samples.take_in(report, who)


def _run(code: str, who: Actor, *, thin: bool) -> str:
    if not thin:
        samples.work(code, who)
    samples.weigh(code, who)
    samples.compose(code, who)
    return samples.refer(code, who)


def _close(code: str, who: Actor) -> None:
    pack = current_release().pack
    with acting(who):
        cases.weigh(
            actor=who,
            code=code,
            concrete="no",
            recent="no",
            pattern="no",
            decision="close",
            reason=_prepared(pack.reasons["weigh_close"]),
        )
    outcome = next(each.id for each in pack.outcomes if Closes.CASE in each.closes)
    with acting(who):
        cases.close_case(
            actor=who,
            code=code,
            outcome=outcome,
            tell="outcome",
            reason=_prepared(pack.reasons["case_close"]),
        )


def _prepared(reasons: ReasonList) -> str:
    return next(each.id for each in reasons if not each.asks_sentence)


def models(made: Made) -> dict[str, str]:
    """Return the ids of the cases that copies are made of, by kind."""
    codes = {
        "weighing": made.weighing[0],
        "minor": made.weighing[1],
        "routing": made.routing[0],
        "running": made.running[0],
        "closed": made.closed[0],
    }
    with transaction.atomic(), acting(samples.actor(FOCAL_POINT)):
        return {kind: str(Case.objects.get(code=code).pk) for kind, code in codes.items()}
