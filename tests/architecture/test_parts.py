"""The parts of the look say what they should, in any state, and tie words, fields and errors together."""

import re
from html.parser import HTMLParser

import pytest
from django.template.loader import get_template

from tests.architecture import gallery


class Marks(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        return [value or "" for _, attributes in self.tags if (value := attributes.get(attribute)) is not None]

    def by_id(self, wanted: str) -> dict[str, str | None]:
        return next(attributes for _, attributes in self.tags if attributes.get("id") == wanted)


@pytest.fixture
def wrong() -> Marks:
    return Marks(gallery.page(gallery.FORM, form=gallery.wrong()))


def test_ids_are_unique(wrong: Marks) -> None:
    assert len(wrong.values("id")) == len(set(wrong.values("id")))


def test_everything_that_is_pointed_at_exists(wrong: Marks) -> None:
    pointed = [
        target
        for name in ("aria-describedby", "for", "aria-labelledby")
        for each in wrong.values(name)
        for target in each.split()
    ]
    links = [link.removeprefix("#") for link in wrong.values("href") if link.startswith("#")]
    assert len(pointed) > 10
    assert set(pointed + links) - set(wrong.values("id")) == set()


def test_a_wrong_field_says_so_to_those_who_listen(wrong: Marks) -> None:
    field = wrong.by_id("id_quantity")
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "id_quantity_helptext id_quantity_error"


def test_every_error_is_in_the_summary_and_leads_to_its_field() -> None:
    page = gallery.page(gallery.FORM, form=gallery.wrong())
    summary = page[page.index("data-take-focus") : page.index("</ul>", page.index("data-take-focus"))]
    for name, errors in gallery.wrong().errors.items():
        for error in errors:
            assert str(error) in summary
        assert name == "__all__" or f'href="#id_{name}' in summary


def test_a_form_without_errors_has_no_summary() -> None:
    assert "data-take-focus" not in gallery.page(gallery.FORM, form=gallery.Judgement())


def test_the_title_of_a_page_with_errors_says_so_first() -> None:
    assert "<title>Error: What would" in gallery.page(gallery.FORM, form=gallery.wrong())
    assert "<title>What would" in gallery.page(gallery.FORM, form=gallery.Judgement())


def test_what_was_typed_stays() -> None:
    page = gallery.page(gallery.FORM, form=gallery.wrong())
    assert 'value="lots"' in page
    assert "They told us" in page


def test_a_unit_is_in_the_label_for_those_who_listen_and_in_the_field_for_those_who_see() -> None:
    page = gallery.page(gallery.FORM, form=gallery.Judgement())
    assert '<span class="visually-hidden">, in people</span>' in page
    assert '<span class="unit" aria-hidden="true">people</span>' in page
    assert '<span class="unit" aria-hidden="true">£</span>' in page


def test_an_example_is_read_with_the_field_with_or_without_help() -> None:
    form = gallery.Judgement()
    with_help, without = (" ".join(str(form[name].as_field_group()).split()) for name in ("quantity", "worth"))
    assert re.search(r'id="id_quantity_helptext">[^/]*<span class="example">For example, 1,250</span></div>', with_help)
    assert '<span class="example">For example, 12.50</span></label>' in without


def test_optional_fields_say_so_unless_the_form_says_that_all_are() -> None:
    form = gallery.Judgement()
    assert "(optional)" in form["quantity"].as_field_group()
    assert "(optional)" not in form["what"].as_field_group()
    form.marks_optional = False  # type: ignore[attr-defined]
    assert "(optional)" not in form["quantity"].as_field_group()


def test_help_that_is_not_ours_cannot_bring_marks() -> None:
    assert "A change in &lt;b&gt;somebody’s&lt;/b&gt; life." in gallery.Judgement()["what"].as_field_group()


def test_the_range_comes_before_the_ratio() -> None:
    words = gallery.part("ratio", low="£1.40", high="£2.30", central="£1.93")
    assert words.index("£1.40 to £2.30") < words.index("£1.93")


def test_a_ratio_without_inputs_is_not_a_figure() -> None:
    assert "There is no ratio yet" in gallery.part("ratio", central="")


def test_a_ratio_without_a_range_says_how_to_come_by_one() -> None:
    assert "No range yet" in gallery.part("ratio", central="£1.93")


@pytest.mark.parametrize(
    ("state", "words"), [("met", "Ready"), ("needs_reason", "Needs a reason"), ("missing", "Missing")]
)
def test_a_verdict_is_in_words(state: str, words: str) -> None:
    assert f"<span>{words}</span>" in gallery.part("verdict", state=state)


@pytest.mark.parametrize("state", gallery.STATES)
def test_every_state_has_words(state: str) -> None:
    words = re.sub("<[^>]*>", "", gallery.part("state_tag", state=state))
    assert words[0].isupper()
    assert "_" not in words


def test_a_principle_without_an_address_is_no_link() -> None:
    assert gallery.part("readiness", principles=gallery.PRINCIPLES).count("<a ") == 6


def test_what_was_not_answered_says_so() -> None:
    rows = [gallery.Given(key="Audience", value=None, url="/c"), gallery.Given(key="Rate", value=0, url="")]
    words = gallery.part("summary_list", rows=rows)
    assert "Not given yet" in words
    assert "<dd>0</dd>" in words


def test_a_figure_that_is_not_there_is_a_dash_and_nought_is_nought() -> None:
    assert "–" in gallery.part("number_cell", label="Value", figure="")
    assert ">0</td>" in gallery.part("number_cell", label="Value", figure=0)


def test_a_finished_job_is_not_asked_about_again() -> None:
    assert 'hx-get="/j"' in gallery.part("progress", url="/j", going=True, sentence="Drawing.")
    done = gallery.part("progress", url="/j", going=False, sentence="Ready.", result_url="/r", result="Read the report")
    assert "hx-get" not in done
    assert 'href="/r"' in done


def test_a_single_page_has_no_pages() -> None:
    assert gallery.part("pagination", page=gallery.Paginator(range(5), 10).page(1)) == ""


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_a_page_for_a_broken_site_needs_neither_request_nor_database(name: str) -> None:
    page = get_template(name).render()
    assert "What was saved before is safe" in page
    assert "<script" not in page


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "413.html", "429.html"])
def test_an_error_page_stands_by_itself_and_gives_its_reference(name: str) -> None:
    assert "0a1b2c3d" in get_template(name).render({"reference": "0a1b2c3d"})
    assert "reference" not in get_template(name).render()
