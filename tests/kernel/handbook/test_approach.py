"""What the pack says a municipality can do: measures, lists and figures."""

from collections import Counter
from datetime import date

from sluitend.kernel.handbook.approach import Carrier
from sluitend.kernel.handbook.pack import Pack


def test_every_heading_of_the_guide_has_a_measure(pack: Pack) -> None:
    assert {measure.heading for measure in pack.measures} == set(pack.headings.ids)


def test_a_small_municipality_starts_with_twelve_measures_that_it_carries_itself(pack: Pack) -> None:
    starters = [measure for measure in pack.measures if measure.starter]
    assert len(starters) == 12
    assert {measure.carried_by for measure in starters} == {Carrier.MUNICIPALITY}


def test_the_region_carries_what_a_municipality_does_not(pack: Pack) -> None:
    carriers = [measure.carried_by for measure in pack.measures]
    assert carriers.count(Carrier.MUNICIPALITY) == 30
    assert carriers.count(Carrier.REGION) == 56


def test_a_claim_of_the_guide_is_not_confirmed_and_stands_beside_something(pack: Pack) -> None:
    for claim in pack.claims:
        assert not claim.confirmed
        assert claim.figures or claim.registers


def test_no_figure_or_list_tells_people_apart_by_where_they_come_from(pack: Pack) -> None:
    words = " ".join(
        text.nl.casefold()
        for texts in (
            *((one.what, one.note) for one in pack.figures),
            *((one.purpose, *one.fields) for one in pack.registers),
        )
        for text in texts
        if text
    )
    for word in ("nationaliteit", "afkomst", "nederlandse slachtoffers", "land van"):
        assert word not in words


def test_every_form_has_barriers_and_the_forms_of_the_guide_most(pack: Pack) -> None:
    count = Counter(barrier.form for barrier in pack.barriers)
    assert set(count) == set(pack.forms.ids)
    assert min(count.values()) >= 2
    assert all(count[form.id] >= 4 for form in pack.forms if form.definition)


def test_a_barrier_says_what_to_see_whom_to_call_and_what_to_use(pack: Pack) -> None:
    for barrier in pack.barriers:
        assert barrier.indicators
        assert barrier.partners
        assert barrier.instruments
        assert barrier.measures
        assert all(pack.indicator(one).fits(barrier.form) for one in barrier.indicators)


def test_every_instrument_stands_with_a_barrier_and_names_who_may_use_it(pack: Pack) -> None:
    used = {one for barrier in pack.barriers for one in barrier.instruments}
    assert used == set(pack.instruments.ids)
    assert all(instrument.holders and instrument.review_by for instrument in pack.instruments)


def test_admission_of_agencies_does_not_hold_before_2027(pack: Pack) -> None:
    admission = pack.instruments["agency_admission"]
    assert not admission.confirmed
    assert not admission.valid_on(date(2026, 12, 31))
    assert admission.valid_on(date(2027, 1, 1))


def test_there_is_one_page_for_each_kind_of_reader_with_numbers_that_the_public_may_see(pack: Pack) -> None:
    public = {line.id for line in pack.public_help_lines()}
    assert sorted(page.audience for page in pack.reader_pages) == ["employers", "hosts", "residents"]
    for page in pack.reader_pages:
        named = [line for section in page.sections for line in section.help_lines]
        assert page.confirmed
        assert named[0] == "112"
        assert set(named) <= public


def test_a_reader_page_promises_no_more_than_the_one_sentence_about_the_name(pack: Pack) -> None:
    for page in pack.reader_pages:
        lines = [line.nl for section in page.sections for line in section.lines]
        assert pack.name_promise.nl in lines
        assert not any(
            word in line for line in lines for word in ("geheim", "veilig blijft", "vertrouwelijk")
        )


def test_the_guides_partners_stand_on_its_sheets(pack: Pack) -> None:
    on = {
        sheet: {partner.id for partner in pack.partners if sheet in partner.sheets}
        for sheet in ("intern", "seksuele_uitbuiting", "hulp")
    }
    houses = {"zvh_haaglanden", "zvh_hollands_midden"}
    assert on["intern"] == houses | {"shop", "leger_des_heils", "avim", "arbeidsinspectie", "riec", "heit"}
    assert on["seksuele_uitbuiting"] == houses | {
        "shop", "heit", "comensha", "ggd_haaglanden", "ggd_hollands_midden", "rsiv",
    }  # fmt: skip
    assert on["hulp"] == {"shop", "leger_des_heils", "comensha"}
