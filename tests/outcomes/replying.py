"""A group that was asked, the codes that were made for it, and those who reply."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import Account
from accounts.roles import Role
from outcomes import services
from stakeholders.models import Reply, ReplyRound
from tests import factories

WRONG = "Nobody asked us about the bus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round with replies, among them one objection, and codes that nobody has used."""

    account: Account
    group: str
    held: ReplyRound
    codes: list[str]
    """Those that nobody has used."""
    objection: Reply

    @property
    def unused(self) -> str:
        """Return a code that nobody has used."""
        return self.codes[0]


def opened(account: Account, group: str = "S1", *, codes: int = 20, **given: Any) -> services.Opened:
    """Return a round with its codes, as an editor opened it just now."""
    now = given.pop("now", None) or timezone.now()
    closes_on = now.date() + dt.timedelta(days=30)
    return services.open_replies(
        **{
            "actor": factories.member(Role.EDITOR, account.organisation),
            "account": Account.objects.get(pk=account.pk),
            "group": group,
            "codes": codes,
            "closes_on": closes_on,
            "key": uuid4(),
            "now": now,
        }
        | given
    )


def reply(code: str, *, agrees: bool | None = True, words: str = "", today: dt.date | None = None) -> None:
    """Reply with a code."""
    services.give_reply(code=code, agrees=agrees, words=words, today=today or timezone.localdate())


def replied(account: Account, group: str = "S1", *, agree: int, object_: int = 0, codes: int = 20) -> services.Opened:
    """Return a round in which so many agreed, and so many objected."""
    made = opened(account, group, codes=codes)
    for number, code in enumerate(made.codes[: agree + object_]):
        reply(code, agrees=number < agree, words="" if number < agree else WRONG)
    return made


def objected(account: Account, group: str = "S1") -> Round:
    """Return a round in which four agreed and one objected."""
    made = replied(account, group, agree=4, object_=1, codes=10)
    objection = Reply.objects.get(round=made.round, agrees=False)
    return Round(account=account, group=group, held=made.round, codes=list(made.codes[5:]), objection=objection)
