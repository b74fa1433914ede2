"""A small report in HTML that uses everything that paper.css offers: what the typesetting is tried on."""

import json
from datetime import datetime, timedelta, timezone

from reports.typesetting import Attachment

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHEN = datetime(2026, 11, 23, 10, 30, tzinfo=timezone(timedelta(hours=1)))
WORKBOOK = Attachment(
    name="gwerth.xlsx",
    content=b"PK, not really a workbook",
    mime_type=WORKBOOK_TYPE,
    description="The account as a workbook",
    relationship="Source",
    modified=WHEN,
)
DATA = Attachment(
    name="account.json",
    content=json.dumps({"name": "Dŵr y Felin"}).encode(),
    mime_type="application/json",
    description="The account's data",
    relationship="Data",
    modified=WHEN,
)

HEAD = """\
<meta charset="utf-8">
<title>Gwerth cymdeithasol: Men's Shed Dŵr y Felin</title>
<meta name="author" content="Men's Shed Dŵr y Felin">
<meta name="description" content="Account of social value, April 2025 to March 2026">
<meta name="dcterms.created" content="2026-11-23T09:30:00Z">
<meta name="dcterms.modified" content="2026-11-23T09:30:00Z">
<link rel="stylesheet" href="asset:paper.css">
"""

COVER = """\
<section class="cover">
<div class="cover-panel">
<p class="eyebrow">Account of social value</p>
<h1>What the Men's Shed at Dŵr y Felin is worth to the people in it</h1>
<p class="subtitle">April 2025 to March 2026, what happened and what it cost</p>
<p class="status">Draft: not assured</p>
</div>
<div class="cover-foot"><dl class="facts">
<dt>Organisation</dt><dd>Men's Shed Dŵr y Felin, registered charity</dd>
<dt>Made for</dt><dd>Members, trustees and the funders of the shed</dd>
<dt>Kept against</dt><dd>The seven Principles of Social Value</dd>
</dl></div>
</section>
"""

CONTENTS = """\
<nav class="contents">
<h2>Contents</h2>
<ol>
<li class="plain"><a href="#summary">Summary</a></li>
<li><a href="#voices">Who told us, and how</a><ol><li><a href="#welsh">In their own words</a></li></ol></li>
<li><a href="#value">What it is worth</a></li>
<li><a href="#verify">How to check this document</a></li>
</ol>
</nav>
"""

SUMMARY = """\
<section class="part plain" id="summary">
<h2>Summary</h2>
<p class="lead">For each £1 put in, the members gained between £1.40 and £2.30 of well-being. The central figure is
£1.93.</p>
<ul class="tiles">
<li class="tile tile--main"><span class="tile-label">Value for each £1</span>
<span class="tile-value">£1.40 to £2.30</span><span class="tile-note">central figure £1.93</span></li>
<li class="tile"><span class="tile-label">Value created</span>
<span class="tile-value">£96,512</span><span class="tile-note">over three years, in 2025 prices</span></li>
<li class="tile"><span class="tile-label">Cost</span>
<span class="tile-value">£50,000</span><span class="tile-note">money and volunteers' time</span></li>
</ul>
<aside class="callout callout--warning"><h3>Not assured yet</h3>
<p>Nobody independent has checked how these figures were made. They may change.</p></aside>
<p>Most of the value comes from fewer lonely days.<span class="note">Survey of members, March 2026: 41 of 58 answered.
See <a href="https://example.org/survey">the questions that were asked</a>.</span> Members and carers said what changed
for them, good and bad, before anything was counted.</p>
<figure>
<figcaption>Members gain most of the value; carers gain a quarter of it</figcaption>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 132" role="img">
<title>Bars of value by group: members £61,300, carers £24,100, health services £11,112.</title>
<g font-size="14" fill="#1b2a2f">
<text x="0" y="26">Members</text><text x="0" y="68">Carers</text><text x="0" y="110">Health services</text></g>
<g fill="#0b5563"><rect x="130" y="8" width="400" height="26"/><rect x="130" y="50" width="157" height="26"/>
<rect x="130" y="92" width="73" height="26"/></g>
<g font-size="14" fill="#1b2a2f">
<text x="538" y="26">£61,300</text><text x="295" y="68">£24,100</text><text x="211" y="110">£11,112</text></g>
</svg>
<p class="source">Value map, page 4. n = 58 members, 22 carers.</p>
</figure>
</section>
"""

VOICES = """\
<section class="part part--new-page" id="voices">
<h2>Who told us, and how</h2>
<p>Fifty-eight members came in the year. Two who had stopped coming were asked as well, and their answers count.</p>
<h3 id="welsh">In their own words</h3>
<blockquote lang="cy"><p>Mae'r gwŷr yn dŵad yma bob dydd Mawrth; tŷ cynnes, cwmnïaeth dda, a phaned â llaeth.</p>
<footer>Member, 71, in Welsh</footer></blockquote>
<p>Others wrote in Polish (Zażółć gęślą jaźń), Ukrainian (Дуже дякую), Arabic (شكرا جزيلا), Hindi (धन्यवाद) and Chinese
(非常感谢).</p>
<div class="verdict"><h3>What the assurer found</h3><p>Not assured: the engagement starts in January 2027.</p></div>
<p><span class="badge">ready</span> <span class="badge badge--warning">needs a reason</span>
<span class="badge badge--danger">missing</span></p>
</section>
"""

VERIFY = """\
<section class="part" id="verify">
<h2>How to check this document</h2>
<p>Its data has this SHA-256:
<span class="code">9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</span>
</p>
<aside class="callout callout--danger"><h3>If the two differ</h3>
<p>The document was changed after it was made.</p></aside>
<aside class="callout"><h3>Attached</h3><p>The account's data as JSON, and its workbook.</p></aside>
</section>
"""


def sample_report(*, extra: str = "", rows: int = 60) -> str:
    """Return the report; `extra` is put at its end as it is, `rows` sets the length of the value map."""
    return (
        f'<!DOCTYPE html>\n<html data-status="draft">\n<head>\n{HEAD}</head>\n'
        '<body data-title="Men\'s Shed Dŵr y Felin: social value, 2025 to 2026" data-status-words="Draft: not assured"'
        ' data-page="Page " data-of=" of ">\n'
        f"{COVER}{CONTENTS}{SUMMARY}{VOICES}{_value_map(rows)}{VERIFY}{extra}</body>\n</html>\n"
    )


def page_with(fragment: str, *, head: str = "") -> str:
    """Return a one-page document in our styles with the fragment under a heading."""
    body = f"<body><h1>A page</h1>{fragment}</body>"
    return f"<!DOCTYPE html>\n<html>\n<head>\n{HEAD}{head}</head>\n{body}</html>"


def _value_map(rows: int) -> str:
    """Return a table of this many outcomes in two groups, with its total."""
    lines = [_outcome(number) for number in range(1, rows + 1)]
    half = rows // 2
    return (
        '<section class="part part--new-page" id="value">\n<h2>What it is worth</h2>\n<table class="sheet">\n'
        "<caption>Value map: each change, how many it happened to, and its value in the first year</caption>\n"
        '<colgroup><col style="width:46%"><col style="width:16%"><col style="width:19%"><col style="width:19%">'
        '</colgroup>\n<thead><tr><th>Change</th><th class="number">People</th>'
        '<th class="number">Value of each, £</th><th class="number">First year, £</th></tr></thead>\n<tbody>\n'
        f'<tr class="group"><th colspan="4">Members</th></tr>\n{"".join(lines[:half])}'
        f'<tr class="group"><th colspan="4">Carers</th></tr>\n{"".join(lines[half:])}'
        '<tr class="total"><th>All changes</th><td class="number">1,830</td><td class="number">–</td>'
        '<td class="number">96,512.00</td></tr>\n</tbody>\n</table>\n</section>\n'
    )


def _outcome(number: int) -> str:
    """Return one row of the value map."""
    return (
        f"<tr><th>Change {number}: fewer lonely days, more to get up for</th>"
        f'<td class="number">{number}</td><td class="number">{number * 111:,}.11</td>'
        f'<td class="number">{number * number * 7:,}.70</td></tr>\n'
    )
