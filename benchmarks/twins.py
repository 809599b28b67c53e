"""How many bilingual twins are found: ``python -m benchmarks.twins``.

Forty messages of ours, each written in Chinese and in English by hand, freely rather than word by word, as
people post them: a third with hardly anything that a translation leaves alone.  *Found*: the pair, posted ten
minutes apart by one account, is marked.  *Wrong*: the Chinese of one message and the English of another by
the same account are marked, over all 1,560 such couples.
"""

# ruff: noqa: E501
from __future__ import annotations

import itertools

import pandas as pd

from discourse.corpus.twins import mark_twins
from discourse.text.language import detect_languages

PAIRS = (
    ("我是Lily，今年25岁，来自德州，很高兴认识大家🎉", "Hi everyone, I'm Lily, 25, from Texas, so happy to meet you 🎉"),
    ("交猫税啦😺 我家猫叫Mochi，3岁了", "Paying my cat tax 😺 this is Mochi, she is 3 years old"),
    ("今天是我来这里的第2天，你们太友好了❤️", "Day 2 on here and you are all so friendly ❤️"),
    ("谁能帮我看看这道数学题？我15分钟都没做出来😭", "Can anyone help with this math problem? 15 minutes and no luck 😭"),
    ("想学做饺子，求菜谱🥟 我在Chicago", "I want to learn how to make dumplings 🥟 recipes please! I'm in Chicago"),
    ("你们觉得中国的物价高吗？我们这里鸡蛋12块钱一盒", "Do you think prices are high in China? Eggs cost us 12 a box"),
    ("第一次用这个app，有点紧张", "First time on this app, I am a little nervous"),
    ("大家晚上好，我刚下班", "Good evening all, just got off work"),
    ("刚到家，外面雪下得好大❄️❄️", "Just got home and it is snowing like crazy outside ❄️"),
    ("我叫Marcus，是一名护士，住在Ohio🙋", "My name is Marcus, I'm a nurse and I live in Ohio 🙋"),
    ("TikTok没了，我们来了，谢谢收留🙏", "TikTok is gone so here we are, thank you for taking us in 🙏"),
    ("有没有人想做笔友？我会回复每一条💌", "Does anyone want to be pen pals? I reply to every message 💌"),
    ("我家狗狗8个月大，叫Bella🐶", "Our dog is 8 months old and her name is Bella 🐶"),
    ("今天考试考了97分！！开心😆", "Got 97 on my exam today!! so happy 😆"),
    ("我每天工作10小时，一周6天，正常吗？", "I work 10 hours a day, 6 days a week, is that normal?"),
    ("这首歌我听了100遍🎵 推荐给你们", "I have listened to this song 100 times 🎵 you should too"),
    ("新年快乐🧧🐍 祝大家身体健康", "Happy new year 🧧🐍 wishing you all good health"),
    ("我正在学中文，请纠正我的语法🙏📚", "I am learning Chinese, please correct my grammar 🙏📚"),
    ("房租2300美元，一个人住真的很难", "My rent is 2,300 dollars, living alone is really hard"),
    ("我的iPhone15摔坏了，哪里修便宜？", "Dropped my iPhone15, where can I get it fixed cheap?"),
    ("在Netflix上看什么好？推荐一下🍿", "What should I watch on Netflix? Recommend something 🍿"),
    ("我妈妈做的红烧肉是世界上最好吃的", "My mom's braised pork is the best in the whole world"),
    ("昨天爬山爬了14公里，腿断了🥾", "Hiked 14 km yesterday and my legs are gone 🥾"),
    ("谢谢大家的1000个赞！！💕", "Thank you for 1000 likes!! 💕"),
    ("我不太会说，但是我想说谢谢你们", "I am not good with words but I want to say thank you"),
    ("刚做了头发💇‍♀️ 你们觉得怎么样？", "New hair 💇‍♀️ what do you think?"),
    ("想问一下，中国的大学学费多少钱？", "Question: how much is tuition at universities in China?"),
    ("2025年的目标：存钱、跑步、学中文💪", "Goals for 2025: save money, run, learn Chinese 💪"),
    ("我住在London，今天气温只有3度🥶", "I live in London and it is only 3 degrees today 🥶"),
    ("这是我画的小猫🎨🐱 喜欢吗", "A kitten that I painted 🎨🐱 do you like it?"),
    ("我外公今年90岁，他也想来看看👴", "My grandpa turned 90 and wants to have a look at this place as well 👴"),
    ("跟你们聊天学到了很多", "I have learned so much from talking with you"),
    ("我在Starbucks上班，每小时17刀☕", "I work at Starbucks for 17 an hour ☕"),
    ("求助：签证要等多久？😥", "Help: how long does a visa take? 😥"),
    ("今天的晚饭🍜🍳 自己做的", "Dinner today 🍜🍳 made it myself"),
    ("有人玩Genshin吗？一起🎮", "Anyone here plays Genshin? let's team up 🎮"),
    ("我从来没想过会有这么多人回复我", "Never in my life did I think so many people would answer me"),
    ("看了3集就停不下来了😂 太好看了", "Three episodes in and I can't stop 😂 so good"),
    ("谁知道哪里可以买到老干妈？我在Boston🌶️", "Where can I find Lao Gan Ma around Boston? 🌶️"),
    ("晚安🌙 明天见", "Good night 🌙 see you tomorrow"),
)  # fmt: skip


def posts_of(couples: list[tuple[str, str]]) -> pd.DataFrame:
    """Each couple by an account of its own, the English ten minutes after the Chinese."""
    rows = []
    for number, couple in enumerate(couples):
        for half, text in enumerate(couple):
            at = pd.Timestamp("2025-01-14", tz="UTC") + pd.Timedelta(minutes=10 * half)
            rows.append(
                {"post_id": f"p{number}-{half}", "author": f"a-{number}", "text": text, "created_at": at}
            )
    frame = pd.DataFrame(rows).assign(title=None, parent_id=None, kind="post", platform="xiaohongshu")
    return frame.assign(thread_id=frame["post_id"], lang=detect_languages(frame["text"].tolist()))


def main() -> None:
    true = posts_of(list(PAIRS))
    marked = mark_twins(true)[1::2].notna().tolist()
    wrong = [(zh, en) for (zh, _), (_, en) in itertools.permutations(PAIRS, 2)]
    taken = int(mark_twins(posts_of(wrong)).notna().sum())
    print(f"found {sum(marked)} of {len(PAIRS)} pairs; wrong {taken} of {len(wrong)} couples")
    for (zh, en), found in zip(PAIRS, marked, strict=True):
        if not found:
            print(f"  missed: {zh} | {en}")


if __name__ == "__main__":
    main()
