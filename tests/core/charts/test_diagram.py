"""The theory of change: what stands where, what points where, and the same in words."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from outcomes.charts import Figure, _paint, diagram
from outcomes.charts._layers import Cell, columns, middles
from outcomes.charts._marks import Path, Rectangle
from outcomes.charts.diagram import Kind, Node
from tests.core.charts.looking import FRAME, VOICE, outside, overlapping, text_of, words
from tests.core.charts.samples import LINKS, NODES

refs = st.sampled_from([f"O{index}" for index in range(12)])


def drawn(nodes: list[Node] = NODES, links: list[tuple[str, str]] = LINKS) -> Figure:
    return diagram.figure(nodes, links, FRAME, VOICE)


def _ten(_above: Cell, _below: Cell) -> float:
    return 10.0


def boxes(figure: Figure) -> dict[str, Rectangle]:
    """Return the box of each label."""
    assert figure.drawing is not None
    rectangles = [mark for mark in figure.drawing.marks if isinstance(mark, Rectangle)]
    return {
        line.text: box
        for line in words(figure.drawing)
        for box in rectangles
        if box.x <= line.x <= box.x + box.width and box.y <= line.y <= box.y + box.height
    }


def test_outputs_stand_left_and_each_outcome_right_of_all_that_leads_to_it() -> None:
    found = boxes(drawn())
    places = [found[label].x for label in ("Lunches served", "More contact", "Better health", "More trust")]
    assert places == sorted(places)
    assert len(set(places)) == 4
    assert found["Helpers tire"].x == found["More contact"].x


def test_a_box_says_by_outline_and_words_what_it_is() -> None:
    found = boxes(drawn())
    assert found["Lunches served"].paint == _paint.BOX_OUTPUT
    assert found["More contact"].paint == _paint.BOX_COUNTED
    assert found["Helpers tire"].paint == _paint.BOX_HARM
    assert found["for the worse"].paint in {_paint.BOX_HARM, _paint.BOX_HARM_LEFT_OUT}
    assert found["More trust"].paint == _paint.BOX_LEFT_OUT
    assert found["Travel costs"].paint == _paint.BOX_HARM_LEFT_OUT
    assert "not counted" in found


def test_every_arrow_has_its_head_on_the_box_of_the_effect() -> None:
    figure = drawn(NODES[:3], [("P1", "O1"), ("O1", "O2")])
    assert figure.drawing is not None
    heads = [mark for mark in figure.drawing.marks if isinstance(mark, Path) and mark.paint == _paint.ARROW]
    tips = {head.pieces[0][1][0][0] for head in heads}
    found = boxes(figure)
    assert tips == {found["More contact"].x, found["Better health"].x}


def test_arrows_of_one_box_leave_it_in_the_order_of_their_effects() -> None:
    effects = [Node(ref=f"O{index}", label=f"Change {index}", kind=Kind.COUNTED) for index in range(4)]
    figure = drawn([NODES[0], *effects], [("P1", f"O{index}") for index in (2, 0, 3, 1)])
    assert figure.drawing is not None
    lines = [mark for mark in figure.drawing.marks if isinstance(mark, Path) and mark.paint == _paint.LINK]
    ends = sorted((line.pieces[0][1][0][1], line.pieces[-1][1][-1][1]) for line in lines)
    assert ends == sorted(ends, key=lambda end: end[1])
    assert len({start for start, _ in ends}) == 4


def test_what_feeds_back_is_dashed_and_points_left() -> None:
    figure = drawn(NODES[:3], [("P1", "O1"), ("O1", "O2"), ("O2", "O1")])
    assert figure.drawing is not None
    back = [mark for mark in figure.drawing.marks if isinstance(mark, Path) and mark.paint == _paint.LINK_BACK]
    assert len(back) == 1
    found = boxes(figure)["More contact"]
    tips = [
        mark.pieces[0][1][0][0]
        for mark in figure.drawing.marks
        if isinstance(mark, Path) and mark.paint == _paint.ARROW
    ]
    assert found.x + found.width in tips


def test_no_arrow_runs_through_a_box() -> None:
    figure = drawn()
    assert figure.drawing is not None
    lines = [mark for mark in figure.drawing.marks if isinstance(mark, Path) and mark.paint == _paint.LINK]
    level = [
        (points[0], before[1][-1])
        for line in lines
        for before, (letter, points) in pairwise(line.pieces)
        if letter == "L"
    ]
    assert level
    for end, start in level:
        for box in boxes(figure).values():
            clear = end[0] <= box.x or start[0] >= box.x + box.width
            assert clear or not box.y < end[1] < box.y + box.height


def test_what_is_linked_to_nothing_stands_apart_under_a_caption() -> None:
    figure = drawn()
    assert figure.drawing is not None
    caption = next(line for line in words(figure.drawing) if line.text == "Not linked to anything yet")
    found = boxes(figure)
    assert found["Travel costs"].y > caption.y
    assert all(box.y < caption.y for label, box in found.items() if label in {"Lunches served", "More trust"})


def test_without_links_everything_stands_in_rows_under_a_caption() -> None:
    figure = drawn(links=[])
    assert figure.drawing is not None
    assert "Nothing is linked yet" in text_of(figure.drawing)
    assert len(boxes(figure)) >= len(NODES)


def test_sixty_outcomes_stay_readable_in_columns_of_bounded_height() -> None:
    outcomes = [Node(ref=f"O{index}", label=f"Outcome {index} of them", kind=Kind.COUNTED) for index in range(60)]
    links = [("P1", node.ref) for node in outcomes]
    figure = diagram.figure([NODES[0], *outcomes], links, FRAME, VOICE)
    assert figure.drawing is not None
    columns_of_boxes = [box.x for box in figure.drawing.marks if isinstance(box, Rectangle)]
    assert max(columns_of_boxes.count(x) for x in columns_of_boxes) <= diagram.MOST_IN_COLUMN
    assert outside(figure.drawing) == []
    assert overlapping(figure.drawing) == []


def test_a_diagram_is_at_least_as_wide_as_its_columns_need() -> None:
    narrow, wide = drawn(), diagram.figure(NODES, LINKS, replace(FRAME, width=900), VOICE)
    assert narrow.drawing is not None
    assert wide.drawing is not None
    assert narrow.drawing.width == diagram.WIDTH
    assert wide.drawing.width == 900


def test_the_diagram_is_told_in_words() -> None:
    story = drawn().story
    assert story is not None
    assert [(step.cause, step.effects) for step in story.steps] == [
        ("Lunches served", ("More contact", "Helpers tire (for the worse)", "Better health")),
        ("More contact", ("Better health",)),
        ("Better health", ("More trust (not counted)",)),
    ]
    assert story.unlinked == ("Travel costs (for the worse, not counted)",)


def test_the_description_counts_what_is_drawn() -> None:
    strays = [*LINKS, ("P1", "O1"), ("O2", "O2"), ("nowhere", "O1")]
    assert drawn(links=strays).description == ("Boxes with arrows. Outputs: 1. Outcomes: 5. Arrows: 5. A list follows.")


def test_the_finding_does_not_hide_harm() -> None:
    assert drawn().finding == "How what was done leads to what changed, for better and for worse"
    assert drawn(NODES[:3], []).finding == "How what was done leads to what changed"


# --- The columns


def test_a_circle_is_opened_at_the_link_that_closes_it() -> None:
    laid = columns(["P"], ["A", "B", "C"], [("P", "A"), ("A", "B"), ("B", "C"), ("C", "A")], most=9)
    assert [[cell.key for cell in column if not cell.link] for column in laid.columns] == [["P"], ["A"], ["B"], ["C"]]
    assert [(route.cause, route.effect) for route in laid.routes if route.back] == [("C", "A")]


def test_what_no_link_touches_is_in_no_column() -> None:
    assert columns(["P"], ["A", "B"], [("P", "A")], most=9).columns == ((Cell("P"),), (Cell("A"),))
    assert columns(["P"], ["A"], [], most=9).columns == ()


def test_arrows_are_uncrossed_where_they_can_be() -> None:
    links = [("P1", "C"), ("P2", "B"), ("P3", "A")]
    first, second = columns(["P1", "P2", "P3"], ["A", "B", "C"], links, most=9).columns
    pairs = dict(links)
    assert [pairs[cell.key] for cell in first] == [cell.key for cell in second]


def test_a_full_column_sends_the_rest_to_the_next_and_outputs_stay_left() -> None:
    outputs = [f"P{index}" for index in range(5)]
    laid = columns(outputs, ["A"], [(output, "A") for output in outputs], most=3)
    kept = [{cell.key for cell in column if not cell.link} for column in laid.columns]
    assert list(map(len, kept)) == [3, 2, 1]
    assert kept[-1] == {"A"}


chains = st.lists(st.tuples(refs, refs).filter(lambda link: link[0] != link[1]), max_size=40, unique=True)


@given(chains, st.integers(1, 5))
def test_every_arrow_leads_right_through_every_column_between(links: list[tuple[str, str]], most: int) -> None:
    laid = columns([], [f"O{index}" for index in range(12)], links, most=most)
    column_of = {cell: index for index, column in enumerate(laid.columns) for cell in column}
    assert {(route.cause, route.effect) for route in laid.routes} == set(links)
    for route in laid.routes:
        places = [column_of[cell] for cell in route.cells]
        assert places == list(range(places[0], places[0] + len(places)))
        ends = (route.effect, route.cause) if route.back else (route.cause, route.effect)
        assert (route.cells[0].key, route.cells[-1].key) == ends
    assert all(sum(not cell.link for cell in column) <= most for column in laid.columns)


@given(chains)
def test_cells_of_a_column_keep_their_order_and_distance(links: list[tuple[str, str]]) -> None:
    laid = columns([], [f"O{index}" for index in range(12)], links, most=9)
    middle = middles(laid, _ten)
    for column in laid.columns:
        for above, below in pairwise(column):
            assert middle[below] - middle[above] >= 10 - 1e-6


def test_a_lone_effect_is_level_with_its_cause() -> None:
    laid = columns(["P"], ["A"], [("P", "A")], most=9)
    middle = middles(laid, _ten)
    assert middle[Cell("P")] == pytest.approx(middle[Cell("A")])
