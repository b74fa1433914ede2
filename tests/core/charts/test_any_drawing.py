"""Whatever the figures and the labels: nothing leaves the sheet, no words run into others, no bar through words."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings, strategies as st

from outcomes.charts import Figure, bars, change, diagram, spread, tornado, waterfall
from outcomes.charts._marks import Circle, Drawing, Line, Rectangle
from tests.core.charts.looking import (
    FRAME,
    VOICE,
    amounts,
    labels,
    outside,
    overlapping,
    ratios,
    struck,
    widths,
)

few = settings(max_examples=60)
a_few = settings(max_examples=30)

all_bars = st.lists(st.builds(bars.Bar, labels, amounts, note=labels), min_size=1, max_size=25)
all_steps = st.lists(
    st.builds(waterfall.Step, labels, amounts, st.sampled_from(waterfall.Kind)), min_size=1, max_size=9
)
ends = st.sampled_from(
    ["0%", "100%", "£3,432.00", "−£999,999,999,999.99", "", "£1,000,000,000,000.00 for each of them"]
)
all_swings = st.lists(
    st.builds(
        tornado.Swing, label=labels, low=ends, high=ends, ratio_low=ratios, ratio_high=ratios, stated=st.booleans()
    ),
    min_size=1,
    max_size=15,
)
readings = st.none() | st.builds(
    change.Reading, numerator=amounts, denominator=st.none() | st.decimals(0, 10**9, places=0)
)
all_changes = st.lists(
    st.builds(change.Change, label=labels, before=readings, after=readings, is_share=st.booleans()),
    min_size=1,
    max_size=6,
)


@st.composite
def spreads(draw: st.DrawFn) -> spread.Spread:
    dots = sorted(draw(st.lists(ratios, min_size=20, max_size=100)))
    return spread.Spread(
        dots=tuple(dots),
        central=draw(ratios),
        low=dots[1],
        high=dots[-2],
        below_one=Decimal("0.05"),
        runs=10_000,
    )


@st.composite
def chains(draw: st.DrawFn) -> tuple[list[diagram.Node], list[tuple[str, str]]]:
    count = draw(st.integers(1, 30))
    nodes = [
        diagram.Node(
            ref=f"N{index}",
            label=draw(labels),
            kind=draw(st.sampled_from(diagram.Kind)),
            worse=draw(st.booleans()),
        )
        for index in range(count)
    ]
    refs = st.sampled_from([node.ref for node in nodes])
    effects = [node.ref for node in nodes if node.kind is not diagram.Kind.OUTPUT] or ["N-1"]
    return nodes, draw(st.lists(st.tuples(refs, st.sampled_from(effects)), max_size=40))


def drawn(figure: Figure) -> Drawing:
    assert figure.drawing is not None
    return figure.drawing


def is_clean(drawing: Drawing) -> bool:
    assert outside(drawing) == []
    assert overlapping(drawing) == []
    return True


@few
@given(all_bars, widths)
def test_bars_stay_on_the_sheet_and_clear_of_words(values: list[bars.Bar], width: float) -> None:
    drawing = drawn(bars.figure(values, replace(FRAME, width=width), VOICE, head="Outcome"))
    assert is_clean(drawing)
    assert list(struck(drawing, Rectangle, Line)) == []


@few
@given(all_steps, widths)
def test_a_waterfall_stays_on_the_sheet_and_clear_of_words(steps: list[waterfall.Step], width: float) -> None:
    drawing = drawn(waterfall.figure(steps, replace(FRAME, width=width), VOICE))
    assert is_clean(drawing)
    assert list(struck(drawing, Rectangle, Line)) == []


@few
@given(all_swings, ratios, widths)
def test_a_tornado_stays_on_the_sheet_and_clear_of_words(
    swings: list[tornado.Swing], central: Decimal, width: float
) -> None:
    drawing = drawn(tornado.figure(swings, central, replace(FRAME, width=width), VOICE))
    assert is_clean(drawing)
    assert list(struck(drawing, Rectangle, Line)) == []


@few
@given(spreads(), widths)
def test_a_spread_stays_on_the_sheet_and_clear_of_words(runs: spread.Spread, width: float) -> None:
    figure = spread.figure(runs, replace(FRAME, width=width), VOICE)
    assert figure.drawing is None or is_clean(figure.drawing)
    assert figure.drawing is None or list(struck(figure.drawing, Circle, Line)) == []


@few
@given(all_changes, widths)
def test_changes_stay_on_the_sheet_and_clear_of_words(changes: list[change.Change], width: float) -> None:
    drawing = drawn(change.figure(changes, replace(FRAME, width=width), VOICE))
    assert is_clean(drawing)
    assert list(struck(drawing, Circle, Line)) == []


@a_few
@given(chains(), widths)
def test_a_diagram_stays_on_the_sheet_with_its_words_in_boxes_that_do_not_touch(
    chain: tuple[list[diagram.Node], list[tuple[str, str]]], width: float
) -> None:
    nodes, links = chain
    drawing = drawn(diagram.figure(nodes, links, replace(FRAME, width=width), VOICE))
    assert is_clean(drawing)
    boxes = [mark.box() for mark in drawing.marks if isinstance(mark, Rectangle)]
    assert len(boxes) == len(nodes)
    assert not [
        (one, other)
        for one in boxes
        for other in boxes
        if one is not other and one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]


@a_few
@given(all_bars)
def test_equal_figures_give_equal_bytes(values: list[bars.Bar]) -> None:
    first, second = (drawn(bars.figure(values, FRAME, VOICE, head="Outcome")) for _ in range(2))
    assert [mark.attributes() for mark in first.marks] == [mark.attributes() for mark in second.marks]
