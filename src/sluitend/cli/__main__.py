"""`python -m sluitend.cli` is the `sluitend` command."""

import sys

from sluitend.cli import main

sys.exit(main())
