"""A form for any noun, made from the declaration of its columns.

A form only shows: what was typed goes to the service as it stands, and the reasons that the service gives come back to
the fields. So there is one reader of what people type, and nothing typed is lost.
"""

from outcomes.forms._arranging import CopyForm, RemoveForm
from outcomes.forms._evidence import EvidenceForm
from outcomes.forms._factors import FactorForm
from outcomes.forms._fields import shown_value
from outcomes.forms._goals import GoalsForm
from outcomes.forms._history import HistoryForm
from outcomes.forms._importance import ImportanceForm
from outcomes.forms._parts import PARTS
from outcomes.forms._replies import AnswerForm, CodeForm, ReplyForm, RoundForm
from outcomes.forms._row import RowForm, ShownPart, as_typed, version_of
from outcomes.forms._start import StartForm, language_of
from outcomes.forms._workbook import WorkbookForm

__all__ = [
    "PARTS",
    "AnswerForm",
    "CodeForm",
    "CopyForm",
    "EvidenceForm",
    "FactorForm",
    "GoalsForm",
    "HistoryForm",
    "ImportanceForm",
    "RemoveForm",
    "ReplyForm",
    "RoundForm",
    "RowForm",
    "ShownPart",
    "StartForm",
    "WorkbookForm",
    "as_typed",
    "language_of",
    "shown_value",
    "version_of",
]
