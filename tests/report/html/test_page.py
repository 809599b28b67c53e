"""The page in a browser: opens without a network, sorts, searches, answers a pointer and the keyboard."""

from __future__ import annotations

import re
from itertools import pairwise

import pandas as pd
import pytest

from discourse.report.document import Document, Grid, Heading, Listing
from discourse.report.figures.drawn import draw
from discourse.report.findings import Findings
from discourse.report.html.page import page, write_html
from discourse.report.render import compose

LANGUAGES = ("en", "zh")
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;{{7*7}}{% raw %}</style></title>`${1}`"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_document_gives_the_same_bytes(composed, pages, language):
    assert page(*composed[language]) == pages[language].read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_nothing_outside_of_itself(pages, language):
    text = pages[language].read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|srcset|data|action|poster)\s*=\s*["']?(?!data:)[a-z/]""", text)
    assert set(re.findall(r"""\shref="([^#"]{4})""", text)) <= {"http"}  # addresses of references only
    assert not re.search(r"<link|<iframe|<object|@import|url\((?!data:|#)", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_policy_allows_only_what_it_brings(pages, language):
    text = pages[language].read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    assert policy.startswith("default-src &#39;none&#39;")
    assert "unsafe" not in policy
    assert not re.search(r"<[^>]+ (?:style|on[a-z]+)=", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1280, 360])
def test_opens_without_a_network_and_without_a_word_on_the_console(visit, pages, language, width):
    opened = visit(pages[language], width)
    assert opened.title()
    assert opened.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('16px \"Report Sans\"', '难a'))"
    )
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.troubles == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_says_everything_that_the_document_says(visit, composed, pages, language):
    opened = visit(pages[language])
    seen = _squeezed(opened.evaluate("document.querySelector('main').textContent"))
    for text in _prose(composed[language][0]):
        assert _squeezed(text) in seen, text


def _prose(document: Document) -> list[str]:
    found = []
    for block in document.blocks:
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Listing):
            found += block.items
        elif isinstance(block, Grid):
            found += [block.caption, *block.notes]
            found += [cell if isinstance(cell, str) else cell.text for row in block.rows for cell in row]
    return found


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("en", "light", 1280), ("zh", "dark", 1280), ("zh", "light", 360), ("en", "dark", 360)],
)
def test_those_who_cannot_see_it_can_read_it(visit, pages, language, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(visit(pages[language], width, scheme)).response["violations"]
    told = [(v["id"], v["impact"], v["nodes"][0]["html"][:200]) for v in found]
    assert [v for v in told if v[1] in ("serious", "critical")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_step_down_one_by_one(visit, pages, language):
    levels = visit(pages[language]).eval_on_selector_all("h1,h2,h3,h4", "all => all.map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_id_is_given_twice_and_every_link_inside_leads_somewhere(visit, pages, language):
    opened = visit(pages[language])
    ids = opened.eval_on_selector_all("[id]", "all => all.map(e => e.id)")
    assert len(ids) == len(set(ids))
    targets = opened.eval_on_selector_all(
        "a[href^='#'], use", "all => all.map(e => e.getAttribute('href').slice(1))"
    )
    assert set(targets) <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_says_in_words_what_it_shows(visit, composed, pages, language):
    opened = visit(pages[language])
    words = opened.eval_on_selector_all("svg.drawing desc", "all => all.map(e => e.textContent)")
    assert words == [picture.alt for picture in composed[language][0].pictures()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_estimate_says_its_value_to_pointer_and_keyboard(visit, composed, pages, language):
    opened = visit(pages[language])
    first = next(iter(composed[language][1].values()))
    told = opened.eval_on_selector_all(
        "#figure-1 .value", "all => all.map(e => e.getAttribute('aria-label'))"
    )
    assert told == [value.text for value in first.values]
    assert len(told) == 3
    assert re.search(r"0\.24 \[0\.20, 0\.28\], n = 1,510", " ".join(told))
    opened.locator("#figure-1 .value").nth(1).hover()
    assert opened.locator(".tip").inner_text() == told[1]
    opened.locator("#figure-1 .value").nth(0).focus()
    opened.keyboard.press("ArrowRight")
    opened.keyboard.press("ArrowRight")
    assert opened.locator(".tip").inner_text() == told[2]


def test_a_mark_lies_where_its_dot_is_drawn(visit, pages):
    opened = visit(pages["en"])
    mark = opened.locator("#figure-1 .value").nth(1).bounding_box()
    middle = (mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    near = opened.evaluate(
        """([x, y]) => [...document.querySelectorAll('#figure-1 .drawing use[class*="b84a00"]')]
            .map(e => e.getBoundingClientRect())
            .some(r => Math.hypot(r.x + r.width / 2 - x, r.y + r.height / 2 - y) < 2)""",
        list(middle),
    )
    assert near


def test_a_click_sorts_a_column_up_down_and_back(visit, pages):
    opened = visit(pages["en"])
    table = opened.locator("#table-1 table")
    head = table.locator("th", has_text="Authors").first
    before = _column(table, 2)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert _column(table, 2) == ["61", "164", "413", "702", "1,340"]
    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert _column(table, 2) == ["1,340", "702", "413", "164", "61"]
    head.locator("button").click()
    assert _column(table, 2) == before


def test_what_is_unknown_comes_last_and_minus_is_below_zero(visit, pages):
    opened = visit(pages["en"])
    table = opened.locator("table", has=opened.locator("th", has_text="Log ratio")).first
    table.locator("th", has_text="Log ratio").locator("button").click()
    found = [float(cell.replace("−", "-")) for cell in _column(table, 4)]
    assert found == sorted(found)
    assert found[0] < 0 < found[-1]


def test_a_sorted_row_still_bears_the_name_of_its_group(visit, pages):
    opened = visit(pages["en"])
    table = opened.locator("table", has=opened.locator("th", has_text="Log ratio")).first
    table.locator("th", has_text="Word").locator("button").click()
    carried = table.locator(".carried")
    assert carried.count() > 3
    assert all(box and box["width"] > 10 for box in (carried.nth(i).bounding_box() for i in range(3)))


def _column(table, place: int) -> list[str]:
    return table.locator("tbody tr:visible").evaluate_all(
        f"rows => rows.map(row => row.cells[{place}].innerText.trim())"
    )


@pytest.mark.parametrize(("language", "word"), [("en", "WELCOME"), ("zh", "欢迎")])
def test_a_search_leaves_only_the_rows_that_hold_the_words(visit, pages, language, word):
    opened = visit(pages[language])
    figure = opened.locator("figure.grid", has=opened.locator("input[type=search]")).filter(
        has_text=re.compile(word, re.I)
    )
    box = figure.first.locator("input")
    whole = figure.first.locator("tbody tr").count()
    box.fill(word)
    rows = figure.first.locator("tbody tr:visible")
    assert 0 < rows.count() < whole
    assert all(word.lower() in text.lower() for text in rows.all_inner_texts())
    assert str(rows.count()) in figure.first.locator("[role=status]").inner_text()
    box.fill("no such word anywhere 无")
    assert rows.count() == 0
    assert figure.first.locator(".empty").is_visible()


def test_light_and_dark_follow_the_system_until_one_chooses(visit, pages):
    opened = visit(pages["en"], scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert opened.evaluate(ground) == "rgb(22, 24, 27)"
    assert opened.get_by_role("button", name="Switch to light", exact=True).count() == 1
    opened.locator(".theme").click()
    assert opened.evaluate(ground) == "rgb(255, 255, 255)"
    assert opened.locator(".theme").inner_text() == "Switch to dark", "it says what it does, not what is"


def test_prints_light_without_controls_and_with_nothing_folded(visit, pages):
    opened = visit(pages["en"], scheme="dark")
    opened.emulate_media(media="print")
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not opened.locator(".contents").is_visible()
    assert not opened.locator(".finder").first.is_visible()
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.eval_on_selector_all("details", "all => all.every(d => d.open)")


def test_the_first_stop_of_the_keyboard_leads_past_the_contents(visit, pages):
    opened = visit(pages["en"])
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.className") == "skip"
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "report"


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh", "zh-Hans")])
def test_says_its_language_and_that_of_words_in_the_other(visit, pages, language, tag):
    opened = visit(pages[language])
    assert opened.evaluate("document.documentElement.lang") == tag
    other = {"en": "zh-Hans", "zh": "en"}[language]
    assert opened.locator(f"main [lang={other}]").count() > 10


def test_hostile_text_stays_text(visit, make_findings, tmp_path):
    findings = make_findings()
    tables = dict(findings.tables)
    for name, column in (
        ("keyness", "word"),
        ("topic_words", "word"),
        ("topics", "label"),
        ("events", "name"),
    ):
        texts = [f"{HOSTILE} {i}" for i in range(len(tables[name]))]
        tables[name] = tables[name].assign(**{column: pd.Series(texts, dtype="str")})
    study = {**findings.study, "groups": [{"name": g, "label": HOSTILE} for g in ("hosts", "newcomers")]}
    study["study"] = {
        **findings.study["study"],
        "title": HOSTILE,
        "question": HOSTILE + "\ud83d\u202e" + "x" * 9000,
    }
    document = compose(Findings(tables, study, findings.provenance), "en")
    opened = visit(write_html(document, draw(document.pictures()), tmp_path / "page.html"), 360)
    assert opened.evaluate("document.querySelector('h1').textContent").startswith("<script>alert(1)</script>")
    assert opened.evaluate("document.querySelectorAll('img, main script').length") == 0
    assert opened.evaluate("document.documentElement.scrollWidth") == 360
    assert opened.troubles == []


def test_a_block_that_is_not_known_is_refused(composed):
    document, figures = composed["en"]

    class Unknown:
        kind = "unknown"

    odd = Document(**{**vars(document), "blocks": (Unknown(),)})
    with pytest.raises(AssertionError):
        page(odd, figures)
