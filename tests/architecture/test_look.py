"""The look holds: colours can be told apart, nothing comes from elsewhere, and no page does what the policy forbids.

Most tests here read every template, so a new one is held to the same rules from its first day.
"""

import gzip
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.base import Lexer, TokenType
from django.template.loader import get_template
from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide

from outcomes.charts import _paint

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
COMPONENTS = TEMPLATES / "components"
STYLES = {path.name: path.read_text(encoding="utf-8") for path in sorted((STATIC / "css").glob("*.css"))}


def templates() -> dict[str, str]:
    """Return the source of every template by its name."""
    found = [path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".svg"}]
    return {str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8") for path in sorted(found)}


def faults(check: Callable[[str], list[str]], sources: dict[str, str]) -> dict[str, list[str]]:
    """Return what a check finds, by the name of the file; nothing for the sound ones."""
    return {name: found for name, source in sources.items() if (found := check(source))}


# --- Colours ----------------------------------------------------------------------------------------------------------

LIGHT, DARK = "light", "dark"
COLOUR = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});")

# Words on what they stand on: 4.5:1.
WORDS = [
    *product(["ink", "ink-soft"], ["paper", "surface", "sunk", "accent-tint", "warning-tint", "danger-tint"]),
    *product(["accent", "accent-strong"], ["paper", "surface", "sunk", "accent-tint"]),
    *product(["warning"], ["paper", "surface", "sunk", "warning-tint"]),
    *product(["danger"], ["paper", "surface", "sunk", "danger-tint"]),
    *product(["on-accent"], ["accent", "accent-strong"]),
    *product(["on-danger"], ["danger", "danger-strong"]),
]
# The edge of what one types in, and the ring of the focus: 3:1.
EDGES = [
    *product(["edge"], ["paper", "surface", "sunk"]),
    *product(["focus"], ["paper", "surface", "sunk", "accent-tint", "warning-tint", "danger-tint"]),
]
# Rules between rows, which say nothing that space does not say.
DECORATION = {"line"}


def palette(scheme: str) -> dict[str, str]:
    """Return the colours of theme.css by name, as the device asks for light or dark."""
    light, dark = STYLES["theme.css"].split("@media screen and (prefers-color-scheme: dark)")
    colours = dict(COLOUR.findall(light))
    return colours if scheme == LIGHT else {**colours, **dict(COLOUR.findall(dark))}


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb" as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_worked_out_as_wcag_does() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_words_can_be_read_on_what_they_stand_on(scheme: str) -> None:
    colours = palette(scheme)
    measured = {(one, other): contrast(colours[one], colours[other]) for one, other in WORDS}
    assert {pair: ratio for pair, ratio in measured.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_edges_and_the_focus_can_be_seen(scheme: str) -> None:
    colours = palette(scheme)
    measured = {(one, other): contrast(colours[one], colours[other]) for one, other in EDGES}
    assert {pair: ratio for pair, ratio in measured.items() if ratio < 3} == {}


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
@pytest.mark.parametrize("fill", [_paint.ACCENT, _paint.DANGER, _paint.NEUTRAL])
def test_the_fills_of_charts_can_be_seen_on_the_page(scheme: str, fill: str) -> None:
    assert contrast(fill, palette(scheme)["paper"]) >= 3


def test_every_colour_is_measured_against_another() -> None:
    measured = {name for pair in [*WORDS, *EDGES] for name in pair}
    assert set(palette(LIGHT)) - measured == DECORATION


def test_every_colour_has_its_dark_counterpart() -> None:
    light, dark = palette(LIGHT), palette(DARK)
    assert {name for name in light if light[name] == dark[name]} == set()


def test_colours_are_named_in_one_file() -> None:
    literal = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(", re.IGNORECASE)
    elsewhere = {name: css for name, css in STYLES.items() if name not in {"theme.css", "print.css"}}
    assert faults(literal.findall, elsewhere) == {}


def test_styles_use_only_properties_that_exist() -> None:
    named = {name for css in STYLES.values() for name in re.findall(r"(--[a-z0-9-]+)\s*:", css)}
    used = {name for css in STYLES.values() for name in re.findall(r"var\((--[a-z0-9-]+)", css)}
    assert used - named == set()


def test_no_class_of_ours_takes_a_name_of_bootstraps_unawares() -> None:
    ours = {name for css in STYLES.values() for name in class_names(css)}
    theirs = set(class_names(found("css/bootstrap.min.css").read_text(encoding="utf-8")))
    themed = {"breadcrumb", "breadcrumb-item", "btn", "btn-danger", "btn-primary", "btn-secondary"}
    assert ours & theirs - themed == {"container", "lead", "small"}


def class_names(css: str) -> Iterator[str]:
    """Yield every class that a style sheet's selectors name."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    for selector in re.findall(r"([^{};]+)\{", bare):
        yield from re.findall(r"\.([a-z][a-z0-9-]*)", selector)


# --- What a browser is sent -------------------------------------------------------------------------------------------

ELSEWHERE = re.compile(
    r"""(?:\b(?:src|srcset|href|action|data|poster|hx-get|hx-post)\s*=\s*|url\(\s*|@import\s+|\bfrom\s+|import\(|fetch\()"""
    r"""["']?(?:https?:)?//""",
    re.IGNORECASE,
)
INLINE = re.compile(
    r"<style\b|<script\b(?![^>]*\bsrc=)|\s(?:style|on[a-z]+|hx-on[:a-z-]*)\s*=|javascript:", re.IGNORECASE
)


@pytest.mark.parametrize(
    "planted",
    [
        '<script src="https://cdn.example/x.js"></script>',
        "a { background: url(//cdn.example/a.png) }",
        '@import "https://fonts.example/css";',
        'import { a } from "https://cdn.example/a.js";',
    ],
)
def test_what_comes_from_elsewhere_is_noticed(planted: str) -> None:
    assert ELSEWHERE.search(planted)


def test_nothing_comes_from_elsewhere() -> None:
    files = [path for path in STATIC.rglob("*") if path.suffix in {".css", ".js", ".svg"}]
    sources = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in files}
    assert faults(ELSEWHERE.findall, {**sources, **templates()}) == {}


@pytest.mark.parametrize(
    "planted", ['<p style="x">', "<style>", "<script>", '<a onclick="x">', '<b hx-on:click="x">', 'href="javascript:x"']
)
def test_inline_styles_and_scripts_are_noticed(planted: str) -> None:
    assert INLINE.search(planted)


def test_no_page_has_an_inline_style_or_script() -> None:
    assert faults(lambda source: INLINE.findall(spoken(source)[0]), templates()) == {}


def test_the_first_view_is_light() -> None:
    skeleton = get_template("accounts/sign_in.html").render({})
    asked = re.findall(r'(?:<link rel="stylesheet" href|<script[^>]* src)="/static/([^"]+)"', skeleton)
    sent = [skeleton.encode(), *(found(path).read_bytes() for path in asked)]
    assert len(asked) > 10
    assert sum(len(gzip.compress(each)) for each in sent) < 100_000


def found(path: str) -> Path:
    """Return where a static file is."""
    place = finders.find(path)
    assert isinstance(place, str), path
    return Path(place)


def test_every_static_file_that_a_template_names_exists() -> None:
    named = re.compile(r"{% static ['\"]([^'\"]+)['\"]")
    missing = {
        path
        for source in templates().values()
        for path in named.findall(source)
        if not isinstance(finders.find(path), str)
    }
    assert missing == set()


# --- Templates --------------------------------------------------------------------------------------------------------


def test_every_template_is_sound() -> None:
    for name in templates():
        engines["django"].get_template(name)


def test_every_page_stands_on_the_base_and_the_rest_are_parts() -> None:
    extends = re.compile(r'^{% extends "[^"]+" %}')
    whole = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
    roots = {name for name, source in templates().items() if not extends.match(source) and whole.search(source)}
    paper = {"reports/report.html", "reports/summary_edition.html", "reports/easy_read.html"}
    assert roots == {"skeleton.html", *paper}


def test_every_page_has_a_title_and_a_heading() -> None:
    lacking = {
        name
        for name, source in templates().items()
        if not name.endswith("base.html")
        if re.search(r'{% extends "(?:base|skeleton).html" %}', source)
        if not {"title", "h1"} <= set(re.findall(r"{% block (\w+) %}", source))
        and not {"title", "main"} <= set(re.findall(r"{% block (\w+) %}", source))
    }
    assert lacking == set()


def test_every_icon_exists() -> None:
    names = {icon for source in templates().values() for icon in re.findall(r'{% lucide "([^"]+)"', source)}
    assert names
    for name in names:
        try:
            lucide(name, size=None)
        except IconDoesNotExist as missing:
            pytest.fail(str(missing))


def test_icons_are_hidden_from_those_who_listen() -> None:
    bare = re.compile(r'{% lucide (?![^%]*aria_hidden="true")[^%]*%}')
    assert faults(bare.findall, templates()) == {}


def test_every_part_says_what_it_takes_and_stands_in_the_manual() -> None:
    manual = (ROOT / "docs/design-system.md").read_text(encoding="utf-8")
    # What base.html brings along by itself.
    of_the_base = {"breadcrumbs", "logo", "masthead", "messages", "trouble"}
    for part in COMPONENTS.glob("*.html"):
        assert "{% comment %}" in part.read_text(encoding="utf-8"), part.name
        assert part.stem in of_the_base or f"components/{part.name}" in manual, part.name


def test_every_part_in_the_manual_exists() -> None:
    manual = (ROOT / "docs/design-system.md").read_text(encoding="utf-8")
    named = set(re.findall(r'"components/([a-z_]+\.html)"', manual))
    assert named - {part.name for part in COMPONENTS.glob("*.html")} == set()


# --- Words ------------------------------------------------------------------------------------------------------------

SKIPPED = {"comment": "endcomment", "blocktranslate": "endblocktranslate", "blocktrans": "endblocktrans"}
WORD = re.compile(r"[A-Za-zÀ-ž]{2,}")
SPOKEN_ATTRIBUTE = re.compile(r'\b(?:aria-label|alt|placeholder|title)="[^"]*[A-Za-z]{2,}[^"]*"')
# The name of a typeface is the same in any language.
LITERAL_PARAMETER = re.compile(r'(?<!\btypeface)=("[^"\n]*[a-z] [a-z][^"\n]*")', re.IGNORECASE)
MARKUP = re.compile(r"""<!--.*?-->|\s[\w:-]+=(?:'[^']*'|"[^"]*")|<[^>]*>|&[a-z]+;""", re.DOTALL)


def untranslated(source: str) -> list[str]:
    """Return the words of a template that do not go through gettext; PDF and the like are the same in any language."""
    text, parameters = spoken(source)
    attributes = SPOKEN_ATTRIBUTE.findall(text)
    words = [word for word in WORD.findall(MARKUP.sub(" ", text)) if not word.isupper()]
    return [*attributes, *words, *LITERAL_PARAMETER.findall(parameters)]


def spoken(source: str) -> tuple[str, str]:
    """Return the text of a template outside its tags and comments, and the inside of its `include` tags."""
    text, parameters, until = "", "", ""
    for token in Lexer(source).tokenize():
        name = token.contents.split(" ", 1)[0] if token.token_type is TokenType.BLOCK else ""
        if until:
            until = "" if name == until else until
        elif name in SKIPPED:
            until = SKIPPED[name]
        elif token.token_type is TokenType.TEXT:
            text += token.contents
        elif name == "include":
            parameters += token.contents + "\n"
    return text, parameters


@pytest.mark.parametrize(
    "planted",
    [
        "<p>Save it</p>",
        '<nav aria-label="Main">',
        '{% include "a.html" with title="Nothing here yet" %}',
        "{% blocktranslate %}fine{% endblocktranslate %} not",
    ],
)
def test_words_that_were_not_marked_are_noticed(planted: str) -> None:
    assert untranslated(planted)


def test_every_word_of_every_template_is_marked_for_translation() -> None:
    assert faults(untranslated, templates()) == {}
