"""What the product is built from: a list of parts, licences that fit, and versions that nobody warns of."""

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from supply.audit import Finding, findings, load
from supply.locked import Package, npm_packages, packages, python_packages
from tests.database import ROOT

from supply import audit, licences, sbom


def test_every_locked_package_is_found_once() -> None:
    found = packages()
    assert len({(each.ecosystem, each.name, each.version) for each in found}) == len(found)
    by_name = {each.name: each for each in found}
    assert by_name["django"].runs
    assert by_name["psycopg"].version in (ROOT / "requirements" / "app.txt").read_text()
    assert not by_name["pytest"].runs
    assert by_name["@utrecht/root-css"].runs
    assert not by_name["esbuild"].runs
    assert by_name["@utrecht/root-css"].purl.startswith("pkg:npm/%40utrecht/root-css@")
    locked = (ROOT / "requirements" / "app.txt").read_text().count("==")
    assert sum(each.runs for each in python_packages()) >= locked - 3


def test_the_list_of_parts_is_valid_and_the_same_each_time() -> None:
    found = packages()
    text = sbom.listing(found, "1.0")
    assert sbom.problem(text) == ""
    assert sbom.listing(list(reversed(found)), "1.0") == sbom.listing(list(reversed(found)), "1.0")
    assert text == sbom.listing(packages(), "1.0")
    written = json.loads(text)
    assert len(written["components"]) == len(found)
    assert "timestamp" not in written["metadata"]
    assert "://" not in json.dumps(written["components"])


def test_a_wrong_list_of_parts_is_seen() -> None:
    written = json.loads(sbom.listing(packages()[:3], "1.0"))
    written["components"][0]["type"] = "nothing"
    assert sbom.problem(json.dumps(written))


def test_every_licence_is_known_and_fits() -> None:
    assert licences.misfits(packages()) == []


def test_the_page_of_licences_is_of_these_versions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert licences.report(check=True) == 0
    (tmp_path / "old.md").write_text("# Licences\n")
    assert licences.report(check=True, place=tmp_path / "old.md") == 1
    assert "make licences" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("expression", "runs", "builds"),
    [
        ("MIT", True, True),
        ("Apache-2.0 OR GPL-2.0-only", True, True),
        ("MIT AND GPL-3.0-or-later", False, True),
        ("MIT AND (GPL-2.0-only OR BSD-3-Clause)", True, True),
        ("GPL-3.0-or-later", False, True),
        ("AGPL-3.0-only", False, False),
        ("Proprietary", False, False),
        ("", False, False),
    ],
)
def test_a_licence_fits_by_what_it_leaves_to_choose(expression: str, runs: bool, builds: bool) -> None:
    assert licences.fits(expression, licences.MAY_RUN) is runs
    assert licences.fits(expression, licences.MAY_BUILD) is builds


def advisory(ecosystem: str = "PyPI", name: str = "django", **affected: Any) -> dict[str, Any]:
    return {
        "id": "GHSA-test",
        "summary": "iets",
        "affected": [{"package": {"ecosystem": ecosystem, "name": name}, **affected}],
    }


def events(*pairs: tuple[str, str], kind: str = "ECOSYSTEM") -> dict[str, Any]:
    return {"ranges": [{"type": kind, "events": [{what: at} for what, at in pairs]}]}


@pytest.mark.parametrize(
    ("version", "affected", "named"),
    [
        ("5.2.7", events(("introduced", "5.2"), ("fixed", "5.2.8")), True),
        ("5.2.8", events(("introduced", "5.2"), ("fixed", "5.2.8")), False),
        ("5.1.20", events(("introduced", "5.2"), ("fixed", "5.2.8")), False),
        ("5.2.10", events(("introduced", "0"), ("fixed", "5.2.9")), False),
        ("6.0", events(("introduced", "0")), True),
        ("5.2.8rc1", events(("introduced", "5.2"), ("fixed", "5.2.8")), True),
        ("5.2.8", events(("introduced", "0"), ("last_affected", "5.2.8")), True),
        ("5.2.9", events(("introduced", "0"), ("last_affected", "5.2.8")), False),
        (
            "4.5",
            events(("introduced", "0"), ("fixed", "4.2"), ("introduced", "5.0"), ("fixed", "5.1")),
            False,
        ),
        ("5.0", events(("introduced", "5.0"), ("fixed", "5.1"), ("introduced", "0"), ("fixed", "4.2")), True),
        ("1.0", {"versions": ["1.0", "1.1"]}, True),
        ("1.2", {"versions": ["1.0", "1.1"]}, False),
        ("1.0", events(("introduced", "0"), kind="GIT"), False),
    ],
)
def test_a_version_of_python_is_compared_as_pip_does(
    version: str, affected: dict[str, Any], named: bool
) -> None:
    found = findings([Package("PyPI", "django", version)], [advisory(**affected)])
    assert bool(found) is named


@pytest.mark.parametrize(
    ("version", "pairs", "named"),
    [
        ("0.24.9", (("introduced", "0"), ("fixed", "0.25.0")), True),
        ("0.25.0", (("introduced", "0"), ("fixed", "0.25.0")), False),
        ("0.25.0-rc.1", (("introduced", "0"), ("fixed", "0.25.0")), True),
        ("1.0.0-alpha.2", (("introduced", "1.0.0-alpha.10"),), False),
        ("1.0.0-alpha.11", (("introduced", "1.0.0-alpha.10"),), True),
        ("10.0.0", (("introduced", "9.0.0"),), True),
    ],
)
def test_a_version_of_npm_is_compared_as_npm_does(
    version: str, pairs: tuple[tuple[str, str], ...], named: bool
) -> None:
    listed = advisory("npm", "esbuild", **events(*pairs, kind="SEMVER"))
    assert bool(findings([Package("npm", "esbuild", version)], [listed])) is named


def test_names_are_compared_as_their_registry_does() -> None:
    everything = events(("introduced", "0"))
    own = [Package("PyPI", "typing-extensions", "1.0"), Package("npm", "Typing_Extensions", "1.0.0")]
    assert [
        each.package.ecosystem for each in findings(own, [advisory(name="Typing_Extensions", **everything)])
    ] == ["PyPI"]
    assert (
        findings(own, [{**advisory(name="typing-extensions", **everything), "withdrawn": "2026-01-01"}]) == []
    )


def test_a_list_may_be_a_file_a_folder_or_a_zip(tmp_path: Path) -> None:
    one = advisory(**events(("introduced", "0")))
    (tmp_path / "folder" / "deep").mkdir(parents=True)
    (tmp_path / "folder" / "deep" / "a.json").write_text(json.dumps(one))
    (tmp_path / "list.json").write_text(json.dumps([one]))
    (tmp_path / "vulns.json").write_text(json.dumps({"vulns": [one]}))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("GHSA-test.json", json.dumps(one))
    for name in ("folder", "list.json", "vulns.json", "all.zip"):
        assert load(tmp_path / name) == [one], name
    (tmp_path / "other.json").write_text(json.dumps({"name": "something else"}))
    with pytest.raises(ValueError, match="OSV"):
        load(tmp_path / "other.json")


def test_what_was_accepted_holds_until_its_date(tmp_path: Path) -> None:
    place = tmp_path / "accepted.toml"
    entry = {"id": '"GHSA-test"', "package": '"django"', "until": "2026-12-31", "reason": '"nooit"'}
    place.write_text("[[accepted]]\n" + "\n".join(f"{name} = {text}" for name, text in entry.items()))
    assert audit.accepted(date(2026, 12, 31), place) == {("GHSA-test", "django"): "nooit"}
    assert audit.accepted(date(2027, 1, 1), place) == {}


def test_without_a_list_nothing_is_called_safe(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.report(None) == 2
    assert "SLUITEND_VULNERABILITIES" in capsys.readouterr().out


def test_a_list_that_names_other_versions_leaves_nothing_to_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    never = events(("introduced", "0"), ("fixed", "0.0.2"), kind="SEMVER")
    listed = advisory("npm", "@utrecht/root-css", **never)
    (tmp_path / "list.json").write_text(json.dumps(listed))
    assert audit.report(tmp_path / "list.json") == 0
    assert "0 to mend" in capsys.readouterr().out


def test_a_version_that_is_named_makes_the_audit_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = next(each for each in npm_packages() if each.name == "@utrecht/root-css")
    listed = advisory("npm", "@utrecht/root-css", **events(("introduced", "0"), kind="SEMVER"))
    (tmp_path / "list.json").write_text(json.dumps(listed))
    assert audit.report(tmp_path / "list.json") == 1
    assert Finding(named, "GHSA-test", "iets").sentence() in capsys.readouterr().out
    assert audit.report(tmp_path / "nothing.json") == 2
