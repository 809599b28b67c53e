from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import InputError, ParameterError
from discourse.text.segment import Segmenter, segment_many, segment_zh

jieba.setLogLevel(60)
jieba.initialize()

HARD = [
    "",
    " ",
    "\n",
    "你好\r\n世界\r\r\n",
    "a\x00b\x1c中\x85文\xa0\u3000",
    "中\ud800国",
    "\udfff",
    "㗎䶮𠮷𠮷野家〇々龦龥",
    "ＡＢＣ１２３全角，。！",
    "😂中👨‍👩‍👧‍👦国🇨🇳",
    "t.co 4-5 HanMeimei_01 a+b c++ AT&T 3.5% 1.2.3 a.b.c%",
    "T恤卡拉OK阿Q的U盘",
    "生生生生生 超超超超超 当当当当当 哈哈哈哈哈哈哈",
    "呵呵呵呵呵去买买买买",
    "我a.b你%的#话题#&",
    "...---___%%%+++",
]


@pytest.mark.parametrize("text", HARD)
def test_hard_texts_are_cut_as_jieba_cuts_them(text: str) -> None:
    assert segment_zh(text) == jieba.lcut(text)


COMMON = "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴跑"


@settings(derandomize=True, max_examples=400)
@given(st.text(COMMON, max_size=40) | st.text(COMMON + "aB1.+#&_%- ，。\n", max_size=40))
def test_everyday_characters_are_cut_as_jieba_cuts_them(text: str) -> None:
    assert segment_zh(text) == jieba.lcut(text)


@settings(derandomize=True, max_examples=400)
@given(st.text(st.characters(codec=None), max_size=30) | st.text("a1.+#&._%-中国 \r\n", max_size=30))
def test_any_text_is_cut_as_jieba_cuts_it(text: str) -> None:
    words = segment_zh(text)
    assert words == jieba.lcut(text)
    assert "".join(words) == text


ADDED = st.lists(
    st.tuples(
        st.text("中国小红书难民猫税ab1.", min_size=1, max_size=4),
        st.none() | st.integers(0, 90_000),
        st.none() | st.just("nz"),
    ),
    max_size=4,
)


@settings(derandomize=True, max_examples=15, deadline=None)
@given(ADDED, st.text("中国小红书难民猫税来ab1. ", max_size=25))
def test_words_of_the_researcher_weigh_what_they_weigh_in_jieba(
    words: list[tuple[str, int | None, str | None]], text: str
) -> None:
    reference = jieba.Tokenizer()
    reference.FREQ, reference.total, reference.initialized = jieba.dt.FREQ.copy(), jieba.dt.total, True
    before = set(jieba.finalseg.Force_Split_Words)
    try:
        for word in words:
            reference.add_word(*word)
        expected = reference.lcut(text)
    finally:
        jieba.finalseg.Force_Split_Words.clear()
        jieba.finalseg.Force_Split_Words.update(before)
    assert Segmenter(words).segment(text) == expected


def test_words_of_one_study_are_unknown_to_the_next() -> None:
    own = Segmenter(["刷对账"])
    own.add_word("中国", 0)
    assert "刷对账" in own.segment("来刷对账的中国人")
    assert "刷对账" not in segment_zh("来刷对账的中国人")
    assert "刷对账" not in Segmenter().segment("来刷对账的中国人")
    assert not jieba.finalseg.Force_Split_Words


def test_reads_jiebas_user_dictionaries(tmp_path: Path) -> None:
    path = tmp_path / "词 典.txt"
    lines = "\ufeff云猫税 5\r\n\n赛博难民 3 nz\n凱特琳 nz\n八一双鹿\n有 空格的词 10 n\n"
    path.write_bytes(lines.encode())
    reference = jieba.Tokenizer()
    reference.load_userdict(str(path))
    ours = Segmenter()
    ours.load_userdict(path)
    for text in ("交云猫税的赛博难民", "凱特琳与八一双鹿", "有 空格的词"):
        assert ours.segment(text) == reference.lcut(text)


def test_says_which_line_of_a_user_dictionary_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "gbk.txt"
    path.write_bytes(b"ok\n" + "难民".encode("gb18030"))
    with pytest.raises(InputError, match="line 2"):
        Segmenter().load_userdict(path)


@pytest.mark.parametrize("word", [("", None), ("猫", -1)])
def test_refuses_what_is_no_word(word: tuple[str, int | None]) -> None:
    with pytest.raises(ParameterError):
        Segmenter([word])


def test_a_segmenter_travels_to_another_process() -> None:
    own = Segmenter([("猫税", 7, "n"), ("中国", 0)])
    copy = pickle.loads(pickle.dumps(own))
    assert copy.segment("新猫税中国") == own.segment("新猫税中国")


def test_many_are_cut_in_order() -> None:
    assert segment_many(iter(["你好", "", "世界"])) == [["你好"], [], ["世界"]]


def test_says_nothing_on_stderr_and_writes_no_cache(tmp_path: Path) -> None:
    code = (
        "import sys, discourse.text.segment as s; assert 'jieba' not in sys.modules;"
        "s.segment_zh('你好'); s.Segmenter(['猫税']); assert s.segment_zh('〇㗎') == ['〇', '㗎']"
    )
    env = {"TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(
        [sys.executable, "-W", "always", "-c", code], capture_output=True, env=env, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
    assert list(tmp_path.iterdir()) == []
