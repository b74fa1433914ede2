"""Facts → workings → findings, once, for page, API and snapshot alike."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.columns import Noun
from accounts.models import Account, AuditRecord, Person
from outcomes import principles, valuation
from outcomes.counting import valuation_inputs
from outcomes.facts import read_facts, read_versions
from outcomes.models import EvidenceFile, RefusedWorkbook
from outcomes.nouns import Facts, rows as rows_of
from outcomes.principles import Finding, Readiness
from outcomes.valuation import AccountInputs, InvalidInput, Workings


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why an account cannot be worked out yet: a sentence, and the outcome and field that it is about, if one."""

    message: str
    params: Mapping[str, Any]
    ref: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an account stands: what it says, what that comes to, and what the seven principles make of it."""

    facts: Facts
    workings: Workings | None
    cautious: Workings | None
    """With every stated range at the end that lowers the ratio; the same as `workings` if none is stated."""
    hopeful: Workings | None
    trouble: Trouble | None
    findings: tuple[Finding, ...]
    readiness: tuple[Readiness, ...]


def standing(account: Account) -> Standing:
    """Return how the account stands, in a fixed number of queries."""
    return appraise(read_facts(account))


def appraise(facts: Facts) -> Standing:
    """Return how an account with these facts stands. An account that cannot be worked out yet has a `trouble`."""
    workings, cautious, hopeful, trouble = None, None, None, None
    try:
        inputs = valuation_inputs(facts)
        workings = valuation.value_account(inputs)
        cautious, hopeful = valuation.pessimistic(inputs), valuation.optimistic(inputs)
    except InvalidInput as fault:
        trouble = Trouble(message=fault.message, params=fault.params, ref=fault.line or "", field=fault.field or "")
    findings = principles.judge(facts, workings)
    return Standing(
        facts=facts,
        workings=workings,
        cautious=cautious,
        hopeful=hopeful,
        trouble=trouble,
        findings=findings,
        readiness=principles.readiness(findings),
    )


def tested(workings: Workings) -> dict[str, Any]:
    """Return how far the result would move, as plain data: one assumption at a time, all at once, and by scenario."""
    return dict(_tested(workings.inputs))


# The same inputs always give the same figures, and they take longer to work out than all else on their page. A few
# accounts are kept: those that somebody looks at just now. A change makes other inputs, so nothing can be out of date.
@lru_cache(maxsize=8)
def _tested(inputs: AccountInputs) -> Mapping[str, Any]:
    return valuation.sensitivity_as_plain(inputs)


def facts(account: Account) -> Facts:
    """Return everything that the account holds, in a fixed number of queries."""
    return read_facts(account)


def refused_workbook(person: Person, refused_id: UUID) -> RefusedWorkbook | None:
    """Return a marked workbook to the person who sent it, and to nobody else."""
    return RefusedWorkbook.objects.filter(id=refused_id, person=person).first()


def evidence_file(account: Account, sha256: str) -> EvidenceFile | None:
    """Return a file that this account keeps, by its SHA-256."""
    return EvidenceFile.objects.filter(account=account, sha256=sha256).first()


def files_kept(account: Account, sha256s: Collection[str]) -> dict[str, int]:
    """Return the size of each of these files that the account keeps; asks nothing of the database for none."""
    wanted = [each for each in sha256s if each]
    if not wanted:
        return {}
    return dict(EvidenceFile.objects.filter(account=account, sha256__in=wanted).values_list("sha256", "size"))


def removals(account: Account, slugs: Collection[str]) -> QuerySet[AuditRecord]:
    """Return the records that took rows of these nouns out of an account, the latest first."""
    one_by_one = Q(verb="removed", noun__in=list(slugs))
    return account.audit_records.filter(one_by_one | Q(verb="replaced")).select_related("person").order_by("-id")


def versions(account: Account, noun: type[Noun]) -> dict[str, int]:
    """Return the version of each row of one noun, by ref. Ask before the facts: a change in between is then noticed."""
    return {ref: version for ref, (_key, version) in read_versions(account, noun).items()}


def entry(account: Account, noun: type[Noun], ref: str) -> tuple[Facts, Noun, int] | None:
    """Return the account's facts, one row of them and its version; None if the account has no such row."""
    # The version first: a change in between then shows as a conflict, never as a silent overwrite.
    version = read_versions(account, noun).get(ref)
    held = read_facts(account)
    row = next((each for each in rows_of(held, noun) if getattr(each, "ref", "") == ref), None)
    return (held, row, version[1]) if row is not None and version is not None else None
