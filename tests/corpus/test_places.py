from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.corpus.places import codes, is_unknown_spelling, place_code

PROMISES = {
    "US": ["美国", "美國", "U.S.", "USA", "US", "United States", "the United States", "IP属地：美国", "IP属地: 美国"],
    "GB": ["英国", "UK", "United Kingdom", "Great Britain", "England"],
    "CN-GD": ["广东", "广东省", "廣東", "Guangdong", "中国广东", "Guangdong Province", "发布于 广东", "来自广东", " 广东 "],
    "CN-SX": ["山西", "Shanxi"],
    "CN-SN": ["陕西", "陝西", "Shaanxi"],
    "CN-NM": ["内蒙古", "內蒙古", "内蒙古自治区", "Inner Mongolia"],
    "CN-BJ": ["北京", "北京市", "Beijing"],
    "CN": ["中国", "中國", "China", "中国大陆", "Mainland China"],
    "HK": ["中国香港", "香港", "Hong Kong", "中國香港"],
    "TW": ["中国台湾", "台湾", "臺灣", "Taiwan"],
    "MO": ["中国澳门", "Macau", "Macao"],
    "KR": ["韩国", "South Korea", "Korea"],
    "RU": ["俄罗斯", "Russia", "Russian Federation"],
    "AE": ["阿联酋", "UAE"],
    "JP": ["日本", "Japan"],
    "TR": ["土耳其", "Turkey", "Türkiye"],
}  # fmt: skip


@pytest.mark.parametrize(("code", "spelling"), [(c, s) for c, all_ in PROMISES.items() for s in all_])
def test_a_spelling_has_its_code(code: str, spelling: str) -> None:
    assert place_code(spelling) == code
    assert place_code(spelling.upper()) == code


@pytest.mark.parametrize("spelling", ["Atlantis", "火星", "广", "中国火星", "美", "1.2.3.4"])
def test_an_unknown_spelling_is_listed_and_not_guessed(spelling: str) -> None:
    assert place_code(spelling) is None
    assert is_unknown_spelling(spelling)


@pytest.mark.parametrize("spelling", [None, "", "  ", "未知", "Unknown", "None", "IP属地：未知"])
def test_no_place_is_not_an_unknown_spelling(spelling: str | None) -> None:
    assert place_code(spelling) is None
    assert not is_unknown_spelling(spelling)


def test_codes_are_iso_and_names_are_not_shared() -> None:
    assert all(re.fullmatch(r"[A-Z]{2}|CN-[A-Z]{2}", code) for code in codes())
    assert len([c for c in codes() if c.startswith("CN-")]) == 31
    assert len(codes()) > 31 + 245
    assert {c for c in codes() if place_code(c) != c} == {"NA"}  # in an export it means "not available"


@given(st.text(max_size=40))
def test_any_text_is_a_known_code_or_none(text: str) -> None:
    assert place_code(text) in {None, *codes()}


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("发布于 美国", "US"),
        ("發布於美國", "US"),
        ("发布于IP属地：美国", "US"),
        ("IP屬地：台灣", "TW"),
        ("IP 属地: 浙江", "CN-ZJ"),
        ("IP：上海", "CN-SH"),
        ("来自 广东 深圳", "CN-GD"),
        ("广东·深圳", "CN-GD"),
        ("中国 香港", "HK"),
        ("posted in Japan", "JP"),
        ("IN", "IN"),
        ("IP未知", None),
        ("IP属地：", None),
        ("Georgia, US", None),
        ("火星 北京", None),
    ],
)
def test_what_platforms_print_before_a_place_is_no_part_of_it(spelling: str, code: str | None) -> None:
    assert place_code(spelling) == code
