"""Make the generated parts of the manual of the JSON form anew: `python -m outcomes.format`."""

import json
from pathlib import Path

from outcomes.format import json_schema, manual_tables

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = DOCS / "account.schema.json"
MANUAL = DOCS / "account-format.md"
_BEGIN = "<!-- made by `python -m outcomes.format` -->\n"
_END = "<!-- end of what is made -->\n"


def schema_file() -> str:
    """Return what the schema's file should hold."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def manual_file(standing: str) -> str:
    """Return what the manual should hold: its own words, with the tables of today."""
    before, _, rest = standing.partition(_BEGIN)
    return f"{before}{_BEGIN}\n{manual_tables()}\n{_END}{rest.partition(_END)[2]}"


if __name__ == "__main__":
    SCHEMA.write_text(schema_file(), encoding="utf-8")
    MANUAL.write_text(manual_file(MANUAL.read_text(encoding="utf-8")), encoding="utf-8")
