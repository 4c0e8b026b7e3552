"""The rules for routes: what may be shared, with whom, and when waiting is not allowed."""

from __future__ import annotations

from collections.abc import Iterator

from .guidance import Answer, Conditions, Route, Track, Verb
from .pack import Pack
from .problems import Finding


def route_findings(route: Route, pack: Pack) -> Iterator[Finding]:
    """Yield every rule that a route breaks."""
    yield from _sharing(route, pack)
    yield from _duty(route)
    yield from _bases(route, pack)
    yield from _recipients(route, pack)


def _finding(route: Route, field: str, wrong: tuple[str, str], remedy: tuple[str, str]) -> Finding:
    return Finding("routes", route.id, wrong, remedy, field)


def _sharing(route: Route, pack: Pack) -> Iterator[Finding]:
    withheld = {one.part for one in route.may_not}
    for part_id in route.may:
        take_out = (f"haal '{part_id}' weg uit 'may'", f"take '{part_id}' out of 'may'")
        part = pack.parts.get(part_id)
        if part and part.never:
            wrong = (f"'{part_id}' mag nooit gedeeld worden", f"'{part_id}' may never be shared")
            yield _finding(route, "may", wrong, take_out)
        if part_id in withheld:
            yield _finding(
                route,
                "may",
                (f"'{part_id}' mag en mag niet", f"'{part_id}' both may and may not"),
                (
                    f"haal '{part_id}' weg uit 'may' of uit 'may_not'",
                    f"take '{part_id}' out of 'may' or out of 'may_not'",
                ),
            )
        if part and part.identifies_person and route.verb is Verb.ASK:
            yield _finding(
                route,
                "may",
                (
                    f"vragen gaat zonder gegevens van een persoon, dus zonder '{part_id}'",
                    f"asking goes without data on a person, so without '{part_id}'",
                ),
                take_out,
            )
    if route.verb is Verb.HOLD and route.may:
        yield _finding(
            route,
            "may",
            ("bij wachten wordt niets gedeeld", "holding shares nothing"),
            ("schrijf 'may: []'", "write 'may: []'"),
        )


def _duty(route: Route) -> Iterator[Finding]:
    sends = route.verb is not Verb.HOLD
    if route.track is not Track.PERSON and sends and not route.asks_residents_question:
        yield _finding(
            route,
            "asks_residents_question",
            (
                "een route over een plaats moet de vraag over de bewoners stellen",
                "a route about a place must ask the question about the residents",
            ),
            ("schrijf 'asks_residents_question: true'", "write 'asks_residents_question: true'"),
        )
    if not sends and _reaches_minors(route.conditions):
        yield _finding(
            route,
            "conditions",
            (
                "wachten mag niet bij een minderjarige en niet bij direct gevaar",
                "holding is not allowed for a minor or in acute danger",
            ),
            (
                "schrijf bij de voorwaarden 'acute: false' en 'minor: [\"no\", unknown]'",
                "write with the conditions 'acute: false' and 'minor: [\"no\", unknown]'",
            ),
        )


def _bases(route: Route, pack: Pack) -> Iterator[Finding]:
    for basis_id in route.bases:
        basis = pack.bases.get(basis_id)
        if basis and not basis.usable_by_municipality:
            yield _finding(
                route,
                "bases",
                (
                    f"een gemeente kan '{basis_id}' niet kiezen",
                    f"a municipality cannot choose '{basis_id}'",
                ),
                (
                    "kies een grondslag die een gemeente mag gebruiken",
                    "choose a ground that a municipality may use",
                ),
            )


def _recipients(route: Route, pack: Pack) -> Iterator[Finding]:
    if route.verb is not Verb.HOLD and not (route.partners or route.departments):
        yield _finding(
            route,
            "partners",
            ("de route heeft geen ontvanger", "the route has no recipient"),
            ("noem een partner of een afdeling", "name a partner or a department"),
        )
    for partner_id in route.partners:
        partner = pack.partners.get(partner_id)
        if partner and partner.verb is Verb.BRING_IN and route.verb not in (Verb.BRING_IN, Verb.ASK):
            yield _finding(
                route,
                "partners",
                (
                    f"'{partner_id}' is een samenwerkingsverband: inbrengen, niet doorzetten",
                    f"'{partner_id}' is a partnership: bring in, do not refer",
                ),
                (
                    "schrijf 'verb: bring_in' of kies een andere partner",
                    "write 'verb: bring_in' or choose another partner",
                ),
            )


def _reaches_minors(conditions: Conditions) -> bool:
    answers = conditions.minor or tuple(Answer)
    return Answer.YES in answers or Answer.PERHAPS in answers or conditions.acute is not False
