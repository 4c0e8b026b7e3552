"""A case of Westland of which something is composed on both tracks."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from tests import samples

from sluitend.journeys.cases import actions as cases
from sluitend.journeys.cases import queries
from sluitend.journeys.cases.queries.kept_plan import BEGUN
from sluitend.journeys.referrals import actions
from sluitend.journeys.referrals.choosing import Choice, Offer, ticked_beforehand
from sluitend.journeys.referrals.models import Referral
from sluitend.journeys.referrals.queries import offers
from sluitend.kernel.access.acting import Actor, acting
from sluitend.kernel.organisations.models import Organisation

WESTLAND = "GM1783"


def proposed(offer: Offer, **changes: Any) -> Choice:
    """Return what an offer proposes, with changes."""
    first: dict[str, Any] = {
        "partner": offer.partners[0].id,
        "channel": offer.partners[0].channels[0],
        "basis": offer.bases[0].id,
        "purpose": offer.purposes[0].id,
        "answer_by": offer.answer_by,
        "expires": offer.expires,
        "parts": ticked_beforehand(offer),
        "question": "Kunt u donderdag mee op controle?",
    }
    chosen = {**first, **changes}
    said = offer.no_way is not None and not offer.gives_way(frozenset(chosen["parts"]))
    return Choice(**{"no_way": said, **chosen})


@dataclass(frozen=True)
class Ready:
    """A case that can be referred, with the people around it."""

    case: str
    focal_point: Actor
    inspector: Actor
    care: Actor
    sends_again: bool = True
    """Whether what was sent is composed anew, as if the first had come to nothing."""

    def offer(self, track: str = "place") -> Offer:
        """Return what can be chosen for a track."""
        who = self.focal_point
        with acting(who):
            able = offers.offers_for(self.case, who, track=track)
        if not able and self.sends_again:
            samples.compose_again(self.case, who, track)
        with acting(who):
            return offers.offer_for(self.case, track, who)

    def rows(self, *parts: str, track: str = "place") -> frozenset[str]:
        """Return what is ticked for these parts: each observation is a row of its own."""
        return frozenset(each.id for each in self.offer(track).parts if each.part in parts)

    def choice(self, track: str = "place", **changes: Any) -> Choice:
        """Return what is proposed for a track, with changes."""
        return proposed(self.offer(track), **changes)

    def send(self, track: str = "place", **changes: Any) -> str:
        """Send and return the code."""
        choice = self.choice(track, **changes)
        with acting(self.focal_point):
            return actions.send(case_code=self.case, track=track, choice=choice, actor=self.focal_point)

    def accepted(self, track: str = "place", **changes: Any) -> str:
        """Send, let the recipient accept, and return the code."""
        code = self.send(track, **changes)
        who = self.inspector if track == "place" else self.care
        with acting(who):
            actions.accept(code=code, actor=who)
        return code

    def compose_instead(self, *chosen: str, **facts: str) -> None:
        """Compose these actions, and nothing that was composed before."""
        who = self.focal_point
        with acting(who):
            page = queries.plan_page(self.case, who)
            for line in page.lines:
                for each in line.decided:
                    if each.state == BEGUN:
                        cases.take_up_again(actor=who, code=self.case, action=each.planned.id)
        samples.compose(self.case, who, *chosen, **facts)

    def row(self, code: str) -> Referral:
        """Return the row as its sender sees it."""
        with acting(self.focal_point):
            return Referral.objects.get(code=code)


def in_letter(offer: Offer, **fields: object) -> dict[str, object]:
    """Return what is typed in the letter of an offer, as a browser posts it."""
    return {f"{offer.key}-{name}": value for name, value in {"goes": "on", **fields}.items()}


def posted(
    ready: Ready, chosen: Choice | None = None, *, act: str = "send", **changes: object
) -> dict[str, object]:
    """Return what the page sends for the place: this choice, or what is proposed."""
    choice = chosen or ready.choice()
    fields: dict[str, object] = {
        "partner": choice.partner,
        "channel": choice.channel,
        "basis": choice.basis,
        "purpose": choice.purpose,
        "answer_by": choice.answer_by.isoformat(),
        "expires": choice.expires.isoformat(),
        "parts": sorted(choice.parts),
        "question": choice.question,
        **{f"text_{row}": text for row, text in choice.texts.items()},
        **{f"look_{key}": what for key, what in choice.looked.items()},
    }
    return {"act": act, **in_letter(ready.offer(), **fields | changes)}


def make_ready(*, report: str = "") -> Ready:
    """Return a case of which something is composed on both tracks, of this report or of a new one."""
    who = samples.actor("af@westland.example")
    report = report or samples.file_report(Organisation.objects.get(code=WESTLAND))[0]
    case = samples.take_in(report, who)
    samples.work(case, who)
    samples.weigh(case, who)
    samples.compose(case, who)
    with acting(who):
        cases.record_wish(actor=who, code=case, wish="yes", wants="Een dokter")
    samples.compose(case, who, "care_refer", may_know="unreachable")
    return Ready(case, who, samples.actor("nla@arbeidsinspectie.example"), samples.actor("zorg@shop.example"))


def days(number: int) -> Any:
    """Return the day that lies so many days from today."""
    return timezone.localdate() + timedelta(days=number)
