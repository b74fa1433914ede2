"""The benchmarks say what they measure, and say no where a figure was not reached."""

import subprocess
import sys
from pathlib import Path

import pytest

import benchmarks
from benchmarks._measure import Figure, Unit, medians, show

HERE = Path(benchmarks.__file__).parent


def figure(**said: float) -> Figure:
    return Figure(what="a page", took=0.15, bare=0.05, beside="less", unit=Unit.MILLISECONDS, **said)


def test_every_script_is_in_the_table_of_what_is_measured() -> None:
    table = (HERE / "README.md").read_text(encoding="utf-8")
    scripts = [script.name for script in HERE.glob("[a-z]*.py")]
    assert scripts
    assert [name for name in scripts if f"| `benchmarks/{name}` |" not in table] == []


@pytest.mark.parametrize(
    ("promised", "said"),
    [
        ({}, ""),
        ({"most": 0.15}, "at most 150.0 ms: yes"),
        ({"most": 0.149}, "at most 149.0 ms: NO"),
        ({"most_times": 3.1}, "at most 3.1 times: yes"),
        ({"most": 0.2, "most_times": 2.9}, "at most 200.0 ms: yes, at most 2.9 times: NO"),
    ],
)
def test_a_figure_says_whether_it_was_reached(promised: dict[str, float], said: str) -> None:
    assert figure(**promised).to_reach == said


def test_a_row_shows_both_amounts_and_their_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    show("Pages", [figure()])
    assert capsys.readouterr().out.splitlines()[1].split() == ["a", "page", "150.0", "ms", "50.0", "ms", "3.00", "less"]


def test_jobs_take_turns_after_each_has_run_once() -> None:
    ran: list[str] = []
    times = medians([lambda: ran.append("ours"), lambda: ran.append("bare")], turns=3)
    assert ran == ["ours", "bare"] * 4
    assert all(each.clock > 0 for each in times)


def test_a_benchmark_that_is_not_there_is_refused_by_name() -> None:
    asked = [sys.executable, "-m", "benchmarks", "pages", "rowing"]
    ran = subprocess.run(asked, cwd=HERE.parent, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "rowing" in ran.stderr
    assert "pages, " in ran.stderr
