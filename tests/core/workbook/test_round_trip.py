"""An account that goes out as a workbook comes back the same."""

import datetime as dt
import io
import subprocess
import sys
import zipfile
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from outcomes.nouns import Facts
from outcomes.workbook import read, write
from stakeholders.nouns import Involvement, Stakeholder
from tests.core.intake.made_up import random_facts, small
from tests.core.workbook import filled
from tests.core.workbook.filled import details, exported, opened
from tests.worked_examples import NAMES, facts


@pytest.mark.parametrize("name", NAMES)
def test_a_worked_example_comes_back_the_same(name):
    assert read(exported(facts(name))) == facts(name)


@pytest.mark.parametrize("make", [filled.uprated, filled.anchored, filled.declining, filled.nothing_put_in, small])
def test_an_account_comes_back_the_same_with_its_value_map(make):
    assert read(exported(make())) == make()


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(random_facts())
def test_any_account_comes_back_the_same(account):
    assert read(write(account, None)) == account


def test_equal_accounts_give_equal_bytes_whatever_the_process():
    script = (
        "import hashlib, sys; from tests.core.workbook.filled import anchored, exported;"
        "sys.stdout.write(hashlib.sha256(exported(anchored())).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(digests) == 1


def test_a_workbook_says_nothing_of_when_it_was_written():
    content = exported(filled.anchored())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert opened(content).properties.modified == dt.datetime.fromisoformat("2026-01-01")


@pytest.mark.parametrize(
    "words",
    ["=1+1", "=HYPERLINK(A1)", "+44 1248 351541", "-5 to 5", "@home", "'quoted", "#REF!", "TRUE", "007", "1E5", "12%"],
)
def test_words_that_look_like_more_stay_words(words):
    account = Facts(account=details(), stakeholders=(Stakeholder(ref="S1", name=words, reason=words),))
    cell = opened(write(account, None))["Stakeholders"]["B3"]
    assert (cell.data_type, cell.value) == ("s", words)
    assert cell.quotePrefix or words[0] not in "=+-@'"
    assert read(write(account, None)) == account


@pytest.mark.parametrize(
    "words", ["_x000D_", "_x0041_ and _x005F_", "a_xyz_b", "x005F_", "ffrâm, ŵy, 漢字, 😀", "two\nlines"]
)
def test_words_that_a_workbook_has_to_write_in_another_way_come_back(words):
    account = Facts(account=details(), stakeholders=(Stakeholder(ref="S1", name="A", reason=words),))
    assert read(write(account, None)) == account


def test_characters_that_no_workbook_can_hold_do_not_stop_it():
    account = Facts(account=details(), stakeholders=(Stakeholder(ref="S1", name="a\ufffeb"),))
    assert read(write(account, None)).stakeholders[0].name == "a\ufffdb"


@pytest.mark.parametrize("day", [dt.date(1900, 1, 1), dt.date(1900, 2, 28), dt.date(1900, 3, 1), dt.date(2024, 2, 29)])
def test_every_day_comes_back(day):
    account = Facts(account=details(period_start=day))
    assert read(write(account, None)) == account


@pytest.mark.parametrize("figure", ["999999999999.999999", "0.000001", "123456789.123456", "1000000", "0", "12.50"])
def test_every_digit_of_a_figure_comes_back(figure):
    account = small()
    value = Decimal(figure)
    changed = Facts(
        account=account.account,
        stakeholders=account.stakeholders,
        inputs=tuple(type(each)(ref=each.ref, description=each.description, amount=value) for each in account.inputs),
    )
    assert read(write(changed, None)) == changed


def test_a_share_is_a_percentage_on_its_sheet_and_shows_every_digit():
    content = exported(filled.uprated())
    cell = next(row[3] for row in opened(content)["Adjustments"].iter_rows(min_row=3) if row[3].value == 0.333)
    assert cell.number_format == "0.0#####%"


def test_answers_of_every_kind_look_as_a_person_would_type_them():
    occasion = Involvement(
        ref="V1",
        stakeholder="S1",
        method="Talk",
        held_on=dt.date(2024, 11, 14),
        took_part=12,
        informed_what=True,
        saw_results=False,
    )
    account = Facts(
        account=details(), stakeholders=(Stakeholder(ref="S1", name="Members", size=1200),), involvement=(occasion,)
    )
    workbook = opened(write(account, None))
    row = [cell.value for cell in workbook["Involvement"][3]]
    assert row[:5] == ["V1", "S1", "Talk", dt.datetime.fromisoformat("2024-11-14"), 12]
    assert {"yes", "no"} <= set(row)
    assert workbook["Involvement"]["D3"].number_format == "dd/mm/yyyy"
    assert workbook["Stakeholders"]["D3"].number_format == "#,##0"
