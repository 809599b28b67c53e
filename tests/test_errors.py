"""Each error says what, where, what was expected, and what to do."""

from __future__ import annotations

import pytest

from discourse import errors

ALL = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, errors.DiscourseError)]


@pytest.mark.parametrize("error", ALL)
def test_every_error_is_ours_and_carries_its_parts(error):
    raised = error("what", where="here", expected="this", hint="that")
    assert isinstance(raised, errors.DiscourseError)
    assert str(raised).splitlines() == ["what", "  where:    here", "  expected: this", "  to do:    that"]


@pytest.mark.parametrize("error", ALL)
def test_parts_that_are_not_given_leave_no_line(error):
    assert str(error("what")) == "what"


def test_what_a_user_can_mend_exits_with_two():
    assert errors.InputError.exit_code == errors.StudyError.exit_code == errors.ParameterError.exit_code == 2
    assert errors.DiscourseError.exit_code == errors.NotMeasurable.exit_code == 1


def test_a_wrong_parameter_is_a_value_error_too():
    assert issubclass(errors.ParameterError, ValueError)
