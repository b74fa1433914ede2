"""How an account stands: what it is worth, range first; the seven principles; what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _, ngettext

from outcomes import shown
from outcomes.nouns import BY_SLUG
from outcomes.principles import Item, Readiness
from outcomes.queries import Standing
from outcomes.stages import stages_of
from outcomes.valuation import Workings
from outcomes.views.pages import details_url, mend_url
from outcomes.views.wording import steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """What one unit of money put in is worth, with its range, for `components/ratio.html`."""

    low: str
    high: str
    central: str
    one: str
    how: str
    convention: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Principled:
    """How the account stands with one principle, for `components/readiness.html`."""

    number: int
    title: str
    state: str
    sentence: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The first thing to do: at which stage, what is asked, where it is answered, and how much else there is."""

    stage: str
    stage_url: str
    text: str
    url: str
    link: str
    left: str


def return_shown(held: Standing, currency: str) -> Return | None:
    """Return the ratio with its range; None if the account holds no money."""
    workings, cautious, hopeful = held.workings, held.cautious, held.hopeful
    if workings is None or cautious is None or hopeful is None or not workings.is_in_money:
        return None
    ranged = cautious.ratio != hopeful.ratio
    return Return(
        low=shown.ratio(cautious.ratio, currency) if ranged else "",
        high=shown.ratio(hopeful.ratio, currency) if ranged else "",
        central=shown.ratio(workings.ratio, currency),
        one=one(currency),
        how=_("With every stated range at its cautious end, and at its hopeful end.") if ranged else "",
        convention=convention(workings),
    )


def one(currency: str) -> str:
    """Return one unit of a currency, as it stands in “for each £1 put in”."""
    return f"{shown.symbol(currency)}1"


def convention(workings: Workings) -> str:
    """Return the sentence on the first year, which stands beside every ratio."""
    if workings.inputs.year_one_is_discounted:
        return _("The first year of benefit is discounted.")
    return _("The first year of benefit is not discounted.")


def result_moved(before: Standing, after: Standing, currency: str) -> str:
    """Return what a correction did to the result, as a sentence; nothing where it did nothing."""
    was, became = _result(before), _result(after)
    if was == became:
        return ""
    if became is None:
        return _("The account cannot be worked out with this: see why below.")
    if was is None:
        return _("The account can be worked out now.")
    if was[0] is not None and became[0] is not None:
        words = {"one": one(currency), "was": shown.ratio(was[0], currency), "is": shown.ratio(became[0], currency)}
        return _("For each %(one)s put in: %(was)s before, %(is)s now.") % words
    words = {"was": shown.money(was[1], currency), "is": shown.money(became[1], currency)}
    return _("The total present value was %(was)s and is now %(is)s.") % words


def _result(held: Standing) -> tuple[Decimal | None, Decimal] | None:
    workings = held.workings
    return None if workings is None else (workings.ratio, workings.total_present_value)


def readiness_shown(held: Standing, url: str) -> list[Principled]:
    """Return how the account stands with each principle, in one sentence each."""
    return [
        Principled(
            number=each.principle.number,
            title=_(each.principle.title),
            state=str(each.status),
            sentence=_stands(each),
            url=f"{url}#principle-{each.principle.number}",
        )
        for each in held.readiness
    ]


def _stands(each: Readiness) -> str:
    """Return the first thing that a principle still wants, and how many more; or that it wants nothing."""
    if each.first is None:
        if not each.explained:
            return _("Everything asked for is there.")
        return _("Met: %(met)s. Explained instead: %(explained)s.") % {"met": each.met, "explained": each.explained}
    others = each.missing + each.unexplained - 1
    if not others:
        return each.first.say(_)
    more = ngettext("And %(count)s more thing.", "And %(count)s more things.", others) % {"count": others}
    return f"{each.first.say(_)} {more}"


def next_step(held: Standing, account_id: UUID) -> NextStep | None:
    """Return the first thing to do, in the order of the stages: what is missing, then what needs a reason."""
    waiting = [(each.stage, wanted) for each in stages_of(held.findings, held.facts) for wanted in each.open]
    if not waiting:
        return None
    stage, wanted = waiting[0]
    item = _first_open(wanted.items)
    others = len(waiting) - 1
    left = ngettext("%(count)s more thing after that.", "%(count)s more things after that.", others)
    return NextStep(
        stage=_(stage.title),
        stage_url=steps.step_url(account_id, stage),
        text=wanted.finding.say(_) if wanted.finding else _("Answer the five statements of co-production."),
        url=mend_url(account_id, item) if item else details_url(account_id),
        link=_place(item) if item else _("Go to what the account says of itself"),
        left=left % {"count": others} if others else "",
    )


def _first_open(items: Iterable[Item]) -> Item | None:
    """Return the first item that nobody has given a reason for."""
    return next((item for item in items if not item.reason), None)


def _place(item: Item) -> str:
    """Return the words of a link to the field that mends an item."""
    row = " ".join(word for word in (item.ref or item.subject, item.called) if word)
    if item.is_new:
        words = {"noun": _(BY_SLUG[item.noun].singular).lower(), "row": row}
        return _("Add for %(row)s: %(noun)s") % words if row else _("Add: %(noun)s") % words
    words = {"field": _(item.aspect if item.place else item.label), "row": row}
    return _("Go to “%(field)s” of %(row)s") % words if row else _("Go to “%(field)s”") % words
