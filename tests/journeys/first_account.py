"""The way of a first account, stage by stage, as somebody goes it who has `first_account.json` in mind."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from django.core import mail
from playwright.sync_api import Locator, expect

from outcomes import bands, format as account_format
from outcomes.forms._start import ASKED
from outcomes.nouns import Adjustment, Facts, Link, Outcome
from outcomes.stages import BY_SLUG
from stakeholders.nouns import CoProduction
from tests import factories
from tests.journeys.typist import OPEN_FORM, Typist, heading

DECIDED = (
    "relevant",
    "relevance_reason",
    "significant",
    "significance_reason",
    "decision",
    "decision_reason",
)
SAID_AT_FIRST = tuple(each.name for each in fields(Outcome) if each.name not in DECIDED)
NOTES = b"%PDF-1.7 What members said in May, without names"
WHY = "Fourteen volunteers are too few to look at apart without telling who is who."


def in_mind() -> Facts:
    """Return the account that somebody has in mind: five changes, and all that is asked about them."""
    return account_format.loads(Path(__file__).with_suffix(".json").read_bytes())


def as_held(facts: Facts) -> Facts:
    """Return an account without what saving adds: the sentences of the bands, the hash of a file, the reasons."""
    return replace(
        facts,
        adjustments=tuple(replace(each, sentence="") for each in facts.adjustments),
        evidence=tuple(replace(each, file_name="", file_sha256="") for each in facts.evidence),
        explanations=(),
    )


# --- Coming in --------------------------------------------------------------------------------------------------------


def invite(typist: Typist, email: str, role: str) -> str:
    """Invite somebody, as an administrator who is at the list of people; return the link of their letter."""
    typist.link("Invite somebody")
    typist.type("E-mail address", email)
    typist.page.get_by_role("radio", name=re.compile(f"^{role}:")).check()
    typist.button("Send the invitation")
    letter = next(each for each in reversed(mail.outbox) if email in each.to)
    return re.findall(r"https?://\S+", str(letter.body))[0]


def join(typist: Typist, link: str, name: str) -> None:
    """Follow the link of a letter, say one's name and choose a password."""
    typist.open(link)
    typist.show("invited")
    typist.button("Go on")
    typist.type("Your name", name)
    typist.type("Password", factories.PASSWORD)
    typist.type("Password again", factories.PASSWORD)
    typist.show("joined")
    typist.button("Join")
    heading(typist, "My accounts")


# --- Keeping ----------------------------------------------------------------------------------------------------------


def start(typist: Typist, facts: Facts) -> None:
    """Start an account by the questions that are asked at first."""
    typist.press(typist.page.get_by_role("link", name="Start an account for"))
    typist.say(facts.account, ASKED)
    typist.show("started")
    typist.button("Start the account")
    heading(typist, "Step by step")


def go_to(typist: Typist, slug: str) -> None:
    """Go to a stage from the list of all of them."""
    typist.press(typist.page.get_by_role("link", name="Steps", exact=True).first)
    title = BY_SLUG[slug].title
    typist.press(typist.page.get_by_role("link", name=re.compile(rf"^\d\. {re.escape(title)}")))
    heading(typist, title)


def scope(typist: Typist, facts: Facts) -> None:
    """Say what the account is about, and by which conventions it is worked out."""
    go_to(typist, "scope")
    typist.press(typist.page.get_by_role("link", name=re.compile("^(Answer|Change) ?: Scope$")))
    typist.say(facts.account)
    typist.save()
    typist.show("scope", typist.page.locator("#questions"))


def who(typist: Typist, facts: Facts) -> None:
    """Say who is affected, and each time that they were asked."""
    go_to(typist, "who")
    typist.add(facts.stakeholders)
    typist.add(facts.subgroups)
    typist.add(facts.involvement)
    typist.show("who", typist.page.locator("#list-stakeholders"))


def changes(typist: Typist, facts: Facts) -> None:
    """Say what goes in, what is done, what changes, and what leads to what."""
    go_to(typist, "changes")
    typist.add(facts.inputs)
    typist.add(facts.outputs)
    typist.add(facts.outcomes, SAID_AT_FIRST)
    typist.link("See how one change leads to the next")
    for step in facts.chain_of_events:
        add_step(typist, step)
    typist.show("changes", typist.page.locator("#theory-part"))


def add_step(typist: Typist, step: Link) -> None:
    """Add a step of the chain on the page of its diagram."""
    typist.say(step, form=typist.page.locator("#add-step form"))
    send(typist, typist.page.get_by_role("button", name="Add this step"), typist.page.locator(f"#step-{step.ref}"))


def measured(typist: Typist, facts: Facts) -> None:
    """Say how one can tell, and what was seen before and after."""
    typist.press(typist.page.get_by_role("link", name="Everything in it", exact=True).first)
    typist.link("Indicators")
    typist.link("Type many at once")
    for indicator in facts.indicators:
        add_to_grid(typist, indicator)
    go_to(typist, "measured")
    first = [each for each in facts.observations if each.indicator == "I1"]
    typist.press(typist.page.get_by_role("link", name=re.compile("^I1 ")).first)
    typist.link("Add what was seen")
    for each in first:
        typist.say(each, form=typist.page.locator("#add-seen form"))
        typist.button("Add it")
        typist.is_taken()
    typist.show("measured", typist.page.get_by_role("heading", name="Over time"))
    go_to(typist, "measured")
    typist.add([each for each in facts.observations if each not in first])


def add_to_grid(typist: Typist, row: Any) -> None:
    """Type a row into the blank one at the end of a grid."""
    blank = typist.page.locator("#row-new")
    typist.say(row, form=blank)
    send(typist, blank.get_by_role("button", name="Add"), typist.page.locator(f"#row-{row.ref}"))


def worth(typist: Typist, facts: Facts) -> None:
    """Say what one of each change is worth to those affected."""
    go_to(typist, "worth")
    typist.press(typist.page.get_by_role("link", name=re.compile("^(Answer|Change) ?: Price base$")))
    typist.say(facts.account)
    typist.save()
    typist.add(facts.valuations)
    typist.show("worth", typist.page.locator("#list-valuations"))


def anyway(typist: Typist, facts: Facts) -> None:
    """Judge the four factors of each change: by a sentence where one fits, by a figure where none does."""
    go_to(typist, "anyway")
    typist.link("Judge all four, change by change")
    for outcome in facts.outcomes:
        typist.press(typist.page.get_by_role("link", name=re.compile(f"{outcome.ref} {re.escape(outcome.name)}")).first)
        for factor in [each for each in facts.adjustments if each.outcome == outcome.ref]:
            judge(typist, factor)
        if outcome.ref == "O1":
            typist.show("anyway", typist.page.locator("#factor-deadweight"))
        typist.press(
            typist.page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link", name="What would have").first
        )


def judge(typist: Typist, factor: Adjustment) -> None:
    """Judge one factor on the page of its change, and save it."""
    place = typist.page.locator(f"#factor-{factor.factor.value}")
    form, prefix = place.locator("form"), f"{factor.factor.value}-"
    banded = next((each for each in bands.BANDS[factor.factor] if each.figure == factor.figure), None)
    if banded is not None:
        typist.keys += 1
        form.locator(f'[name="{prefix}band"][value="{int(banded.figure * 100)}"]').check()
    names = ("low", "high", "reason", "source", "judged_by", *(() if banded else ("figure",)))
    typist.say(factor, names, form=form, prefix=prefix)
    send(typist, place.get_by_role("button", name="Save"), place.get_by_text("Saved.", exact=True))


def send(typist: Typist, button: Locator, sign: Locator) -> None:
    """Press a button that saves a part of a page; with scripts the page stays, and the sign that it was saved comes."""
    if not typist.scripts:
        typist.press(button)
        return
    typist.keys += 1
    button.click()
    expect(sign).to_be_visible()


def left_out(typist: Typist, facts: Facts) -> None:
    """Decide of each change whether it counts, on the list of everything that was raised."""
    go_to(typist, "left-out")
    typist.link("See everything that was ever raised")
    for outcome in facts.outcomes:
        decide(typist, outcome)
    typist.show("left-out", typist.page.locator("#raised-outcomes-O1"))


def decide(typist: Typist, outcome: Outcome) -> None:
    """Decide of one change."""
    place = typist.page.locator(f"#raised-outcomes-{outcome.ref}")
    link = place.get_by_role("link", name="Decide")
    if typist.scripts:
        typist.keys += 1
        link.click()
        expect(place.locator("form")).to_be_visible()
    else:
        typist.press(link)
    typist.say(outcome, DECIDED, form=place.locator("form"))
    typist.press(place.get_by_role("button", name="Save"))
    typist.is_taken()


def together(typist: Typist, statements: Sequence[CoProduction]) -> None:
    """Answer the statements of co-production."""
    go_to(typist, "co-production")
    typist.link("Answer all five on one page")
    for each in statements:
        place = typist.page.locator(f"#statement-{each.statement.value}")
        typist.say(each, form=place.locator("form"))
        typist.press(place.get_by_role("button", name="Save this answer"))
        typist.is_taken()
    typist.show("co-production", typist.page.locator(".statement").first)


def be_open(typist: Typist, facts: Facts) -> None:
    """Say what a reader should know, when it is talked over, and show what bears it out."""
    go_to(typist, "submit")
    typist.press(typist.page.get_by_role("link", name=re.compile("^(Answer|Change) ?: Limitations$")))
    typist.say(facts.account)
    typist.save()
    bear_out(typist, facts)


def bear_out(typist: Typist, facts: Facts) -> None:
    """Add the one piece of evidence, with its file, where people were asked."""
    (piece,) = facts.evidence
    go_to(typist, "who")
    typist.press(typist.page.get_by_role("link", name=re.compile(f"^{piece.about_row} ")).first)
    typist.link("Add evidence")
    typist.say(piece)
    typist.page.locator(OPEN_FORM).get_by_label("File", exact=True).set_input_files(
        {"name": "notes.pdf", "mimeType": "application/pdf", "buffer": NOTES}
    )
    typist.keys += 1
    typist.show("evidence", typist.page.get_by_role("heading", level=1))
    typist.save()


def give_reasons(typist: Typist) -> int:
    """Give each reason that is asked for on the page of submitting; return how many."""
    typist.press(typist.page.get_by_role("link", name="Check and submit", exact=True).first)
    asked = typist.page.locator('textarea[name^="reason-"]')
    many = asked.count()
    for place in range(many):
        typist.keys += len(WHY)
        asked.nth(place).fill(WHY)
    if many:
        typist.show("reasons", typist.page.get_by_role("heading", name="What needs a reason"))
        typist.button("Save the reasons")
    return many


# --- Submitting -------------------------------------------------------------------------------------------------------


def submit(typist: Typist, name: str) -> None:
    """Read an account and submit it, as an approver who has just come in."""
    typist.press(typist.page.get_by_role("link", name=name, exact=True))
    typist.press(typist.page.get_by_role("link", name="Check and submit", exact=True).first)
    expect(typist.page.get_by_role("heading", name="What is missing")).to_have_count(0)
    expect(typist.page.get_by_role("heading", name="What will be frozen")).to_be_visible()
    typist.keys += 1
    typist.page.get_by_text("I have read this account, and submit it").click()
    typist.show("submitted", typist.page.get_by_role("heading", name=re.compile("^Submit in the name of")))
    typist.button("Submit")
    heading(typist, "This account is submitted")
