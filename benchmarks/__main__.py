"""Run every benchmark, or those that are named, each in a process of its own, as one table: `python -m benchmarks`."""

import subprocess
import sys
from pathlib import Path

from benchmarks._measure import machine


def main(chosen: list[str]) -> int:
    """Run them; return 0 if all ran, 2 if there is none of a name. What was not reached is said, and no failure."""
    known = sorted(script.stem for script in Path(__file__).parent.glob("[a-z]*.py"))
    unknown = set(chosen) - set(known)
    if unknown:
        print(f"No benchmark is called {', '.join(sorted(unknown))}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    print(machine(), flush=True)
    codes = []
    for name in chosen or known:
        print(flush=True)
        codes.append(subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode)
    print(f"\n{machine()}")
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
