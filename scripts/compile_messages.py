"""Compile every .po file to the .mo file beside it; no gettext tools needed."""

from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Compile the translations of the project."""
    for folder in (ROOT / "locale", ROOT / "src"):
        for source in folder.rglob("*.po"):
            polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))


if __name__ == "__main__":
    main()
