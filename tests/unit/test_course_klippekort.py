"""The klippekort's account (Herning 2022, lines 246-252): saved, lapsed and used."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitator_tui.domain.course import ClipUse
from visitator_tui.domain.course_klippekort import (
    ClipAccount,
    ClipError,
    account_on,
    earn,
    notice_remark,
    use,
)
from visitator_tui.domain.standard import Standard
from visitator_tui.domain.standard_process import SavingRule
from visitator_tui.domain.workdays import DanishCalendar

BEGINS = date(2022, 8, 1)
RULE = SavingRule(delydelse="klippekort", minutes=30, saved=13)


def weeks(number: int) -> date:
    return BEGINS + timedelta(weeks=number)


def test_the_standard_says_thirteen_clips_of_half_an_hour(herning: Standard) -> None:
    rule = herning.process.saving
    assert rule is not None
    assert (rule.delydelse, rule.minutes, rule.saved) == ("klippekort", 30, 13)
    full = account_on(weeks(40), BEGINS, (), rule)
    assert full.minutes(rule) == 390, "6.5 hours"


def test_a_clip_is_earned_each_week_and_the_fourteenth_pushes_the_oldest_out() -> None:
    assert account_on(BEGINS - timedelta(days=1), BEGINS, (), RULE).saved == ()
    assert account_on(weeks(1) - timedelta(days=1), BEGINS, (), RULE).saved == (BEGINS,)
    twelve = account_on(weeks(12), BEGINS, (), RULE)
    assert (len(twelve.saved), twelve.lapsed) == (13, ())
    thirteen = account_on(weeks(13), BEGINS, (), RULE)
    assert (thirteen.saved[0], thirteen.lapsed) == (weeks(1), (BEGINS,))


def test_used_clips_are_the_oldest_and_make_room() -> None:
    used = account_on(weeks(13), BEGINS, [ClipUse(used_on=weeks(12), clips=4)], RULE)
    assert used.saved == tuple(weeks(n) for n in range(4, 14))
    assert (used.used, used.lapsed) == (4, ())


def test_more_than_is_saved_cannot_be_used() -> None:
    with pytest.raises(ClipError, match=r"22\. august 2022: der er kun 4 klip at bruge af"):
        account_on(weeks(9), BEGINS, [ClipUse(used_on=weeks(3), clips=5)], RULE)
    with pytest.raises(ClipError, match="mindst 1"):
        use(ClipAccount(saved=(BEGINS,)), 0)


def test_short_notice_is_remarked_upon_and_not_refused(herning: Standard) -> None:
    rule, calendar = herning.process.saving, DanishCalendar()
    assert rule is not None
    early = ClipUse(used_on=weeks(4), clips=2, planned_on=weeks(0))
    late = ClipUse(used_on=weeks(4), clips=2, planned_on=weeks(1))
    assert notice_remark(early, rule, calendar) is None
    assert "tidligst 5. september 2022" in (notice_remark(late, rule, calendar) or "")


STEPS = st.lists(st.integers(0, 15), max_size=80)


@given(STEPS)
def test_never_below_nothing_never_over_thirteen_and_the_oldest_lapse_first(steps: list[int]) -> None:
    """Each number is a week: a clip is earned, then so many are used, if there are so many."""
    account, earned = ClipAccount(), 0
    for week, wanted in enumerate(steps):
        account, earned = earn(account, weeks(week), RULE), earned + 1
        if 0 < wanted <= len(account.saved):
            account = use(account, wanted)
        elif wanted:
            with pytest.raises(ClipError):
                use(account, wanted)
        assert 0 <= len(account.saved) <= 13
        assert account.minutes(RULE) <= 390
        assert list(account.saved) == sorted(account.saved)
        assert earned == len(account.saved) + account.used + len(account.lapsed)
        assert not account.lapsed or not account.saved or max(account.lapsed) < account.saved[0]
        assert not account.saved or account.saved[0] >= weeks(week - 12), "none is older than 13 weeks"


@given(STEPS)
def test_the_account_of_a_day_is_the_weeks_played_through(steps: list[int]) -> None:
    account, uses = ClipAccount(), []
    for week, wanted in enumerate(steps):
        account = earn(account, weeks(week), RULE)
        if 0 < wanted <= len(account.saved):
            account = use(account, wanted)
            uses.append(ClipUse(used_on=weeks(week), clips=wanted))
    if steps:
        assert account_on(weeks(len(steps) - 1), BEGINS, reversed(uses), RULE) == account
