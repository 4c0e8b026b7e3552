"""From a referral to the one page that goes by secure mail or is read out."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.referrals import words
from sluitend.journeys.referrals.queries.opened import with_contact
from sluitend.journeys.referrals.queries.shapes import (
    Content,
    PartnerListView,
    ReceivedView,
    SentView,
    SharedPart,
)
from sluitend.kernel.flow import phrases
from sluitend.kernel.sheet import Entry, Line, ListSheet, Receipt, Sheet

SLOTS = ("who", "what", "where", "when", "how")


def sheet_of_sent(view: SentView, organisation: str) -> Sheet:
    """Return the page of a referral that this organisation sent, as its partner reads it now."""
    contact = words.contact_changed() if view.reach_gone else ""
    return _sheet(
        view.code,
        organisation,
        replace(view.content, parts=with_contact(view.content.parts, contact)),
        facts=(
            Line(_("Voor"), view.partner),
            Line(_("Soort"), view.kind),
            Line(_("Gebied"), view.area),
            Line(_("Hoe snel"), view.urgency),
        ),
        basis=_basis(view.basis, view.purpose, phrases.day(view.expires)),
        made=view.sent,
        bring_in=view.verb == "bring_in",
    )


def sheet_of_received(view: ReceivedView) -> Sheet:
    """Return the page of a referral that this organisation accepted."""
    front = view.front
    return _sheet(
        front.code,
        front.sender,
        view.content,
        facts=(
            Line(_("Soort"), front.kind),
            Line(_("Gebied"), front.area),
            Line(_("Hoe snel"), front.urgency),
        ),
        basis=_basis(view.basis, view.purpose, phrases.day(view.expires)),
        made=front.sent,
        bring_in=front.bring_in,
    )


def sheet_of_list(view: PartnerListView, organisation: str, telephone: str) -> ListSheet:
    """Return the list of all that this organisation has open with one partner."""
    now = timezone.now()
    contact = ", ".join(filter(None, [organisation, telephone]))
    codes = {each.id: each for row in view.rows for each in row.codes}
    return ListSheet(
        title=_("Open bij %(partner)s") % {"partner": view.name},
        day=phrases.day(timezone.localtime(now).date()),
        intro=_("Van %(contact)s. Dit vroegen wij u. Wij horen graag hoe het staat.") % {"contact": contact},
        columns=(_("Nummer"), _("Soort"), _("Sinds"), _("Hoe lang"), _("Uw antwoord"), _("Dag")),
        entries=tuple(
            Entry(row.code, row.kind, phrases.short_day(timezone.localtime(row.sent)), row.age, row.answer)
            for row in view.rows
        ),
        codes_label=_("U kunt antwoorden met een van deze woorden"),
        codes=tuple(Line(each.label, "") for each in codes.values()),
        closing=_(
            "Op deze lijst staat geen inhoud. “Wij mogen niets zeggen” is ook een antwoord. "
            "Antwoord per telefoon, met beveiligde mail, of schrijf het op deze lijst."
        ),
        made=now,
    )


def receipt_of(view: ReceivedView) -> Receipt:
    """Return the receipt of a referral that was collected and accepted."""
    front, now = view.front, timezone.now()
    answered = (
        [Line(_("Uw antwoord"), f"{view.answer_words}, {phrases.day(view.answer_on)}")]
        if view.answer_on
        else []
    )
    if view.next_word:
        answered.append(Line(_("Meer bericht vóór"), phrases.day(view.next_word)))
    return Receipt(
        code=front.code,
        day=phrases.day(timezone.localtime(now).date()),
        heading=_("Bewijs van ontvangst"),
        facts=(
            Line(_("Nummer"), front.code),
            Line(_("Van"), front.sender),
            Line(_("Soort"), front.kind),
            Line(_("Aangenomen"), phrases.moment(view.accepted_at)),
            *answered,
        ),
        closing=_("Op dit bewijs staat geen inhoud."),
        made=now,
    )


def _basis(basis: str, purpose: str, until: str) -> str:
    return _("%(basis)s. Gedeeld voor: %(purpose)s. Bewaar dit niet langer dan tot en met %(until)s.") % {
        "basis": basis,
        "purpose": purpose,
        "until": until,
    }


def _sheet(
    code: str,
    organisation: str,
    content: Content,
    *,
    facts: tuple[Line, ...],
    basis: str,
    made: datetime,
    bring_in: bool,
) -> Sheet:
    contact = ", ".join(filter(None, [content.sender, organisation, content.telephone]))
    return Sheet(
        code=code,
        day=phrases.day(timezone.localtime(made).date()),
        heading=_("Een gemeente brengt dit bij u in") if bring_in else _("Een gemeente vraagt uw hulp"),
        intro=_("Van %(contact)s") % {"contact": contact},
        facts=facts,
        question_label=_("Wat wordt gevraagd"),
        question=content.question,
        lines=tuple(_lines(content.parts)),
        basis_label=_("Waarom mag dit bij u zijn"),
        basis=basis,
        closing=_(
            "Noem bij uw antwoord de code %(code)s. “Wij mogen niets zeggen” is ook een antwoord. "
            "De melder en de rest van de casus zijn niet gedeeld."
        )
        % {"code": code},
        made=made,
    )


def _how_known(parts: tuple[SharedPart, ...]) -> list[SharedPart]:
    return [replace(part, text=part.how, slot="how") for part in parts if part.how]


def _lines(parts: tuple[SharedPart, ...]) -> list[Line]:
    labels = {
        "who": _("Wie"),
        "what": _("Wat"),
        "where": _("Waar"),
        "when": _("Wanneer"),
        "how": _("Hoe bekend"),
    }
    lines = []
    parts = (*parts, *_how_known(parts))
    for slot in SLOTS:
        own = [part for part in parts if part.slot == slot]
        if own:
            text = "\n".join(part.text if len(own) == 1 else f"{part.title}: {part.text}" for part in own)
            lines.append(Line(labels[slot], text))
    return lines
