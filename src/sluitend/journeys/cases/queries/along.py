"""What goes along beside the words of a case that is handed over, so that the other goes on from there.

Each piece belongs to a part of the handbook and goes only with that part. Who did something is told as a
function: names stay here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sluitend.journeys.cases.models import Case, Observation, Subject
from sluitend.journeys.cases.queries.casefile import residents_words, subjects_of
from sluitend.journeys.cases.queries.kept import Before
from sluitend.journeys.cases.queries.kept_plan import ASKED, DATED, DONE, GIVEN, REFUSED, Became, decided
from sluitend.journeys.cases.queries.parts import line_of
from sluitend.journeys.cases.queries.plan_facts import (
    CONCRETE,
    CONTACT,
    FLAGS,
    FORM,
    PAPERS,
    REPORTER,
    RESIDENTS,
    TERRITORY,
    WISH,
    Known,
    KnownFact,
    facts_of,
    known_of,
)
from sluitend.journeys.cases.queries.planning import LATER, REFUSALS
from sluitend.journeys.cases.queries.reading import day_in
from sluitend.journeys.cases.queries.rows import rows_of
from sluitend.journeys.cases.queries.shapes import PartView, SubjectView, TriedView
from sluitend.journeys.cases.queries.tried import before_of, tried_of
from sluitend.journeys.cases.roles import POSSIBLE_VICTIM
from sluitend.kernel.handbook.guidance import CONTACT as REACHED
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.handbook.planning import SUBREGION
from sluitend.kernel.handbook.plans import PlanVerb
from sluitend.kernel.sealing.envelopes import OpenEnvelope

PLAN, PLAN_REASONS = "plan", "plan_reasons"
"""The parts of the handbook for the state of the plan, and for what people wrote in it."""
OWN_JUDGEMENT = frozenset({TERRITORY, SUBREGION, CONCRETE, PAPERS, RESIDENTS, WISH, FORM})
"""What the other municipality sees for itself, or what goes as a part of its own."""
STATES = {
    ASKED: gettext_lazy("Gevraagd: %(says)s"),
    DONE: gettext_lazy("Klaar: %(says)s"),
    REFUSED: gettext_lazy("Niet: %(says)s"),
    DATED: gettext_lazy("Later: %(says)s"),
    GIVEN: gettext_lazy("Gegeven: %(says)s"),
}
KINDS = {
    Subject.Kind.PERSON: "person_description",
    Subject.Kind.COMPANY: "company",
    Subject.Kind.PLACE: "place",
    Subject.Kind.VEHICLE: "vehicle",
    Subject.Kind.PHONE: "phone",
    Subject.Kind.ACCOUNT: "online_account",
}
"""In which part a subject stands, one a line."""


@dataclass(frozen=True)
class Along:
    """What goes along with one row: words that the row gets more, and what the program reads of it."""

    words: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@in_dutch()
def along_of(case: Case, envelope: OpenEnvelope, sender: str) -> tuple[dict[str, Along], list[PartView]]:
    """Return what goes along with the rows of a case, by their id, and the rows that tell of its plan.

    Args:
        sender: name of the municipality that hands over.
    """
    known = known_of(case, envelope, subjects_of(case, envelope))
    found = {part: Along(more={"subjects": _subjects(kind, known)}) for kind, part in KINDS.items()}
    lines = {str(each.id): _line(each) for each in known.subjects if each.kind in KINDS}
    found |= {f"facts-{row.id.hex}": _fact_row(row, envelope, lines) for row in rows_of(case, Observation)}
    found[REACHED] = _reached(known)
    found[WISH] = _wish(envelope.read(case, "wish") or {})
    items = [*_facts(known, sender), *_residents(known), *_actions(known, sender)]
    found[PLAN] = Along(more={"items": items})
    sentences = list(_sentences(known))
    found |= {row.id: Along(more={"action": action}) for action, row in sentences}
    rows = [_row(PLAN, PLAN, "", "\n".join(each["words"] for each in items), known.pack)] if items else []
    rows += [row for _action, row in sentences]
    return found, [row for row in rows if row.part in known.pack.parts]


def _row(row: str, part: str, says: str, text: str, pack: Pack) -> PartView:
    label = pack.parts[part].label.nl if part in pack.parts else ""
    return PartView(row, part, ": ".join(filter(None, [label, says])), text, False)


def _line(subject: SubjectView) -> tuple[str, str]:
    """Return the part in which somebody or something stands, and the line there."""
    return KINDS[Subject.Kind(subject.kind)], subject.name if subject.is_person else line_of(subject)


def _fact_row(row: Observation, envelope: OpenEnvelope, lines: Mapping[str, tuple[str, str]]) -> Along:
    content = envelope.read(row, "content")
    told = content.get("told") or row.at.isoformat()
    about = [list(lines[each]) for each in content.get("about", ()) if each in lines]
    more = {"told": told, "when": content["when"], "indicators": content["indicators"], "about": about}
    return Along(more={**more, "sums_up": content.get("sums_up", False)})


def _subjects(kind: str, known: Known) -> list[dict[str, Any]]:
    """Return the subjects of a kind in the order of the lines of their part."""
    found: dict[str, dict[str, Any]] = {}
    for each in known.subjects:
        if each.kind == kind:
            _part, line = _line(each)
            one = found.setdefault(
                line, {"line": line, "roles": [], "identifiers": [], "language": each.language}
            )
            one["roles"] += [role for role in each.roles if role not in one["roles"]]
            one["identifiers"] += [list(pair) for pair in each.identifiers]
    return list(found.values())


def _reached(known: Known) -> Along:
    """Return whom it is about where the words do not say it: the place among the people of the case."""
    people = [each for each in known.subjects if each.is_person]
    of = [place for place, each in enumerate(people) if each.reach]
    return Along(more={"of": of[0], "people": len(people)} if len(of) == 1 else {})


def _wish(wish: Mapping[str, str]) -> Along:
    """Return the wish with who asked and when: a line of its own, so that somebody sees it leave."""
    if not wish:
        return Along()
    asked = day_in(wish["asked_on"])
    words = (
        _("Gevraagd door: %(who)s") % {"who": wish["asked_by"]} if wish["asked_by"] else "",
        _("Gevraagd op: %(day)s") % {"day": date_format(asked, "j F Y")} if asked else "",
    )
    return Along(tuple(filter(None, words)), dict(wish))


def _facts(known: Known, sender: str) -> Iterator[dict[str, Any]]:
    for each in facts_of(known):
        said = None if each.id in OWN_JUDGEMENT else _said(each, known, sender)
        if said is None or (each.id == CONTACT and "safe" in each.values):
            # That there is a safe way is said by the way itself, where it goes.
            continue
        who, at = said
        values = ", ".join(choice.label.nl for choice in each.choices if choice.id in each.values)
        words = f"{each.fact.label.nl}: {values} ({who}, {_day(at)})"
        yield {"words": words, "fact": each.id, "values": sorted(each.values), "at": at, "who": who}


def _said(each: KnownFact, known: Known, sender: str) -> tuple[str, str] | None:
    """Return who said what counts still, and when; what a report says is read there anew."""
    said = known.kept["facts"].get(each.id)
    focal = _("aandachtsfunctionaris van %(sender)s") % {"sender": sender}
    if said is not None and each.said_at is not None:
        partner = _("antwoord van een partner aan %(sender)s") % {"sender": sender}
        return said.get("who") or (focal if said["by"] else partner), said["at"]
    if each.id == REPORTER and said is None and not each.unknown:
        # The report stays where it came in: who told it is not known there.
        return _("melding bij %(sender)s") % {"sender": sender}, known.case.opened.isoformat()
    flagged = each.id in {fact for fact, _value in FLAGS.values()}
    if flagged and said is None and not each.from_report and not each.unknown:
        # It was chosen on a page, before there was a plan.
        return focal, known.case.opened.isoformat()
    return None


def _residents(known: Known) -> Iterator[dict[str, Any]]:
    row = known.residents
    if row is not None:
        words = _("Gevraagd wat er met de bewoners gebeurt: %(answer)s") % {
            "answer": residents_words(row, known.pack)
        }
        yield {"words": words, "residents": row.answer, "first_step": row.first_step}


def _actions(known: Known, sender: str) -> Iterator[dict[str, Any]]:
    measures = {each.id: each for each in tried_of(known.kept, known.pack) if _is_ours(each, known.pack)}
    for name, became in _decided(known):
        if name in measures or became["state"] == GIVEN:
            continue
        reason = _reason(became, known.pack)
        words = str(STATES[became["state"]]) % {"says": _says(name, known.pack)}
        more = [_day(became["until"]), reason, _day(became["at"])]
        item = {"words": f"{words} ({', '.join(filter(None, more))})"}
        if became["state"] != ASKED:
            # What was asked is answered to whoever asked it: it is told, and open there.
            item |= {
                "action": name,
                "state": became["state"],
                "at": became["at"],
                "reason": became["reason"],
                "why": reason,
                "until": became["until"],
                "who": became.get("who") or sender,
            }
        yield item
    for measure in [*measures.values(), *before_of(known.kept)]:
        yield _measure(measure, measure.who or sender)


def _is_ours(measure: TriedView, pack: Pack) -> bool:
    """Return whether somebody here was given it, or a body here decides on it: it is told, and open there."""
    action = pack.plan_actions.get(measure.id)
    return bool(measure.to) or action is None or action.rests_on_power


def _measure(measure: TriedView, who: str) -> dict[str, Any]:
    """Return a measure as the other municipality keeps it: as done by this one, and no decision there."""
    ended = [measure.result, _day_words(measure.on)] if measure.result else []
    back = _("terug op %(day)s") % {"day": _day_words(measure.until)} if measure.until and not ended else ""
    said = str(STATES[GIVEN if measure.to else DONE]) % {"says": measure.says.rstrip(".")}
    how = ", ".join(filter(None, [who, measure.to, *ended, back]))
    kept: Before = {
        "says": measure.says,
        "to": measure.to,
        "until": measure.until.isoformat() if measure.until else "",
        "result": measure.result,
        "on": measure.on.isoformat() if measure.on else "",
        "who": who,
    }
    return {"words": f"{said} ({how})", "measure": kept}


def _sentences(known: Known) -> Iterator[tuple[str, PartView]]:
    """Return why somebody did not do something, or not yet, in their own words: a row each."""
    for name, became in _decided(known):
        if became["sentence"]:
            row = f"{PLAN_REASONS}-{name}"
            yield name, _row(row, PLAN_REASONS, _says(name, known.pack), became["sentence"], known.pack)


def _decided(known: Known) -> Iterable[tuple[str, Became]]:
    """Return what was decided about each action that still holds, without handing over itself.

    What is still being composed went nowhere: it is open there.
    """
    for name in known.kept["actions"]:
        action, became = known.pack.plan_actions.get(name), decided(known.kept, name)
        if became and became["state"] in STATES and not (action and action.verb is PlanVerb.TRANSFER):
            yield name, became


def _reason(became: Became, pack: Pack) -> str:
    listed = pack.reasons.get(LATER if became["state"] == DATED else REFUSALS)
    reason = listed.reason(became["reason"]) if listed else None
    return reason.label.nl if reason else ""


def _says(name: str, pack: Pack) -> str:
    found = pack.plan_actions.get(name)
    return found.says.nl.rstrip(".") if found else name


def _day(moment: str) -> str:
    return _day_words(day_in(moment))


def _day_words(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


@in_dutch()
def with_parts(more: Mapping[str, Any], part: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """Return what goes along with a part: only what the words that leave still say.

    Args:
        more: of that part.
        part: its id in the handbook.
        texts: the words of each part that goes.
    """
    if "told" in more:
        about = [[part, line] for part, line in more["about"] if line in _lines(texts.get(part, ""))]
        return {**more, "indicators": more["indicators"] if "indicators" in texts else [], "about": about}
    if "wish" in more:
        return _wish_as_sent(more, texts[part])
    if "of" in more:
        return (
            {"of": more["of"]} if len(_lines(texts.get("person_description", ""))) == more["people"] else {}
        )
    if "subjects" in more:
        lines = _lines(texts[part])
        return {"subjects": [_as_sent(one, texts, part) for one in _of_lines(lines, more["subjects"])]}
    return dict(more)


def _lines(text: str) -> list[str]:
    return [line for line in (each.strip() for each in text.split("\n")) if line]


def _wish_as_sent(more: Mapping[str, Any], text: str) -> dict[str, Any]:
    words = {name: more[name] for name in ("wants", "wants_not", "asked_by")}
    asked = day_in(more["asked_on"])
    day = asked is not None and date_format(asked, "j F Y") in text
    sent = {"wish": more["wish"], "asked_on": more["asked_on"] if day else ""}
    if all(value.rstrip(".") in text for value in words.values()):
        return {**sent, **words}
    # Somebody wrote it otherwise: then that is what there is.
    return {**sent, "wants": text, "wants_not": "", "asked_by": ""}


def _of_lines(lines: list[str], subjects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return whom each line is about; nobody where lines were taken out and it is another one."""
    by_line = {each["line"]: each for each in subjects}
    if len(lines) == len(subjects):
        return [by_line.get(line, each) for line, each in zip(lines, subjects, strict=True)]
    return [by_line.get(line, {}) for line in lines]


def _as_sent(one: Mapping[str, Any], texts: Mapping[str, str], part: str) -> dict[str, Any]:
    if not one:
        return {"roles": [], "identifiers": [], "language": ""}
    return {
        "roles": [each for each in one["roles"] if each != POSSIBLE_VICTIM or POSSIBLE_VICTIM in texts],
        "identifiers": [pair for pair in one["identifiers"] if _stands(pair, texts, part)],
        "language": one["language"] if one["language"] in texts.get("language", "") else "",
    }


def _stands(pair: list[str], texts: Mapping[str, str], part: str) -> bool:
    kind, value = pair
    if kind == "name_birth":
        name, _bar, born = value.rpartition("|")
        return name in texts.get("person_name", "").split("\n") and born in texts.get("birth_date", "").split(
            "\n"
        )
    return value in texts[part]
