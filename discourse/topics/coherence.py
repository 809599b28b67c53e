"""Do the top words of a topic belong together?  Coherence over texts, by gensim."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel
from numpy.typing import NDArray

from discourse.errors import ParameterError
from discourse.text.token_lists import WordLists

# No word: a space is none.
_OTHER = " "
MEASURES = ("u_mass", "c_v", "c_uci", "c_npmi")


def topic_coherence(
    topics: Sequence[Sequence[str]],
    texts: Sequence[Sequence[str]],
    *,
    measure: str = "c_v",
    window: int | None = None,
) -> NDArray[np.float64]:
    """Measure how far the top words of each topic occur together in texts.

    Parameters
    ----------
    topics : sequence of sequence of str
        Top words of each topic, the most probable first.  Words that no text holds are left out.
    texts : sequence of sequence of str
        The words of each text.
    measure : {"c_v", "c_npmi", "c_uci", "u_mass"}, default "c_v"
        Which measure.
    window : int, optional
        Length of the sliding window; gensim's own if left out (110 for c_v, 10 for c_uci and c_npmi).  u_mass
        counts whole texts.  Unit: tokens.

    Returns
    -------
    ndarray of float64, shape (n_topics,)
        Higher is more coherent: c_v from 0 to 1, c_npmi from -1 to 1, c_uci in nats, u_mass in nats below or
        about 0.  NaN where fewer than two top words are in the texts.

    Raises
    ------
    ParameterError
        If there is no such measure.

    Notes
    -----
    Roeder, Both and Hinneburg (2015), *WSDM*, 399-408, doi:10.1145/2684822.2685324; u_mass: Mimno et al.
    (2011), *EMNLP*, 262-272, aclanthology.org/D11-1024.  One process, so that the sums do not depend on how
    work was shared.  The array parts of u_mass and NPMI alone are in :mod:`discourse.stats.coherence`.

    Examples
    --------
    >>> texts = [["cat", "tax"], ["cat", "tax", "paw"], ["ban", "law"]]
    >>> topic_coherence([["cat", "tax"], ["cat", "law"]], texts, measure="u_mass").round(2)
    array([  0.  , -27.23])
    """
    if measure not in MEASURES:
        raise ParameterError(f"no measure {measure!r}", where="measure", expected=", ".join(MEASURES))
    # Words of no topic only take up their places in the windows.
    asked = {word for topic in topics for word in topic}
    lists = WordLists.of(texts)
    words = list(lists.renamed([word if word in asked else _OTHER for word in lists.types]))
    dictionary = Dictionary(words)
    known = [[word for word in topic if word in dictionary.token2id] for topic in topics]
    usable = [place for place, words in enumerate(known) if len(words) > 1]
    result = np.full(len(known), np.nan)
    if usable:
        chosen = [known[place] for place in usable]
        result[usable] = _model(chosen, words, dictionary, measure, window).get_coherence_per_topic()
    return result


def _model(
    topics: list[list[str]],
    texts: list[list[str]],
    dictionary: Dictionary,
    measure: str,
    window: int | None,
) -> CoherenceModel:
    counted = (
        {"corpus": [dictionary.doc2bow(text) for text in texts]} if measure == "u_mass" else {"texts": texts}
    )
    longest = max(map(len, topics))
    return CoherenceModel(
        topics=topics,
        dictionary=dictionary,
        coherence=measure,
        window_size=window,
        topn=longest,
        processes=1,
        **counted,
    )
