"""How long a report of forty pages takes, next to WeasyPrint alone; and whether the worker gives its memory back.

Run as `python -m benchmarks.report`. What is measured:

1. From the click to the report that can be read: asked for, found by `manage.py work`, leased, drawn in a child that it
   forks, signed, kept. An assured report, with its statement, median of three accounts: by the clock, and of processor
   time, since neighbours take the clock's. Held against it, turn by turn: bare WeasyPrint on the very same HTML, in a
   child that is forked as well. To reach: at most 1.3 times.
2. A frozen document as text becomes a PDF: parsed, put into words and drawings, laid out, tagged, written with its
   three files inside. Held against it, turn by turn in the same process: bare WeasyPrint on the very same HTML with the
   same options, but without our fetcher, our look at each character, and the files. Processor time, median of five
   turns. To reach: at most 1.2 times. Measured when this was written, on two busy cores: 0.99 to 1.09 times; the
   difference is less than the noise of the machine.
3. The embedded worker renders three reports, each in a child that it forks: the memory that the parent holds, before
   and after (Linux says it). To reach: at most 1.05 times, so that a worker may run for months.
4. The most that such a child held, beside its parent.
"""

import multiprocessing
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import psutil
import weasyprint
from django.conf import settings
from django.db import connections
from django.utils import timezone, translation

from accounts.roles import Role
from benchmarks._measure import Figure, Times, Unit, machine, medians, show
from benchmarks._scratch import prepare
from outcomes.nouns import Facts
from reports import document, fonts, pdf, queries, services, worker
from reports.models import JobState, Level, RenderJob, Submission
from reports.typesetting import ASSET_FOLDER, PDF_VARIANT
from tests import factories
from tests.reports import accounts, assuring
from tests.reports.frozen import frozen_of

TURNS = 5
OUTCOMES = 9
"""So many, with long names and reasons, make a report of about forty pages."""
JOBS = 3
CLICKS = 3
LANGUAGE = "en-gb"
_fork = multiprocessing.get_context("fork")


def figures() -> Iterator[Figure]:
    """Yield memory first: what this process renders itself would be counted as the worker's."""
    prepare()
    yield from memory()
    yield from from_click()
    yield time_of(accounts.long(OUTCOMES))


def from_click() -> Iterator[Figure]:
    """Yield how long it takes from asking for an assured report until it is there, and how long WeasyPrint alone."""
    clicks, alone = [], []
    with working() as worker_s:
        ready(factories.queued(factories.account()), worker_s)  # whoever comes first finds the worker still starting
        for _turn in range(CLICKS):
            account = assured().account
            before, started = spent(worker_s), time.perf_counter()
            job = services.ask_for_report(actor=None, account=account, language=LANGUAGE, now=timezone.now())
            ready(job, worker_s)
            clicks.append(Times(time.perf_counter() - started, spent(worker_s) - before))
            alone.append(in_a_child(partial(bare, page_of(job))))
            pages = must_be_assured(job)
    figure = partial(Figure, beside="WeasyPrint alone, in a child", most_times=1.3)
    took, bare_one = (Times(*map(median, zip(*times, strict=True))) for times in (clicks, alone))
    yield figure(what=f"click to ready, {pages} pages, assured", took=took.clock, bare=bare_one.clock)
    yield figure(what="the same, processor time", took=took.processor, bare=bare_one.processor)


def must_be_assured(job: RenderJob) -> int:
    """Return how many pages a report has, if it is there, signed, and says what its assurer said."""
    report = queries.report_of(job)
    if report is None or not report.signed_by or report.statement is None:
        raise AssertionError("the report is not there, not signed or not assured")
    return report.pages


@contextmanager
def working() -> Iterator[psutil.Process]:
    """Run the embedded worker in a process of its own, as `./run` does."""
    process = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=settings.BASE_DIR)
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def spent(process: psutil.Process) -> float:
    """Return the processor time of a process and all that came of it, of those that have ended too."""
    family = [process, *process.children(recursive=True)]
    return sum(sum(each.cpu_times()[:4]) for each in family)


def ready(job: RenderJob, worker_s: psutil.Process) -> None:
    """Wait until a report is there."""
    while RenderJob.objects.get(pk=job.pk).state != JobState.DONE:
        if worker_s.status() == psutil.STATUS_ZOMBIE:
            raise AssertionError("the worker has ended")
        time.sleep(0.05)


def assured() -> Submission:
    """Submit an account of forty pages, and have its statement signed."""
    forum = factories.forum()
    keeper = factories.organisation(forum=forum)
    submission = factories.submitted(factories.account(accounts.long(OUTCOMES), keeper=keeper))
    coordinator, assurer = factories.member(Role.COORDINATOR, forum), factories.member(Role.ASSURER, forum)
    given: Mapping[str, Any] = {"assurer": assurer, "level": Level.INDEPENDENT, "now": assuring.NOW}
    engagement = services.assign(actor=coordinator, account=submission.account, **given)
    held = assuring.Assurance(
        forum=forum, keeper=keeper, account=submission.account, coordinator=coordinator, engagement=engagement
    )
    assuring.declared(held)
    for principle in range(1, 8):
        assuring.judge(held, principle)
    assuring.conclude(held)
    assuring.sign(held)
    return submission


def page_of(job: RenderJob) -> str:
    """Return the HTML that a job draws."""
    drawing = services.read_drawing(job.id)
    with translation.override(LANGUAGE):
        return pdf.html(drawing.frozen, statement=drawing.statement)


def in_a_child(what: Callable[[], object]) -> Times:
    """Return how long something takes in a child that is forked for it."""
    connections.close_all()
    child = _fork.Process(target=what)
    before, started = spent_by_children(), time.perf_counter()
    child.start()
    child.join()
    return Times(time.perf_counter() - started, spent_by_children() - before)


def spent_by_children() -> float:
    """Return the processor time of all children of this process that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory() -> Iterator[Figure]:
    """Yield how much memory the worker has before and after three reports, and how much each of its children."""
    jobs = [factories.queued(factories.account(factories.complete_facts())) for _job in range(JOBS)]
    before = held()
    for job in jobs:
        worker.render(job.id, stopping=lambda: False)
    left = services.waiting(timezone.now())
    if left:
        raise AssertionError(f"not rendered: {left}")
    after, child = held(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    figure = partial(Figure, unit=Unit.MEGABYTES)
    yield figure(what=f"the worker, after {JOBS} reports", took=after, bare=before, beside="before", most_times=1.05)
    yield figure(what="a report of the luncheon club, its process", took=child, bare=after, beside="the worker")


def held() -> int:
    """Return the memory that this process holds, in bytes."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * resource.getpagesize()


def time_of(facts: Facts) -> Figure:
    """Return how long a report takes from its frozen document, and how long WeasyPrint alone."""
    text = document.canonical(frozen_of(facts))
    with translation.override(LANGUAGE):
        page = pdf.html(document.parsed(text))
    pages = made(text).pages
    took, alone = medians([partial(made, text), partial(bare, page)], turns=TURNS)
    what = f"a report of {pages} pages"
    beside = "WeasyPrint alone, the same HTML"
    return Figure(what=what, took=took.processor, bare=alone.processor, beside=beside, most_times=1.2)


def made(text: str) -> Any:
    """Return the report on a frozen document, as the worker makes it."""
    return pdf.make(document.parsed(text), LANGUAGE)


def bare(page: str) -> bytes:
    """Return what WeasyPrint makes of the page; the styles stand in it, since nothing may be fetched."""
    fonts.use_our_fonts()
    style = (ASSET_FOLDER / "paper.css").read_text(encoding="utf-8")
    whole = page.replace('<link rel="stylesheet" href="asset:paper.css">', f"<style>{style}</style>")
    whole = whole.replace("<html ", '<html lang="en-GB" ', 1)
    content: bytes = weasyprint.HTML(string=whole).write_pdf(pdf_variant=PDF_VARIANT)
    return content


def main() -> None:
    """Print the table."""
    show("Reports", figures())
    print(machine())


if __name__ == "__main__":
    main()
