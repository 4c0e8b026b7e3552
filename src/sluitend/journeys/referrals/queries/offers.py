"""What a case offers for sending: its parts, held against what the actions that are composed let go."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sluitend.journeys.cases import queries as cases
from sluitend.journeys.referrals import leaving, terms, words
from sluitend.journeys.referrals.channels import ways_to
from sluitend.journeys.referrals.choosing import (
    NUMBER,
    QUESTION,
    WISHES_AGAINST,
    Offer,
    OfferedFile,
    OfferedPart,
    OfferedPartner,
    Reached,
)
from sluitend.journeys.referrals.coordinating import coordinates
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.access.errors import Absent, Conflict
from sluitend.kernel.flow import phrases
from sluitend.kernel.flow.reasons import Named, reasons
from sluitend.kernel.handbook.checks_of_actions import WITH_POLICE
from sluitend.kernel.handbook.guidance import CONTACT, BasisStatus, Part, Partner, Track, Verb
from sluitend.kernel.handbook.language import in_dutch
from sluitend.kernel.handbook.pack import Pack
from sluitend.kernel.organisations.models import Membership, Role
from sluitend.kernel.organisations.queries import code_of
from sluitend.kernel.sealing.models import Attachment
from sluitend.kernel.telltale import FREE_PARTS, PLACES, Sort, finder

SENDABLE = frozenset({Verb.REFER, Verb.BRING_IN, Verb.ASK})
ATTACHMENTS, PLACE = "attachments", "place"
SLOTS = {
    "company": "who",
    "person_description": "who",
    "person_name": "who",
    "birth_date": "who",
    CONTACT: "who",
    "number_of_people": "who",
    "minors_present": "who",
    "language": "who",
    "possible_victim": "who",
    "wish": "who",
    "need_for_care": "who",
    "vehicle": "who",
    "phone": "who",
    "online_account": "who",
    "place": "where",
    "area": "where",
    "dates": "when",
    "pattern": "how",
}
"""Where a part stands on the sheet; what is not named here tells what was seen."""

PERSON_PARTS = frozenset({"person_description", "person_name", "birth_date", CONTACT, "health"})
FACT_PARTS = frozenset({"facts"})
ABOUT_PERSON = frozenset({"wish", "language", "possible_victim", "need_for_care"})
WHO_IT_IS = frozenset({"person_name", "birth_date"})
OLD = timedelta(days=183)
REPORT_CODE = re.compile(r"\bM-[0-9A-Z]{4,}\b")


def offers_for(case_code: str, actor: Actor, *, track: str = "") -> tuple[Offer, ...]:
    """Return what may be chosen for each letter that is being composed, the soonest first.

    The case is opened once, and logged as read.

    Args:
        track: only of this one.

    Raises:
        Absent: no such case, or it is closed.
    """
    case = cases.case_for_referral(case_code, actor)
    if not case.head.open:
        raise Absent
    looked_for, files = finder(), _files(case.reports, actor)
    known, found = cases.known_to(case, looked_for), list[Offer]()
    for way in case.ways:
        partners = _partners(way, case.pack, actor) if way.verb in SENDABLE else ()
        if partners and track in ("", way.track):
            offer = _offer(case, way, partners, files, actor)
            offer = replace(offer, known=known, finder=looked_for)
            found.append(leaving.with_named_off(offer, timezone.localdate()))
    return tuple(found)


def offer_for(case_code: str, track: str, actor: Actor, *, key: str = "") -> Offer:
    """Return what may be chosen for one letter of a track: this one, or the soonest.

    Raises:
        Absent: no such case, or nothing of the kind is being composed.
        Conflict: this letter is not being composed any more: a colleague sent it, or left it.
    """
    for offer in offers_for(case_code, actor, track=track):
        if key in ("", offer.key):
            return offer
    if key:
        raise Conflict
    raise Absent


def _offer(
    case: cases.CaseForReferral,
    way: cases.Way,
    partners: tuple[OfferedPartner, ...],
    files: tuple[OfferedFile, ...],
    actor: Actor,
) -> Offer:
    pack, without_names = case.pack, way.verb is Verb.ASK
    found, to_care = cases.parts_for(case, way.may), all(each.care for each in partners)
    wish, of_care = case.wish.wish if case.wish else "unknown", _of_care(way, partners, pack)
    urgency = "now" if case.head.acute else way.urgency.value
    return Offer(
        # Of one action, so that it stays the same when another letter to this partner goes first.
        key=way.actions[0],
        case_id=case.head.id,
        case_code=case.head.code,
        case_name=case.head.name,
        track=way.track,
        actions=way.actions,
        asks=tuple(words.said(each) for each in way.says),
        release_number=case.head.release_number,
        partners=partners,
        bases=_bases(way, pack),
        purposes=tuple(Named(each.id, words.said(each.label)) for each in pack.purposes.named(way.purposes)),
        parts=_with_off(
            _parts(found, way, pack, files, to_care=to_care),
            found,
            without_names=without_names,
            asks_first=wish == "unknown" and not (case.head.acute or case.head.minor in ("yes", "perhaps")),
            consult=of_care == "consult",
        ),
        answer_by=min(terms.answer_by(way.answer_days), terms.latest_answer(urgency)),
        expires=terms.access_until(),
        area=cases.area_in(found, actor.organisation_name),
        form=way.form,
        kind_words=words.kind(pack, way.track, way.form),
        sender=actor.organisation_name,
        task="; ".join(each.nl for each in way.tasks),
        urgency=urgency,
        minor=case.head.minor in ("yes", "perhaps"),
        asks_residents=way.track == Track.PLACE or way.asks_residents,
        residents_settled=case.place_may_go,
        held=_held(case, way, partners),
        stops=(*(words.said(each) for each in way.stops), *_stopped(partners, pack)),
        wish=wish,
        grounds=reasons(pack, "share_more"),
        wish_grounds=reasons(pack, "against_wish") if wish in WISHES_AGAINST else (),
        mind=tuple(words.said(each) for each in way.mind),
        to_check=(
            *(
                words.said(each.use)
                for each in pack.bases.named(way.bases)
                if each.status is BasisStatus.CHECK
            ),
            *_unsure(way, pack),
        ),
        may_parts=frozenset(each.id for each in pack.parts if _allowed(each, way)),
        never_parts=frozenset(each.id for each in pack.parts if each.never or _is_nameless(each, way)),
        to_care=to_care,
        of_care=of_care,
        reached=tuple(Reached(each.id, each.name, each.reach) for each in cases.reached(case)),
        no_way=_no_way(pack) if to_care and way.track == Track.PERSON and way.verb is Verb.REFER else None,
    )


def _stopped(partners: Iterable[OfferedPartner], pack: Pack) -> Iterator[str]:
    """Give what to know of a partner that does this no more: nothing reaches it, help neither."""
    today = cases.of_today()
    for each in partners:
        if not today.does_it(pack.partners[each.id]):
            yield cases.has_stopped(pack.partners[each.id].label)


def _of_care(way: cases.Way, partners: tuple[OfferedPartner, ...], pack: Pack) -> str:
    if way.track != Track.PERSON or not all(coordinates(pack, each.id) for each in partners):
        return ""
    return {Verb.ASK: "consult", Verb.REFER: "handover"}.get(way.verb, "")


def _held(
    case: cases.CaseForReferral, way: cases.Way, partners: tuple[OfferedPartner, ...]
) -> frozenset[Sort]:
    """Return what police and inspection may not read yet. Who is asked to help a person may hear where."""
    asked_about = way.track == Track.PLACE or way.verb is Verb.ASK
    kinds = {case.pack.partners[each.id].kind for each in partners}
    return PLACES if asked_about and not case.place_may_go and kinds & WITH_POLICE else frozenset()


def _partners(way: cases.Way, pack: Pack, actor: Actor) -> tuple[OfferedPartner, ...]:
    municipality = pack.municipalities.get(code_of(actor.own_organisation))
    subregion = way.area or (municipality.subregion if municipality else None)
    able = (pack.partner_for(each, subregion) for each in way.partners)
    found = {each.id: each for each in able if each}
    with_accounts = _with_accounts(found)
    return tuple(_partner(each, way, with_accounts.get(each.id)) for each in found.values())


def _partner(partner: Partner, way: cases.Way, organisation_id: UUID | None) -> OfferedPartner:
    return OfferedPartner(
        id=partner.id,
        label=words.said(partner.label),
        # A partnership is brought in to, whatever is done with other partners.
        verb=partner.verb.value if partner.verb is Verb.BRING_IN else way.verb.value,
        channels=ways_to(partner, organisation_id),
        organisation_id=organisation_id,
        note=words.said(partner.note) if partner.note else "",
        care=partner.gives_care,
    )


def _with_accounts(partner_ids: Iterable[str]) -> dict[str, UUID]:
    """Return the organisations of these partners in which somebody signed in and works today."""
    members = Membership.objects.at_work().filter(
        organisation__partner_key__in=list(partner_ids), role=Role.PARTNER
    )
    return dict(members.values_list("organisation__partner_key", "organisation_id"))


def _bases(way: cases.Way, pack: Pack) -> tuple[Named, ...]:
    usable = [each for each in pack.bases.named(way.bases) if each.usable_by_municipality]
    task = "; ".join(words.said(each) for each in way.tasks)
    return tuple(Named(each.id, phrases.basis(pack, each.id, task)) for each in usable)


def _unsure(way: cases.Way, pack: Pack) -> Iterator[str]:
    """Yield what of this the handbook says without anybody having confirmed it."""
    asked = pack.plan_actions.named(way.actions)
    claims = {
        _("wie u dit vraagt, en binnen welke termijn"): (
            *asked,
            *pack.plan_parties.named(tuple(each.party for each in asked)),
        ),
        _("voor welke taak"): pack.plan_tasks.named(tuple(each.task for each in asked)),
        _("wat mee mag"): pack.plan_shares.named(tuple(each.share for each in asked)),
    }
    unsure = [said for said, entries in claims.items() if not all(each.confirmed for each in entries)]
    if unsure:
        yield _("Nog niet bevestigd in de handreiking: %(what)s.") % {"what": "; ".join(unsure)}


def _files(report_ids: Iterable[UUID], actor: Actor) -> tuple[OfferedFile, ...]:
    found = Attachment.objects.filter(
        organisation_id=actor.own_organisation,
        owner_kind="report",
        owner_id__in=list(report_ids),
        page_of=None,
    ).exclude(state=Attachment.State.INFECTED)
    return tuple(OfferedFile(id=each, name="") for each in found.order_by("id").values_list("id", flat=True))


def _parts(
    found: list[cases.PartView],
    way: cases.Way,
    pack: Pack,
    files: tuple[OfferedFile, ...],
    *,
    to_care: bool,
) -> tuple[OfferedPart, ...]:
    if files:
        with in_dutch():
            told = ngettext("%(n)d bestand", "%(n)d bestanden", len(files)) % {"n": len(files)}
        found = [
            *found,
            cases.PartView(ATTACHMENTS, ATTACHMENTS, pack.parts[ATTACHMENTS].label.nl, told, True),
        ]
    if NUMBER not in {each.part for each in found} and NUMBER in pack.parts:
        found = [*found, cases.PartView(NUMBER, NUMBER, pack.parts[NUMBER].label.nl, "", False)]
    order = [part.id for part in sorted(pack.parts, key=lambda part: part.id not in way.may)]
    there = [each for each in found if each.part != QUESTION and not pack.parts[each.part].never]
    parts = (
        replace(
            _part(pack.parts[each.part], each, way),
            identifies_person=_points_at_person(pack.parts[each.part], way.track),
            files=files if each.part == ATTACHMENTS else (),
        )
        for each in sorted(there, key=lambda each: order.index(each.part))
    )
    return tuple(each if to_care or each.part != CONTACT else _stays(each) for each in parts)


def _stays(part: OfferedPart) -> OfferedPart:
    """Return how somebody can be reached as what goes to no other than care, whatever a ceiling says."""
    reason = _("Hoe iemand veilig te bereiken is, gaat alleen mee naar de zorg.")
    return replace(part, allowed=False, never=True, named_outside=True, reason=reason)


@in_dutch()
def _no_way(pack: Pack) -> OfferedPart:
    """Return what a partner reads when nobody can be reached safely."""
    text = _("Er is geen veilige manier bekend om de persoon te bereiken. Overleg eerst met ons.")
    return OfferedPart(
        "no_way", pack.parts[CONTACT].label.nl, text, slot=SLOTS[CONTACT], allowed=True, part=CONTACT
    )


def _with_off(
    parts: tuple[OfferedPart, ...],
    found: list[cases.PartView],
    *,
    without_names: bool,
    asks_first: bool,
    consult: bool,
) -> tuple[OfferedPart, ...]:
    """Say of what is not ticked beforehand why, although the route allows it.

    Args:
        parts: what may be chosen.
        found: the same in the case, with its days.
        without_names: the route names nobody.
        asks_first: nobody knows whether the person wants this, and no danger or child goes before that.
        consult: care coordination is asked for advice: a subject first, and no story.
    """
    days = {each.id: each.day for each in found}
    return tuple(
        replace(
            part,
            off=_("Overleg begint met het onderwerp. Vink aan wat voor raad nodig is.")
            if consult and part.fact
            else _off(part, days.get(part.id), without_names=without_names, asks_first=asks_first),
        )
        for part in parts
    )


def _off(part: OfferedPart, day: date | None, *, without_names: bool, asks_first: bool) -> str:
    if day is not None and day < timezone.localdate() - OLD:
        return _("Ouder dan zes maanden. Vink aan als het nodig is voor deze vraag.")
    if asks_first and part.part in WHO_IT_IS:
        return _("Niemand weet wat de persoon wil. Vink aan als het zonder niet kan.")
    if part.part == "person_description":
        return _("Vrije woorden over een persoon. Vink aan als de partner ze nodig heeft.")
    if without_names and part.part in ABOUT_PERSON:
        return _("Dit gaat over een persoon. Vink aan als de partner het nodig heeft.")
    return ""


@in_dutch()
def _how(source: str) -> str:
    """Return how a fact is known, without a code or a department: those point at the reporter."""
    if REPORT_CODE.search(source):
        return _("Uit een melding bij de gemeente.")
    return _("Door de gemeente zelf vastgelegd.")


def _points_at_person(part: Part, track: str) -> bool:
    # On the place track an address points at the place. On the person track it points at somebody.
    return part.identifies_person and (track == Track.PERSON or part.id in PERSON_PARTS)


def _is_nameless(part: Part, way: cases.Way) -> bool:
    """Return whether a part never goes with this question. Who is asked about a place hears where that is."""
    asked_about = part.id == PLACE and way.track == Track.PLACE and PLACE in way.may
    return way.verb is Verb.ASK and part.identifies_person and not asked_about


def _allowed(part: Part, way: cases.Way) -> bool:
    return part.id in way.may and not (part.never or part.id in way.withheld or _is_nameless(part, way))


def _part(part: Part, found: cases.PartView, way: cases.Way) -> OfferedPart:
    without_names = _is_nameless(part, way)
    allowed, why = _allowed(part, way), way.withheld.get(part.id)
    withheld = words.said(why) if why else ""
    reason = (
        _("Een vraag om raad gaat zonder namen.") if without_names else withheld or words.said(part.reason)
    )
    fact = part.id in FACT_PARTS
    return OfferedPart(
        id=found.id,
        part=part.id,
        title=found.label,
        text=found.value,
        hint=_hint(part, found.value),
        slot=SLOTS.get(part.id, "what"),
        how=_how(found.source) if fact else "",
        fact=fact,
        free=part.id in FREE_PARTS,
        allowed=allowed,
        never=without_names,
        named_outside=without_names or bool(withheld),
        reason="" if allowed else reason,
    )


def _hint(part: Part, text: str, most: int = 90) -> str:
    first = " · ".join(text.split("\n"))
    if part.id == ATTACHMENTS and part.hint:
        return f"{first}. {words.said(part.hint)}"
    return first if len(first) <= most else first[: most - 1].rstrip() + "…"
