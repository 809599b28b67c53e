"""Regular English inflection, so that a lexicon lists each word once."""

from __future__ import annotations

from collections.abc import Iterator

_VOWELS = "aeiou"
_IRREGULAR: dict[str, tuple[str, ...]] = {
    "steal": ("steals", "stole", "stolen", "stealing"),
    "lie": ("lies", "lied", "lying"),
    "cheat": ("cheats", "cheated", "cheating"),
    "fight": ("fights", "fought", "fighting"),
    "leave": ("leaves", "left", "leaving"),
    "go": ("goes", "went", "gone", "going"),
    "come": ("comes", "came", "coming"),
    "keep": ("keeps", "kept", "keeping"),
    "see": ("sees", "saw", "seen", "seeing"),
    "show": ("shows", "showed", "shown", "showing"),
    "find": ("finds", "found", "finding"),
    "think": ("thinks", "thought", "thinking"),
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "make": ("makes", "made", "making"),
    "win": ("wins", "won", "winning"),
    "lose": ("loses", "lost", "losing"),
    "break": ("breaks", "broke", "broken", "breaking"),
    "ruin": ("ruins", "ruined", "ruining"),
    "bite": ("bites", "bit", "bitten", "biting"),
    "beat": ("beats", "beaten", "beating"),
    "hurt": ("hurts", "hurting"),
    "teach": ("teaches", "taught", "teaching"),
    "give": ("gives", "gave", "given", "giving"),
    "forgive": ("forgives", "forgave", "forgiven", "forgiving"),
    "mislead": ("misleads", "misled", "misleading"),
    "shine": ("shines", "shone", "shining"),
    "fall": ("falls", "fell", "fallen", "falling"),
    "overcome": ("overcomes", "overcame", "overcoming"),
    "mistake": ("mistakes", "mistook", "mistaken"),
    "take": ("takes", "took", "taken", "taking"),
    "stick": ("sticks", "stuck", "sticking"),
    "stink": ("stinks", "stank", "stunk", "stinking"),
    "suck": ("sucks", "sucked", "sucking"),
    "spit": ("spits", "spat", "spitting"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "overrun": ("overruns", "overran", "overrunning"),
    "feel": ("feels", "felt", "feeling"),
    "laugh": ("laughs", "laughed", "laughing"),
    "rise": ("rises", "rose", "risen", "rising"),
    "stay": ("stays", "stayed", "staying"),
    "spam": ("spams", "spammed", "spamming"),
    "get": ("gets", "got", "getting"),
    "let": ("lets", "letting"),
    "quit": ("quits", "quitting"),
    "hog": ("hogs", "hogged", "hogging"),
    "put": ("puts", "putting"),
    "cut": ("cuts", "cutting"),
    "hit": ("hits", "hitting"),
    "bring": ("brings", "brought", "bringing"),
    "become": ("becomes", "became", "becoming"),
    "be": ("is", "are", "was", "were", "been", "being"),
    "have": ("has", "had", "having"),
    "write": ("writes", "wrote", "written", "writing"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "uphold": ("upholds", "upheld", "upholding"),
    "shoot": ("shoots", "shot", "shooting"),
    "sue": ("sues", "sued", "suing"),
    "flee": ("flees", "fled", "fleeing"),
    "undermine": ("undermines", "undermined", "undermining"),
    "withdraw": ("withdraws", "withdrew", "withdrawn", "withdrawing"),
}


def forms_of(form: str, note: str) -> Iterator[str]:
    """Yield the inflected forms of an English entry.

    Parameters
    ----------
    form : str
        The dictionary form; in a phrase the first word of a verb and the last of a noun is inflected.
    note : str
        ``verb``, ``noun`` or ``adjective`` ask for inflection, anything else for none.

    Yields
    ------
    str
        The form itself, then the others.

    Examples
    --------
    >>> list(forms_of("spam", "verb"))
    ['spam', 'spams', 'spammed', 'spamming']
    >>> list(forms_of("rude", "adjective"))
    ['rude', 'ruder', 'rudest', 'rudely', 'rudeness']
    """
    yield form
    if note == "verb":
        head, space, rest = form.partition(" ")
        yield from (f"{inflected}{space}{rest}" for inflected in _verb(head))
    elif note == "noun":
        start, space, head = form.rpartition(" ")
        yield f"{start}{space}{_plural(head)}"
    elif note == "adjective" and " " not in form and "-" not in form:
        yield from _adjective(form)


def _doubles(word: str) -> bool:
    return (
        len(word) in (3, 4) and word[-1] not in "aeiouwxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS
    )


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return f"{word[:-1]}ies"
    return f"{word}s"


def _verb(word: str) -> tuple[str, ...]:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    third = _plural(word)
    if word.endswith("e") and not word.endswith("ee"):
        return (third, f"{word}d", f"{word[:-1]}ing")
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return (third, f"{word[:-1]}ied", f"{word}ing")
    stem = word + word[-1] if _doubles(word) else word
    return (third, f"{stem}ed", f"{stem}ing")


def _adjective(word: str) -> Iterator[str]:
    short = len(word) <= 6 and not word.endswith(("ful", "ous", "ed", "ing", "al", "ic", "id"))
    if word.endswith("y"):
        stem = word[:-1]
        yield from (f"{stem}ier", f"{stem}iest", f"{stem}ily", f"{stem}iness")
        return
    if short:
        stem = word[:-1] if word.endswith("e") else word + word[-1] if _doubles(word) else word
        yield from (f"{stem}er", f"{stem}est")
    if word.endswith("le") and len(word) > 4:
        yield f"{word[:-1]}y"
    elif word.endswith("ic"):
        yield f"{word}ally"
    else:
        yield f"{word}ly"
    yield f"{word}ness"
