"""What of a file goes along with a client to another care organisation, as the person agreed."""

from dataclasses import replace

from sluitend.journeys.care_files.content import Contact, Person
from sluitend.journeys.care_files.course import Age
from sluitend.journeys.care_files.queries.ending import age_in_words
from sluitend.journeys.care_files.queries.whole import whole_facts
from sluitend.journeys.care_files.saying import contact_in_words
from sluitend.journeys.care_files.whole import Whole
from sluitend.journeys.care_files.words import AgeGroup, GoesAlong
from sluitend.journeys.care_moves.actions import Moved, Part
from sluitend.kernel.handbook.pack import Pack


def goes_along(
    chosen: set[str], person: Person, contact: Contact, whole: Whole, *, age: Age | None, pack: Pack
) -> Moved:
    """Return what goes along of what was chosen: in words, and as a care file keeps it."""
    kept = {name: str(text) for name, text in person.to_json().items() if name in {*chosen, "subregion"}}
    told = whole if GoesAlong.WHOLE in chosen else Whole()
    words = {
        **kept,
        GoesAlong.AGE: str(AgeGroup(person.age_group).label) if person.age_group else "",
        GoesAlong.BORN: age_in_words(age),
        GoesAlong.CONTACT: contact_in_words(contact),
    }
    parts = [Part(str(each.label), words[each]) for each in GoesAlong if each in chosen and words.get(each)]
    return Moved(
        parts=(*parts, *(Part(label, "\n".join(rows)) for label, rows in whole_facts(told, pack))),
        person=kept,
        rules=[each.to_json() for each in contact.running] if GoesAlong.CONTACT in chosen else [],
        whole=told.to_json()["rows"],
        age=replace(age, talked="").to_json() if age and GoesAlong.BORN in chosen else {},
        stop_until=contact.stop_until if GoesAlong.CONTACT in chosen else "",
    )
