"""`sluitend jobs`: what the worker gave up, until somebody has it done again or puts it away.

Runs as the worker's role. It names tasks and how many, never what a task is about.
"""

from argparse import Namespace
from collections import Counter

from sluitend.cli import environment


def jobs(arguments: Namespace) -> int:
    """Say what was given up; do it again, or forget it. Returns 1 while something waits for that."""
    with environment.django("SLUITEND_WORKER_URL", process="worker"):
        from sluitend.kernel.access.given_up import again, drop, given_up

        found = given_up()
        for task, number in sorted(Counter(found.values()).items()):
            print(f"{task}: {number}")
        if not found:
            print("Er is niets opgegeven.")
        elif arguments.again:
            again(found)
            print(f"{len(found)} taken staan opnieuw in de wachtrij.")
        elif arguments.drop:
            drop(found)
            print(f"{len(found)} taken zijn weggelegd.")
        else:
            print("Los eerst op waarom: zie het log van de worker. Draai dan `sluitend jobs --again`.")
            return 1
    return 0
