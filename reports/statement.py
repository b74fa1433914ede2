"""The assurance statement: its twelve elements, drafted from the record of an engagement (pure).

Each element holds sentences as message and params, so that a reader in any language gets the same statement. Nothing in
it is typed by hand but what the assurer wrote in the record.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from accounts.nouns import Edition
from accounts.words import gettext_noop as _n
from outcomes.principles import PRINCIPLES, Principle
from reports import document

SCHEMA = "social-value-assurance-statement"
SCHEMA_VERSION = 1
SAMPLE = 8
"""How many pieces of evidence are drawn; all of them where there are no more."""

LEVELS = MappingProxyType({"peer panel": _n("Peer panel of forum members"), "independent": _n("Independent assurer")})
"""Who stands behind a statement, by the code of the level. A report without a statement is self-assessed."""
LEVELS_EXPLAINED = MappingProxyType(
    {
        "peer panel": _n(
            "Several people from member organisations of the forum read the account together. None of them belongs to "
            "the organisation that it is about; they know its field, and it knows them."
        ),
        "independent": _n(
            "One person without any tie to the organisation read the account, and answers for the judgement alone."
        ),
    }
)
"""What each level means, in a sentence or two."""
SELF_ASSESSED = (
    (
        _n("Self-assessed"),
        _n("Nobody outside the organisation has judged the account. Its report says so on every page."),
    ),
)
"""What it means to have no statement: the lowest level."""
VERDICTS = MappingProxyType(
    {"met": _n("Met"), "recommendation": _n("Met, with a recommendation"), "not met": _n("Not met")}
)
TRACED = MappingProxyType(
    {
        "agrees": _n("It says what the account says"),
        "differs": _n("It says something else"),
        "not seen": _n("It could not be seen"),
    }
)
CONCLUSIONS = MappingProxyType(
    {
        "assured": _n("Assured"),
        "assured_with_recommendations": _n("Assured with recommendations"),
        "not_assured": _n("Not assured"),
    }
)

Sentence = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinciplesOf:
    """An edition of the Principles of Social Value: what a statement calls it, and what has to be judged."""

    title: str
    principles: tuple[Principle, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of its principles."""
        return tuple(each.number for each in self.principles)


EDITIONS: Mapping[str, PrinciplesOf] = MappingProxyType(
    {Edition.SEVEN.value: PrinciplesOf(title=_n("The seven Principles of Social Value"), principles=PRINCIPLES)}
)
"""The editions that an account can be kept against. A later one is a member of `Edition`, and a row here."""


def edition_of(content: Mapping[str, Any]) -> str:
    """Return the edition of the principles that a frozen account is kept against: the seven where it says none."""
    return str(content["account"]["account"].get("edition") or Edition.SEVEN.value)


def principles_of(content: Mapping[str, Any]) -> tuple[Principle, ...]:
    """Return the principles that a frozen account is judged by: those of its edition."""
    return EDITIONS[edition_of(content)].principles


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was judged of one principle, in its last version."""

    principle: int
    verdict: str
    finding: str
    recommendation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that a statement is drafted from."""

    organisation: str
    account: str
    snapshot_number: int
    snapshot_sha256: str
    submitted_by: str
    assurer: str
    assigned_by: str
    level: str
    edition: str
    independence: str
    interests: str
    judged: tuple[Judged, ...]
    evidence: int
    seed: int | None
    sampled: int
    agreed: int
    differed: int
    not_seen: int
    questions: int
    figures_differing: int
    conclusion: str
    summary: str
    valid_until: dt.date


def drafted(record: Record) -> dict[str, Any]:
    """Return the statement of a record: its twelve elements in their order."""
    return {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "snapshot_sha256": record.snapshot_sha256,
        "level": record.level,
        "assurer": record.assurer,
        "conclusion": record.conclusion,
        "valid_until": record.valid_until.isoformat(),
        "principles": [
            {
                "principle": each.principle,
                "verdict": each.verdict,
                "finding": each.finding,
                "recommendation": each.recommendation,
            }
            for each in record.judged
        ],
        "elements": [{"title": title, "sentences": list(told(record))} for title, told in ELEMENTS.items()],
    }


def fingerprint(snapshot_sha256: str, statement_sha256: str) -> str:
    """Return the hash of all that an assurer read before signing: the frozen account, and the statement."""
    return document.sha256(f"{snapshot_sha256}:{statement_sha256}")


def drawn_from(snapshot_sha256: str, signed: Mapping[str, Any] | None) -> str:
    """Return the hash of all that a report is drawn from: the frozen account, and the statement if there is one."""
    return fingerprint(snapshot_sha256, signed["sha256"]) if signed else snapshot_sha256


def fits(conclusion: str, verdicts: Sequence[str]) -> bool:
    """Return whether a conclusion says no more than the verdicts on the principles do."""
    if conclusion == "assured":
        return all(each == "met" for each in verdicts)
    return conclusion == "not_assured" or "not met" not in verdicts


def sample(refs: Sequence[str], seed: int, size: int = SAMPLE) -> list[str]:
    """Return some of the refs, drawn at random: with the seed, anybody draws the same, in any language.

    Each ref is put in the order of SHA-256("seed:ref"), and the first ones are taken.
    """
    return sorted(refs, key=lambda ref: hashlib.sha256(f"{seed}:{ref}".encode()).hexdigest())[:size]


def _said(message: str, *, translated: Sequence[str] = (), **params: object) -> Sentence:
    """Return a sentence; `translated` names those of its params that are words of ours."""
    told = {name: str(value) for name, value in params.items()}
    return {"message": message, "params": told, **({"translated": list(translated)} if translated else {})}


def _own(words: str) -> Sentence:
    """Return words of the assurer's own as a sentence."""
    return _said("%(words)s", words=words)


def _title(record: Record) -> Iterator[Sentence]:
    yield _said(_n("Statement on the account “%(account)s”"), account=record.account)
    yield _said(
        _n("To %(organisation)s, to those whose lives the account is about, and to those who fund it"),
        organisation=record.organisation,
    )


def _assurer(record: Record) -> Iterator[Sentence]:
    yield _said(
        _n("%(assurer)s, assigned by %(coordinator)s. Level: %(level)s."),
        assurer=record.assurer,
        coordinator=record.assigned_by,
        level=LEVELS[record.level],
        translated=("level",),
    )
    yield _said(LEVELS_EXPLAINED[record.level])
    if record.level == "peer panel":
        yield _said(_n("The members of the panel, and how independent they are:"))
    yield _own(record.independence)
    if record.interests:
        yield _said(_n("Interests declared: %(interests)s"), interests=record.interests)
    else:
        yield _said(_n("No interests were declared."))


def _subject(record: Record) -> Iterator[Sentence]:
    yield _said(
        _n("Report %(number)s of the account, as %(person)s submitted it. The SHA-256 of what was read: %(sha256)s"),
        number=record.snapshot_number,
        person=record.submitted_by,
        sha256=record.snapshot_sha256,
    )


def _criteria(record: Record) -> Iterator[Sentence]:
    yield _said(EDITIONS[record.edition].title)


def _responsibilities(record: Record) -> Iterator[Sentence]:
    yield _said(
        _n("%(organisation)s is responsible for the account and everything in it."), organisation=record.organisation
    )
    yield _said(_n("The assurer is responsible for this statement, and for nothing in the account."))


def _work(record: Record) -> Iterator[Sentence]:
    yield _said(_n("The frozen account was read principle by principle, beside the findings of the checks."))
    yield _said(
        _n("The calculation was done again from the frozen inputs. Figures that differ: %(count)s."),
        count=record.figures_differing,
    )
    if record.seed is not None:
        yield _said(
            _n(
                "Of %(evidence)s pieces of evidence %(sampled)s were drawn at random (seed %(seed)s) and followed to "
                "their source: %(agreed)s agree, %(differed)s differ, %(not_seen)s could not be seen."
            ),
            evidence=record.evidence,
            sampled=record.sampled,
            seed=record.seed,
            agreed=record.agreed,
            differed=record.differed,
            not_seen=record.not_seen,
        )
    yield _said(_n("Questions asked, answered and closed: %(count)s."), count=record.questions)


def _not_covered(record: Record) -> Iterator[Sentence]:
    if record.evidence > record.sampled:
        yield _said(
            _n("Evidence that was not drawn: %(count)s pieces. It was not looked at."),
            count=record.evidence - record.sampled,
        )
    yield _said(_n("Whether the activity is worth its money was not judged, nor how it compares with others."))


def _limits(_record: Record) -> Iterator[Sentence]:
    yield _said(
        _n(
            "An account of social value rests on judgements. That they are reasoned does not make them the only "
            "possible ones, and a sample does not show what was not drawn."
        )
    )


def _conclusions(record: Record) -> Iterator[Sentence]:
    titles = {each.number: each.title for each in EDITIONS[record.edition].principles}
    for each in record.judged:
        yield _said(
            _n("Principle %(number)s, %(title)s: %(verdict)s. %(finding)s"),
            number=each.principle,
            title=titles[each.principle],
            verdict=VERDICTS[each.verdict],
            finding=each.finding,
            translated=("title", "verdict"),
        )
    yield _said(
        _n("Overall: %(conclusion)s. %(summary)s"),
        conclusion=CONCLUSIONS[record.conclusion],
        summary=record.summary,
        translated=("conclusion",),
    )


def _improvements(record: Record) -> Iterator[Sentence]:
    asked = [each for each in record.judged if each.recommendation]
    for each in asked:
        yield _said(
            _n("Principle %(number)s: %(recommendation)s"), number=each.principle, recommendation=each.recommendation
        )
    if not asked:
        yield _said(_n("None."))


def _validity(record: Record) -> Iterator[Sentence]:
    yield _said(_n("Valid until %(day)s, for this report alone."), day=record.valid_until.isoformat())
    yield _said(_n("Anybody can check the published report with the code on its last page."))


def _signature(record: Record) -> Iterator[Sentence]:
    yield _said(_n("%(assurer)s, assurer"), assurer=record.assurer)
    yield _said(_n("The day of the signature is kept with the statement when it is signed."))


ELEMENTS = MappingProxyType(
    {
        _n("Title, and to whom it is addressed"): _title,
        _n("Who the assurer is, and how independent"): _assurer,
        _n("What was assured"): _subject,
        _n("Against what"): _criteria,
        _n("Who is responsible for what"): _responsibilities,
        _n("What was done"): _work,
        _n("What was not covered"): _not_covered,
        _n("Limits"): _limits,
        _n("Conclusion, principle by principle and overall"): _conclusions,
        _n("What to improve"): _improvements,
        _n("How long it holds, and where to check it"): _validity,
        _n("Name, role and signature"): _signature,
    }
)
"""The twelve elements of a statement in their order: the title of each, and what says it."""
