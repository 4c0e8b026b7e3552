"""The rules for requests for information: receivers, purposes and grounds fit, and secrecy is asked first."""

from __future__ import annotations

from collections.abc import Iterator

from .checks_of_actions import WITH_POLICE
from .inquiries import MUNICIPALITY, Inquiry
from .pack import Pack
from .problems import Finding, Words

_PLACES = frozenset({"place", "company"})
_ENFORCING = frozenset(kind.value for kind in WITH_POLICE)


def inquiry_findings(pack: Pack) -> Iterator[Finding]:
    """Yield every rule that a request for information breaks."""
    for inquiry in pack.inquiries:
        yield from _receivers(inquiry, pack)
        yield from _grounds(inquiry, pack)
        yield from _ceiling(inquiry, pack)
        yield from _secrecy(inquiry, pack)
        yield from _people_there(inquiry)


def _finding(inquiry: Inquiry, field: str, wrong: Words, remedy: Words) -> Finding:
    return Finding("inquiries", inquiry.id, wrong, remedy, field)


def _receivers(inquiry: Inquiry, pack: Pack) -> Iterator[Finding]:
    there = {MUNICIPALITY, *(partner.kind for partner in pack.partners)}
    for kind in inquiry.kinds:
        if kind not in there:
            yield _finding(
                inquiry,
                "kinds",
                (f"er is geen ontvanger van de soort '{kind}'", f"there is no receiver of the kind '{kind}'"),
                ("kies een soort die een partner heeft", "choose a kind that a partner has"),
            )


def _grounds(inquiry: Inquiry, pack: Pack) -> Iterator[Finding]:
    for basis_id in inquiry.bases:
        basis = pack.bases.get(basis_id)
        if basis and not basis.usable_by_municipality:
            yield _finding(
                inquiry,
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


def _ceiling(inquiry: Inquiry, pack: Pack) -> Iterator[Finding]:
    withheld = {one.part for one in inquiry.may_not}
    for field, named in (("may", inquiry.may), ("first", inquiry.first), ("asks", inquiry.asks)):
        for part_id in named:
            take_out = (f"haal '{part_id}' weg uit '{field}'", f"take '{part_id}' out of '{field}'")
            part = pack.parts.get(part_id)
            if part and part.never:
                wrong = (f"'{part_id}' mag nooit gedeeld worden", f"'{part_id}' may never be shared")
                yield _finding(inquiry, field, wrong, take_out)
            if part_id in withheld and field != "asks":
                wrong = (f"'{part_id}' mag en mag niet", f"'{part_id}' both may and may not")
                yield _finding(inquiry, field, wrong, take_out)


def _secrecy(inquiry: Inquiry, pack: Pack) -> Iterator[Finding]:
    if inquiry.first and not inquiry.secrecy:
        yield _finding(
            inquiry,
            "first",
            ("alleen bij een beroepsgeheim wordt eerst gevraagd", "only secrecy is asked first"),
            ("schrijf 'secrecy: true', of haal 'first' weg", "write 'secrecy: true', or take 'first' out"),
        )
    if more := sorted(set(inquiry.first) - set(inquiry.may)):
        yield _finding(
            inquiry,
            "first",
            (
                f"eerst gaat meer mee dan mag: {', '.join(more)}",
                f"more goes first than may: {', '.join(more)}",
            ),
            ("haal het weg uit 'first', of zet het in 'may'", "take it out of 'first', or put it in 'may'"),
        )
    others = (one for one in pack.inquiries if one.secrecy != inquiry.secrecy)
    if alike := sorted({kind for one in others for kind in one.kinds} & set(inquiry.kinds)):
        yield _finding(
            inquiry,
            "secrecy",
            (
                f"'{alike[0]}' heeft hier wel een beroepsgeheim en daar niet",
                f"'{alike[0]}' is bound by secrecy here and not there",
            ),
            ("maak het bij elke vraag gelijk", "make it the same in each request"),
        )


def _people_there(inquiry: Inquiry) -> Iterator[Finding]:
    reaches = set(inquiry.kinds) & _ENFORCING and set(inquiry.may) & _PLACES
    if reaches and not inquiry.asks_residents_question:
        yield _finding(
            inquiry,
            "asks_residents_question",
            (
                "wie een plek aan politie of inspectie noemt, stelt eerst de vraag over de bewoners",
                "naming a place to police or inspection takes the question about the residents first",
            ),
            ("schrijf 'asks_residents_question: true'", "write 'asks_residents_question: true'"),
        )
