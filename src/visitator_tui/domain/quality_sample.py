"""The year's samples for inspections: 5 % of each supplier's citizens at home, 10 % at nursing homes (p. 38).

A sample is drawn with a recorded seed from ids in a fixed order, so that anybody can draw it again and see
that nobody was picked by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from random import Random
from typing import Final, Literal

from .base import Model, Text

KIND: Final = "inspection_sample"
"""What the documents are called in the store."""

Inspection = Literal["home", "nursing_home"]

INSPECTIONS: Final[dict[Inspection, str]] = {
    "home": "Anmeldt tilsyn i eget hjem",
    "nursing_home": "Uanmeldt tilsyn på plejehjem",
}
PERCENT: Final[dict[Inspection, int]] = {"home": 5, "nursing_home": 10}
"""How many of each supplier's citizens are inspected every year (p. 38)."""


class SampleGroup(Model):
    """One supplier's (or nursing home's) citizens as case ids, and those drawn, both sorted."""

    supplier: Text
    citizens: tuple[str, ...]
    drawn: tuple[str, ...]


class InspectionSample(Model):
    """A sample that was drawn: for what, when, by whom, with which seed."""

    format: Literal["visitator-sample/1"] = "visitator-sample/1"
    inspection: Inspection
    drawn_on: date
    drawn_by: Text
    seed: int
    percent: int
    groups: tuple[SampleGroup, ...]

    @property
    def again(self) -> InspectionSample:
        """The sample as it comes out when it is drawn once more; the same, unless it was altered."""
        pool = {one.supplier: one.citizens for one in self.groups}
        return draw(self.inspection, pool, self.seed, self.drawn_on, self.drawn_by, self.percent)


def draw(
    inspection: Inspection,
    pool: Mapping[str, Iterable[str]],
    seed: int,
    on: date,
    by: str,
    percent: int | None = None,
) -> InspectionSample:
    """Draw from each supplier's case ids: the percentage rounded up, so that no supplier is left out.

    Each supplier has its own draw, so that a change at one does not change the others'.
    """
    share = PERCENT[inspection] if percent is None else percent
    groups = []
    for supplier in sorted(pool):
        ids = sorted(set(pool[supplier]))
        count = -(-len(ids) * share // 100)
        drawn = Random(f"{seed}/{supplier}").sample(ids, count)  # noqa: S311 - to be drawn again, not secret
        groups.append(SampleGroup(supplier=supplier, citizens=tuple(ids), drawn=tuple(sorted(drawn))))
    return InspectionSample(
        inspection=inspection, drawn_on=on, drawn_by=by, seed=seed, percent=share, groups=tuple(groups)
    )
