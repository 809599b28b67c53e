from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.text import masks
from discourse.text.masks import KINDS, mask, mask_many


@pytest.mark.parametrize(
    ("text", "masked", "kinds"),
    [
        ("问@小红薯 好不好", "问@user 好不好", ("mention",)),
        ("//@某某某:转发@Some_One.", "//@user:转发@user.", ("mention",)),
        (".@TheSpeaker spoke", ".@user spoke", ("mention",)),
        ("thanks u/catlover99!", "thanks @user!", ("mention",)),
        ("写a.b@mail.com或http://t.cn/Ab1看", "写[email]或[url]看", ("url", "email")),
        ("xhslink.com/a/Bc1De 复制", "[url] 复制", ("url",)),
        ("look belowhttps://t.co/abc", "look below[url]", ("url",)),
        ("电话13912345678，或139 1234 5678", "电话[phone]，或[phone]", ("phone",)),
        ("+86 139-1234-5678", "[phone]", ("phone",)),
        (
            "call (415) 555-0134 or +1 415 555 0134 or 415.555.0134",
            "call [phone] or [phone] or [phone]",
            ("phone",),
        ),
        ("call +44 20 7946 0958", "call [phone]", ("phone",)),
        ("热线010-65432100", "热线[phone]", ("phone",)),
        ("微信：lilyshop", "微信：[wechat]", ("wechat",)),
        ("微信lily_shop88", "微信[wechat]", ("wechat",)),
        ("加v lily8888 看货", "加v [wechat] 看货", ("wechat",)),
        ("+vx: 88lily", "+vx: 88lily", ()),
        ("WeChat: abc123", "WeChat: [wechat]", ("wechat",)),
        ("WeChat ID: lily-shop", "WeChat ID: [wechat]", ("wechat",)),
        ("加QQ群123456789", "加QQ群[wechat]", ("wechat",)),
        ("V信13912345678", "V信[wechat]", ("wechat",)),
        ("身份证11010519491231002X。", "身份证[id-number]。", ("id-number",)),
    ],
)
def test_takes_contact_details_out(text: str, masked: str, kinds: tuple[str, ...]) -> None:
    assert mask(text) == (masked, kinds)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "会议3:00@home",
        "meet @ the mall, @7pm",
        "$1,299.00 or ￥13900000000.50",
        "2025-01-19 12:30:45",
        "版本1.2.3，约3.5万",
        "订单110105194912310021",  # 18 digits whose check digit is wrong
        "U.S. e.g. i.e. ok.so",
        "wechat refugees are welcome",
        "微信moments和wechat groups",
        "加v认证",
        "wx and vx mean the same",
        "[笑哭R][doge]#微信lily8888[话题]#",
        "@user [url] [email] [phone] [wechat] [id-number]",
        "score 3-1, 100-200-300",
        "node.js and C++",
        "12345678901234567890123456789",
    ],
)
def test_leaves_everything_else_byte_for_byte(text: str) -> None:
    assert mask(text) == (text, ())


PIECES = st.sampled_from(
    [
        "@",
        "a",
        "小",
        " ",
        ".",
        "13912345678",
        "a@b.com",
        "t.cn/x",
        "[url]",
        "user",
        "#",
        "[话题]#",
        "微信",
        "v",
        ":",
        "+1",
        "-",
        "[笑哭R]",
        "/",
        "http://",
        "x_1234567",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(st.characters(codec=None)))
def test_masking_twice_is_masking_once(text: str) -> None:
    masked = mask(text).text
    assert mask(masked) == (masked, ())


@given(st.text(st.characters(codec=None)))
def test_names_the_kinds_it_masked_in_order(text: str) -> None:
    masked, kinds = mask(text)
    assert (masked != text) == bool(kinds)
    assert list(kinds) == [kind for kind in KINDS if kind in kinds]


@given(st.text("你好abc，。! ", max_size=20), st.text("你好abc，。! ", max_size=20))
def test_text_around_a_mask_is_kept(before: str, after: str) -> None:
    assert mask(f"{before} 13912345678 {after}").text == f"{before} [phone] {after}"


CLUES = st.sampled_from(
    ["@", "＠", ".", "/", "u/", "://", ":", "：", "#", "[doge]", "@user", "http", "www.", "a.com", "b@c.io", "微信", "薇信", "卫星号",
     "WeChat", "WECHAT", "weixin", "V", "v信", "vx", "wX", "QQ", "qq群", "加", "➕", "+", "我", "个", " ", "lily_88", "88lily", "138",
     "1234", "5678", "(415)", "555-", "0134", "86", "-", "110105", "19491231", "002X", "猫", "号", "是", "x", "u/abcd", "١٢٣٤٥٦٧"]
)  # fmt: skip


@given(st.lists(CLUES, max_size=14).map("".join))
def test_the_quick_look_misses_nothing(text: str) -> None:
    searched = masks._patterns()[0]
    assert (masks._pattern(text) is searched) or all(
        match.lastgroup in ("keep", "mention") for match in searched.finditer(text)
    )
    if masks._pattern(text) is None:
        assert all(match.lastgroup == "keep" for match in searched.finditer(text))


@given(
    st.lists(
        st.text()
        | st.sampled_from(["@ann", "u/cat_lover", "13812345678", "a@b.com@c", "加v lily_2025", "x.com/a"])
    )
)
def test_many_texts_are_masked_as_each_of_them(texts: list[str]) -> None:
    found = mask_many(texts)
    assert [found.get(n, (text, ())) for n, text in enumerate(texts)] == [mask(text) for text in texts]
