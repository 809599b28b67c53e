from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from discourse.errors import DiscourseError
from discourse.report.html.inline import language_tag, linked, spoken


@given(st.text(alphabet="<>&\"'ab难民 [−0.1, 2]{}%"), st.sampled_from(["en", "zh"]))
def test_whatever_is_written_reads_back_as_the_text(text, language):
    import re

    written = spoken(text, language)
    assert Markup(re.sub(r"</?span[^>]*>", "", written)).unescape() == text


def test_an_estimate_and_its_interval_stay_together():
    assert '<span class="together">0.24 [0.20, 0.28]</span>' in spoken(
        "is 0.24 [0.20, 0.28] on a scale", "en"
    )


def test_an_address_of_a_reference_is_a_link_without_its_full_stop():
    assert 'href="https://doi.org/10.1/x"' in linked("At https://doi.org/10.1/x. Next")


def test_an_address_cannot_end_its_attribute():
    assert 'href="https://x/&#34;onload=1"' in linked('https://x/"onload=1')


def test_a_language_that_is_not_known_is_refused():
    with pytest.raises(DiscourseError, match="no page is written"):
        language_tag("fr")
