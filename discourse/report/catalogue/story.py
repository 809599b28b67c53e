"""What the story says of the answers that it has no room for; in English and in Chinese."""

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.all_answers": "All answers",
        "section.other_answers": "The other answers",
        "part.summary": "In short",
    },
    notes={
        "other_answers": "{n} more questions were asked: {answers}.",
        "answers_in_appendix": "The appendix answers each of them.",
        "answers_elsewhere": "The whole report answers each of them.",
    },
)

ZH: Final = Chapter(
    words={"section.all_answers": "全部回答", "section.other_answers": "其余回答", "part.summary": "要点"},
    notes={
        "other_answers": "另有 {n} 个问题：{answers}。",
        "answers_in_appendix": "逐一回答见附录。",
        "answers_elsewhere": "逐一回答见完整报告。",
    },
)
