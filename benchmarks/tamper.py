"""Whether any change to a signed report goes unnoticed, byte by byte; and how long it takes to verify a file.

Run as `python -m benchmarks.tamper`. What is measured, on the two-page edition of an assured report, signed as a worker
signs:

1. Every byte of it changed in its lowest, its sixth and its highest bit, one at a time; a byte put in before each; each
   byte taken out. And what is done to the whole: something appended, a later revision behind it, written anew by
   another program, the signature stripped, signed by another in its place or as well, signed again with ours. What is
   counted is what passes for genuine. To reach: nothing. The tests try some six hundred places of the same file.
2. The whole report of the same account with its files inside: one bit of every 64th byte, and the same wholes.
3. One bit of every byte before a register that somebody tampered with, so that it knows every file: what the signature
   and its gap alone do not notice. These are bytes inside the signature that no signature covers, such as its version;
   they are why the register is asked as well. Nothing is promised.
4. Verifying the whole report, beside working out the SHA-256 of its bytes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from benchmarks._measure import Figure, Unit, machine, medians, show
from benchmarks._scratch import prepare
from reports import document
from reports.registry import Registered
from reports.verification import verify
from tests.reports import tampering
from tests.reports.signed import registered, trusted

FULL, SUMMARY = "full", "summary"
SPARSELY = 64
BITS = (0x01, 0x20, 0x80)
TURNS = 25
Lookup = Callable[[str], Registered | None]


def figures() -> Iterator[Figure]:
    """Yield what passes, change by change, and then how long a file takes."""
    content = tampering.assured_and_signed(SUMMARY)
    ours, anywhere = knowing(content), range(len(content))
    yield counted("every byte, three of its bits", ours, flips(content))
    yield counted("a byte put in before each", ours, (tampering.put_in(content, at) for at in anywhere))
    yield counted("each byte taken out", ours, (tampering.taken_out(content, at) for at in anywhere))
    yield counted("what is done to the whole", ours, wholes(SUMMARY).values())
    full = tampering.assured_and_signed(FULL)
    whole = knowing(full)
    sparsely = (tampering.flipped(full, at, BITS[at % 3]) for at in range(0, len(full), SPARSELY))
    yield counted("the whole report, every 64th byte", whole, sparsely)
    yield counted("what is done to the whole report", whole, wholes(FULL).values())
    anybodys = partial(passes, lookup=registered)
    yield counted("every byte, and the register is tampered with", anybodys, flips(content, BITS[:1]), most=None)
    took, bare = medians([partial(whole, full), partial(document.sha256, full)], turns=TURNS)
    yield Figure(what="to verify it", took=took.clock, bare=bare.clock, beside="its SHA-256", unit=Unit.MILLISECONDS)


def knowing(content: bytes) -> Callable[[bytes], bool]:
    """Return what says whether a file passes for genuine, where this one was issued and no other."""
    hashed = document.sha256(content)
    ours = partial(passes, lookup=lambda sha256: registered(sha256) if sha256 == hashed else None)
    if not ours(content):
        raise AssertionError("the report itself is not genuine")
    return ours


def wholes(edition: str) -> Mapping[str, bytes]:
    """Return what is done to an edition as a whole."""
    return tampering.wholes(tampering.assured_and_signed(edition), tampering.assured(edition))


def counted(what: str, passing: Callable[[bytes], bool], changed: Iterable[bytes], *, most: float | None = 0) -> Figure:
    """Return how many of these files pass for genuine, beside how many were tried."""
    found = [passing(each) for each in changed]
    return Figure(what=what, took=sum(found), bare=len(found), beside="tried", unit=Unit.FILES, most=most)


def passes(content: bytes, *, lookup: Lookup) -> bool:
    """Return whether a file passes for genuine."""
    return verify(content, lookup=lookup, trusted=trusted()).genuine


def flips(content: bytes, bits: Sequence[int] = BITS) -> Iterator[bytes]:
    """Yield the file with one bit changed, for every byte of it and each of these bits."""
    return (tampering.flipped(content, at, bit) for at in range(len(content)) for bit in bits)


def main() -> None:
    """Print the table."""
    prepare()
    show("Tampering: what passes for genuine", figures())
    print(machine())


if __name__ == "__main__":
    main()
