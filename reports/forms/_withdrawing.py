"""Why a published report is withdrawn."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms._fields import Words


class Withdrawing(forms.Form):
    """Why a published report is withdrawn."""

    reason = Words(
        label=_("Why do you withdraw it?"),
        help_text=_("A sentence or two, without anybody’s name. Everybody who checks the report reads it."),
        error_messages={"required": _("Say in a sentence or two why you withdraw it.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
