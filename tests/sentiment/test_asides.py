"""Words that carry a valence and none toward the target: tags, thanks for an answer, dates, faces in replies."""

from __future__ import annotations

import pytest

from discourse.sentiment.score import score

TAG_LISTS = [
    "#tiktokrefugee #hilarious #fyp",
    "morning run #fitness #beautiful #tiktokrefugees #happy",
    "#lovely #cute #tiktokrefugee",
    "my first post here #tiktokrefugee #crazy #funnyvideos #lol",
    "#ugly #tiktokrefugee #grwm",
    "Tuesday #tiktokrefugees #blessed #grateful #awesome",
    "#tiktokrefugee #gorgeous",
    "lunch #yummy #amazing #tiktokrefugee",
    "#sad #tiktokrefugees #music",
    "new song out #great #tiktokrefugee #genius",
    "#tiktok难民 #可爱 #日常",
    "下班了 #开心 #tiktok难民",
    "#tiktok难民 #搞笑 #沙雕",
    "#美丽 #风景 #tiktok难民 #旅行",
    "随手拍 #tiktok难民 #好看",
    "#tiktok难民 #有趣 #vlog",
    "#讨厌 #周一 #tiktok难民",
    "今日份 #幸福 #美好 #tiktok难民",
    "#tiktok难民 #优秀 #音乐",
    "#帅气 #tiktok难民 #街拍",
]
TAGS_THAT_SPEAK = [
    ("#welcometiktokrefugees", "positive"),
    ("#lovetiktokrefugees", "positive"),
    ("#WeLoveTheTikTokRefugees", "positive"),
    ("#欢迎tiktok难民", "positive"),
    ("the #tiktokrefugees are lovely", "positive"),
    ("#tiktokrefugeesgohome", "negative"),
    ("#notiktokrefugees", "negative"),
    ("#StopTikTokRefugees", "negative"),
    ("#tiktok难民滚出去", "negative"),
    ("rude as ever, these #tiktokrefugees", "negative"),
]
THANKS_FOR_AN_ANSWER = [
    "How do I turn off comments on xiaohongshu? Thanks!",
    "Can anyone tell me where the settings are on rednote? thank you 🙏",
    "Does xiaohongshu have dark mode? Thanks in advance",
    "What is a good filter on rednote? thanks guys",
    "Someone explain how rednote counts views? Thx 😊",
    "where do I find my drafts on xiaohongshu? thank you so much",
    "Is there a desktop version of RedNote? many thanks",
    "how to change my region on xhs, thanks everyone",
    "Why does rednote log me out? Thanks a lot",
    "does xiaohongshu work in Canada? thank you all ❤️",
    "请问小红书怎么发长图？谢谢",
    "求助，小红书登录不上去了，谢谢大家",
    "小红书的草稿箱在哪里？谢谢啦",
    "有没有人知道小红书怎么改定位，感谢",
    "请问小红书能绑两个手机号吗，谢谢🙏",
    "请教一下小红书怎么开直播，多谢",
    "小红书实名要多久？谢谢各位",
    "谁知道小红书客服电话，谢谢",
    "求解，小红书怎么关推送，感谢大家",
    "小红书怎么设置夜间模式呀？谢谢",
]
DATES = [
    "I met my best friend a week before the TikTok ban",
    "Since the ban I sleep so well",
    "My account was growing nicely until the TikTok ban",
    "Who else came here after the TikTok ban and loves it",
    "During the ban my sister got married, so happy",
    "I have been so lonely since the tiktok ban, anyone want to talk",
    "After the ban I found this beautiful community",
    "The night of the TikTok ban we had a lovely dinner",
    "Before the ban I was a terrible cook",
    "Prior to the TikTok ban my shop was doing great",
    "TikTok禁令之后我每天都很快乐",
    "TikTok禁令期间我在家好无聊",
    "TikTok禁令那天晚上我们吃了超好吃的火锅",
    "TikTok禁令之前我的生意很好",
    "自从TikTok禁令以来我认识了好多可爱的人",
    "TikTok被禁以后我交到了很棒的朋友",
    "TikTok被封那晚我哭得很惨",
    "TikTok禁令前后我都在上班，累死了",
    "TikTok被禁的时候我在睡觉，真舒服",
    "TikTok禁令当天我丢了手机，倒霉透了",
]
EVENTS_JUDGED = [
    ("The TikTok ban is pointless", "negative"),
    ("I am so glad about the TikTok ban", "positive"),
    ("I'm sad about the ban", "negative"),
    ("The ban makes me so sad", "negative"),
    ("Everything was fine before. The TikTok ban is a disgrace", "negative"),
    ("TikTok禁令太可笑了", "negative"),
    ("支持TikTok禁令", "positive"),
    ("TikTok被禁我好伤心", "negative"),
]
ANSWERED = "欢迎tiktok难民来小红书"
FACES = [
    "荔枝要三十块钱一斤[捂脸R]",
    "这个锅在哪买的[皱眉R]",
    "我家也是这样[笑哭R]",
    "下雨了[哭惹R]",
    "几点开门😂",
]


@pytest.mark.parametrize("text", TAG_LISTS)
def test_words_in_a_list_of_tags_say_nothing_of_the_target(text: str) -> None:
    assert score([text], target="refugees")["label"].tolist() == ["neutral"]


@pytest.mark.parametrize(("text", "label"), TAGS_THAT_SPEAK)
def test_a_tag_that_names_the_target_speaks_of_it(text: str, label: str) -> None:
    assert score([text], target="refugees")["label"].tolist() == [label]


@pytest.mark.parametrize("text", THANKS_FOR_AN_ANSWER)
def test_thanks_for_an_answer_are_no_praise_of_what_is_asked_about(text: str) -> None:
    assert score([text], target="xiaohongshu")["label"].tolist() == ["neutral"]


@pytest.mark.parametrize(
    "text", ["Thank you xiaohongshu!", "谢谢小红书让我认识你们", "Thank you rednote for these weeks"]
)
def test_thanks_to_the_target_are_praise(text: str) -> None:
    assert score([text], target="xiaohongshu")["label"].tolist() == ["positive"]


@pytest.mark.parametrize("text", DATES)
def test_an_event_that_only_dates_is_not_judged(text: str) -> None:
    assert score([text], target="tiktok-ban")["label"].tolist() == ["neutral"]


@pytest.mark.parametrize(("text", "label"), EVENTS_JUDGED)
def test_an_event_that_is_spoken_of_is_judged(text: str, label: str) -> None:
    assert score([text], target="tiktok-ban")["label"].tolist() == [label]


@pytest.mark.parametrize("text", FACES)
def test_a_face_behind_words_of_another_matter_is_about_that_matter(text: str) -> None:
    assert score([text], target="refugees", parents=[ANSWERED])["label"].tolist() == ["neutral"]


def test_a_face_that_is_the_whole_answer_is_about_what_it_answers() -> None:
    assert score(["[爱心]"], target="refugees", parents=[ANSWERED])["label"].tolist() == ["positive"]


def test_grief_is_sympathy_with_people_and_blame_of_things() -> None:
    people = score(["I feel so sad for the refugees"], target="refugees")
    thing = score(["I'm so sad about the TikTok ban"], target="tiktok-ban")
    assert people["score"].iloc[0] > 0 > thing["score"].iloc[0]
