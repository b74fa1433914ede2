"""The fixture that checks PDF files. Who wants it says `pytest_plugins = ["tests.pdf_validation.plugin"]`."""

import pytest

from tests.pdf_validation import Validator


@pytest.fixture(scope="session")
def pdf_validator(tmp_path_factory: pytest.TempPathFactory) -> Validator:
    """Make veraPDF's engine ready, once for the whole run."""
    return Validator(tmp_path_factory.mktemp("verapdf"))
