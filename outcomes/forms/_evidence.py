"""The form by which evidence is added to an item: a link, a file, or both."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from outcomes.forms._row import RowForm
from outcomes.nouns import Evidence, Facts

FIELDS = ("about_row", "name", "kind", "link", "dated", "note")
ACCEPTED = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.odt,.ods,.csv,.txt"


class EvidenceForm(RowForm):
    """A new piece of evidence with the file that goes with it, if any."""

    def __init__(
        self,
        facts: Facts,
        *,
        about: Mapping[str, str] | None = None,
        typed: Mapping[str, Any] | None = None,
        sent: Any = None,
        gone: Iterable[str] = (),
    ) -> None:
        """Ask about the item that is named in `about`; `sent` are the files that came with what was typed."""
        super().__init__(Evidence, facts, only=FIELDS, about=about, typed=typed, gone=gone)
        if sent is not None:
            self.files = sent
        self.fields["link"].label = gettext_lazy("Link (web address)")
        self.fields["file"] = forms.FileField(
            label=gettext_lazy("File"),
            required=False,
            help_text=gettext_lazy(
                "10 MB at most: PDF, PNG or JPEG, Word, Excel or OpenDocument without macros, CSV or TXT."
            ),
            error_messages={"empty": gettext_lazy("This file is empty. Choose another one.")},
            widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        )

    def refuse_file(self, why: str) -> None:
        """Say at the field why the file was not kept, and that it is to be chosen again."""
        self.is_valid()
        self.add_error("file", f"{why} {_('Nothing was saved. What you typed is still here.')}")

    def ask_for_file_again(self) -> None:
        """Say that a file that came with a refused form has to be chosen again: no browser sends it twice."""
        if self.files.get("file") and "file" not in self.errors:
            self.add_error("file", _("Choose the file again: a browser does not keep it when a page comes back."))
