"""The manual is a press away, with the part of one's own role first."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.safestring import SafeString

from sluitend.kernel.organisations.models import Role
from sluitend.surfaces.desk.manual import EVERYBODY, OF_ROLE, Block, _blocks, parts, parts_for

PAGE = "/werk/hulp/"
MOST_FOLDS = 26
"""As many as `tests/browser/test_manual.py` saw to fit in three screens of a phone."""


def test_every_role_has_a_part_of_its_own() -> None:
    titles = {part.title for part in parts()}
    assert set(OF_ROLE) == set(Role)
    assert {EVERYBODY, *OF_ROLE.values()} == titles


def test_who_has_two_roles_reads_both_parts() -> None:
    own, others = parts_for(frozenset({Role.MANAGER, Role.REPORTER}))
    assert [part.title for part in own] == [EVERYBODY, "Melder", "Leidinggevende"]
    assert {part.title for part in others} == set(OF_ROLE.values()) - {"Melder", "Leidinggevende"}


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("een\ntwee", [Block(("een twee",))]),
        ("**Kop** en `code`", [Block(('<strong>Kop</strong> en <code class="sl-code">code</code>',))]),
        ("*schuin* 2 * 3", [Block(("<em>schuin</em> 2 * 3",))]),
        ("<b>&[x](y.md)", [Block(("&lt;b&gt;&amp;x",))]),
        ("Eerst\n1. een\n   nog\n2. twee", [Block(("Eerst",)), Block(("een nog", "twee"), True, True)]),
        ("- een\n- twee\n\ndrie", [Block(("een", "twee"), True), Block(("drie",))]),
        (
            "1. een\n   - of dit\n   - of\n     dat\n2. twee",
            [Block(("een<ul><li>of dit</li><li>of dat</li></ul>", "twee"), True, True)],
        ),
        ("- een\ndaarna", [Block(("een",), True), Block(("daarna",))]),
    ],
)
def test_the_few_forms_of_the_manual_are_read_and_nothing_else_runs(text: str, blocks: list[Block]) -> None:
    found = [*_blocks(text)]
    assert found == blocks
    assert all(isinstance(line, SafeString) for block in found for line in block.lines)


def test_no_part_is_long_before_a_fold_is_opened() -> None:
    for part in parts():
        assert part.folds, part.title
        assert len(part.folds) <= MOST_FOLDS, part.title
        assert sum(len(line) for block in part.blocks for line in block.lines) < 800, part.title


def test_each_fold_has_an_address_of_its_own() -> None:
    addresses = [part.id for part in parts()] + [fold.id for part in parts() for fold in part.folds]
    assert "aandachtsfunctionaris-en-vervanger-doorzetten" in addresses
    assert len(addresses) == len(set(addresses))
    assert all(fold.blocks for part in parts() for fold in part.folds)


@pytest.mark.django_db
def test_the_manual_opens_at_the_own_role(region: object, client_for: Callable[[str], Client]) -> None:
    client = client_for("af@westland.example")
    text = client.get(PAGE).text
    assert text.index(">Aandachtsfunctionaris en vervanger</summary>") < text.index('id="anderen"')
    assert text.index('id="anderen"') < text.index(">Regiocoördinator</summary>")
    assert 'id="woord-abu"' in text
    assert '<summary>Doorzetten</summary><div id="aandachtsfunctionaris-en-vervanger-doorzetten">' in re.sub(
        r">\s+<", "><", text
    )
    assert f'href="{PAGE}"' in client.get("/werk/").text


@pytest.mark.django_db
def test_who_reads_english_reads_the_manual_in_english(
    region: object, client_for: Callable[[str], Client]
) -> None:
    client = client_for("af@westland.example")
    client.post("/taal/", {"language": "en", "next": PAGE})
    english = client.get(PAGE).text
    assert english.index(">Focal point and deputy</summary>") < english.index('id="anderen"')
    assert "<summary>Refer" in english
    assert 'id="aandachtsfunctionaris-en-vervanger-doorzetten"' in english
    assert "Aandachtsfunctionaris en vervanger" not in english


def test_an_unknown_language_reads_the_dutch_manual() -> None:
    assert parts_for(frozenset({Role.MANAGER}), "pl") == parts_for(frozenset({Role.MANAGER}))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "address", "word"),
    [
        ("af@westland.example", "/werk/vrijgeven/wachtverzoeken/", "wachtverzoek"),
        ("nla@arbeidsinspectie.example", "/werk/wachtverzoeken/", "wachtverzoek"),
    ],
)
def test_what_a_word_of_the_work_means_stands_beside_it(
    region: object, client_for: Callable[[str], Client], who: str, address: str, word: str
) -> None:
    assert f'Wat betekent "{word}"?' in client_for(who).get(address).text
