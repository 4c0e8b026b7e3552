"""Care in the same region: who asks, who gives care and who receives, from the first question to aftercare.

What a person agreed to is written down here as it was said, beside the product: `care_oracle` judges by that.
Whatever is typed about a person is a word of that person alone, so that it is known wherever it turns up.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from sluitend.demo.clock import at
from sluitend.journeys.administration.actions import people as administration
from sluitend.journeys.care import actions as care
from sluitend.journeys.care_files import actions as files
from sluitend.journeys.care_files.actions.putting_back import withdraw_again
from sluitend.journeys.care_files.content import Share
from sluitend.journeys.care_files.course import adult_on
from sluitend.journeys.care_files.models import Appointment, CareFile
from sluitend.journeys.care_files.queries import opened
from sluitend.journeys.care_files.words import Tells
from sluitend.journeys.care_moves import actions as moves
from sluitend.journeys.care_shares import actions as shares
from sluitend.journeys.care_shares.queries import sent_share
from sluitend.journeys.reports import actions as reports
from sluitend.journeys.reports.models import Report
from sluitend.journeys.shelter import actions as shelter
from sluitend.journeys.shelter.models import Search
from sluitend.kernel.access.acting import NOBODY, Actor, acting, system_actor
from sluitend.kernel.access.errors import DomainError
from sluitend.kernel.flow.expiring import expire_all
from sluitend.kernel.handbook.queries import current_release
from sluitend.kernel.organisations.models import Account, Organisation, Role
from tests import samples
from tests.compositions.world import CARE, FOCAL, NEIGHBOUR, TIME, World
from tests.roles import give as give_role

COORDINATOR, COLLEAGUE, KEEPER = "zorg@shop.example", "tweede@shop.example", "deur@shop.example"
SUPPORT = "zorg@legerdesheils.example"
OUTSIDERS = (NEIGHBOUR, "nla@arbeidsinspectie.example", "regio@rsiv.example", "beheer@westland.example")
WESTLAND, SUPPORTS = "GM1783", "leger_des_heils"
TEXTS = ("registration", "statistics")
CHOSEN = ("call_name", "call_name contact language", "guardian", "contact")
ENDS = ("safe_own", "lost")


@dataclass
class Yes:
    """One agreement to share as the person gave it: to whom, for what, which parts, until which day."""

    id: str
    to: str
    what: str
    words: frozenset[str]
    until: date
    stands: bool
    """It was a yes, and nobody took it back, nor did it end with the file or with the age of the person."""
    code: str = ""
    accepted: bool = False
    returned: bool = False
    sent: date = date.max

    def holds(self, day: date) -> bool:
        """Return whether the person agrees on this day."""
        return self.stands and day <= self.until


@dataclass
class Person:
    """Somebody in care, as the one who tells it knows them."""

    number: int
    request: str
    receipt: str
    child: bool
    file: str = ""
    search: str = ""
    closed: bool = False
    child_waits: bool = False
    """The file turned out to be about a child, and nobody was called yet."""
    told_child: bool = False
    """The asker said that it is about a child, and the clock did not run since."""
    agreed: set[str] = field(default_factory=set)
    """What of the texts is a yes now."""
    yeses: list[Yes] = field(default_factory=list)
    wants_none: bool = False
    """The agreement to be helped was taken back, and not given again."""
    owed: int = 0
    """How many are still to answer that they took away what they were told."""
    goes: list[Yes] = field(default_factory=list)
    """The agreements by which they may go to another care organisation."""
    there: str = ""
    """The file at the organisation that took over."""
    born: date | None = None
    """When somebody under 18 was born, as was noted."""
    grew_up: bool = False
    put_back: bool = False
    """A backup brought back what they had taken back, and nobody looked yet."""

    def word(self, what: str) -> str:
        """Return what is typed of this person in one place."""
        return f"{what}vangst{self.number}x"

    def grows_young(self) -> None:
        """Turn out to be under 18: what was signed as an adult holds no longer."""
        self.child, self.child_waits, self.grew_up, self.born = True, True, False, None
        self.agreed.clear()
        self.ends_all()

    def grows_up(self) -> None:
        """Be 18: nobody noted that they agreed to share themselves, so that ends."""
        self.child, self.child_waits, self.grew_up, self.born = False, False, True, None
        self.ends_all()

    def ends_all(self) -> None:
        """Let no agreement to share or to go hold any more."""
        for each in (*self.yeses, *self.goes):
            each.stands = False


class CareWorld(World):
    """A world in which care is given too."""

    def __init__(self) -> None:
        super().__init__()
        self.shop = Organisation.objects.get(code=CARE)
        self.supports = Organisation.objects.get(code=SUPPORTS)
        self.clocked.append(self.supports)
        self.persons: list[Person] = []
        self.gone_carer = ""
        """Whose account is closed of the two who coordinate."""
        for email, role in ((COLLEAGUE, Role.PARTNER), (KEEPER, Role.ADMINISTRATOR)):
            account = Account.objects.create_user(email, "Merel Schouten", "lang-genoeg-woord")
            Account.objects.filter(pk=account.pk).update(last_login=timezone.now())
            give_role(account.pk, self.shop.id, role)
        some = (COORDINATOR, COLLEAGUE, SUPPORT, KEEPER, *OUTSIDERS)
        self.people |= {each: samples.actor(each) for each in some}
        self.carer = self.people[COORDINATOR]
        self.receivers = {SUPPORTS: self.people[SUPPORT], WESTLAND: self.people[FOCAL]}

    # Who asks

    def request_help(self, pick: int) -> None:
        """Ask for help: of an adult, twice, of a child, or for somebody of whom that is not known."""
        self._asked(under_18=("nee", "nee", "ja", "misschien")[pick % 4])

    def request_tonight(self, _pick: int) -> None:
        """Ask for help for somebody without a bed tonight."""
        self._asked(bed_tonight="nee")

    def request_advice(self, _pick: int) -> None:
        """Ask for advice, which is about nobody."""
        self._asked(start="advies")

    def asker_writes(self, pick: int) -> None:
        """Let the asker add something by the receipt."""
        self._asker_tells(self._person(pick))

    def asker_tells_child(self, pick: int) -> None:
        """Let the asker tell by the receipt that it is about a child."""
        person = self._person(pick)
        self._asker_tells(person, marks=("under_18",))
        person.told_child = bool(person.receipt)

    # The request

    def take_request(self, pick: int) -> None:
        """Take a request on."""
        self._care(care.take_on, code=self._person(pick).request)

    def take_handed(self, pick: int) -> None:
        """Take a person on whom a municipality handed over by its plan."""
        sent = self._of([each for each in self.sent if each.partner.organisation_code == CARE], pick)
        code = self._care(care.take_in, code=sent.code)
        self.persons.append(Person(len(self.persons), code, "", child=False))

    def advise(self, pick: int) -> None:
        """Answer a question for advice."""
        self._care(care.advise, code=self._person(pick).request, text="Praat alleen met haar")

    def try_person(self, pick: int) -> None:
        """Note on a request that the person was called."""
        told = {"channel": "call", "reached": ("no", "yes")[pick % 2], "against": "Zij vroeg het"}
        self._care(care.note_attempt, code=self._person(pick).request, **told)

    def write_asker(self, pick: int) -> None:
        """Write to the asker."""
        self._care(care.tell, code=self._person(pick).request, sentence=("busy", "offered")[pick % 2])

    def read_asker(self, pick: int) -> None:
        """Read what the asker added."""
        self._care(care.hear, code=self._person(pick).request)

    def close_request(self, pick: int) -> None:
        """End a request."""
        self._care(care.close, code=self._person(pick).request, end=ENDS[0])

    def pass_to_town(self, pick: int) -> None:
        """Pass a request on to a municipality as a signal: a place and facts."""
        code = self._person(pick).request
        told = {"municipality": WESTLAND, "where": "Tuinderspad 12, De Lier", "facts": "Vijf bedden"}
        self._care(care.to_municipality, code=code, **told)

    def recall_from_town(self, pick: int) -> None:
        """Take back what the municipality did not take over."""
        self._care(care.recall_from_municipality, code=self._person(pick).request)

    def pass_to_care(self, pick: int) -> None:
        """Let the municipality pass a report on to care."""
        code = self._of(self.reports, pick).code
        with acting(self.hands):
            care.to_care(code=code, actor=self.hands)
        self.pressing.pop(code, None)

    def take_over_at_care(self, pick: int) -> None:
        """Take over at care what a municipality passed on."""
        self._care(care.take_over, code=self._passed(pick))

    def give_back_to_town(self, pick: int) -> None:
        """Give back to the municipality what it passed on."""
        self._care(care.give_back, code=self._passed(pick))

    # The file

    def open_file(self, pick: int) -> None:
        """Make the care file of a request."""
        person = self._person(pick)
        person.file = self._care(care.open_file, code=person.request)
        person.child = person.child or person.told_child

    def write_person(self, pick: int) -> None:
        """Write who the person is, as what is known of the age says."""
        self._details(self._cared(pick), ("minor" if self._cared(pick).child else "adult"))

    def turn_child(self, pick: int) -> None:
        """Write that the person is under 18."""
        person = self._cared(pick)
        turned = not person.child
        self._details(person, "minor")
        person.child = True
        if turned:
            person.grows_young()

    def call_for_child(self, pick: int) -> None:
        """Note whom somebody called for a child."""
        person = self._cared(pick)
        self._care(files.note_child_route, code=person.file, told="Veilig Thuis", revision=None)
        person.child_waits = False

    def note_birth(self, pick: int) -> None:
        """Note of a child that they are 18 within a few days."""
        person, day = self._cared(pick), timezone.localdate() + timedelta(days=1 + pick % 3)
        years = day.year - 18
        born = date(years, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=years)
        told = {"born": born, "low": None, "high": None}
        self._care(files.write_age, code=person.file, revision=None, **told)
        person.born = born

    def support_stops(self, pick: int) -> None:
        """Let whoever supports people stop, today or in some days."""
        last = timezone.localdate() + timedelta(days=pick)
        with acting(system_actor(self.shop.id)) as system:
            files.end_support(provider=SUPPORTS, last=last, actor=system)
        for yes in (yes for each in self.persons for yes in each.yeses):
            if yes.to == SUPPORTS and yes.sent <= last and not yes.returned:
                yes.until = min(yes.until, last)

    def add_rule(self, pick: int) -> None:
        """Add a rule for contact."""
        person = self._cared(pick)
        value = f"06{person.number:02}99{pick:04}"
        rule = files.Rule(channel="call", effect=("allowed", "never")[pick % 2], value=value)
        self._care(files.add_rule, code=person.file, rule=rule, revision=None)

    def end_rule(self, pick: int) -> None:
        """End the first rule for contact."""
        person = self._cared(pick)
        with acting(self.carer):
            running = opened(person.file, self.carer).contact.running
        if not running:
            raise DomainError("There is no rule.")
        self._care(files.end_rule, code=person.file, rule=running[0].id, revision=None)

    def stop_contact(self, pick: int) -> None:
        """Let nobody make contact for some days."""
        until = timezone.localdate() + timedelta(days=1 + pick)
        self._care(files.stop_contact, code=self._cared(pick).file, until=until, revision=None)

    def call_person(self, pick: int) -> None:
        """Call the person as the rules say, without an answer."""
        self._care(files.note_contact, code=self._cared(pick).file, channel="call", reached="no")

    def reach_person(self, pick: int) -> None:
        """Reach the person."""
        told = {"channel": "call", "reached": "yes", "against": "Zij belde zelf"}
        self._care(files.note_contact, code=self._cared(pick).file, **told)

    def make_appointment(self, pick: int) -> None:
        """Make an appointment for tomorrow, of which the person is reminded two hours before."""
        meeting = files.Meeting(
            kind="us",
            place_kind="ours",
            remind_by="call",
            remind_before=("hours", "")[pick % 2],
        )
        when = timezone.localtime() + timedelta(days=1, hours=3)
        planned = files.Planned(when.replace(hour=13), 30, self.carer.own_account, meeting)
        self._care(files.make_appointment, code=self._cared(pick).file, planned=planned, revision=None)

    def end_appointment(self, pick: int) -> None:
        """Say what the first appointment became."""
        person = self._cared(pick)
        with acting(self.carer):
            rows = Appointment.objects.filter(file__code=person.file, state="planned").order_by("at")
            row = rows.first()
            if row is None:
                raise DomainError("There is none.")
            became = "kept" if row.at < timezone.now() else "cancelled"
        self._care(files.end_appointment, code=person.file, appointment=row.pk, became=became, revision=None)

    # What the person agrees to

    def say_yes(self, pick: int) -> None:
        """Let the person say yes to one of the texts."""
        person, kind = self._cared(pick // 2), TEXTS[pick % 2]
        self._answer(person, kind, "yes")
        person.agreed.add(kind)

    def say_help(self, pick: int) -> None:
        """Let the person agree to be helped."""
        person = self._cared(pick)
        self._answer(person, "help_agreement", "yes")
        person.agreed.add("help_agreement")
        person.wants_none = False

    def take_back_help(self, pick: int) -> None:
        """Let the person want no help any more."""
        person = self._cared(pick)
        self._care(files.withdraw, code=person.file, what="help_agreement")
        person.agreed.discard("help_agreement")
        person.wants_none = True

    def say_later(self, pick: int) -> None:
        """Let the person think about one of the texts."""
        self._answer(self._cared(pick // 2), TEXTS[pick % 2], "later")

    def take_back(self, pick: int) -> None:
        """Let the person take back a yes to one of the texts."""
        person, kind = self._cared(pick // 2), TEXTS[pick % 2]
        self._care(files.withdraw, code=person.file, what=kind)
        person.agreed.discard(kind)
        person.owed += kind == "registration"

    def agree_support(self, pick: int) -> None:
        """Let the person agree to share something with whoever supports them, on paper."""
        self._agree(self._cared(0), "support", pick)

    def agree_spoken(self, pick: int) -> None:
        """Let the person agree in words, which ends after three days."""
        self._agree(self._cared(0), "support", pick, form="spoken", witness="second_worker")

    def agree_task(self, pick: int) -> None:
        """Let the person agree to a task of a municipality."""
        self._agree(self._cared(0), "task", pick)

    def agree_today(self, pick: int) -> None:
        """Let the person agree until the evening."""
        self._agree(self._cared(0), "support", pick, days=0)

    def refuse_share(self, pick: int) -> None:
        """Let the person say no to sharing."""
        self._agree(self._cared(0), "support", pick, answer="no")

    def share(self, pick: int) -> None:
        """Send what the person was asked about, whatever they said."""
        person = self._cared(0)
        yes = self._of(person.yeses, pick)
        yes.code = self._care(files.send, code=person.file, share=yes.id)
        yes.sent = timezone.localdate()

    def take_back_share(self, pick: int) -> None:
        """Let the person take back an agreement to share."""
        person = self._cared(0)
        yes = self._of(person.yeses, pick)
        self._care(files.withdraw, code=person.file, what=yes.id)
        yes.stands = False
        person.owed += yes.accepted

    def recall_share(self, pick: int) -> None:
        """Take back at care what nobody took on yet."""
        yes = self._shared(pick)
        self._care(shares.recall, code=yes.code)
        yes.returned = True

    def note_removed(self, pick: int) -> None:
        """Note that somebody took away what they were told."""
        person = self._cared(pick)
        with acting(self.carer):
            asked = opened(person.file, self.carer).consents.unremoved
        if not asked:
            raise DomainError("Nobody is asked.")
        told = {"asking": asked[0].id, "answer": "confirmed"}
        self._care(files.note_removal, code=person.file, revision=None, **told)
        person.owed -= 1

    def put_back_share(self, pick: int) -> None:
        """Put back a backup in which an agreement to share stood that the person had taken back since."""
        person = self._cared(0)
        yes = self._of(person.yeses, pick)
        with acting(self.carer):
            done, _left = withdraw_again({UUID(yes.id): timezone.localdate()})
        if not done:
            raise DomainError("It was taken back already.")
        yes.stands, person.put_back = False, True
        person.owed += yes.accepted

    def look_at_put_back(self, pick: int) -> None:
        """Say that somebody looked at what a backup brought back."""
        person = self._cared(pick)
        self._care(files.saw_put_back, code=person.file, revision=None)
        person.put_back = False

    # Who goes to another care organisation

    def offer_client(self, pick: int) -> None:
        """Ask another care organisation to take somebody over, as they agreed."""
        person, chosen = self._cared(0), CHOSEN[pick % len(CHOSEN)]
        self._agree(person, "move", pick)
        yes = person.yeses.pop()
        person.goes.append(yes)
        yes.words |= frozenset(self._words(person, chosen))
        yes.code = self._care(files.send, code=person.file, share=yes.id)

    def take_client(self, pick: int) -> None:
        """Take somebody over."""
        person, yes = self._offered(pick)
        who = self.people[SUPPORT]
        with acting(who):
            person.there = moves.accept(code=yes.code, actor=who)
        yes.accepted = True

    def refuse_client(self, pick: int) -> None:
        """Say that somebody is not taken over."""
        _person, yes = self._offered(pick)
        reasons = current_release().pack.reason_list("decline_share").reasons
        who = self.people[SUPPORT]
        with acting(who):
            moves.give_back(code=yes.code, reason=reasons[0].id, actor=who)
        yes.returned = True

    def recall_client(self, pick: int) -> None:
        """Take back at care that somebody was offered."""
        _person, yes = self._offered(pick)
        self._care(moves.recall, code=yes.code)
        yes.returned = True

    def take_back_go(self, pick: int) -> None:
        """Let the person take back that they go."""
        person, yes = self._offered(pick)
        self._care(files.withdraw, code=person.file, what=yes.id)
        yes.stands = False
        person.owed += yes.accepted

    # Who receives it

    def accept_share(self, pick: int) -> None:
        """Take on what was shared."""
        yes = self._shared(pick)
        self._receive(yes, shares.accept)
        yes.accepted = True

    def answer_share(self, pick: int) -> None:
        """Answer that help began, that a task is done, or that nothing may be said."""
        yes = self._shared(pick // 2)
        reply = ("gestart", "mag_niets_zeggen")[pick % 2] if yes.what == "support" else "taak_geregeld"
        self._receive(yes, shares.answer, reply=reply)

    def receiver_tells_child(self, pick: int) -> None:
        """Answer that the person turned out to be under 18."""
        yes = self._shared(pick)
        self._receive(yes, shares.answer, reply="minderjarig")
        next(each for each in self.persons if yes in each.yeses).told_child = True

    def decline_share(self, pick: int) -> None:
        """Say, before anybody read it, that it cannot be done."""
        yes, reasons = self._shared(pick), current_release().pack.reason_list("decline_share").reasons
        self._receive(yes, shares.decline, reason=reasons[0].id)
        yes.returned = True

    def ask_first(self, pick: int) -> None:
        """Ask something before it is taken on."""
        reasons = current_release().pack.reason_list("ask_first").reasons
        self._receive(self._shared(pick), shares.ask_first, question=reasons[0].id)

    def tell_first(self, pick: int) -> None:
        """Say at care that the question was answered."""
        self._care(shares.note_told, code=self._shared(pick).code)

    def return_share(self, pick: int) -> None:
        """Give back what was shared."""
        yes = self._shared(pick)
        self._receive(yes, shares.answer, reply="teruggegeven")
        yes.returned = True

    def keep_number(self, pick: int) -> None:
        """Keep a number of one's own with it."""
        self._receive(self._shared(pick), shares.keep_number, number="LDH-1")

    def note_reply(self, pick: int) -> None:
        """Say at care that an answer was worked in."""
        code = self._shared(pick).code
        first = self._care(sent_share, code=code).first
        self._care(shares.note_reply, code=code, step=first.id if first else "")

    # How it ends

    def close_file(self, pick: int) -> None:
        """Close a care file."""
        person = self._cared(pick)
        self._care(files.close, code=person.file, end=ENDS[0], revision=None)
        self._closed(person)

    def propose_lost(self, pick: int) -> None:
        """Propose to close the file of somebody whom nobody reaches."""
        told = {"end": ENDS[1], "open_door": "Bel altijd 070"}
        self._care(files.close, code=self._cared(pick).file, revision=None, **told)

    def look_at_end(self, pick: int) -> None:
        """Look along, as whoever coordinates now."""
        person, agrees = self._cared(pick // 2), ("yes", "no")[pick % 2]
        self._care(
            files.look_along, code=person.file, agrees=agrees, remark="Vraag de huisarts", revision=None
        )
        if agrees == "yes":
            self._closed(person)

    def plan_aftercare(self, pick: int) -> None:
        """Plan to ask afterwards how it goes."""
        dates = [timezone.localdate() + timedelta(days=7)]
        told = {"dates": dates, "channel": "call", "agreed": pick % 3 != 2}
        self._care(files.plan_aftercare, code=self._cared(0).file, revision=None, **told)

    def ask_after(self, pick: int) -> None:
        """Ask how it goes."""
        said = ("well", "unsafe", "unreached", "no_more")[pick % 4]
        self._care(files.note_aftercare, code=self._cared(0).file, said=said, revision=None)

    # A place to sleep

    def begin_search(self, pick: int) -> None:
        """Begin to look for a place."""
        person = self._person(pick)
        wish = shelter.Wish("child" if person.child else "adult", 1, "haaglanden")
        person.search = self._care(shelter.start, request=person.request, wish=wish)

    def offer_place(self, pick: int) -> None:
        """Note that a place is offered."""
        soon = timezone.now() + timedelta(hours=3)
        self._look(pick, shelter.offer, kind="womens", answer_by=soon)

    def provider_says_no(self, pick: int) -> None:
        """Note that the provider says no."""
        self._look(pick, shelter.refused, reason=next(iter(current_release().pack.shelter_refusals)).id)

    def person_says_no(self, pick: int) -> None:
        """Note that the person does not want the place."""
        self._look(pick, shelter.declined)

    def look_on(self, pick: int) -> None:
        """Look on for a place."""
        self._look(pick, shelter.go_on)

    def hold_search(self, pick: int) -> None:
        """Look no further for two days."""
        self._look(pick, shelter.hold, until=timezone.localdate() + timedelta(days=2))

    def place(self, pick: int) -> None:
        """Note that somebody has a place, and where that is."""
        person, today = self._person(pick), timezone.localdate()
        told = {"kind": "womens", "starts": today, "review": today + timedelta(days=9)}
        self._look(pick, shelter.place, address=f"{person.word('Schuilplaats')} 7, Gouda", **told)

    def leave_place(self, pick: int) -> None:
        """Note that somebody left the place and needs another."""
        self._look(pick, shelter.leave)

    def fill_night(self, pick: int) -> None:
        """Say of the first night of which nobody did what it became."""
        with acting(self.carer):
            nights = Search.objects.get(code=self._search(pick)).nights
            row = nights.filter(outcome="").order_by("night").first()
            if row is None:
                raise DomainError("There is none.")
        self._look(pick, shelter.set_night, night=row.night, state=("nowhere", "bridged")[pick % 2])

    def end_search(self, pick: int) -> None:
        """Look for no place any more."""
        self._look(pick, (shelter.withdraw, shelter.end)[pick % 2])

    # Who is there

    def change_carer(self, _pick: int) -> None:
        """Let the other of the two coordinate."""
        if self.gone_carer:
            raise DomainError("There is no other.")
        self.carer = self.people[self._other_carer()]

    def carer_leaves(self, _pick: int) -> None:
        """Let the account be closed of whoever of the two is not at the desk."""
        if self.gone_carer:
            raise DomainError("Then nobody would be left.")
        other = self._other_carer()
        self._account_of_care(other, active=False)
        self.gone_carer = other

    def carer_returns(self, _pick: int) -> None:
        """Let that account be opened again."""
        if not self.gone_carer:
            raise DomainError("None is closed.")
        self._account_of_care(self.gone_carer, active=True)
        back = self.people[self.gone_carer]
        give_role(back.own_account, back.own_organisation, Role.PARTNER)
        self.gone_carer = ""

    # What a judge may ask

    def codes(self) -> Iterator[str]:
        """Give the codes of all that is of care alone."""
        for each in self.persons:
            yield from filter(None, (each.request, each.file, each.search))

    # How

    def _asked(self, **changes: str) -> None:
        number = len(self.persons)
        child = changes.get("under_18") == "ja"
        person = Person(number, "", "", child=child)
        person.request, person.receipt = samples.ask_for_help(
            **{
                "where": "GM0546",
                "under_18": "nee",
                "call_name": person.word("Roepnaam"),
                "language": person.word("Taal"),
                "seen": person.word("Gezien"),
                "asker_name": person.word("Vrager"),
                "safe_contact_value": f"06123456{number:02}",
                **changes,
            }
        )
        self.persons.append(person)

    def _asker_tells(self, person: Person, marks: tuple[str, ...] = ()) -> None:
        if not person.receipt:
            raise DomainError("Who handed a person over writes elsewhere.")
        danger = reports.Danger(marks=marks)
        with acting(NOBODY):
            reports.add_to_report(receipt=person.receipt, text=person.word("Later"), danger=danger)
        with acting(system_actor(self.shop.id)) as system:
            reports.sweep(system)

    def _care(self, action: Callable[..., Any], **told: Any) -> Any:
        with acting(self.carer):
            return action(actor=self.carer, **told)

    def _look(self, pick: int, action: Callable[..., Any], **told: Any) -> None:
        self._care(action, code=self._search(pick), **told)

    def _receive(self, yes: Yes, action: Callable[..., Any], **told: Any) -> None:
        who = self._receiver(yes.to)
        with acting(who):
            action(actor=who, code=yes.code, **told)

    def _receiver(self, place: str) -> Actor:
        """Return who reads there now."""
        return self.hands if place == WESTLAND else self.receivers[place]

    def _person(self, pick: int) -> Person:
        return self._of(self.persons, pick)

    def _cared(self, pick: int) -> Person:
        return self._of([each for each in self.persons if each.file], pick)

    def _search(self, pick: int) -> str:
        return self._of([each for each in self.persons if each.search], pick).search

    def _shared(self, pick: int) -> Yes:
        return self._of([yes for each in self.persons for yes in each.yeses if yes.code], pick)

    def _passed(self, pick: int) -> str:
        """Return the code at care of what a municipality passed on."""
        with acting(self.carer):
            known = {each.request for each in self.persons}
            rows = Report.objects.filter(organisation_id=self.shop.id, closed__isnull=True)
            return self._of([each for each in rows.values_list("code", flat=True) if each not in known], pick)

    def _details(self, person: Person, age: str) -> None:
        told = files.Person(
            call_name=person.word("Roepnaam"),
            language=person.word("Taal"),
            guardian=person.word("Voogd"),
            own_number=person.word("Eigen"),
            age_group=age,
        )
        details = files.Details(person=told, state="in_care")
        self._care(files.write_details, code=person.file, details=details, revision=None)

    def _answer(self, person: Person, kind: str, answer: str) -> None:
        today = timezone.localdate().isoformat()
        agreed = files.Agreed(
            kind=kind,
            answer=answer,
            on=today,
            form="paper",
            language="nl",
            signed_by="person",
            age_band="sixteen" if person.child else "adult",
            started="person",
        )
        self._care(files.answer, code=person.file, agreed=agreed, revision=None)

    def _agree(
        self, person: Person, what: str, pick: int, *, days: int = 20, answer: str = "yes", **changes: str
    ) -> None:
        today, chosen = timezone.localdate(), CHOSEN[pick % len(CHOSEN)]
        until = today + timedelta(days=days)
        support = what == "support"
        own = (
            {"to": SUPPORTS, "chosen": chosen}
            if what in ("support", "move")
            else {
                "to": WESTLAND,
                "task": "income",
                "name": person.word("Taaknaam"),
                "before": (today + timedelta(days=2)).isoformat(),
            }
        )
        wanted = Share(
            what=what,
            recipient=own["to"],
            parts="wat er gaat",
            purpose="waarvoor",
            until=until.isoformat(),
            answer=answer,
            language="nl",
            **{"form": "paper", **own, **changes},
        )
        self._care(files.share, code=person.file, wanted=wanted, revision=None)
        if changes.get("form") == "spoken":
            until = min(until, today + timedelta(days=3))
        with acting(self.carer):
            kept = opened(person.file, self.carer).consents.shares[-1]
        words = frozenset(self._words(person, chosen) if support else [person.word("Taaknaam")])
        person.yeses.append(Yes(kept.id, own["to"], what, words, until, stands=answer == "yes"))

    @staticmethod
    def _words(person: Person, chosen: str) -> Iterator[str]:
        if not person.receipt:
            yield samples.PLANT  # what the municipality wrote that handed the person over
        typed = {Tells.NAME: "Roepnaam", Tells.LANGUAGE: "Taal", Tells.GUARDIAN: "Voogd"}
        for each in chosen.split():
            if each == Tells.CONTACT:
                yield f"06123456{person.number:02}"
                yield f"06{person.number:02}99"
                yield "Er is nu geen regel."
            else:
                yield person.word(typed[Tells(each)])

    @staticmethod
    def _closed(person: Person) -> None:
        person.closed = True
        person.ends_all()

    def _other_carer(self) -> str:
        return COLLEAGUE if self.carer is self.people[COORDINATOR] else COORDINATOR

    def _account_of_care(self, email: str, *, active: bool) -> None:
        who, account_id = self.people[KEEPER], self.people[email].own_account
        with acting(who):
            administration.set_account_active(account_id, active=active, actor=who)

    def _pass(self, span: timedelta) -> None:
        super()._pass(span)
        with at(self.now):
            pack = current_release().pack
            for each in (self.shop, self.supports):
                with acting(system_actor(each.id)) as system:
                    reports.sweep(system)
                    files.hear_of_minors(system)
                    files.turn_adults(system)
                    files.end_moved(system)
                    files.appointments_by_clock(system)
                    shelter.by_clock(system, pack)
                    shelter.forget_addresses(system, pack)
                    expire_all(actor=system, today=timezone.localdate())
        for person in self.persons:
            self._learns(person)

    def _learns(self, person: Person) -> None:
        """Let the clock have done with one person what it does."""
        if person.told_child:
            self._heard(person)
        if person.born and adult_on(person.born) <= timezone.localdate(self.now) and not person.closed:
            person.grows_up()
        if person.there and not person.closed and self._is_closed(person):
            self._closed(person)

    def _heard(self, person: Person) -> None:
        """Let what the asker told reach the file, where there is one and it was not known."""
        with acting(self.carer):
            open_file = CareFile.objects.filter(code=person.file, closed__isnull=True).exists()
        person.told_child = False
        if open_file and not person.child and not person.grew_up:
            person.grows_young()
        person.child = not person.grew_up

    def _is_closed(self, person: Person) -> bool:
        with acting(self.carer):
            return CareFile.objects.filter(code=person.file, closed__isnull=False).exists()

    def _offered(self, pick: int) -> tuple[Person, Yes]:
        return self._of([(each, yes) for each in self.persons for yes in each.goes if yes.code], pick)


PRESSES = tuple(
    name
    for name, press in vars(CareWorld).items()
    if not name.startswith("_") and name != "codes" and callable(press)
)
"""What can be tried in care."""
AROUND = (*TIME, "change_hands", "go_away", "come_back", "report", "take_in", "weigh")
"""What goes on around it meanwhile."""
