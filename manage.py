#!/usr/bin/env python3
"""Run anything from here: `manage.py help` lists the commands, docs/operators.md tells what each is for."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialvalue.settings.local")
    execute_from_command_line(sys.argv)
