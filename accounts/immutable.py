"""Rows that are written once: triggers that refuse a change or a removal, on SQLite and on PostgreSQL.

Code that never updates a row is a promise; the trigger is the guard. Migrations call `forbid`.
"""

from collections.abc import Sequence
from typing import Any

_REFUSAL = "rows of %s are never changed or removed"


def forbid(
    editor: Any, table: str, *, verbs: Sequence[str] = ("UPDATE", "DELETE"), columns: Sequence[str] = ()
) -> None:
    """Make the database refuse these verbs on a table; with `columns`, an UPDATE is refused only for those."""
    for verb in verbs:
        of = f" OF {', '.join(columns)}" if verb == "UPDATE" and columns else ""
        for statement in _statements(editor.connection.vendor, table, verb, of):
            editor.execute(statement)


def allow(editor: Any, table: str, *, verbs: Sequence[str] = ("UPDATE", "DELETE")) -> None:
    """Take the guard away again: for reversing a migration."""
    for verb in verbs:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER IF EXISTS {_name(table, verb)}{on}")


def _name(table: str, verb: str) -> str:
    return f"{table}_no_{verb.lower()}"


def _statements(vendor: str, table: str, verb: str, of: str) -> list[str]:
    name, refusal = _name(table, verb), _REFUSAL % table
    if vendor == "sqlite":
        return [f"CREATE TRIGGER {name} BEFORE {verb}{of} ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"]
    return [
        (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ "
            f"BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END $$ LANGUAGE plpgsql"
        ),
        f"CREATE TRIGGER {name} BEFORE {verb}{of} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
