"""One function a kind of block."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar, assert_never

from markupsafe import Markup

from discourse.report.document import (
    Answer,
    Answers,
    Block,
    Box,
    Cover,
    Described,
    Dictionary,
    Document,
    Entries,
    Entry,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Picture,
)
from discourse.report.figures.drawn import Drawn
from discourse.report.html.grids import grid_html
from discourse.report.html.inline import linked, spoken
from discourse.report.html.vector import Letters, Palette, inline, marks
from discourse.report.html.words import page_words
from discourse.report.numerals import Language

Item = TypeVar("Item")


@dataclass(frozen=True)
class Place:
    """A heading for the table of contents, with a short name."""

    name: str
    short: str
    text: str
    level: int


@dataclass
class Writer:
    """Writes the blocks of one document, and collects what the page needs around them.

    Parameters
    ----------
    document : Document
        The report.
    figures : dict of str to Drawn
        Its figures by name.
    palette, letters : Palette and Letters
        Shared by the documents of one page.
    places : list of Place
        Collects the headings.
    prefix : str
        Before the names of places, where a page holds several documents.
    """

    document: Document
    figures: dict[str, Drawn]
    palette: Palette = field(default_factory=Palette)
    letters: Letters = field(default_factory=Letters)
    places: list[Place] = field(default_factory=list)
    prefix: str = ""
    _tables: int = 0

    @property
    def language(self) -> Language:
        """The language of the report."""
        return self.document.language  # type: ignore[return-value]

    def say(self, text: str) -> Markup:
        """Escape a text and tag what is in the other language."""
        return spoken(text, self.language)

    def block(self, block: Block) -> Markup:
        """Write one block.

        Parameters
        ----------
        block : Block
            Any kind of block; one that has no way to be written here is refused by the type checker, and at
            run time.

        Returns
        -------
        Markup
        """
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block)
            case Listing():
                return self._listing(block)
            case Box():
                return self._box(block)
            case Entries():
                return Markup('<dl class="entries">{}</dl>').format(_all(block.entries, self._entry))
            case Dictionary():
                return Markup('<div class="dictionary">{}</div>').format(_all(block.files, self._described))
            case Grid():
                self._tables += 1
                name = self.prefix + (f"table-{block.number}" if block.number else f"overview-{self._tables}")
                return grid_html(block, self.language, self.document.labels["table"], self.palette, name)
            case Picture():
                return self._picture(block)
            case Answers():
                return Markup('<ol class="answers">{}</ol>').format(_all(block.answers, self._answer))
            case Cover():
                return self._cover(block)
            case _:
                assert_never(block)

    def _heading(self, block: Heading) -> Markup:
        name = f"{self.prefix}section-{len(self.places) + 1}"
        self.places.append(Place(name, block.kicker or block.text, block.text, block.level))
        kicker = Markup('<p class="kicker">{}</p>').format(self.say(block.kicker)) if block.kicker else ""
        level = min(block.level + 1, 6)
        return Markup('<div class="head level-{}{}">{}<h{} id="{}" tabindex="-1">{}</h{}></div>').format(
            block.level,
            " new-page" if block.new_page else "",
            kicker,
            level,
            name,
            self.say(block.text),
            level,
        )

    def _paragraph(self, block: Paragraph) -> Markup:
        lead = Markup('<p class="lead">{}</p>').format(self.say(block.lead)) if block.lead else ""
        return Markup('<div class="text {}">{}<p class="running">{}</p></div>').format(
            block.style, lead, self.say(block.text)
        )

    def _listing(self, block: Listing) -> Markup:
        if block.style == "references":
            items = _all(
                block.items, lambda text: Markup('<li lang="{}">{}</li>').format(_work(text), linked(text))
            )
            return Markup('<ul class="references">{}</ul>').format(items)
        return Markup('<ul class="bullets">{}</ul>').format(
            _all(block.items, lambda text: Markup("<li>{}</li>").format(self.say(text)))
        )

    def _box(self, block: Box) -> Markup:
        items = _all(block.items, lambda text: Markup("<li>{}</li>").format(self.say(text)))
        return Markup(
            '<div class="box {}" role="note"><p class="box-title">{}</p><ul class="bullets">{}</ul></div>'
        ).format(block.tone, self.say(block.title), items)

    def _entry(self, entry: Entry) -> Markup:
        text = _code(entry.text) if entry.mono else self.say(entry.text)
        return Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(self.say(entry.term), text)

    def _described(self, file: Described) -> Markup:
        w = page_words(self.language)
        rows = _all(
            file.columns,
            lambda e: Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(
                _code(e.term), self.say(e.text)
            ),
        )
        return Markup(
            '<details class="file"><summary>{} <span>{}</span></summary>'
            '<div class="scroll" role="region" aria-label="{}" tabindex="0"><table><thead><tr>'
            '<th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table></div>'
            "</details>"
        ).format(_code(file.name), self.say(file.meaning), file.name, w["column"], w["meaning"], rows)

    def _picture(self, block: Picture) -> Markup:
        drawn = self.figures[block.name]
        view, drawing = inline(drawn, self.palette, self.letters)
        name = f"{self.prefix}figure-{block.number}"
        label = f"{self.document.labels['figure']} {block.number}"
        values = page_words(self.language)["values"].format(figure=label)
        return Markup(
            '<figure class="picture" id="{name}"><figcaption><b>{label}</b> {caption}</figcaption>'
            '<div class="scroll"><div class="frame{paper}">'
            '<svg class="drawing" viewBox="{view}" role="img" aria-labelledby="{name}-title {name}-words">'
            '<title id="{name}-title">{label}</title><desc id="{name}-words">{alt}</desc>{drawing}</svg>'
            "{marks}</div></div></figure>"
        ).format(
            name=name,
            # dark and light would change places in the dark, and with them more and less
            paper=" paper" if drawn.shaded else "",
            label=label,
            caption=self.say(block.caption),
            view=view,
            alt=block.alt,
            drawing=drawing,
            marks=marks(drawn, view, values),
        )

    def _answer(self, answer: Answer) -> Markup:
        counts = Markup('<p class="counts">{}</p>').format(self.say(answer.counts)) if answer.counts else ""
        return Markup(
            '<li><p class="verdict {}">{}</p><div><p class="asked"><b>{}</b> {}</p><p>{}</p>{}</div></li>'
        ).format(
            answer.tone,
            self.say(answer.answer),
            self.say(answer.id),
            self.say(answer.question),
            self.say(answer.text),
            counts,
        )

    def _cover(self, block: Cover) -> Markup:
        badge = Markup('<p class="badge">{}</p>').format(self.say(block.badge)) if block.badge else ""
        second = Markup('<p class="second">{}</p>').format(self.say(block.second)) if block.second else ""
        gap = "" if self.language == "zh" else " "
        synthetic = (
            Markup("<b>{}</b>{}").format(self.say(block.synthetic_note), gap) if block.synthetic_note else ""
        )
        closing = gap.join(part for part in (block.badge_note, block.closing) if part)
        size = "huge" if len(block.title) <= 40 else "large" if len(block.title) <= 100 else "plain"
        return Markup(
            '<header class="cover"><div class="top"><p class="kicker">{}</p>{}</div><h1 class="{}">{}</h1>'
            '<div class="row"><p class="kicker">{}</p><p class="question">{}</p></div>'
            '<div class="row"><p class="kicker">{}</p><div><p class="finding">{}</p>{}'
            '<p class="warning">{}{}</p></div></div></header>'
        ).format(
            self.say(block.kicker),
            badge,
            size,
            self.say(block.title),
            self.say(block.question_head),
            self.say(block.question),
            self.say(block.finding_head),
            self.say(block.finding),
            second,
            synthetic,
            self.say(closing),
        )


def _code(text: str) -> Markup:
    return Markup('<code translate="no">{}</code>').format(text)


def _all(items: Iterable[Item], write: Callable[[Item], Markup]) -> Markup:
    return Markup("").join(write(item) for item in items)


def _work(text: str) -> str:
    """Works are named in their own language: Chinese ones begin with a Chinese name."""
    return "zh-Hans" if "\u3400" <= text[:1] <= "\u9fff" else "en"
