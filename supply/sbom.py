"""The list of parts, in CycloneDX. The same lock files give the same bytes: no clock, host or random id."""

import base64
import hashlib
import json
from pathlib import Path
from uuid import UUID

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from supply.licences import licence_of
from supply.locked import Package, packages

SCHEMA = SchemaVersion.V1_6
SHA512 = "sha512-"


def component(package: Package) -> Component:
    """Return a package as a component."""
    hashes = []
    if package.integrity.startswith(SHA512):
        digest = base64.b64decode(package.integrity.removeprefix(SHA512)).hex()
        hashes.append(HashType(alg=HashAlgorithm.SHA_512, content=digest))
    licence = licence_of(package)
    return Component(
        type=ComponentType.LIBRARY,
        name=package.name,
        version=package.version,
        bom_ref=package.purl,
        purl=PackageURL.from_string(package.purl),
        scope=ComponentScope.REQUIRED if package.runs else ComponentScope.EXCLUDED,
        licenses=[LicenseExpression(licence)] if licence else [],
        hashes=hashes,
    )


def listing(found: list[Package], version: str) -> str:
    """Return the list as JSON.

    Args:
        found: the packages.
        version: of the product.
    """
    seed = hashlib.sha256("\n".join(each.purl for each in found).encode()).digest()[:16]
    bom = Bom(serial_number=UUID(bytes=seed, version=4))
    product = Component(
        type=ComponentType.APPLICATION,
        name="sluitend",
        version=version,
        bom_ref="sluitend",
        licenses=[LicenseExpression("EUPL-1.2")],
    )
    bom.metadata.component = product
    components = [component(each) for each in found]
    bom.components.update(components)
    bom.register_dependency(product, [each for each in components if each.scope is ComponentScope.REQUIRED])
    written = json.loads(make_outputter(bom, OutputFormat.JSON, SCHEMA).output_as_string())
    written["metadata"].pop("timestamp", None)
    return json.dumps(written, indent=1, sort_keys=True) + "\n"


def problem(text: str) -> str:
    """Return what the published schema has against a list; empty when nothing."""
    found = JsonStrictValidator(SCHEMA).validate_str(text)
    return "" if found is None else str(found)


def write(place: Path) -> int:
    """Write the list and return the exit status."""
    from importlib.metadata import version

    found = packages()
    text = listing(found, version("sluitend"))
    if wrong := problem(text):
        print(wrong)
        return 1
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    print(f"{place}: {len(found)} packages")
    return 0
