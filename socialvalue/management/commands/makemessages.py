"""Gather every string that a person sees, also those that the pure modules mark with `_n`."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Django's own command, which looks for one more name."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=_n"]
