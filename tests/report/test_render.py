from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from discourse.errors import ParameterError
from discourse.report.document import Answers, Cover, Grid, Heading, texts
from discourse.report.findings import Findings
from discourse.report.render import compose, render

HOSTILE = '#eval("1") *b* _i_ $x$ <a> @ref \\ `raw` =SUM(A1) \u202eabc\u202c \u200b 😂👨\u200d👩 \U00020bb7 // c /* d */ #import "x"'


def _tree(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def _pdf(folder: Path) -> Any:
    pikepdf = pytest.importorskip("pikepdf")
    return pikepdf.open(folder / "report.pdf")


def _pages(folder: Path) -> list[str]:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler) is not installed")
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(folder / "report.pdf"), "-"], capture_output=True, check=True
    )
    return done.stdout.decode("utf-8").split("\f")


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_same_findings_give_the_same_bytes_in_any_folder(rendered, make_findings, tmp_path):
    language, folder = rendered
    elsewhere = tmp_path / "eine andere Stelle 难民"
    render(make_findings(language), elsewhere, language)
    assert _tree(elsewhere) == _tree(folder)


def test_writes_the_report_and_a_figure_for_each_picture(rendered, make_findings):
    language, folder = rendered
    names = {p.name for p in compose(make_findings(language), language).pictures()}
    for kind in ("svg", "pdf", "png"):
        assert {p.stem for p in (folder / "figures").glob(f"*.{kind}")} == names
    assert len(names) == 12


def test_writes_every_format_and_the_tables_for_other_programs(rendered):
    _, folder = rendered
    assert {p.name for p in folder.iterdir()} == {
        "figures",
        "tables",
        "report.pdf",
        "report.html",
        "report.docx",
        "references.bib",
        "tables.xlsx",
    }
    assert {p.name for p in (folder / "tables").iterdir()} == {"latex", "markdown"}


def test_writes_only_the_formats_that_are_asked_for(tmp_path):
    nothing = Findings({}, {"title": "T", "question": "Q?"}, {})
    assert render(nothing, tmp_path, formats=["docx", "html"]).name == "report.html"
    assert {p.name for p in tmp_path.glob("report.*")} == {"report.html", "report.docx"}


@pytest.mark.parametrize("formats", [["odt"], [], ["pdf", "PDF"]])
def test_refuses_another_format(make_findings, tmp_path, formats):
    with pytest.raises(ParameterError, match=r"format|written as"):
        render(make_findings(), tmp_path, formats=formats)
    assert not list(tmp_path.iterdir())


def test_figures_need_no_font_and_bear_no_date(rendered):
    for path in (rendered[1] / "figures").glob("*.svg"):
        svg = path.read_text(encoding="utf-8")
        assert "<text" not in svg
        assert "<dc:date>" not in svg
        assert "<image" not in svg


def test_the_pdf_is_tagged_in_its_language_with_bookmarks(rendered):
    language, folder = rendered
    with _pdf(folder) as pdf:
        assert str(pdf.Root.Lang).split("-")[0].lower() == language
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert str(metadata.get("pdfuaid:part")) == "1"
        with pdf.open_outline() as outline:
            assert len(outline.root) == 3
            assert sum(len(part.children) for part in outline.root) > 12


def test_every_figure_says_in_words_what_it_shows(rendered, make_findings):
    language, folder = rendered
    pikepdf = pytest.importorskip("pikepdf")
    with _pdf(folder) as pdf:
        alts = {
            str(o.Alt)
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure" and "/Alt" in o
        }
    pictures = compose(make_findings(language), language).pictures()
    assert {p.alt for p in pictures} == alts
    assert all(len(p.alt) > 40 for p in pictures)


def test_page_one_says_what_it_must(rendered, make_findings):
    language, folder = rendered
    page = _squeezed(_pages(folder)[0])
    must = {
        "en": [
            "How hosts and newcomers speak",
            "Are hosts well disposed",
            "mean stance is 0.24 [0.20, 0.28]",
            "Uncorrected, exploratory",
            "Describes the collected posts, not a population",
            "SYNTHETIC",
            "keyword search",
            "at most 220 per keyword",
            "1 February 2025",
            "3,020",
            "702",
            "241",
        ],
        "zh": [
            "原住民与新来者如何谈论",
            "友好吗",
            "0.24（区间0.20至0.28）",
            "未经校正，仅供探索",
            "不推论总体",
            "SYNTHETIC",
            "关键词检索",
            "220条",
            "2025年2月1日",
            "3,020",
            "702",
            "241",
        ],
    }[language]
    for words in must:
        assert _squeezed(words) in page, words


def test_synthetic_stands_on_every_page_or_on_none(rendered, make_findings, tmp_path):
    language, folder = rendered
    assert all("SYNTHETIC" in page for page in _pages(folder)[:-1])
    render(make_findings(language, study={"synthetic": False}), tmp_path, language, ["pdf"])
    assert not any("SYNTHETIC" in page for page in _pages(tmp_path))


def test_story_and_evidence_keep_to_their_pages(rendered):
    language, folder = rendered
    pages = _pages(folder)
    heads = {"en": ("The story", "The evidence", "Appendix"), "zh": ("主要发现", "证据", "附录")}[language]
    starts = [
        next(i for i, page in enumerate(pages) if re.search(rf"^{head}$", page, re.M)) for head in heads
    ]
    story, evidence, appendix = starts
    assert story == 1
    assert evidence - story <= 2
    assert appendix - evidence == 8


def test_a_chinese_report_is_chinese_throughout(make_findings):
    document = compose(make_findings("zh"), "zh")
    allowed = set(
        re.findall(r"[A-Za-z]{3,}", " ".join(map(str, make_findings("zh").tables["keyness"]["word"])))
    )
    for block in document.blocks:
        if isinstance(block, Heading | Cover):
            for text in texts_of(block):
                words = (
                    set(re.findall(r"[A-Za-z]{3,}", text))
                    - allowed
                    - {"TikTok", "SYNTHETIC", "Xiaohongshu", "RedNote"}
                )
                assert not words, text


def texts_of(block: Heading | Cover) -> list[str]:
    return [v for v in vars(block).values() if isinstance(v, str)]


@pytest.fixture(scope="module")
def n_blocks(make_findings):
    """How many blocks the whole report has, by language."""
    return {language: len(compose(make_findings(language), language).blocks) for language in ("en", "zh")}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "empty", ["topics", "keyness", "contrasts", "daily", "events", "questions", "group_sentiment", "flow"]
)
def test_a_report_without_a_table_still_stands(make_findings, n_blocks, language, empty):
    findings = make_findings(language)
    tables = {name: frame for name, frame in findings.tables.items() if name != empty}
    document = compose(Findings(tables, findings.study, findings.provenance), language)
    assert len(document.blocks) < n_blocks[language] or empty == "events"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_at_all_is_a_report_that_says_so(tmp_path, language):
    findings = Findings({}, {"title": "T", "question": "Q?"}, {})
    render(findings, tmp_path, language)
    assert (tmp_path / "report.pdf").stat().st_size > 10_000
    printed = "\n".join(texts(compose(findings, language)))
    assert ("nothing could be measured" if language == "en" else "无法测量任何指标") in printed


@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_group_and_a_question_that_cannot_be_measured(make_findings, tmp_path, language):
    findings = make_findings(language)
    tables = {n: f[f["group"] == "hosts"] if "group" in f.columns else f for n, f in findings.tables.items()}
    tables["contrasts"], tables["keyness"] = (
        findings.table("contrasts").head(0),
        findings.table("keyness").head(0),
    )
    sentiment = tables["group_sentiment"].copy()
    sentiment[["estimate", "low", "high"]] = float("nan")
    sentiment["reason"] = "no post of this group mentions the target"
    questions = findings.table("questions").iloc[[1]].reset_index(drop=True)
    study = {**findings.study, "groups": [{"name": "hosts"}]}
    one = Findings(
        {**tables, "group_sentiment": sentiment, "questions": questions}, study, findings.provenance
    )
    render(one, tmp_path, language, ["pdf"])
    cover = next(b for b in compose(one, language).blocks if isinstance(b, Cover))
    assert ("Not measurable with these data" if language == "en" else "凭这些数据无法测量") in cover.finding


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("en", 1, "Not measurable with these data: “"),
        ("zh", 1, "凭这些数据无法测量：“"),
        ("en", 2, "none of the 2 declared questions; the first, “"),
        ("zh", 2, "事先提出的 2 个问题均在其列，第一个为“"),
    ],
)
def test_the_first_page_says_first_that_the_questions_cannot_be_measured(make_findings, language, n, said):
    findings = make_findings(language)
    questions = findings.table("questions").iloc[[1] * n].reset_index(drop=True)
    questions[["estimate", "low", "high"]] = float("nan")
    questions["reason"] = "fewer than 100 authors"
    tables = {**findings.tables, "questions": questions}
    unanswered = Findings(tables, findings.study, findings.provenance)
    cover = next(b for b in compose(unanswered, language).blocks if isinstance(b, Cover))
    assert said in cover.finding
    assert "”" in cover.finding
    assert any(char.isdigit() for char in cover.second)  # what else was measured comes after it


@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_text_stays_text(make_findings, tmp_path, language):
    findings = make_findings(language)
    tables = dict(findings.tables)
    for name, column in (
        ("keyness", "word"),
        ("topic_words", "word"),
        ("topics", "label"),
        ("events", "name"),
        ("limits", "text"),
    ):
        frame = tables[name].copy()
        frame[column] = pd.Series(
            [f"{HOSTILE}{i}{'x' * 300 * (i == 0)}" for i in range(len(frame))], dtype="str"
        )
        tables[name] = frame
    study = {
        **findings.study,
        "study": {**findings.study["study"], "title": HOSTILE + "W" * 2000, "question": HOSTILE + "\ud83d"},
    }
    study["groups"] = [
        {**g, "label": {"en": HOSTILE + "L" * 99, "zh": "非常长的名称" * 30}} for g in study["groups"]
    ]
    study["targets"] = [{**t, "label": HOSTILE * 3} for t in study["targets"]]
    render(Findings(tables, study, findings.provenance), tmp_path, language, ["pdf"])
    if shutil.which("pdftotext"):
        pages = _squeezed("".join(_pages(tmp_path)))
        assert '#eval("1")*b*_i_$x$<a>@ref\\`raw`=SUM(A1)⟨U+202E⟩abc⟨U+202C⟩' in pages
        assert "⟨U+D83D⟩" in pages
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", pages)


def test_what_could_not_be_printed_is_counted_in_the_provenance(make_findings):
    findings = make_findings(study={"question": "a\u202eb\u202ec"})
    printed = "\n".join(texts(compose(findings, "en")))
    assert "2 characters (1 different) have no glyph" in printed
    assert "U+202E × 2" in printed


def test_very_long_labels_are_cut_and_every_figure_can_still_be_drawn(make_findings, tmp_path, recwarn):
    long = {
        "en": "the enduring community of longstanding neighbours " * 4,
        "zh": "长期以来一直住在这里的邻居们" * 8,
    }
    study = {"groups": [{"name": g, "label": long} for g in ("hosts", "newcomers", "onlookers")]}
    render(make_findings(study=study), tmp_path, "en", ["pdf"])
    assert not [w for w in recwarn if "layout" in str(w.message)]


def test_nobody_is_quoted(make_findings):
    document = compose(make_findings(), "en")
    assert any("nobody is quoted" in text.lower() for text in texts(document))
    topics = [
        b for b in document.blocks if isinstance(b, Grid) and any(c.title == "Exemplar" for c in b.columns)
    ]
    assert topics
    assert all(re.fullmatch(r"[\w ]+", row[-1]) for grid in topics for row in grid.rows)


def test_every_hash_version_seed_and_instrument_is_in_the_provenance(make_findings):
    printed = "\n".join(texts(compose(make_findings(), "en")))
    for word in (
        "9f" * 32,
        "3c" * 32,
        "ab" * 32,
        "cd" * 32,
        "gensim 4.4.0",
        "20250113",
        "lexicon 0.1.0 3fa9c17b",
        "5d41402a",
    ):
        assert word in printed


def test_groups_that_were_not_compared_are_not_ranked(make_findings):
    document = compose(make_findings(), "en")
    reasons = [
        note
        for b in document.blocks
        if isinstance(b, Grid)
        for note in b.notes
        if "nobody has checked the instrument" in note
    ]
    assert reasons
    story = [b.text for b in document.blocks if isinstance(b, Heading)]
    assert not any("Hosts" in text and "than Newcomers" in text for text in story)


def test_the_three_answers_have_their_own_look(make_findings):
    answers = next(b for b in compose(make_findings(), "en").blocks if isinstance(b, Answers)).answers
    assert [a.tone for a in answers] == ["yes", "none", "open"]
    assert "0.24 [0.20, 0.28]" in answers[0].text
    assert answers[1].text == "The groups differ in language, and nobody has checked the instrument in both."


def test_the_outline_of_the_report_is_as_agreed(make_findings):
    heads = [b.kicker or b.text for b in compose(make_findings(), "en").blocks if isinstance(b, Heading)]
    assert heads == [
        "The story",
        "Positive, neutral, negative",
        "Day by day",
        "Answers to the questions asked beforehand",
        "The evidence",
        "Who was collected",
        "Differences between groups",
        "What is talked about",
        "Topics by group",
        "What is talked about",
        "Topics by group",
        "Words that set groups apart",
        "Words that set groups apart",
        "Appendix",
        "Methods",
        "Limits",
        "Words used in this report",
        "The same, language by language",
        "How the target is referred to",
        "Other targets",
        "How groups were told apart",
        "Provenance",
        "Data dictionary",
        "References",
        "What must not be claimed",
    ]


def test_limits_of_the_other_language_are_left_out(make_findings):
    limits = pd.DataFrame(
        {"topic": ["time", "time"], "text": ["In English.", "中文。"], "lang": ["en", "zh"]}
    )
    printed = texts(compose(make_findings("zh", tables={"limits": limits}), "zh"))
    assert "中文。" in printed
    assert "In English." not in printed


def test_a_figure_function_gives_a_matplotlib_figure(make_findings):
    from matplotlib.figure import Figure

    for picture in compose(make_findings(), "en").pictures():
        figure = picture.draw()
        assert isinstance(figure, Figure)
        assert figure.get_suptitle()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_number_on_an_axis_is_where_it_says(make_findings, language):
    for picture in compose(make_findings(language), language).pictures():
        figure = picture.draw()
        figure.draw_without_rendering()
        for axes in figure.axes:
            for axis in (axes.xaxis, axes.yaxis):
                for tick in axis.get_major_ticks():
                    place, text = tick.get_loc(), tick.label1.get_text().replace("−", "-").replace(",", "")
                    if re.fullmatch(r"-?[0-9.]+%?", text):
                        value = float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
                        assert value == pytest.approx(place, abs=1e-9), (picture.name, text, place)


def test_drawing_leaves_the_settings_of_the_caller_alone(make_findings):
    import matplotlib

    before = dict(matplotlib.rcParams)
    compose(make_findings(), "en").pictures()[0].draw()
    assert dict(matplotlib.rcParams) == before


def test_refuses_another_language(make_findings, tmp_path):
    with pytest.raises(ParameterError, match="no report is written"):
        render(make_findings(), tmp_path, "fr")  # type: ignore[arg-type]
