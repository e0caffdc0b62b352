"""`python -m fieldcraft` is the `fieldcraft` command."""

import sys

from fieldcraft.cli import main

sys.exit(main())
