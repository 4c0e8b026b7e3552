"""What the person was asked to agree to, as the file shows it: a tile for each act, shares in a list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sluitend.journeys.care_files.content import HELP, THREE, Agreed, Consents, Person, Share, day_of
from sluitend.journeys.care_files.grounds import ground_of
from sluitend.journeys.care_files.queries.colleagues import others_there
from sluitend.journeys.care_files.queries.went import Line, went_by
from sluitend.journeys.care_files.saying import message
from sluitend.journeys.care_files.words import (
    AgeGroup,
    HowAsked,
    Purpose,
    Standing,
    Told,
    Witness,
    YesNo,
)
from sluitend.kernel.access.acting import Actor
from sluitend.kernel.handbook.care import CareConsent
from sluitend.kernel.handbook.language import shown
from sluitend.kernel.handbook.pack import Pack

ASKABLE = frozenset(Standing) - {Standing.YES}
ICONS: Mapping[Standing, str] = {Standing.YES: "check", Standing.NO: "cross", Standing.WITHDRAWN: "cross"}


@dataclass(frozen=True)
class Tile:
    """One act: how it stands, and what can be done now.

    Attributes:
        blocked: why nobody asks it now; then a talk with a lawyer is all there is.
        quiet: that the person answered shortly ago, so that nobody begins about it but the person.
    """

    kind: str
    label: str
    standing: str
    words: str
    how: str
    blocked: str
    quiet: str
    note: str
    may_ask: bool
    may_withdraw: bool
    unconfirmed: bool
    earlier: tuple[str, ...]


@dataclass(frozen=True)
class ShareLine:
    """An agreement to share something with one organisation."""

    id: str
    recipient: str
    parts: str
    purpose: str
    not_to: str
    until: date | None
    words: str
    how: str
    may_withdraw: bool
    may_send: bool
    code: str
    went: str
    """What went by it, and how that stands."""
    against: str
    """On which ground it is shared without a yes, and what the person knows of it."""
    looked: str
    """What the colleague said who looked along."""
    may_look: bool
    nobody_looks: bool
    """Whether a colleague must look along, and nobody is there who can."""
    may_note_went: bool
    may_tell: bool
    moves: bool
    """Whether the client goes by it, and not only what is told."""
    running: bool
    """Whether the other organisation reads it, or can."""

    @property
    def at_work(self) -> bool:
        """Whether it holds, or somebody has to do something with it still."""
        return self.running or self.may_withdraw or self.may_look or self.may_tell


def help_tile(consents: Consents, person: Person, pack: Pack, today: date) -> Tile | None:
    """Return the agreement to be helped and to a file, where the handbook has its text."""
    return next(_of((HELP,), consents, person, pack, today), None)


def tiles(consents: Consents, person: Person, pack: Pack, today: date) -> Iterator[Tile]:
    """Yield the three acts; none depends on another."""
    return _of(THREE, consents, person, pack, today)


def share_lines(consents: Consents, today: date, pack: Pack, actor: Actor) -> Iterator[ShareLine]:
    """Yield the agreements to share, the last one first, with what went by each."""
    went = went_by(consents.shares, actor)
    looks = any(each.waits_for_second for each in consents.shares)
    there = others_there(actor) | {actor.own_account} if looks else set()
    for each in reversed(consents.shares):
        standing, line = each.standing(today), went.get(each.id)
        yield ShareLine(
            id=each.id,
            recipient=each.recipient,
            parts=each.parts,
            purpose=each.purpose,
            not_to=each.not_to,
            until=day_of(each.until),
            words=str(standing.label),
            how=_how(each),
            may_withdraw=standing in (Standing.YES, Standing.AGAINST, Standing.WAITS),
            may_send=standing in (Standing.YES, Standing.AGAINST) and each.sends and _may_go(each, line),
            code=line.code if line else "",
            went=line.words if line else _told_on(each),
            against=_against(each, pack),
            looked=_looked(each),
            may_look=each.waits_for_second and each.by != str(actor.account_id),
            nobody_looks=each.waits_for_second and {str(one) for one in there} <= {each.by},
            may_note_went=standing is Standing.AGAINST and not each.sends and not each.gone,
            may_tell=each.may_tell,
            moves=each.what == Purpose.MOVE,
            running=line is not None and line.running,
        )


def _may_go(share: Share, line: Line | None) -> bool:
    """Whether nothing went by it. A client who was not taken over can be offered again."""
    again = share.what == Purpose.MOVE and line is not None and not (line.running or line.accepted)
    return line is None or again


def _against(share: Share, pack: Pack) -> str:
    ground = ground_of(pack, share.ground) if share.ground else None
    if ground is None:
        return ""
    told_on = day_of(share.told_on)
    told = [str(Told(share.told).label), date_format(told_on, "j F Y") if told_on else "", share.told_why]
    if share.undone and share.told != Told.TOLD:
        told = []
    return f"{shown(ground.label)}: {share.why} {', '.join(filter(None, told))}."


def _looked(share: Share) -> str:
    on = day_of(share.looked_on)
    if not share.agrees or on is None:
        return ""
    said = (
        _("een collega vond dit nodig") if share.agrees == YesNo.YES else _("een collega vond dit niet goed")
    )
    return ", ".join(filter(None, [date_format(on, "j F Y"), said, share.remark]))


def _told_on(share: Share) -> str:
    gone = day_of(share.gone)
    if gone is None:
        return ""
    words = _("Verteld op %(day)s") if share.ground else _("Bemiddeling gevraagd op %(day)s")
    return words % {"day": date_format(gone, "j F Y")}


def _of(
    kinds: tuple[str, ...], consents: Consents, person: Person, pack: Pack, today: date
) -> Iterator[Tile]:
    texts = {each.id: each for each in pack.care_consents}
    return (_tile(texts[each], consents, person, pack, today) for each in kinds if each in texts)


def _tile(text: CareConsent, consents: Consents, person: Person, pack: Pack, today: date) -> Tile:
    standing, last = consents.standing(text.id), consents.last(text.id)
    held, quiet = pack.held_back(text) is not None, consents.quiet_until(text.id)
    young = person.age_group == AgeGroup.MINOR and text.id != HELP
    return Tile(
        kind=text.id,
        label=shown(text.label),
        standing=standing,
        words=str(standing.label),
        how=_how(last) if last else "",
        blocked=message(pack, "lawyer_first") if held else "",
        quiet=_quiet(quiet) if quiet and quiet > today and standing in (Standing.NO, Standing.LATER) else "",
        note=message(pack, "younger") if young and standing in ASKABLE else "",
        may_ask=standing in ASKABLE and not held,
        may_withdraw=standing is Standing.YES,
        unconfirmed=not text.confirmed,
        earlier=tuple(
            _earlier(each) for each in consents.answers if each.kind == text.id and each is not last
        ),
    )


def _quiet(until: date) -> str:
    day = date_format(until, "j F")
    return _("Vraag dit niet voor %(day)s, behalve als de persoon er zelf over begint.") % {"day": day}


def _how(said: Agreed | Share) -> str:
    """Return on which day, how and with whom somebody answered, and when it was taken back."""
    on, withdrawn = day_of(said.on), day_of(said.withdrawn)
    parts = [
        date_format(on, "j F Y") if on else "",
        str(HowAsked(said.form).label).lower() if said.form else "",
    ]
    if said.interpreter_number:
        parts.append(_("tolk %(number)s") % {"number": said.interpreter_number})
    if said.witness and said.witness != Witness.NONE:
        parts.append(_("getuige: %(who)s") % {"who": str(Witness(said.witness).label).lower()})
    if withdrawn:
        parts.append(_("teruggenomen op %(day)s") % {"day": date_format(withdrawn, "j F Y")})
    if said.again:
        parts.append(_("stond in een back-up nog op ja"))
    if said.version:
        parts.append(_("tekst versie %(version)s") % {"version": said.version})
    return ", ".join(filter(None, parts))


def _earlier(said: Agreed) -> str:
    return f"{said.standing.label}: {_how(said)}"
