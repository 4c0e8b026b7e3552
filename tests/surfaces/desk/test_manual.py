"""The manual is a press away, with the part of one's own role first."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.safestring import SafeString

from sluitend.kernel.organisations.models import Role
from sluitend.surfaces.desk.manual import EVERYBODY, OF_ROLE, Block, _blocks, parts, parts_for

PAGE = "/werk/hulp/"


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
        ("- een\ndaarna", [Block(("een",), True), Block(("daarna",))]),
    ],
)
def test_the_few_forms_of_the_manual_are_read_and_nothing_else_runs(text: str, blocks: list[Block]) -> None:
    found = [*_blocks(text)]
    assert found == blocks
    assert all(isinstance(line, SafeString) for block in found for line in block.lines)


@pytest.mark.django_db
def test_the_manual_opens_at_the_own_role(region: object, client_for: Callable[[str], Client]) -> None:
    client = client_for("af@westland.example")
    text = client.get(PAGE).text
    assert text.index(">Aandachtsfunctionaris en vervanger</summary>") < text.index('id="anderen"')
    assert text.index('id="anderen"') < text.index(">Regiocoördinator</summary>")
    assert 'id="woord-abu"' in text
    assert f'href="{PAGE}"' in client.get("/werk/").text


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
