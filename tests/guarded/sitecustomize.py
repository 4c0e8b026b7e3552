"""Python imports this by itself in every process that a guarded run of tests starts."""

import importlib.util
import os
from pathlib import Path

if "SLUITEND_TEST_NETWORK_REPORT" in os.environ:
    # By its place, not its name: the folder of the tests may not be on the path of this process.
    place = Path(__file__).resolve().parents[1] / "network_hook.py"
    spec = importlib.util.spec_from_file_location("sluitend_network_hook", place)
    if spec is not None and spec.loader is not None:
        hook = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(hook)
        hook.install()
