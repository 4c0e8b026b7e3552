"""Every verb of administration asks a right and leaves a line in the ledger, read from the source.

`tests/test_lines.py` presses them; this finds the verb that nobody thought to press.
"""

import ast
from collections.abc import Iterator

from tests.database import ROOT

FOLDER = ROOT / "src" / "sluitend" / "journeys" / "administration"
KERNEL = ROOT / "src" / "sluitend" / "kernel" / "organisations"
RIGHTS, LINES = {"require_role", "require"}, {"record", "record_many"}
WRITES = {
    "create",
    "save",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
PARTS = {
    "as_system": "acts for a while within another verb",
    "check_role": "refuses, and changes nothing",
    "close": "of set_account_active",
    "leave": "what follows from another verb, by the system",
    "offer": "of invite and add_role",
    "return_work": "what follows from another verb, by the system",
    "say_where_nobody_reads": "what follows from another verb, by the system",
    "stop_standing_in": "of hand_over and end_role",
}
"""What takes who acts, and is no verb by itself."""


def functions(*trees: ast.Module) -> Iterator[ast.FunctionDef]:
    for tree in trees:
        yield from (node for node in tree.body if isinstance(node, ast.FunctionDef))


def calls(node: ast.AST) -> set[str]:
    """Return what is called, by its last name."""
    called = [each.func for each in ast.walk(node) if isinstance(each, ast.Call)]
    names = [each.id if isinstance(each, ast.Name) else getattr(each, "attr", "") for each in called]
    return set(names)


def reached(name: str, of: dict[str, set[str]]) -> set[str]:
    """Return all that a function calls, itself or by others of the journey."""
    found, rest = set[str](), [name]
    while rest:
        new = of.get(rest.pop(), set()) - found
        found |= new
        rest += new
    return found


def verbs(*trees: ast.Module) -> set[str]:
    """Return what others call with who acts."""
    return {
        each.name
        for each in functions(*trees)
        if not each.name.startswith("_")
        and "actor" in {argument.arg for argument in (*each.args.args, *each.args.kwonlyargs)}
    }


def lacking(actions: list[ast.Module], queries: list[ast.Module]) -> dict[str, set[str]]:
    """Return the verbs that ask no right, or leave no line."""
    of: dict[str, set[str]] = {}
    for each in functions(*actions, *queries):
        of.setdefault(each.name, set()).update(calls(each))
    return {
        verb: missing
        for verb in verbs(*actions)
        if (missing := {str(min(need)) for need in (RIGHTS, LINES) if not need & reached(verb, of)})
    }


def trees(folder: str) -> list[ast.Module]:
    return [ast.parse(file.read_text()) for file in sorted((FOLDER / folder).glob("*.py"))]


def test_each_verb_asks_a_right_and_leaves_a_line() -> None:
    actions = trees("actions")
    assert lacking(actions, trees("queries")).keys() - PARTS.keys() == set()
    assert PARTS.keys() - verbs(*actions) == set(), "is there no more"
    assert len(verbs(*actions)) > 25


def test_a_verb_that_lacks_one_is_found() -> None:
    source = """
def silent(*, actor):
    require_role(actor, X)

def open_to_all(actor):
    _note(actor)

def _note(actor):
    record(actor=actor)
"""
    assert lacking([ast.parse(source)], []) == {"silent": {"record"}, "open_to_all": {"require"}}


def test_the_kernel_changes_nothing_of_who_works_where() -> None:
    """It says who works where; a page that would change that needs a right, and a line."""
    writing = {
        file.name
        for file in KERNEL.glob("*.py")
        if file.name != "rls.py" and calls(ast.parse(file.read_text())) & WRITES
    }
    assert writing == set()
