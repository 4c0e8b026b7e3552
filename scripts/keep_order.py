"""Put a catalogue in the order that it had before, what is new after its neighbour in the code.

keep_order.py BEFORE CATALOGUE
"""

import sys

import polib


def main(before: str, after: str) -> None:
    """Write the second catalogue again, in the order of the first."""
    place = {(each.msgctxt, each.msgid): number for number, each in enumerate(polib.pofile(before))}
    catalogue = polib.pofile(after, wrapwidth=0)
    order, neighbour = {}, -1
    for number, each in enumerate(catalogue):
        held = place.get((each.msgctxt, each.msgid))
        neighbour = neighbour if held is None else held
        order[id(each)] = (neighbour, held is None, number)
    catalogue.sort(key=lambda each: order[id(each)])
    catalogue.save()


if __name__ == "__main__":
    main(*sys.argv[1:])
