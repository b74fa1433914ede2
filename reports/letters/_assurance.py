"""Letters to those who take part in an assurance: what happened, and the page where it waits for them.

A letter holds names and a link. What was judged, asked or answered stands on the page alone, behind signing in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _, override

from accounts.models import Organisation, Person
from accounts.roles import MAY, Action, Role
from accounts.words import gettext_noop as _n
from reports.letters._post import post
from reports.models import Engagement, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """What a letter says: its subject, what happened, and what its link is for."""

    subject: str
    happened: str
    link: str


_ASSIGNED = _Kind(
    subject=_n("You are asked to assure an account of %(organisation)s"),
    happened=_n("%(coordinator)s has assigned you to assure “%(account)s”, an account of %(organisation)s."),
    link=_n("To declare your independence and begin, open this page and sign in:"),
)
_RELIEVED = _Kind(
    subject=_n("You need not assure the account of %(organisation)s any more"),
    happened=_n("Your engagement to assure “%(account)s”, an account of %(organisation)s, has ended."),
    link=_n("What you are still engaged for is listed on this page:"),
)
_ANSWERED = _Kind(
    subject=_n("%(organisation)s has answered you"),
    happened=_n("%(organisation)s has answered your question %(number)s about “%(account)s”."),
    link=_n("To read the answer, open this page and sign in:"),
)
_ENGAGED = _Kind(
    subject=_n("Your account is in assurance"),
    happened=_n(
        "%(coordinator)s has assigned %(assurer)s to assure “%(account)s”. Until that ends, nothing in it can be "
        "changed."
    ),
    link=_n("To see how it stands, open this page and sign in:"),
)
_ASKED = _Kind(
    subject=_n("The assurer has a question"),
    happened=_n("%(assurer)s has asked %(organisation)s question %(number)s about “%(account)s”."),
    link=_n("To read it and to answer, open this page and sign in:"),
)
_RETURNED = _Kind(
    subject=_n("Your account was returned, to be mended"),
    happened=_n("%(assurer)s has returned “%(account)s” with findings. It is a draft again, and can be mended."),
    link=_n("To read what was found, open this page and sign in:"),
)
_SIGNED = _Kind(
    subject=_n("The assurance of your account is concluded"),
    happened=_n("%(assurer)s has signed the statement on “%(account)s”. You can make its report and publish it now."),
    link=_n("To read the statement, open this page and sign in:"),
)
_STEPPED_ASIDE = _Kind(
    subject=_n("An assurer has stepped aside"),
    happened=_n(
        "%(assurer)s has declared a conflict of interest, and will not assure “%(account)s”, an account of "
        "%(organisation)s. It waits for another assurer."
    ),
    link=_n("To assign one, open this page and sign in:"),
)

_WRITES = frozenset(role.value for role, actions in MAY.items() if Action.EDIT in actions)
_KEEPS = _WRITES | {Role.APPROVER.value}
"""Who of an organisation wants to know of its assurance: whoever submits its accounts, and whoever writes in them."""


def assigned(engagement_id: UUID) -> None:
    """Write to the assurer that they are engaged, and to the organisation who it is."""
    held = _engagement(engagement_id)
    bench = _link("reports:workbench", held.id)
    post([*_to([held.assurer], _ASSIGNED, held, bench), *_to_organisation(_ENGAGED, held)], str(held.id))


def relieved(engagement_id: UUID) -> None:
    """Write to an assurer that their engagement has ended."""
    held = _engagement(engagement_id)
    post(_to([held.assurer], _RELIEVED, held, _link("reports:engagements")), str(held.id))


def stepped_aside(engagement_id: UUID) -> None:
    """Write to the coordinator that an account waits for another assurer."""
    held = _engagement(engagement_id)
    page = _link("reports:assurance", held.submission.account_id)
    post(_to(_coordinators(held), _STEPPED_ASIDE, held, page), str(held.id))


def returned(engagement_id: UUID) -> None:
    """Write to the organisation that its account came back with findings."""
    held = _engagement(engagement_id)
    post(_to_organisation(_RETURNED, held), str(held.id))


def signed(engagement_id: UUID) -> None:
    """Write to the organisation that the statement is signed."""
    held = _engagement(engagement_id)
    post(_to_organisation(_SIGNED, held), str(held.id))


def asked(question_id: UUID) -> None:
    """Write to the organisation that a question waits: to those who can answer, with the page where they do."""
    question = Question.objects.get(id=question_id)
    held = _engagement(question.engagement_id)
    writers = list(_people(held.submission.account.organisation, _WRITES))
    others = [each for each in _people(held.submission.account.organisation, _KEEPS) if each not in writers]
    number = {"number": str(question.number)}
    letters = [
        *_to(writers, _ASKED, held, _link("reports:answer", question.id), number),
        *_to(others, _ASKED, held, _link("reports:assurance", held.submission.account_id), number),
    ]
    post(letters, str(question.id))


def answered(question_id: UUID) -> None:
    """Write to the assurer that the organisation has answered."""
    question = Question.objects.get(id=question_id)
    held = _engagement(question.engagement_id)
    page = f"{_link('reports:ask', held.id)}#question-{question.number}"
    post(_to([held.assurer], _ANSWERED, held, page, {"number": str(question.number)}), str(question.id))


def _engagement(engagement_id: UUID) -> Engagement:
    found = Engagement.objects.select_related("assurer", "assigned_by", "submission__account__organisation")
    return found.get(id=engagement_id)


def _people(keeper: Organisation, roles: Iterable[str]) -> Iterable[Person]:
    """Return who may sign in and has one of these roles in an organisation, each once."""
    found = Person.objects.filter(is_active=True, memberships__organisation=keeper, memberships__role__in=sorted(roles))
    return found.distinct().order_by("email")


def _coordinators(held: Engagement) -> list[Person]:
    """Return who assigned the assurer; if they coordinate no forum of the organisation any more, those who do."""
    coordinating = Person.objects.filter(
        is_active=True,
        memberships__role=Role.COORDINATOR.value,
        memberships__forum__organisations=held.submission.account.organisation,
    ).distinct()
    return list(coordinating.filter(id=held.assigned_by_id)) or list(coordinating.order_by("email"))


def _to_organisation(kind: _Kind, held: Engagement) -> list[mail.EmailMessage]:
    people = _people(held.submission.account.organisation, _KEEPS)
    return _to(people, kind, held, _link("reports:assurance", held.submission.account_id))


def _to(
    people: Iterable[Person], kind: _Kind, held: Engagement, link: str, also: Mapping[str, str] | None = None
) -> list[mail.EmailMessage]:
    """Return the letter for each of these people who may sign in, in their language."""
    account = held.submission.account
    names = {
        "account": account.name,
        "organisation": account.organisation.name,
        "assurer": str(held.assurer),
        "coordinator": str(held.assigned_by),
        **(also or {}),
    }
    return [_letter(each, kind, names, link) for each in people if each.is_active]


def _letter(reader: Person, kind: _Kind, names: Mapping[str, str], link: str) -> mail.EmailMessage:
    with override(reader.language or settings.LANGUAGE_CODE):
        said = {"happened": _(kind.happened) % names, "words": _(kind.link), "link": link}
        subject = " ".join((_(kind.subject) % names).split())
        return mail.EmailMessage(subject, render_to_string("reports/assurance_letter.txt", said), to=[reader.email])


def _link(name: str, *args: object) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse(name, args=args)}"
