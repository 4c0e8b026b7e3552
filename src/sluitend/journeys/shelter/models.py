"""A search for a place, its nights, and where the place is: in an envelope of its own."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sluitend.journeys.shelter.journey import (
    HOTEL,
    HOTEL_FOLLOW,
    HOTEL_LOOK,
    HOTEL_RECALL,
    READ_HOTEL,
    SHELTER,
)
from sluitend.journeys.shelter.nights import ASLEEP, CORRECTED_WITHIN, DAY
from sluitend.kernel.flow.models import Matter, TwoSided
from sluitend.kernel.flow.models import State as Sent
from sluitend.kernel.handbook.sheltering import Household
from sluitend.kernel.organisations.base import Confidential, PlainText
from sluitend.kernel.organisations.models import Role
from sluitend.kernel.sealing.fields import NOT_GENUINE, SealedField


class Search(Matter):
    """Somebody needs a place to sleep. `needs` and `course` are sealed: what is looked for, what happened."""

    KIND = ledger_kind = SHELTER
    ACTIVITY = "opvang"

    class State(models.TextChoices):
        OPEN = "open", _("Wordt gezocht")
        OFFERED = "offered", _("Plek aangeboden")
        MEDIATION = "mediation", _("Er wordt bemiddeld")
        REFUSED = "refused", _("Opvang zegt nee")
        DECLINED = "declined", _("Persoon wil deze plek niet")
        EXPIRED = "expired", _("Aanbod verlopen")
        ON_HOLD = "on_hold", _("Even niet")
        PLACED = "placed", _("Geplaatst")
        ENDED = "ended", _("Verblijf gestopt")
        WITHDRAWN = "withdrawn", _("Vraag ingetrokken")

    TRANSITIONS: ClassVar = {
        State.OPEN: frozenset({State.OFFERED, State.MEDIATION, State.ON_HOLD, State.WITHDRAWN, State.PLACED}),
        State.OFFERED: frozenset(
            {
                State.OPEN,
                State.PLACED,
                State.DECLINED,
                State.REFUSED,
                State.EXPIRED,
                State.ON_HOLD,
                State.WITHDRAWN,
            }
        ),
        State.MEDIATION: frozenset({State.OFFERED, State.OPEN, State.ON_HOLD, State.WITHDRAWN}),
        State.REFUSED: frozenset({State.OPEN, State.MEDIATION, State.ON_HOLD}),
        State.DECLINED: frozenset({State.OPEN, State.ON_HOLD, State.WITHDRAWN}),
        State.EXPIRED: frozenset({State.OPEN, State.ON_HOLD}),
        State.ON_HOLD: frozenset({State.OPEN, State.WITHDRAWN}),
        State.PLACED: frozenset({State.OPEN, State.ON_HOLD, State.ENDED}),
    }

    envelope = models.ForeignKey("sealing.Envelope", on_delete=models.PROTECT, related_name="+")
    state = PlainText(max_length=10, choices=State.choices, default=State.OPEN, why="choice")
    request = models.UUIDField()
    """The request for help from which it was begun."""
    request_code = PlainText(max_length=12, why="random code of the request")
    subregion = PlainText(max_length=60, why="id of a part of the region in the pack")
    household = PlainText(max_length=10, choices=[(each, each) for each in Household], why="choice")
    kind = PlainText(max_length=60, blank=True, default="", why="id of a kind of place in the pack")
    """Of the place of a stay; nothing while there is none."""
    opened = models.DateField()
    counted_from = models.DateField()
    """The first night that has a row; later than the first of all after the search was on hold."""
    answer_by = models.DateTimeField(null=True, blank=True)
    held_until = models.DateField(null=True, blank=True)
    gone_since = models.DateTimeField(null=True, blank=True)
    """Since when nobody knows where the person is, until somebody called about that."""
    late_since = models.DateTimeField(null=True, blank=True)
    """When who mediates offered a place to who has one, until somebody said that it is not needed."""
    starts = models.DateField(null=True, blank=True)
    review = models.DateField(null=True, blank=True)
    mediated_by = models.UUIDField(null=True, blank=True)
    """The agreement of the person by which somebody was asked to mediate; no more of it is known here."""
    mediated_until = models.DateField(null=True, blank=True)
    """Its last day."""
    needs = SealedField(null=False, instead={})
    course = SealedField(null=False, instead=[])

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisation", "code"), name="shelter_code"),
            models.UniqueConstraint(
                fields=("organisation", "request"), condition=Q(closed__isnull=True), name="shelter_one_open"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "open",
                        "offered",
                        "mediation",
                        "refused",
                        "declined",
                        "expired",
                        "on_hold",
                        "placed",
                        "ended",
                        "withdrawn",
                    ]
                ),
                name="shelter_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["ended", "withdrawn"], closed__isnull=False)
                | (~Q(state__in=["ended", "withdrawn"]) & Q(closed__isnull=True)),
                name="shelter_closed_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(answer_by__isnull=False), name="shelter_answer_by"
            ),
            models.CheckConstraint(
                condition=~Q(state="on_hold") | Q(held_until__isnull=False), name="shelter_held_until"
            ),
            models.CheckConstraint(
                condition=~Q(state="placed") | Q(starts__isnull=False, review__isnull=False),
                name="shelter_has_review",
            ),
            models.CheckConstraint(
                condition=Q(household__in=["adult", "family", "child"]), name="shelter_household"
            ),
        )
        indexes = (
            models.Index(
                fields=("organisation", "opened", "id"),
                condition=Q(closed__isnull=True),
                name="shelter_open_list",
            ),
            models.Index(fields=("organisation", "request"), name="shelter_of_request"),
        )


class SearchNight(Confidential):
    """One night of a search: what was planned, and what it became. Empty is no state: it is not filled in."""

    search = models.ForeignKey(Search, on_delete=models.CASCADE, related_name="nights")
    night = models.DateField()
    plan = PlainText(max_length=10, blank=True, default="", why="choice")
    outcome = PlainText(max_length=10, blank=True, default="", why="choice")
    kind = PlainText(max_length=60, blank=True, default="", why="id of a kind of place in the pack")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("search", "night"), name="shelter_one_night"),
            models.CheckConstraint(
                condition=Q(plan__in=["", "placed", "bridged", "declined", "nowhere"])
                & Q(outcome__in=["", "placed", "bridged", "declined", "nowhere"]),
                name="shelter_night_states",
            ),
        )

    def __str__(self) -> str:
        return f"{self.night}"

    @property
    def sleeps(self) -> bool:
        """Whether nobody has to look for a bed for it any more."""
        return self.plan in ASLEEP


class SearchPlace(Confidential):
    """Where a place is. Opened by a separate act with a reason, and never while listing."""

    search = models.OneToOneField(Search, on_delete=models.CASCADE, related_name="place")
    envelope = models.OneToOneField("sealing.Envelope", on_delete=models.PROTECT, related_name="+")
    address = SealedField(null=False, instead={"text": NOT_GENUINE})

    def __str__(self) -> str:
        return str(self.id)


class HotelAsk(TwoSided):
    """A municipality is asked for a hotel for one night. It reads how many beds, for adults or a family.

    No name, no place, nothing of care: whoever reads all of it knows that somebody has no bed tonight.
    """

    KIND = ledger_kind = HOTEL
    ACTIVITY = "opvang"
    FOLLOW, LOOK, RECALL = HOTEL_FOLLOW, HOTEL_LOOK, HOTEL_RECALL
    CAME_BACK = READ_HOTEL
    EXPIRED_BY = "sluitend.journeys.shelter.actions.hotels.end_with_the_night"
    TRANSITIONS: ClassVar[Mapping[str, frozenset[str]]] = {
        Sent.SENT: frozenset({Sent.DONE, Sent.RECALLED, Sent.EXPIRED})
    }

    class Answer(models.TextChoices):
        YES = "yes", _("Ja, er is een hotel")
        NO = "no", _("Nee")
        CALL = "call", _("Bel mij")

    search = models.UUIDField()
    """For which search: to whoever is asked a number that says nothing."""
    night = models.DateField()
    answer = PlainText(max_length=5, choices=Answer.choices, blank=True, default="", why="choice")
    answered_late = models.DateTimeField(null=True, blank=True)
    """When the municipality answered what was settled already: that changes no night."""
    content = SealedField(null=False, instead={})
    """How many beds, for whom."""
    booking = SealedField(instead={})
    """The mark by which the municipality knows its decision again."""

    class Meta(TwoSided.Meta):
        abstract = False
        constraints = (
            *TwoSided.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answer__in=["", "yes", "no", "call"]), name="hotel_ask_answer"
            ),
            models.CheckConstraint(
                condition=Q(answered_late__isnull=True) | Q(answer__in=["yes", "no"]), name="hotel_ask_late"
            ),
            models.UniqueConstraint(
                fields=("organisation", "search"), condition=Q(state="sent"), name="hotel_ask_one_open"
            ),
        )
        indexes = (
            *TwoSided.Meta.indexes,
            models.Index(fields=("organisation", "search"), name="hotel_ask_of_search"),
        )

    def takes_late(self, today: date) -> bool:
        """Tell whether an answer comes after all was settled, and may still be noted."""
        settled = self.state in (Sent.RECALLED, Sent.EXPIRED)
        passed = self.state == Sent.SENT and self.expires < today
        recent = self.night >= today - CORRECTED_WITHIN * DAY
        return (settled or passed) and recent and self.answered_late is None

    def in_words(self, other: str, *, received: bool) -> str:
        """Return how it stands. Whoever was asked reads that it was decided, never how somebody sleeps."""
        del other, received
        if self.state == Sent.DONE:
            return str(self.Answer(self.answer).label)
        waits = self.state == Sent.SENT and self.answered_late is None
        return str(_("Nog open") if waits else _("Besloten"))

    def role_at(self, organisation_id: UUID) -> Role | None:
        """Return that care answers for itself, and in a municipality whoever has it."""
        return Role.PARTNER if organisation_id == self.organisation_id else None
