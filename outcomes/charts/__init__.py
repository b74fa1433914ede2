"""Charts and the theory-of-change diagram: one drawing for page and paper. Pure: no Django, no database, no clock.

A door brings figures and its voice, and gets a `Figure`, which `templates/charts/figure.html` writes:

    from outcomes.charts import Frame, Voice, bars

    voice = Voice(translate=gettext, money=..., ratio=..., share=..., number=...)      # Decimal -> words
    frame = Frame(id="by-outcome", caption="Value by outcome", source="Source: …")     # ids are unique on a page
    figure = bars.figure([bars.Bar("More social contact", Decimal("237691.80"))], frame, voice, head="Outcome")

    {% include "charts/figure.html" with figure=figure only %}                 on a page: the table opens
    {% include "charts/figure.html" with figure=figure paper=True only %}      on paper: the table is there

What there is, each with `figure(...)` and with the sentence that says its finding:

    bars        value by stakeholder or outcome           figure(bars, frame, voice, head=)       largest
    waterfall   from gross value to present value         figure(steps, frame, voice)             kept
    tornado     the ratio at the ends of each range       figure(swings, central, frame, voice)   most_sensitive
    spread      the ratio in many runs, as dots           figure(spread, frame, voice)            nine_in_ten
    change      indicators before and after               figure(changes, frame, voice)           moved
    over_time   one indicator, reading by reading         figure(measured, frame, voice)          went
    diagram     outputs, outcomes and what leads to what  figure(nodes, links, frame, voice)      reach, told

Labels come in the reader's language; the few words that a chart adds go through `voice.translate`. The frame's
`finding`, if it has one, stands instead of the chart's own. No figures give a sentence and no drawing, never an error.

A drawing is compact: 340 units wide unless the frame says otherwise (a diagram at least 720), with the label of each
bar above it and words of 13 to 15 units, so that a phone shows it legibly and a column of paper or page at about its
natural size. `Frame.width` makes bars longer, not words larger. Amounts stay `Decimal` until they are places on the
sheet; coordinates are written with two decimals at most, so equal figures give equal bytes.
"""

from outcomes.charts.figure import Figure, Frame, Head, Row, Step, Story, Table, Voice

__all__ = ["Figure", "Frame", "Head", "Row", "Step", "Story", "Table", "Voice"]
