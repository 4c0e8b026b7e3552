"""The rules of the form by which help is asked: what the program needs, and that nothing hangs in the air."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .pack import Pack
from .problems import Finding, Words
from .requesting import (
    MESSAGES,
    NAMED,
    PROMISES,
    SENTENCES,
    CareRequest,
    Holds,
    RequestField,
    RequestKind,
)

PART = "request"
_CHOSEN = (RequestKind.CHOICE, RequestKind.CHOICES, RequestKind.SAFE_CONTACT, RequestKind.COUNTS)
_ADD: Words = ("voeg dit toe", "add this")
_MEND: Words = ("verbeter dit", "mend this")


def request_findings(pack: Pack) -> Iterator[Finding]:
    """Yield what is wrong with the form; a pack without one has nothing wrong."""
    form = pack.request
    if not form.fields:
        return
    yield from _missing(form)
    answers: dict[str, set[str]] = {}
    for field in form.fields:
        if field.id in answers:
            yield _wrong(field.id, "deze vraag staat er twee keer", "this question stands there twice")
        if (field.kind in _CHOSEN) != bool(field.options):
            yield _wrong(
                field.id,
                f"'{field.kind}' en de antwoorden passen niet bij elkaar",
                f"'{field.kind}' and the answers do not fit each other",
            )
        yield from _conditions(field, answers)
        answers[field.id] = {each.id for each in field.options}
    for rule in (*form.hurries, *form.advice_first, *form.unless):
        yield from _condition(PART, rule, answers)
    steps = [field.step for field in form.fields]
    if steps != sorted(steps):
        yield _wrong(PART, "de stappen staan niet op volgorde", "the steps are not in order")
    if not any(pack.request.work == work.group for partner in pack.partners for work in partner.works):
        yield _wrong(PART, f"geen partner doet '{form.work}'", f"no partner does '{form.work}'", "work")
    doing = {work.group for partner in pack.partners for work in partner.works}
    if form.support_work and form.support_work not in doing:
        word = form.support_work
        yield _wrong(PART, f"geen partner doet '{word}'", f"no partner does '{word}'", "support_work")


def _missing(form: CareRequest) -> Iterator[Finding]:
    asked: Mapping[str, tuple[frozenset[str], set[str]]] = {
        "fields": (NAMED, {each.id for each in form.fields}),
        "promises": (PROMISES, {each.id for each in form.promises}),
        "sentences": (SENTENCES, {each.id for each in form.sentences}),
        "messages": (MESSAGES, {each.id for each in form.messages}),
    }
    for name, (wanted, there) in asked.items():
        for each in sorted(wanted - there):
            yield _wrong(each, f"'{each}' ontbreekt", f"'{each}' is missing", name)
    if not form.ends:
        yield _wrong(PART, "er is geen uitkomst", "there is no outcome", "ends")
    if not (form.keeps and form.keeps_advice and form.keeps_file):
        yield _wrong(PART, "de bewaartermijn ontbreekt", "the retention term is missing", "keeps")


def _conditions(field: RequestField, answers: Mapping[str, set[str]]) -> Iterator[Finding]:
    # Only what was asked before can say whether this is asked.
    for rule in field.shown_if:
        yield from _condition(field.id, rule, answers)


def _condition(where: str, rule: Holds, answers: Mapping[str, set[str]]) -> Iterator[Finding]:
    for answer in rule.answers:
        if answer not in answers.get(rule.field, ()):
            yield _wrong(
                where,
                f"'{rule.field}' is niet eerder gevraagd met antwoord '{answer}'",
                f"'{rule.field}' was not asked before with answer '{answer}'",
            )


def _wrong(where: str, dutch: str, english: str, key: str = "") -> Finding:
    return Finding(PART, where, (dutch, english), _ADD if key else _MEND, key)
