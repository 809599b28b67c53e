"""The fixed paragraphs of a report, in English: notes, methods, glossary, what must not be claimed."""

# ruff: noqa: E501  (sentences of a catalogue are read whole)

from __future__ import annotations

from typing import Final

CHARTS: Final[dict[str, str]] = {
    "dots": "Dots with intervals:",
    "bars": "Stacked bars:",
    "lines": "Lines by day with numbered event lines:",
    "words": "Scatter of words:",
}

NOTES: Final[dict[str, str]] = {
    "interval": "In brackets: {level} intervals, clustered by author and thread.",
    "stance_caption": "Mean stance toward {target} by group. Dot: mean over posts that mention the target; line: "
    "{level} interval; n: posts. Groups are shown side by side, not compared: see the table of differences.",
    "shares_caption": "How posts that mention {target} divide. Each bar is one group: positive in the hue of the "
    "group, neutral faint, negative strong.",
    "days_caption": "Above: posts a day. Below: mean stance toward {target} a day, with its {level} interval as a "
    "band. Days are counted in the time zone {zone}. Days with too few authors are gaps.",
    "days_caption_volume": "Posts a day, counted in the time zone {zone}. Days with too few authors are gaps.",
    "events": "Event lines: {events}.",
    "languages_caption": "Languages of the posts of each group; hashtags, links and stickers do not count.",
    "differences_caption": "Difference of mean stance between two groups, first minus second. A line that touches "
    "zero means that the two cannot be told apart.",
    "by_language_caption": "Mean stance toward {target} by language of the post. The instrument may err differently "
    "in each language; languages are shown apart and not compared.",
    "by_kind_caption": "Mean stance toward {target} by the way it is referred to.",
    "targets_caption": "Mean stance of each group toward each target of the study.",
    "frames_caption": "Share of the posts of each group that hold each frame, in percent, with {level} intervals. A post "
    "may hold several frames or none.",
    "topics_caption": "Mean share of each topic in the posts of each group, in percent, with {level} intervals.",
    "words_caption": "Each dot is a word in {lang}. The higher, the more typical of {a}; the lower, of {b}; the "
    "further right, the more often used. Named words stand out with q below 0.05.",
    "small": "“<{least}” and “–” stand for cells with fewer than {least} authors, and for what would give one away; they are not printed.",
    "no_figure": "No figure is given where there are fewer than 100 authors or 20 threads, or where the groups cannot be "
    "compared honestly; the reason stands beside it.",
    "p": "p-values are adjusted by the method of Holm over all comparisons toward one target.",
    "dictionary_shared": "Columns that mean the same in every table that has them; below, each table lists only its own. "
    "The workbook tables.xlsx describes every column of every table.",
    "exemplars": "Topic: its number and the words that mark it off from the others; beside it the words most often in it. Exemplar: how the id of a typical post begins; tables/topics.csv has three a topic, by different authors. Nothing is quoted.",
    "words_note": "Uses are counts of tokens; log ratio: 1 means twice as frequent, 2 four times; q: "
    "false-discovery rate.",
    "share_rest": "Shares are of all collected posts of a row; posts in other languages or without words make up the rest. The questions are asked of the posts analysed, which have words.",
    "signals": "Signals are what the rules of the study read from an account: the place shown, the language "
    "of most posts, what it calls itself, contact details of a merchant. The file says it in short: ip, lang, phrase, merchant.",
    "rare_signals": "{n} further combinations were met in fewer than {least} authors each, and are not listed.",
    "flow": "Records read = kept + duplicates + rejected.",
    "unprintable": "{n} characters ({kinds} different) have no glyph in the fonts of this report, or are controls that "
    "hide; each is printed as its code point, such as ⟨U+202E⟩. Met here: {list}.",
    "all_printable": "none met",
    "hidden": "{n} rows stood for fewer than {least} authors and lost their figures here.",
    "left_out_topics": "Topics: none were fitted.",
    "left_out_keyness": "Words that set groups apart: no comparison was made.",
    "left_out_daily": "Days: no daily series was made.",
    "left_out_contrasts": "Differences: no two groups were compared.",
    "left_out_sentiment": "Stance: no post was scored toward a target.",
    "left_out_questions": "Questions: none were asked beforehand.",
    "left_out_languages": "Language by language: no language had enough authors apart.",
    "left_out_kinds": "Kinds of mention: none had enough authors apart.",
    "no_limits": "The run wrote no limits; read every figure with care.",
    "seen_more": "{n} further rows are in tables/{name}.csv.",
    "stance_not_measured": "Stance toward {target}",
    "question_not_measured": "“{text}”",
    "questions_not_measured": "none of the {n} declared questions; the first, “{text}”",
    "expected": "Expected: {expect}",
    "of_target": "toward {target}",
    "more_words": "Further comparisons",
    "table_of": "Rows: {rows}",
}

HOW: Final[dict[str, str]] = {
    "corpus": "Counts of posts as collected, after exact repeats of a record were dropped. Language is judged post by "
    "post from script and words; hashtags, links, stickers and mentions do not count.",
    "stance": "The scorer gives each post that mentions the target a score from −1 to 1; posts that speak only of "
    "their own author are left out. The mean is over posts. The interval allows for posts by one author, and in one "
    "thread, resembling each other (Cameron, Gelbach and Miller 2011).",
    "differences": "Difference of two means over posts, with two-way clustered errors and t quantiles; Hedges g is the "
    "difference in standard deviations; p adjusted by Holm (1979). Groups that hardly share a language or a platform "
    "are not compared until people have checked the instrument in both.",
    "language": "As for stance by group, over the posts of one language, or over the mentions of one kind. A mention "
    "is by name, by pronoun, spoken to, or a reply that names nobody and answers a post about the target.",
    "targets": "As for stance by group, for each target of the study.",
    "topics": "Latent Dirichlet allocation (Blei et al. 2003) with a fixed seed, one model per language. A topic’s share "
    "is its mean prevalence over posts; coherence is c_v (Röder et al. 2015), between 0 and 1. Intervals are clustered "
    "by author and thread. Labels are the topic’s most telling words, not a judgment.",
    "frames": "A frame is counted in a post that holds one of its phrases and does not deny it; nobody has checked "
    "these codes against people. Shares are of posts with words; intervals are clustered by author and thread.",
    "topics_nmf": "Non-negative matrix factorisation of tf-idf weights (Lee and Seung 1999), one model per language. A "
    "topic’s share is its mean prevalence over posts; coherence is c_v (Röder et al. 2015), between 0 and 1. Intervals "
    "are clustered by author and thread. Labels are the topic’s most telling words, not a judgment.",
    "topics_other": "Topics of the engine that the study names, one model per language. A topic’s share is its mean "
    "prevalence over posts; coherence is c_v (Röder et al. 2015), between 0 and 1. Intervals are clustered by author "
    "and thread. Labels are the topic’s most telling words, not a judgment.",
    "topics_lsa": "Latent semantic analysis of posts and word associations (Deerwester et al. 1990; Shi et al. 2018) in one "
    "space for Chinese and English, whose words a dictionary links, and clusters in it. A topic’s share is the mean "
    "probability that a post is of it, comparable across languages; coherence is c_v (Röder et al. 2015), between 0 and "
    "1. Intervals are clustered by author and thread. Labels are the topic’s most telling words, not a judgment.",
    "topics_joint": "Topics of the engine that the study names, in one space for Chinese and English, whose words a "
    "dictionary links. A topic’s share is its mean prevalence over posts, comparable across languages; coherence is c_v "
    "(Röder et al. 2015), between 0 and 1. Intervals are clustered by author and thread. Labels are the topic’s most "
    "telling words, not a judgment.",
    "keyness": "Weighted log odds with an informative prior (Monroe et al. 2008); beside it the log-likelihood ratio "
    "(Dunning 1993) and the log ratio (Hardie 2014). q: false-discovery rate (Benjamini and Hochberg 1995), p by up to 10,000 "
    "permutations of whole authors, fewer where the groups write very much (tables/keyness.csv says how many). Words "
    "used by too few authors are left out.",
    "days": "Posts are put on days in the zone of the study; means and intervals as for stance by group, day by day.",
}

CLAIMS: Final[dict[str, str]] = {
    "population": "That users of the platform, or people of a country, think so. The posts were found by search and "
    "collection; they are not a sample of any population.",
    "unchecked": "That the figures are right. Nobody has compared the instrument with codes made by people; its errors "
    "may differ between groups and languages, in either direction.",
    "groups": "That the groups are who they are called. They are assigned by rules over what accounts show.",
    "compared": "That two groups differ because their dots stand apart. Only the table of differences compares, and it "
    "says where no comparison is possible.",
    "events": "That an event caused a change. Events lie close together, and the authors who post are not the same from day "
    "to day.",
    "topics": "That a topic is a theme that people had in mind. It is a set of words that occur together.",
    "synthetic": "Anything about people at all. Every post was written by a program.",
}

GLOSSARY: Final[dict[str, tuple[str, str]]] = {
    "stance": (
        "Stance",
        "What a post shows toward a target, from −1 (against) to 1 (in favour); not its general mood.",
    ),
    "target": ("Target", "Whom or what the stance is about."),
    "mention": (
        "Mention",
        "One naming of the target: by name, by pronoun, by speaking to it, or by answering a post about it.",
    ),
    "coverage": ("Coverage", "The share of a group’s posts that mention the target."),
    "balance": (
        "Balance",
        "The share of positive mentions minus the share of negative ones, in percentage points.",
    ),
    "interval": (
        "Interval",
        "The range that would hold the true figure for posts collected in this way in 95 of 100 "
        "such studies, if the instrument made no errors.",
    ),
    "clustered": (
        "Clustered by author and thread",
        "Posts by one author, or below one post, resemble each other and "
        "count for less than as many independent ones.",
    ),
    "hedges": (
        "Hedges g",
        "A difference in units of standard deviations, corrected for small samples; 0.2 is small, 0.8 large.",
    ),
    "p": (
        "p, adjusted",
        "How often a difference this large would appear if there were none, made stricter for the number of comparisons.",
    ),
    "thread": ("Thread", "An opening post with everything written below it."),
    "topic": ("Topic", "A set of words that tend to occur in the same posts, found by a model."),
    "prevalence": (
        "Prevalence",
        "The share of a topic in a post; averaged over posts, its share in a group.",
    ),
    "coherence": ("Coherence", "How much the words of a topic keep company in the posts, between 0 and 1."),
    "keyness": ("Keyness", "How much a word belongs to one group rather than the other."),
    "log_odds": (
        "z",
        "The lean of a word toward a group over its standard error; beyond ±2 it rarely comes by chance for a single word.",
    ),
    "q": ("q", "The share of false alarms to expect among the words called typical."),
    "instrument": ("Instrument", "The scorer with its word lists and version."),
}

METHODS: Final[dict[str, tuple[str, str]]] = {
    "collection": ("Posts", "{origin} {flow} Records that could not be read are listed with their reasons."),
    "text": (
        "Text",
        "Language was judged post by post from script and words; hashtags, links, stickers and mentions do "
        "not count. Chinese was segmented with jieba (Sun 2012); stickers, emoji, hashtags and links are one token each.",
    ),
    "groups": (
        "Groups",
        "Authors were assigned to groups by the rules of the study, in order, the first that held "
        "deciding. {rules} The cross-tabulation of the signals stands below.",
    ),
    "stance": (
        "Stance",
        "Stance toward {targets} was scored with the {instrument} scorer: word lists in both languages, read "
        "clause by clause with negation, degree and contrast. Scores below {neutral} in absolute size are neutral. Posts "
        "that refer only to their own author are left out of means. General sentiment is no measure of stance (Bestvater "
        "and Monroe 2023), and off-the-shelf word lists need checking on each corpus (van Atteveldt et al. 2021).",
    ),
    "stance_other": (
        "Stance",
        "Stance toward {targets} was scored with an instrument of the kind {instrument}; its full name and version stand "
        "under Provenance. Posts that refer only to their own author are left out of means. General sentiment is no "
        "measure of stance (Bestvater and Monroe 2023).",
    ),
    "intervals": (
        "Intervals",
        "Means over posts with variance clustered by author and by thread (Cameron, Gelbach and "
        "Miller 2011) and t quantiles; shares with the Wilson (1927) interval at the effective sample size "
        "(Franco et al. 2019). No mean is given for fewer than 100 authors or 20 threads.",
    ),
    "intervals_bootstrap": (
        "Intervals",
        "Means over posts with intervals by the pigeonhole bootstrap, which resamples authors and threads (Owen 2007): "
        "symmetric and studentised for means and differences (Hall 1988), BCa for shares (Efron 1987); the column method "
        "of the tables gives draws and seed. Where a few threads hold most posts these intervals are too narrow. The daily "
        "series and frames use t quantiles and variance clustered by author and by thread (Cameron, Gelbach and Miller "
        "2011). No mean is given for fewer than 100 authors or 20 threads.",
    ),
    "contrasts": (
        "Differences",
        "Differences of two means with the same clustering; effect size Hedges g (Hedges 1981); "
        "p-values adjusted by Holm (1979) within each target. Two groups whose posts share less than half of their "
        "distribution over languages, or over platforms, are not compared.",
    ),
    "topics": (
        "Topics",
        "Latent Dirichlet allocation (Blei, Ng and Jordan 2003) by gensim (Řehůřek and Sojka 2010; "
        "Hoffman, Blei and Bach 2010), seed {seed}; coherence c_v (Röder, Both and Hinneburg 2015). One model per language; "
        "topics of two languages are not matched.",
    ),
    "topics_nmf": (
        "Topics",
        "Non-negative matrix factorisation of tf-idf weights (Lee and Seung 1999; Boutsidis and Gallopoulos 2008) by "
        "scikit-learn, seed {seed}; coherence c_v (Röder, Both and Hinneburg 2015) by gensim (Řehůřek and Sojka 2010). One "
        "model per language; topics of two languages are not matched.",
    ),
    "topics_other": (
        "Topics",
        "Topics were fitted by the engine {engine}, seed {seed}; coherence c_v (Röder, Both and Hinneburg 2015) by gensim "
        "(Řehůřek and Sojka 2010). One model per language; topics of two languages are not matched.",
    ),
    "topics_lsa": (
        "Topics",
        "One topic space for Chinese and English. Posts, each with what the dictionary CC-CEDICT makes of its words in the "
        "other language (as Hao and Paul 2018), are stacked on the associations of words within posts (Shi et al. 2018) and "
        "reduced by latent semantic analysis (Deerwester et al. 1990); the mean difference between the languages is taken "
        "out (Chan et al. 2020). Clusters start from a varimax rotation (Rohe and Zeng 2023) and move by spherical k-means; "
        "shares are probabilities under von Mises-Fisher clusters (Banerjee et al. 2005). Nothing in it is random. "
        "Coherence c_v (Röder, Both and Hinneburg 2015) by gensim (Řehůřek and Sojka 2010).",
    ),
    "topics_joint": (
        "Topics",
        "One topic space for Chinese and English, fitted by the engine {engine}, seed {seed}, to posts with the translations "
        "of their words by the dictionary CC-CEDICT (as Hao and Paul 2018); coherence c_v (Röder, Both and Hinneburg 2015) by "
        "gensim (Řehůřek and Sojka 2010).",
    ),
    "keyness": (
        "Keyness",
        "Words of two groups were compared within a language by weighted log odds with an informative "
        "Dirichlet prior (Monroe, Colaresi and Quinn 2008), the log-likelihood ratio (Dunning 1993) and the log ratio "
        "(Hardie 2014). Tokens of one author are not independent (Evert 2022): p-values rest on authors where they are "
        "known, and are adjusted by Benjamini and Hochberg (1995).",
    ),
    "days": (
        "Days",
        "Days are counted in the time zone {timezone}. The daily figures are described as they are; event lines are drawn, not tested.",
    ),
    "privacy": (
        "Privacy",
        "Authors are keyed pseudonyms made when the export was read; the key is kept apart. No cell "
        "with fewer than {min_cell} authors is printed (Willenborg and de Waal 2001). {quotes} Users seldom expect to be "
        "studied (Fiesler and Proferes 2018), and a search finds most of what is quoted word for word (Reagle 2022); the guidelines of the Association of Internet Researchers apply (franzke et "
        "al. 2020).",
    ),
    "correction": (
        "Correction",
        "None. The figures are those of the instrument as it stands; errors of an instrument "
        "bias comparisons even where most of its labels are right (Egami et al. 2023).",
    ),
    "software": (
        "Software",
        "discourse {version}, seed {seed}. Figures with seaborn (Waskom 2021), in colours of Okabe and Ito (2008). The same files, "
        "study and versions give the same report, byte for byte.",
    ),
}
