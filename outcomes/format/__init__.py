"""The JSON form of an account: strict on the way in, canonical on the way out (pure).

`docs/account-format.md` is the manual, `docs/account.schema.json` the schema; `python -m outcomes.format` makes the
schema and the manual's tables anew from the declarations of the nouns. Whatever a document is, it becomes an account or
an `Unacceptable` with a sentence for each fault.
"""

from outcomes.format._head import SCHEMA_VERSION
from outcomes.format._in import from_frozen, from_plain, loads
from outcomes.format._manual import manual_tables
from outcomes.format._out import dumps, to_plain
from outcomes.format._schema import json_schema

__all__ = ["SCHEMA_VERSION", "dumps", "from_frozen", "from_plain", "json_schema", "loads", "manual_tables", "to_plain"]
