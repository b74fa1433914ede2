"""The cache of an installation without Redis: files that several processes share, and count in together."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks

COUNTED_FOR = 60 * 60
"""Seconds after its last step for which a count is kept; whoever counts says in the key what the count is of."""


class OnDisk(FileBasedCache):
    """Django's cache in files, in which `add` and `incr` are one step each, whoever else is at them."""

    def __init__(self, place: str | Path, params: dict[str, Any]) -> None:
        """Keep the files in this directory."""
        super().__init__(str(place), params)
        self._place = Path(place)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value unless there is one, and return whether it was kept."""
        with self._alone():
            return bool(super().add(key, value, timeout, version))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Add to a number and return it. Raises ValueError if there is none."""
        with self._alone():
            count = self.get(key, version=version)
            if count is None:
                raise ValueError(f"nothing is kept under {key!r}")
            self.set(key, count + delta, COUNTED_FOR, version)
            return int(count + delta)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._place.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self._place / "lock").open("a") as file:
            locks.lock(file, locks.LOCK_EX)
            try:
                yield
            finally:
                locks.unlock(file)
