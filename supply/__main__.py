"""`python -m supply sbom | audit | licences`: see the Makefile."""

import argparse
import os
import sys
from pathlib import Path

from supply import audit, licences, sbom

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Run one of the commands and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m supply", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("sbom", help="write the list of parts in CycloneDX")
    listing.add_argument("--out", type=Path, default=ROOT / "build" / "sbom.cdx.json")
    checking = commands.add_parser("audit", help="check the locked versions against a list in OSV format")
    checking.add_argument(
        "--list",
        type=Path,
        default=os.environ.get("SLUITEND_VULNERABILITIES") or None,
        help="a file, folder or zip (SLUITEND_VULNERABILITIES)",
    )
    writing = commands.add_parser("licences", help="write docs/licences.md")
    writing.add_argument("--check", action="store_true", help="only say whether it is right")
    arguments = parser.parse_args()
    if arguments.command == "sbom":
        return sbom.write(arguments.out)
    if arguments.command == "audit":
        return audit.report(arguments.list)
    return licences.report(check=arguments.check)


if __name__ == "__main__":
    sys.exit(main())
