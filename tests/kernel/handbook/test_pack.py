"""Lookups on the pack: indicators for a role, partners for an area, municipalities for a place."""

from datetime import date
from random import Random
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.packs import FOLDER

from sluitend.kernel.handbook import territory
from sluitend.kernel.handbook.entries import Text, UnknownEntry
from sluitend.kernel.handbook.handling import OTHER_REASON, Term, Unit
from sluitend.kernel.handbook.loading import load_pack
from sluitend.kernel.handbook.pack import Pack


def test_a_text_falls_back_to_english_and_then_to_dutch() -> None:
    both, dutch = Text({"nl": "Melding", "en": "Report"}), Text({"nl": "Melding"})
    assert both.in_language("pl") == "Report"
    assert dutch.in_language("pl") == "Melding"
    assert not both.has("pl")


def test_a_pack_is_frozen(pack: Pack) -> None:
    with pytest.raises(ValidationError):
        pack.indicator("ALG-01").category = "werk"


def test_equal_packs_have_the_same_digest_and_a_changed_pack_another(pack: Pack) -> None:
    again = Pack.model_validate_json(pack.canonical_json())
    assert again == pack
    assert again.digest == pack.digest
    changed = again.description.model_copy(update={"version": "2.0"})
    assert again.model_copy(update={"description": changed}).digest != pack.digest


def test_an_unknown_id_is_refused(pack: Pack) -> None:
    with pytest.raises(UnknownEntry):
        pack.indicator("ALG-99")


def test_the_likeliest_indicators_of_a_role_come_first(pack: Pack) -> None:
    for role in pack.roles:
        first = [indicator.id for indicator in pack.indicators_for(role.id)[:8]]
        assert first == list(role.likeliest)
        assert len(first) == 8


def test_every_indicator_stays_within_reach_of_every_role(pack: Pack) -> None:
    assert len(pack.indicators_for("brp")) == len(pack.indicators)
    assert len(pack.indicators_for(None)) == len(pack.indicators)


def test_indicators_for_a_form_hold_those_of_all_forms(pack: Pack) -> None:
    found = pack.indicators_for("ggd", "seksuele_uitbuiting")
    assert pack.indicator("ALG-01") in found
    assert pack.indicator("SEK-18") in found
    assert pack.indicator("ARB-01") not in found


def test_indicators_without_innocent_explanation_say_so(pack: Pack) -> None:
    assert sum(indicator.innocent is None for indicator in pack.indicators) == 16


def test_roles_with_a_meldcode_read_that_a_report_does_not_replace_it(pack: Pack) -> None:
    bound = {role.id for role in pack.roles if role.meldcode == "yes"}
    assert bound == {"wmo", "jeugd", "ggd", "zorg", "school", "opvang"}
    assert pack.meldcode_sentence.in_language("en").startswith("Your report here does not replace")
    assert pack.name_promise.nl == "Wij noemen uw naam niet. Een rechter kan meer vragen."


def test_the_public_sees_confirmed_numbers_only(pack: Pack) -> None:
    public = {line.id for line in pack.public_help_lines()}
    assert "112" in public
    assert not public & {"shop", "fairwork", "fier", "lkha", "juridisch_loket", "slachtofferhulp"}


@pytest.mark.parametrize(
    ("work", "subregion", "partner"),
    [
        ("client_support", "haaglanden", "shop"),
        ("client_support", "hollands_midden", "leger_des_heils"),
        ("care_coordination", "hollands_midden", "shop"),
        ("veilig_thuis", "haaglanden", "vt_haaglanden"),
        ("veilig_thuis", "hollands_midden", "vt_hollands_midden"),
        ("zvh_haaglanden", "hollands_midden", "zvh_hollands_midden"),
        ("nidos", "haaglanden", "nidos"),
        ("avim", None, "avim"),
    ],
)
def test_work_goes_to_the_partner_of_the_area(
    pack: Pack, work: str, subregion: str | None, partner: str
) -> None:
    found = pack.partner_for(work, subregion)
    assert found
    assert found.id == partner


def test_a_partner_that_does_not_work_in_the_area_is_not_found(pack: Pack) -> None:
    assert pack.partner_for("dehaven", "hollands_midden") is None
    assert pack.partner_for("nobody", "haaglanden") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Den Haag", "GM0518"),
        ("'s-Gravenhage", "GM0518"),
        ("’s-gravenzande", "GM1783"),
        ("Tuinderspad 12 a, De Lier", "GM1783"),
        ("loods achter de kas in de lier", "GM1783"),
        ("2678 AB", "GM1783"),
        ("2678", "GM1783"),
        ("Stationsplein 1, 2801AB", "GM0513"),
        ("Haagweg 10 Leiden", "GM0546"),
        ("Leiderdorp", "GM0547"),
        ("Hoofdstraat 1, Monster", "GM1783"),
        ("Krimpenerwaard", "GM1931"),
        ("Nieuwerkerk aan den IJssel", "GM1892"),
    ],
)
def test_a_place_leads_to_its_municipality(pack: Pack, text: str, code: str) -> None:
    found = pack.municipality_for_place(text)
    assert found
    assert found.id == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Amsterdam",
        "3011 AB Rotterdam",
        "Langestraat 2201, Amersfoort",
        "een monster van een loods",
        "in het noorden van het land",
        "Delftse Hof",
    ],
)
def test_what_is_no_place_of_the_region_is_not_found(pack: Pack, text: str) -> None:
    assert pack.municipality_for_place(text) is None


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Tuinderspad 12 a, De Lier", "De Lier"),
        ("Laan van Meerdervoort 10, Den Haag", "Den Haag"),
        ("Stille Veerkade 3, 's-Gravenhage", "'s-Gravenhage"),
        ("Lozerlaan 5, Den Haag Zuidwest", "Den Haag Zuidwest"),
        ("Delftsestraatweg 7, Naaldwijk", "Naaldwijk"),
        ("Hoek 4, 2611 AB", "Delft"),
        ("Delftseweg 9", None),
        ("een loods", None),
        ("", None),
    ],
)
def test_a_town_is_named_as_it_was_typed_and_never_by_its_street(
    pack: Pack, text: str, town: str | None
) -> None:
    assert pack.town_in(text) == town


@given(text=st.text(max_size=200))
def test_any_text_is_a_place_or_not_but_never_an_error(pack: Pack, text: str) -> None:
    found = pack.municipality_for_place(text)
    assert found is None or found in pack.municipalities.root


def test_every_place_leads_to_its_municipality_by_name_and_by_position(pack: Pack) -> None:
    for place in pack.places:
        named = pack.municipality_for_place(place.name)
        near = pack.municipality_near(place.latitude, place.longitude)
        assert named
        assert near
        assert named.id == near.id == place.municipality


def test_a_text_is_laid_beside_names_that_were_made_plain_before(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack.municipality_for_place("De Lier")
    made = Mock(wraps=territory.normalise)
    monkeypatch.setattr(territory, "normalise", made)
    assert pack.municipality_for_place("kas in de lier")
    made.assert_called_once_with("kas in de lier")


def test_a_phone_far_from_every_place_finds_nothing(pack: Pack) -> None:
    assert pack.municipality_near(52.3702, 4.8952) is None
    assert pack.municipality_near(0.0, 0.0) is None


def test_all_27_municipalities_have_a_cbs_code(pack: Pack) -> None:
    assert all(code.startswith("GM") and len(code) == 6 for code in pack.municipalities.ids)
    haaglanden = [one for one in pack.municipalities if one.subregion == "haaglanden"]
    assert len(haaglanden) == 9


def test_an_entry_holds_between_its_dates(pack: Pack) -> None:
    wgs = pack.bases["wgs"]
    assert not wgs.valid_on(date(2025, 2, 28))
    assert wgs.valid_on(date(2025, 3, 1))


def test_danger_is_at_once_and_a_minor_the_same_day(pack: Pack) -> None:
    weigh = pack.deadlines["weigh"]
    assert weigh.term_for(acute=True, minor=True).unit is Unit.AT_ONCE
    assert weigh.term_for(minor=True).unit is Unit.SAME_DAY
    assert weigh.term_for() == Term(unit=Unit.WORKING_DAYS, amount=3)


def test_a_promise_or_a_second_step_does_not_hurry(pack: Pack) -> None:
    assert pack.deadlines["tell_reporter"].term_for(acute=True) == Term(unit=Unit.WORKING_DAYS, amount=20)
    assert pack.deadlines["second_eyes"].term_for(acute=True).unit is Unit.SAME_DAY


def test_no_retention_term_claims_to_be_confirmed(pack: Pack) -> None:
    assert not any(term.confirmed for term in pack.retention)


@pytest.mark.parametrize("folder", ["eenheid-den-haag", "voorbeeld"])
def test_what_is_weak_is_never_kept_longer_than_what_went_on(folder: str) -> None:
    terms = load_pack(FOLDER.parent / folder).retention
    from_weak = ("passed_on", "unfounded", "not_enough", "help", "handed_over", "measure")
    kept = [terms[each].months or 0 for each in from_weak]
    assert kept == sorted(kept)


def test_acting_against_a_wish_always_asks_a_sentence(pack: Pack) -> None:
    grounds = pack.reason_list("against_wish")
    assert all(reason.asks_sentence for reason in grounds)
    assert [reason.id for reason in grounds][:4] == ["danger", "minor", "others_at_risk", "incapacity"]
    assert grounds.reasons[-1].id == OTHER_REASON


def test_help_taken_and_help_declined_tell_the_reporter_the_same(pack: Pack) -> None:
    assert pack.outcomes["help_accepted"].to_reporter == pack.outcomes["help_offered"].to_reporter


def test_the_sources_that_may_not_be_used_say_why(pack: Pack) -> None:
    forbidden = [source for source in pack.sources if source.allowed == "no"]
    assert {source.id for source in forbidden} == {"suwinet", "police", "bibob_file", "ubo", "entering_home"}
    assert all(source.reason_not and not source.questions for source in forbidden)


def test_a_case_name_is_made_of_neutral_words(pack: Pack) -> None:
    names = pack.case_names.propose(Random(7), count=5)  # noqa: S311 - a name, not a secret
    assert len(set(names)) == 5
    assert all(name.split()[0] in pack.case_names.kinds for name in names)


@pytest.mark.parametrize(
    "word",
    ["mensenhandel", "slachtoffer", "uitbuiting", "dader", "verdachte", "prostitutie", "politie", "illegaal",
     "trafficking", "victim", "exploitation", "police", "illegal"],
)  # fmt: skip
def test_public_texts_hold_no_telling_word(pack: Pack, word: str) -> None:
    for entry in (*pack.public_texts, *pack.self_check):
        assert word not in " ".join(entry.text.root.values()).casefold()


def test_a_text_about_residence_waits_for_a_person(pack: Pack) -> None:
    blocked = [text for text in pack.public_texts if text.blocked_by]
    assert {text.id for text in blocked} == {"r8", "r10", "r22"}
    assert all(text.legal and not text.confirmed for text in blocked)
    assert pack.blocks["BLK-VERBLIJF"].lifted is None
    assert pack.public_texts[pack.blocks["BLK-VERBLIJF"].instead].confirmed


def test_nobody_may_is_said_only_of_what_the_state_may_not_do_either(pack: Pack) -> None:
    assert [each.id for each in pack.public_texts if "niemand mag" in each.text.nl.casefold()] == ["r14"]


def test_the_amount_of_the_wage_ends_and_the_text_does_not_name_it(pack: Pack) -> None:
    wage = pack.public_texts["r3"]
    assert wage.amount is not None
    assert not wage.amount.shown_on(date(2026, 11, 27)), "nobody has read the scheme itself"
    read = wage.amount.model_copy(update={"confirmed": True})
    assert read.shown_on(date(2026, 12, 31))
    assert not read.shown_on(date(2027, 1, 1))
    assert not any(figure in wage.text.nl for figure in "0123456789")


def test_a_card_has_answers_and_asks_for_no_name_country_or_stay(pack: Pack) -> None:
    for card in pack.cards:
        assert card.answers
        words = " ".join((card.text.nl, *(answer.text.nl for answer in card.answers))).casefold()
        assert not any(word in words for word in ("uw naam", "land", "verblijf", "geloof"))


def test_the_public_sees_no_unconfirmed_point_and_no_example_from_elsewhere(pack: Pack) -> None:
    public = {point.id for point in pack.points if point.public}
    assert public == {"bus_dh", "fairwork", "shop", "leger", "vt", "barka"}


def test_a_line_that_is_said_to_answer_day_and_night_says_when(pack: Pack) -> None:
    for line in pack.help_lines:
        if line.hours.nl == "dag en nacht":
            assert line.open[0].days == (1, 2, 3, 4, 5, 6, 7)
            assert line.open_confirmed


def test_a_definition_has_the_guide_and_the_law_side_by_side_in_two_languages(pack: Pack) -> None:
    defined = [form for form in pack.forms if form.definition]
    assert {form.id for form in defined} == {
        "arbeidsuitbuiting",
        "seksuele_uitbuiting",
        "criminele_uitbuiting",
    }
    for form in defined:
        assert form.definition is not None
        guide, law = form.definition.guide, form.definition.law
        assert guide.confirmed
        assert not law.confirmed
        control = "de controle over iemand wisselen of overdragen"
        acts = {"werven", "vervoeren", "overbrengen", "opnemen", "huisvesten", control}
        assert {act.nl for act in law.acts} == acts
        assert len(law.means) == 9
        assert (guide.checked_on, law.checked_on) == (date(2026, 11, 25), date(2026, 11, 27))
        for side in (guide, law):
            assert side.source
            assert all(words.has("en") for words in (side.aim, *side.acts, *side.means, *side.also))
