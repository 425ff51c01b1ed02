"""The account of a klippekort: a clip is earned every week, saved for a time, and used with notice.

Herning 2022, lines 246-252: 30 minutes a week are one clip; at most 13 are saved (6½ hours); the oldest
that is not used lapses first; using saved clips is planned with the supplier, typically four weeks ahead.

Not in the source, decided here: the first clip is earned on the day the help begins and one more each
seventh day after; use takes the oldest clips first; absence does not stop the earning, since the source
names nothing that does. Clips earned on a day can be used on that day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from .base import Model
from .course import ClipUse
from .deadlines import due
from .standard_process import SavingRule
from .wording import duration, long_date
from .workdays import Calendar

_WEEK: Final = timedelta(weeks=1)


class ClipError(ValueError):
    """Clips cannot be used so; the message is Danish."""


class ClipAccount(Model):
    """The clips saved (the day each was earned, oldest first), and how many were used and have lapsed."""

    saved: tuple[date, ...] = ()
    used: int = 0
    lapsed: tuple[date, ...] = ()

    def minutes(self, rule: SavingRule) -> int:
        """What is saved, in minutes."""
        return len(self.saved) * rule.minutes


def earn(account: ClipAccount, on: date, rule: SavingRule) -> ClipAccount:
    """The account with the clip of a week; when it is full, the oldest lapses."""
    clips = (*account.saved, on)
    over = max(0, len(clips) - rule.saved)
    return account.model_copy(update={"saved": clips[over:], "lapsed": account.lapsed + clips[:over]})


def use(account: ClipAccount, clips: int) -> ClipAccount:
    """The account after clips were used, the oldest first. Raises ClipError when there are too few."""
    if clips < 1:
        raise ClipError("skriv, hvor mange klip der er brugt: mindst 1")
    if clips > len(account.saved):
        raise ClipError(f"der er kun {len(account.saved)} klip at bruge af")
    return account.model_copy(update={"saved": account.saved[clips:], "used": account.used + clips})


def account_on(day: date, begins: date, uses: Iterable[ClipUse], rule: SavingRule) -> ClipAccount:
    """The account at the end of a day, from the day the help began and the uses so far.

    Raises ClipError, with the date, when more was used than was saved.
    """
    account, earned = ClipAccount(), begins
    for one in sorted(uses, key=lambda one: one.used_on):
        if one.used_on > day:
            break
        while earned <= one.used_on:
            account, earned = earn(account, earned, rule), earned + _WEEK
        try:
            account = use(account, one.clips)
        except ClipError as problem:
            raise ClipError(f"{long_date(one.used_on)}: {problem}") from None
    while earned <= day:
        account, earned = earn(account, earned, rule), earned + _WEEK
    return account


def notice_remark(one: ClipUse, rule: SavingRule, calendar: Calendar) -> str | None:
    """A remark when saved clips are used with less notice than is typical; it forbids nothing."""
    if rule.notice is None or one.planned_on is None:
        return None
    earliest = due(rule.notice, one.planned_on, calendar).day
    if earliest is None or one.used_on >= earliest:
        return None
    return (
        f"Brug af opsparede klip aftales typisk {duration(rule.notice)} før af hensyn til leverandørens "
        f"planlægning, altså tidligst {long_date(earliest)}."
    )
