"""What a Celery worker of the tests imports when it starts: it makes small reports, and can be made to die."""

from types import SimpleNamespace

from reports import pdf
from tests.reports import dying
from tests.reports.signed import unsigned

content = unsigned()
pdf.make = lambda *_given, **_named: SimpleNamespace(content=content, pages=1)
dying.make_mortal()
