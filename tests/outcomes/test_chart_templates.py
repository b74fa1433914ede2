"""What the templates write of a figure: one drawing for page and paper that a strict policy lets through."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.template.loader import render_to_string
from django.utils import translation

from outcomes.charts import Figure, bars, change, diagram, spread, tornado, waterfall
from tests.core.charts.looking import FRAME, VOICE, contrast
from tests.core.charts.samples import CHANGES, GROSS_TO_NET, LINKS, NODES, RUNS, SWINGS

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("1")</script> & "quotes" </title>'
BARS = [bars.Bar("More social contact", Decimal("237691.80")), bars.Bar("Harm", Decimal("-41990.40"), note="O2")]


def figures(label: str = "Lunches served") -> list[Figure]:
    """Return one figure of each kind, each with its own id."""
    named = [bars.Bar(label, Decimal(1)), *BARS]
    swings = [replace(SWINGS[0], label=label), *SWINGS[1:]]
    nodes = [replace(NODES[0], label=label), *NODES[1:]]
    return [
        bars.figure(named, replace(FRAME, id="bars"), VOICE, head="Outcome"),
        waterfall.figure(GROSS_TO_NET, replace(FRAME, id="waterfall"), VOICE),
        tornado.figure(swings, Decimal("16.06"), replace(FRAME, id="tornado"), VOICE),
        spread.figure(RUNS, replace(FRAME, id="spread"), VOICE),
        change.figure(CHANGES, replace(FRAME, id="change"), VOICE),
        diagram.figure(nodes, LINKS, replace(FRAME, id="diagram"), VOICE),
    ]


def written(figure: Figure, *, paper: bool = False) -> str:
    return render_to_string("charts/figure.html", {"figure": figure, "paper": paper})


def read(page: str) -> Element:
    """Return what was written as a tree: it is well-formed, as XML is."""
    return fromstring(page)


EACH = pytest.mark.parametrize("figure", figures(), ids=lambda figure: figure.id)


@EACH
@pytest.mark.parametrize("paper", [False, True])
def test_a_drawing_has_a_role_a_title_and_a_description_that_name_it(figure: Figure, paper: bool) -> None:
    svg = next(read(written(figure, paper=paper)).iter(f"{SVG}svg"))
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert svg.get("role") == "img"
    assert title is not None
    assert description is not None
    assert (title.text, svg.get("aria-labelledby")) == (figure.finding, title.get("id"))
    assert (description.text, svg.get("aria-describedby")) == (figure.description, description.get("id"))


@EACH
def test_a_drawing_scales_with_its_column(figure: Figure) -> None:
    on_paper = next(read(written(figure, paper=True)).iter(f"{SVG}svg"))
    assert figure.drawing is not None
    assert on_paper.get("viewBox") == figure.drawing.view_box
    assert (on_paper.get("width"), on_paper.get("height")) == ("100%", None)


def test_a_diagram_keeps_its_size_on_a_page_and_scrolls_by_keyboard_too() -> None:
    figure = figures()[-1]
    scroller = next(each for each in read(written(figure)).iter("div") if each.get("class") == "chart-scroll")
    assert (scroller.get("role"), scroller.get("tabindex")) == ("region", "0")
    svg = scroller.find(f"{SVG}svg")
    assert svg is not None
    assert svg.get("width") == "720"


def test_page_and_paper_have_the_same_marks() -> None:
    for figure in figures():
        on_page, on_paper = (next(read(written(figure, paper=paper)).iter(f"{SVG}svg")) for paper in (False, True))
        assert [(mark.tag, mark.attrib, mark.text) for mark in on_page] == [
            (mark.tag, mark.attrib, mark.text) for mark in on_paper
        ]
        assert (on_page.get("font-family"), on_paper.get("font-family")) == (None, "Source Sans 3")


def test_ids_are_unique_where_all_figures_stand_on_one_page() -> None:
    page = "<main>" + "".join(map(written, figures())) + "</main>"
    ids = Counter(each.get("id") for each in read(page).iter() if each.get("id"))
    assert set(ids.values()) == {1}
    for each in read(page).iter():
        for attribute in ("aria-labelledby", "aria-describedby"):
            assert each.get(attribute) is None or each.get(attribute) in ids


@EACH
@pytest.mark.parametrize("paper", [False, True])
def test_nothing_in_a_figure_needs_more_than_a_strict_policy_allows(figure: Figure, paper: bool) -> None:
    for each in read(written(figure, paper=paper)).iter():
        assert each.tag.removeprefix(SVG) not in {"script", "style", "image", "use", "foreignObject"}
        assert not {name for name in each.attrib if name in {"style", "href", "src"} or name.startswith("on")}


def test_labels_are_text_whatever_they_hold() -> None:
    for figure in figures(HOSTILE):
        for paper in (False, True):
            assert "<script" not in written(figure, paper=paper)
    page = read(written(figures(HOSTILE)[0]))
    assert HOSTILE in [head.text for head in page.iter("th")]


@EACH
def test_on_a_page_the_figures_open_below_the_drawing_and_on_paper_they_are_there(figure: Figure) -> None:
    assert read(written(figure)).find("details/summary") is not None
    assert read(written(figure, paper=True)).find(".//details") is None
    kind = "ul" if figure.story else "table"
    assert next(read(written(figure, paper=True)).iter(kind), None) is not None


@pytest.mark.parametrize("paper", [False, True])
def test_a_table_has_a_caption_and_says_what_each_head_is_the_head_of(paper: bool) -> None:
    figure = figures()[0]
    table = next(read(written(figure, paper=paper)).iter("table"))
    assert table.findtext("caption") == FRAME.caption
    assert [(head.get("scope"), head.text) for head in table.findall("thead/tr/th")] == [
        ("col", "Outcome"),
        ("col", "Value"),
        ("col", "Note"),
    ]
    rows = table.findall("tbody/tr")
    assert (rows[0][0].get("scope"), rows[0][0].text) == ("row", "More social contact")
    assert [cell.text or "" for cell in rows[-1].findall("td")] == ["−£41,990.40", "O2"]
    assert [cell.get("class") for cell in rows[-1].findall("td")] == ["number", None]
    assert ("sheet" in (table.get("class") or "").split()) == paper


def test_a_diagram_is_a_list_of_what_leads_to_what() -> None:
    page = read(written(figures()[-1]))
    outer = next(page.iter("ul"))
    assert " ".join((outer[0].text or "").split()) == "Lunches served leads to"
    assert [item.text for item in outer[0].iter("li")][1:] == [
        "More contact",
        "Helpers tire (for the worse)",
        "Better health",
    ]


def test_on_paper_the_list_takes_a_line_for_each_cause() -> None:
    items = [" ".join((item.text or "").split()) for item in read(written(figures()[-1], paper=True)).iter("li")]
    assert items[0] == "Lunches served leads to: More contact; Helpers tire (for the worse); Better health"
    assert len(items) == 3


@pytest.mark.parametrize("paper", [False, True])
def test_what_is_linked_to_nothing_is_listed(paper: bool) -> None:
    words = " ".join(" ".join(read(written(figures()[-1], paper=paper)).itertext()).split())
    assert "Not linked to anything yet: Travel costs (for the worse, not counted)" in words


def test_the_finding_stands_above_and_the_source_beneath() -> None:
    for figure in figures():
        page = read(written(figure))
        assert page.findtext("figcaption") == figure.finding
        assert page[-1].tag == "p"
        assert page[-1].text == "Source: this account."


def test_no_figures_are_a_sentence_without_drawing_table_or_source() -> None:
    page = read(written(bars.figure([], FRAME, VOICE, head="Outcome")))
    assert page.findtext("p") == "Nothing has been valued yet. Each value will have a bar here."
    assert [child.tag for child in page] == ["figcaption", "p"]


@pytest.mark.parametrize("language", ["cy", "de"])
def test_coordinates_are_written_with_a_point_in_every_language(language: str) -> None:
    with translation.override(language):
        drawing = next(read(written(figures()[0])).iter(f"{SVG}svg"))
    numbers = [mark.get(name) or "0" for mark in drawing for name in ("x", "y", "width", "height", "x1", "font-size")]
    assert all(re.fullmatch(r"-?\d+(\.\d{1,2})?", number) for number in numbers)


def test_every_shape_stands_out_from_the_grounds_of_the_page() -> None:
    theme = (Path(__file__).parents[2] / "static" / "css" / "theme.css").read_text(encoding="utf-8")
    grounds = re.findall(r"--(?:paper|surface): (#[0-9a-f]{6});", theme)
    drawn = {mark.get(name) for each in figures() for mark in read(written(each)).iter() for name in ("fill", "stroke")}
    colours = drawn - {None, "none", "currentColor"}
    assert len(grounds) == 4
    assert len(colours) >= 3
    assert not [(colour, ground) for colour in colours for ground in grounds if contrast(str(colour), ground) < 3]
