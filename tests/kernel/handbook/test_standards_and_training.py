"""The codes of another standard that a pack carries, and what its practice questions must not give away."""

import pytest

from sluitend.kernel.handbook.pack import Pack


def test_every_code_and_field_of_the_standard_is_there_as_it_spells_them(pack: Pack) -> None:
    assert (len(pack.codes), len(pack.code_fields)) == (164, 84)
    assert all(code.id == f"{code.code_list}.{code.code}" for code in pack.codes)
    assert pack.codes["relationship_to_trafficker.Unaquainted"].label == "Unaquainted"
    assert sum(field.core for field in pack.code_fields) == 40


def test_a_field_names_a_list_that_has_codes(pack: Pack) -> None:
    lists = {code.code_list for code in pack.codes}
    assert {field.code_list for field in pack.code_fields if field.code_list} == lists


def test_nothing_is_matched_to_what_the_standard_has_deprecated(pack: Pack) -> None:
    deprecated = {code.id for code in pack.codes if code.status == "deprecated"}
    assert {code.split(".")[0] for code in deprecated} == {"vulnerabilities"}
    matched = {
        code
        for entries in (pack.forms, pack.indicators, pack.partners, pack.sectors)
        for entry in entries
        for code in entry.exact_match
    }
    assert matched
    assert not matched & deprecated


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_length_of_an_answer_does_not_give_away_the_right_one(pack: Pack, language: str) -> None:
    longest = 0
    for question in pack.training_questions:
        lengths = {answer.key: len(answer.text.in_language(language)) for answer in question.answers}
        assert max(lengths.values()) <= 1.6 * min(lengths.values()), question.id
        longest += lengths[question.right] == max(lengths.values())
    assert longest <= len(pack.training_questions) / 3


def test_every_role_that_trains_has_a_question(pack: Pack) -> None:
    asked = {role for question in pack.training_questions for role in question.roles}
    assert asked == set(pack.training_roles.ids)
