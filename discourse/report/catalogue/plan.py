"""What the report says about the plan of analysis in fixed words."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

from discourse.report.catalogue.chapter import Chapter

EN: Final = Chapter(
    words={
        "section.plan": "What was planned",
        "prov.plan": "Plan of analysis",
        "prov.tried": "Studies run under this plan",
        "prov.studies_tried": "Studies run into this folder",
        "plan_item": "What",
        "plan_status": "Status",
        "plan_note": "What was changed",
        "plan_kind.question": "Question",
        "plan_kind.comparison": "Comparison",
        "plan_kind.setting": "Setting",
        "plan_status.planned": "planned",
        "plan_status.changed": "changed after the plan: exploratory",
        "plan_status.exploratory": "not in the plan: exploratory",
        "plan_status.left out": "planned, left out",
    },
    notes={
        "plan_summary": "{planned} of {n} questions and comparisons stand in the plan as they are answered here. What does not is "
        "exploratory: it was decided with the posts at hand.",
        "plan_all": "All {n} questions and comparisons stand in the plan as they are answered here.",
        "plan_tried": "{n} different, this one included",
        "studies_tried": "{n} different, this one included; runs are counted in run-log.json.",
        "choices_tried": "{n} answers under other choices were computed beside it (specifications.csv).",
        "plan_settings": "Settings not listed are those of the plan.",
    },
    methods={
        "plan": (
            "Plan",
            "Questions, groups, instruments, exclusions and corrections were written down in a plan of analysis, whose SHA-256 stands "
            "under Provenance. What is not in it is marked exploratory (Nosek et al. 2018).",
        ),
    },
)

ZH: Final = Chapter(
    words={
        "section.plan": "事先计划了什么",
        "prov.plan": "分析计划",
        "prov.tried": "依据该计划运行过的研究",
        "prov.studies_tried": "写入该文件夹的研究",
        "plan_item": "项目",
        "plan_status": "状态",
        "plan_note": "改动之处",
        "plan_kind.question": "问题",
        "plan_kind.comparison": "比较",
        "plan_kind.setting": "设定",
        "plan_status.planned": "已计划",
        "plan_status.changed": "与计划不同：探索性",
        "plan_status.exploratory": "不在计划之内：探索性",
        "plan_status.left out": "已计划，未进行",
    },
    notes={
        "plan_summary": "在 {n} 个问题与比较中，有 {planned} 个与计划一致。其余为探索性，是面对帖子之后才决定的。",
        "plan_all": "全部 {n} 个问题与比较均与计划一致。",
        "plan_tried": "不同的研究 {n} 个，包括本研究",
        "studies_tried": "不同的研究 {n} 个，包括本研究；运行次数见 run-log.json。",
        "choices_tried": "此外还在其他选择之下计算了 {n} 个回答（specifications.csv）。",
        "plan_settings": "未列出的设定与计划相同。",
    },
    methods={
        "plan": (
            "计划",
            "问题、群体、测量工具、排除标准与校正方法事先写入分析计划，其 SHA-256 列于来源一节。不在计划之内者标为探索性（Nosek 等 2018）。",
        ),
    },
    tables={"planned": "计划中的问题、比较与设定，以及本研究的做法。"},
    meanings={
        "planned.kind": "question 问题 | comparison 比较 | setting 设定",
        "planned.name": "问题编号、所比较的群体与目标，或研究文件中的键",
        "status": "planned 已计划 | changed 有改动 | exploratory 不在计划之内 | left out 未进行",
        "planned.note": "改动之处；无改动时为空",
    },
)
