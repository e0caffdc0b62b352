#!/usr/bin/env python
"""Django's own commands, for people who work on Fieldcraft."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldcraft.config.settings")
    sys.path.insert(0, os.path.join(os.path.dirname(__file__), "src"))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
