"""What changed between two packs, in words that a coordinator reads."""

from django.utils.translation import override

from sluitend.exports.differences import How, differences, label_of
from sluitend.exports.names import field_name, kind_name, named_fields
from sluitend.kernel.handbook.entries import Entries, Text
from sluitend.kernel.handbook.guidance import Urgency
from sluitend.kernel.handbook.loading import kind_of, list_parts
from sluitend.kernel.handbook.pack import Pack


def with_lines(pack: Pack, *lines: object) -> Pack:
    """The pack with other help lines."""
    return pack.model_copy(update={"help_lines": Entries.model_construct(tuple(lines))})


def test_a_pack_does_not_differ_from_itself(pack: Pack) -> None:
    assert differences(pack, pack) == ()


def test_what_came_went_and_changed_is_told_in_words(pack: Pack) -> None:
    first, second, *rest = pack.help_lines
    changed = second.model_copy(
        update={"hours": Text({"nl": "overdag", "en": "by day"}), "confirmed": not second.confirmed}
    )
    added = first.model_copy(update={"id": "nieuw"})
    told = differences(pack, with_lines(pack, changed, *rest, added))
    assert [(one.entry_id, one.how) for one in told] == [
        (first.id, How.REMOVED),
        (second.id, How.CHANGED),
        ("nieuw", How.ADDED),
    ]
    words = str(told[1])
    assert words.startswith(f"Hulplijn {second.id} ({second.name.nl}) verandert:")
    assert f"tijden was: {second.hours.nl}\n    en wordt: overdag" in words
    assert "tijden (en) was:" in words
    assert "bevestigd was: ja\n    en wordt: nee" in words


def test_on_an_english_page_a_yes_is_no_ja(pack: Pack) -> None:
    first, *rest = pack.help_lines
    with override("en"):
        (told,) = differences(pack, with_lines(pack, first.model_copy(update={"confirmed": False}), *rest))
    assert [(one.old, one.new) for one in told.fields] == [("yes", "no")]


def test_a_value_that_comes_or_goes_is_told(pack: Pack) -> None:
    first, *rest = pack.help_lines
    noted = first.model_copy(update={"note": Text({"nl": "Bel eerst."})})
    assert "opmerking wordt: Bel eerst." in str(differences(pack, with_lines(pack, noted, *rest))[0])
    assert "opmerking vervalt, was: Bel eerst." in str(differences(with_lines(pack, noted, *rest), pack)[0])


def test_what_can_be_chosen_is_told_by_its_name(pack: Pack) -> None:
    rule = next(each for each in pack.plan_rules if each.adds and each.adds[0].urgency is Urgency.DAYS)
    faster = rule.model_copy(
        update={"adds": (rule.adds[0].model_copy(update={"urgency": Urgency.NOW}), *rule.adds[1:])}
    )
    others = [faster if each is rule else each for each in pack.plan_rules]
    changed = pack.model_copy(update={"plan_rules": Entries.model_construct(root=tuple(others))})
    for language, said in (("nl", ("binnen dagen", "nu")), ("en", ("within days", "now"))):
        with override(language):
            (told,) = differences(pack, changed)
        assert [(one.old, one.new) for one in told.fields] == [said]


def test_answers_in_another_order_are_told(pack: Pack) -> None:
    """They are pointed at in that order: nobody publishes another one unseen."""
    card = next(one for one in pack.cards if len(one.answers) > 1)
    turned = card.model_copy(update={"answers": card.answers[::-1]})
    cards = Entries.model_construct(tuple(turned if one is card else one for one in pack.cards))
    (told,) = differences(pack, pack.model_copy(update={"cards": cards}))
    assert (told.entry_id, told.how) == (card.id, How.CHANGED)
    assert f"antwoorden was: {', '.join(one.id for one in card.answers)}" in str(told)


def test_every_kind_and_every_field_has_a_name_for_people() -> None:
    for part in list_parts():
        assert kind_name(part).has("en")
        for name in kind_of(part).model_fields:
            assert name in named_fields(), (part, name)
    assert field_name("answers.yes.text").nl == "antwoorden, yes, tekst"


def test_a_piece_inside_a_field_is_called_by_names_too() -> None:
    assert field_name("definition.guide.acts.0").nl == "begrip, handreiking, handelingen 1"
    assert field_name("definition.guide.acts.0").in_language("en") == "definition, guide, acts 1"


def test_an_entry_is_called_by_what_it_says_in_the_language_of_who_reads(pack: Pack) -> None:
    assert label_of(pack.stages["recruit"]).in_language("en") == "Recruiting"
    assert label_of(pack.trace["S01"]).nl == pack.trace["S01"].statement.nl
    assert label_of(pack.figures["f01"]).nl.startswith("2012: Geregistreerde")
    assert label_of(pack.references["nla"]).in_language("en") == pack.references["nla"].title
