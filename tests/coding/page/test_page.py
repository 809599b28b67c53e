"""The page in a browser: two hundred posts by keyboard, a kill in the middle, and hostile texts."""

from __future__ import annotations

import subprocess
import sys
import zlib
from dataclasses import replace

import pytest

from discourse.coding.codebook import Category, Codebook, Variable
from discourse.coding.codes import read_codes
from discourse.coding.sample import Sample
from tests.coding.page.conftest import HOSTILE, LABELS, make_sample

playwright = pytest.importorskip("playwright.sync_api")


class Program:
    """`discourse code serve` in a process of its own."""

    def __init__(self, folder, *options):
        command = [sys.executable, "-m", "discourse", "code", "serve", str(folder), "--no-browser", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.process.stdout.readline().strip()

    def kill(self):
        self.process.kill()  # SIGKILL: the program cannot tidy up
        self.process.wait(timeout=10)
        self.process.stdout.close()


@pytest.fixture
def serve():
    started = []

    def start(folder, *options):
        started.append(Program(folder, *options))
        return started[-1]

    yield start
    for program in started:
        if program.process.poll() is None:
            program.kill()


@pytest.fixture
def page(browser):
    """A page that remembers what went wrong on it, and where it asked for anything."""
    context = browser.new_context(viewport={"width": 1100, "height": 800}, locale="en-GB")
    opened = context.new_page()
    opened.faults, opened.asked = [], []
    opened.on(
        "console", lambda message: opened.faults.append(message.text) if message.type == "error" else None
    )
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.on("request", lambda request: opened.asked.append(request.url))
    yield opened
    context.close()


def label_for(text):
    """The label that this test gives to a text, the same whenever it is met."""
    return LABELS[zlib.crc32(text.encode()) % 4]


def code_next(page, number, total):
    """Code the post that is shown by its key, and wait until the page says that it is saved."""
    text = page.locator("#text").text_content()
    page.keyboard.press(str(LABELS.index(label_for(text)) + 1))
    # at each frame: `expect` looks ten times a second, which two hundred posts make twenty seconds
    page.wait_for_selector(f'#count:text-is("{number} of {total} coded")')
    return text


def begin(page, program):
    """Open the page; who has coded nothing yet is shown the codebook first."""
    page.goto(program.address)
    page.wait_for_selector("#labels button")
    if page.locator("#help").is_visible():
        page.keyboard.press("?")
    playwright.expect(page.locator("#help")).to_be_hidden()


def see(page, selector, text):
    """Wait until a part of the page says this."""
    playwright.expect(page.locator(selector)).to_have_text(text)


def test_two_hundred_posts_by_keyboard_with_three_kills_on_the_way(tmp_path, serve, page):
    folder = make_sample(n=200, coders=("anna",)).save(tmp_path / "sample")
    program = serve(folder)
    begin(page, program)
    coded = 0
    for stop in (40, 95, 150):
        for number in range(coded + 1, stop + 1):
            code_next(page, number, 200)
        coded = stop
        assert page.faults == []

        program.kill()
        assert len(read_codes(folder)) == coded
        page.keyboard.press("1")
        page.wait_for_selector("#alarm:not([hidden])")
        assert "not saved" in page.locator("#alarm").text_content()
        assert page.locator("#count").text_content().startswith(f"{coded} of 200")

        page.faults.clear()
        program = serve(folder)
        page.goto(program.address)
        page.wait_for_selector("#labels button")
        assert not page.locator("#help").is_visible()
        assert page.locator("#place").text_content() == f"Post {coded + 1} of 200"
    for number in range(coded + 1, 201):
        code_next(page, number, 200)
    page.wait_for_selector("#end:not([hidden])")

    sample = Sample.load(folder)
    texts = dict(zip(sample.texts["post_id"], sample.texts["text"], strict=True))
    codes = read_codes(folder, sample)
    assert len(codes) == codes["post_id"].nunique() == 200
    written = (folder / "codes" / "anna.csv").read_text(encoding="utf-8").splitlines()
    assert len(written) == 1 + 200  # nothing was given twice either
    meant = {unit: label_for(text or "(no words)") for unit, text in texts.items()}
    assert dict(zip(codes["post_id"], codes["value"], strict=True)) == meant
    assert page.faults == []


def test_a_key_pressed_as_the_program_dies_is_saved_or_said_to_be_lost(tmp_path, serve, page):
    folder = make_sample(n=12, coders=("anna",)).save(tmp_path / "sample")
    program = serve(folder)
    begin(page, program)
    for number in range(1, 6):
        code_next(page, number, 12)
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: '2'}))")
    program.kill()
    playwright.expect(page.locator("#saved")).not_to_have_text("saving …")
    said = int(page.locator("#count").text_content().split()[0])
    assert len(read_codes(folder)) >= said >= 5


def test_hostile_texts_stay_text(tmp_path, serve, page):
    folder = make_sample(n=30, coders=("anna",)).save(tmp_path / "sample")
    begin(page, serve(folder))
    seen = []
    for number in range(1, 31):
        see(page, "#place", f"Post {number} of 30")
        seen.append(page.locator("#text").text_content())
        assert page.locator("#text *").count() == 0
        assert page.locator("#labels button").count() == 4
        page.keyboard.press("ArrowRight")
    assert set(HOSTILE) - {""} <= set(seen)
    assert "owned" not in page.title()
    assert page.faults == []
    assert {url.split("/")[2].split(":")[0] for url in page.asked} == {"127.0.0.1"}


def test_who_begins_reads_the_codebook_first(tmp_path, serve, page):
    folder = make_sample(n=12, coders=("anna",)).save(tmp_path / "sample")
    page.goto(serve(folder).address)
    playwright.expect(page.locator("#help")).to_be_visible()
    assert "well disposed" in page.locator("#book").text_content()
    assert page.evaluate("document.querySelector('#help').scrollTop") == 0  # from its beginning
    playwright.expect(page.locator("#help-close")).to_be_in_viewport()
    page.keyboard.press("1")
    page.keyboard.press("?")
    playwright.expect(page.locator("#help")).to_be_hidden()
    assert len(read_codes(folder)) == 0


def test_notes_undo_and_going_back(tmp_path, serve, page):
    folder = make_sample(n=12, coders=("anna",)).save(tmp_path / "sample")
    begin(page, serve(folder))
    first = Sample.load(folder).assigned("anna")["post_id"].tolist()

    page.keyboard.press("n")
    page.keyboard.type("1 ironic? u e ?")
    page.keyboard.press("Enter")
    page.keyboard.press("3")
    see(page, "#place", "Post 2 of 12")
    page.keyboard.press("1")
    see(page, "#place", "Post 3 of 12")
    page.keyboard.press("u")
    see(page, "#place", "Post 2 of 12")
    page.keyboard.press("ArrowLeft")
    see(page, "#place", "Post 1 of 12")
    assert page.locator("#note").input_value() == "1 ironic? u e ?"
    assert page.locator("#labels button[aria-pressed=true]").get_attribute("data-value") == "negative"

    codes = read_codes(folder)
    assert codes[["post_id", "value", "note"]].values.tolist() == [[first[0], "negative", "1 ironic? u e ?"]]
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("1")
    assert len(read_codes(folder)) == 1
    assert page.faults == []


def test_a_key_that_is_held_down_codes_one_post(tmp_path, serve, page):
    folder = make_sample(n=12, coders=("anna",)).save(tmp_path / "sample")
    begin(page, serve(folder))
    for _ in range(5):
        page.keyboard.down("1")  # without `up`, the second and later ones are repeats
    see(page, "#place", "Post 2 of 12")
    page.keyboard.up("1")
    assert len(read_codes(folder)) == 1


def test_a_list_of_more_than_nine_answers_is_chosen_by_its_number(tmp_path, serve, page):
    answers = tuple(
        Category(str(i), {"en": f"{i} · topic {i}", "zh": f"{i} · 话题 {i}"}) for i in range(1, 13)
    )
    book = Codebook("1", (Variable("topic", answers, {"en": "main topic"}),))
    sample = make_sample(n=4, coders=("anna",))
    folder = replace(sample, codebook=book).save(tmp_path / "sample")
    begin(page, serve(folder))
    assert page.locator("#labels button span").nth(11).text_content() == "topic 12"
    page.keyboard.press("1")
    playwright.expect(page.locator("#saved")).to_contain_text("1 …")
    page.keyboard.press("2")
    see(page, "#count", "1 of 4 coded")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    see(page, "#count", "2 of 4 coded")
    page.keyboard.press("7")
    see(page, "#count", "3 of 4 coded")
    page.locator("#labels button").nth(10).click()
    page.wait_for_selector("#end:not([hidden])")
    assert sorted(read_codes(folder)["value"], key=int) == ["1", "7", "11", "12"]
    assert page.faults == []


def test_both_languages_and_a_phone(tmp_path, serve, page):
    folder = make_sample(n=12, coders=("小李",), language="zh").save(tmp_path / "sample")
    page.set_viewport_size({"width": 375, "height": 667})
    begin(page, serve(folder))
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert "正面" in page.locator("#labels").text_content()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.locator("#language").click()
    assert "positive" in page.locator("#labels").text_content()
    page.locator("#labels button").first.click()
    see(page, "#count", "1 of 12 coded")
    assert read_codes(folder)["value"].tolist() == ["positive"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_stands_in_the_way_of_who_cannot_see_the_page(tmp_path, serve, page, language):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    folder = make_sample(n=12, coders=("anna",), language=language).save(tmp_path / "sample")
    begin(page, serve(folder))
    context = page.context.browser.new_context(bypass_csp=True)  # axe is a script of its own
    other = context.new_page()
    other.goto(page.url)
    other.wait_for_selector("#labels button")
    seen = [axe.Axe().run(other)]  # with the codebook open, as who begins sees it
    other.keyboard.press("?")
    seen.append(axe.Axe().run(other))
    other.emulate_media(color_scheme="dark")
    seen.append(axe.Axe().run(other))
    context.close()
    assert [found.generate_report() for found in seen if found.violations_count] == []
