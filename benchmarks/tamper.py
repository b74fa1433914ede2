"""Whether any change to a signed report goes unnoticed, byte by byte; and how long it takes to verify a file.

Run as `python -m benchmarks.tamper`. What is measured, on a report of one page with a file inside, signed as a worker
signs:

1. Every byte of it changed in its lowest, its sixth and its highest bit, one at a time; a byte put in before each; each
   byte taken out; something appended; the signature stripped; signed with another key; signed again with ours. What is
   counted is what passes for genuine. To reach: nothing. The tests try some six hundred places of the same file.
2. The same flips before a register that somebody tampered with, so that it knows every file: what the signature and its
   gap alone do not notice. These are bytes inside the signature that no signature covers, such as its version; they are
   why the register is asked as well. Nothing is promised.
3. Verifying the report, beside working out the SHA-256 of its bytes.
"""

from collections.abc import Callable, Iterator
from functools import partial

from benchmarks._measure import Figure, Unit, medians, show
from benchmarks._scratch import prepare
from reports import document, signing
from reports.registry import Registered
from reports.verification import verify
from tests.reports.signed import NOW, key, new_key, registered, signed, trusted, unsigned

BITS = (0x01, 0x20, 0x80)
TURNS = 25
MORE = (b"\n", b"\0", b" ", b"%%EOF\n", b"1 0 obj\n<<>>\nendobj\n", b"x" * 100_000)
Lookup = Callable[[str], Registered | None]


def figures() -> Iterator[Figure]:
    """Yield what passes, change by change, and then how long a file takes."""
    content = signed()
    hashed = document.sha256(content)
    ours = partial(passes, lookup=lambda sha256: registered(sha256) if sha256 == hashed else None)
    if not ours(content):
        raise AssertionError("the report itself is not genuine")
    yield counted("every byte, three of its bits", ours, flips(content), most=0)
    yield counted("a byte put in before each", ours, (content[:at] + b" " + content[at:] for at in range(len(content))))
    yield counted("each byte taken out", ours, (content[:at] + content[at + 1 :] for at in range(len(content))))
    yield counted("appended, stripped, signed anew or by another", ours, wholes(content))
    anybodys = partial(passes, lookup=registered)
    yield counted("every byte, and the register is tampered with", anybodys, flips(content), most=None)
    took, bare = medians([partial(ours, content), partial(document.sha256, content)], turns=TURNS)
    yield Figure(what="to verify it", took=took.clock, bare=bare.clock, beside="its SHA-256", unit=Unit.MILLISECONDS)


def counted(what: str, passing: Callable[[bytes], bool], changed: Iterator[bytes], *, most: float | None = 0) -> Figure:
    """Return how many of these files pass for genuine, beside how many were tried."""
    found = [passing(each) for each in changed]
    return Figure(what=what, took=sum(found), bare=len(found), beside="tried", unit=Unit.FILES, most=most)


def passes(content: bytes, *, lookup: Lookup) -> bool:
    """Return whether a file passes for genuine."""
    return verify(content, lookup=lookup, trusted=trusted()).genuine


def flips(content: bytes) -> Iterator[bytes]:
    """Yield the file with one bit changed, for every byte of it."""
    for at, byte in enumerate(content):
        for bit in BITS:
            yield content[:at] + bytes([byte ^ bit]) + content[at + 1 :]


def wholes(content: bytes) -> Iterator[bytes]:
    """Yield what is done to the file as a whole."""
    yield from (content + more for more in MORE)
    yield unsigned()
    yield signing.sign(unsigned(), new_key("A test"), now=NOW)
    yield signing.sign(unsigned(), key(), now=NOW)


def main() -> None:
    """Print the table."""
    prepare()
    show("Tampering: what passes for genuine", figures())


if __name__ == "__main__":
    main()
