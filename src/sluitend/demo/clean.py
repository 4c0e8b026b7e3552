"""Throw away the data of a demonstration."""

import shutil
from argparse import Namespace

from sluitend.cli import environment
from sluitend.cli.errors import CommandError
from sluitend.demo import embedded
from sluitend.demo.embedded.places import choose_folder


def clean(arguments: Namespace) -> int:
    """Remove the data folder of the demonstration; never one with real data, never one in use."""
    data = environment.data_folder()
    if not data.exists():
        print("Er zijn geen gegevens.")
        return 0
    if not environment.is_demo(data):
        raise CommandError(f"{data} is niet van een demonstratie en blijft dus staan.")
    with embedded.hold(data):
        place = choose_folder(data)
        for folder in (place.socket, place.folder, data):
            shutil.rmtree(folder, ignore_errors=True)
    print("De gegevens van de demonstratie zijn weg.")
    return 0
