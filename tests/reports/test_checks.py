import pytest

from reports import checks, fonts


def test_a_machine_that_runs_these_tests_can_make_a_report() -> None:
    assert checks.paper_can_be_made() == []


def test_a_missing_library_is_an_error_with_the_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "NATIVE_LIBRARIES", {"linux": ("libnowhere.so.0",)})
    monkeypatch.setattr(checks.sys, "platform", "linux")

    (error,) = checks.paper_can_be_made()

    assert error.id == "reports.E001"
    assert "libnowhere.so.0" in error.msg
    assert "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in str(error.hint)


def test_a_missing_font_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FACES", ("source-sans/ttf/SourceSans3-Nowhere.ttf",))

    (error,) = checks.paper_can_be_made()

    assert error.id == "reports.E002"
    assert "SourceSans3-Nowhere.ttf" in error.msg
    assert "weblate-fonts" in str(error.hint)
