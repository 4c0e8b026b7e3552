"""From a transfer to the one page that goes by secure mail or is read out, where the other has no account."""

from django.utils import timezone
from django.utils.translation import gettext as _

from sluitend.journeys.exchanges.queries import SentTransfer
from sluitend.kernel.flow import phrases
from sluitend.kernel.sheet import Line, Sheet


def sheet_of_transfer(view: SentTransfer) -> Sheet:
    """Return the page of a transfer that this organisation sent."""
    front, content = view.front, view.content
    contact = ", ".join(filter(None, [content.sender, front.sender, content.telephone]))
    return Sheet(
        code=front.code,
        day=phrases.day(timezone.localtime(front.sent).date()),
        heading=_("Een gemeente vraagt u een casus over te nemen"),
        intro=_("Van %(contact)s") % {"contact": contact},
        facts=(
            Line(_("Voor"), front.recipient),
            Line(_("Gebied"), front.area),
            Line(_("Hoe snel"), front.urgency),
        ),
        question_label=_("Waarom hoort dit bij u"),
        question=content.explanation,
        lines=tuple(Line(part.title, part.text) for part in content.parts),
        basis_label=_("Waarom mag dit bij u zijn"),
        basis=_("%(basis)s. Gedeeld voor: %(purpose)s. Neemt u niet over? Vernietig dan dit blad.")
        % {"basis": content.basis, "purpose": content.purpose},
        closing=_(
            "Noem bij uw antwoord de code %(code)s. Zeg wie de casus overneemt. "
            "Tot dan is de casus van ons. De melder is niet gedeeld."
        )
        % {"code": front.code},
        made=front.sent,
    )
