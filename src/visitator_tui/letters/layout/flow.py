"""Boxes flow over pages: nothing alone at a page's end, headings with their text, table heads again."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import islice

from .boxes import Box, Gap, Page, PageBreak, Piece, Placed

LOOK_AHEAD = 60
"""More boxes than this never stand on one page, so no more need be looked at."""


def paginate(flow: Iterable[Piece], x: float, first_top: float, top: float, bottom: float) -> list[Page]:
    """The pages that hold the boxes in order.

    ``first_top`` is where the first page's text begins, ``top`` that of the others, ``bottom`` where all
    of them end; points from the page's upper edge.
    """
    return _Pagination(x, first_top, top, bottom).run(flow)


class _Pagination:
    def __init__(self, x: float, first_top: float, top: float, bottom: float) -> None:
        self._x, self._top, self._bottom = x, top, bottom
        self._pages = [Page()]
        self._start = self._y = first_top
        self._space = 0.0

    def run(self, flow: Iterable[Piece]) -> list[Page]:
        waiting = deque(flow)
        while waiting:
            box = waiting.popleft()
            if isinstance(box, Gap):
                self._space = max(self._space, box.height)
                continue
            if isinstance(box, PageBreak):
                if not self._empty:
                    self._next_page()
                continue
            if not self._empty and self._needed(box, tuple(islice(waiting, LOOK_AHEAD))) > self._room(box):
                self._next_page()
            self._repeat_head(box)
            rest = self._place(box)
            if rest is not None:
                waiting.appendleft(rest)
                self._next_page()
        return self._pages

    @property
    def _empty(self) -> bool:
        return self._y == self._start

    def _gap(self, box: Box) -> float:
        return 0.0 if self._empty else max(self._space, box.before)

    def _room(self, box: Box) -> float:
        return self._bottom - self._y - self._gap(box)

    def _needed(self, box: Box, following: Sequence[Piece]) -> float:
        """What must fit here: the boxes that keep together, and the least of the one they lead to."""
        together = self._together(box, following, whole=True)
        # What is higher than a page cannot be kept together: then the beginning of it must do.
        fits_a_page = together <= self._bottom - self._top
        return together if fits_a_page else self._together(box, following, whole=False)

    @staticmethod
    def _together(box: Box, following: Sequence[Piece], whole: bool) -> float:
        needed, last = 0.0, box
        for one in (box, *following):
            if isinstance(one, PageBreak | Gap):
                break
            needed += 0.0 if one is box else max(last.after, one.before)
            if not one.keep or (not whole and one.least < one.height):
                return needed + one.least
            needed, last = needed + one.height, one
        return needed

    def _repeat_head(self, box: Box) -> None:
        if self._empty and box.repeat is not None and len(self._pages) > 1:
            self._put(box.repeat)

    def _place(self, box: Box) -> Box | None:
        """Place as much of the box as fits; gives what is left of it."""
        room = self._room(box)
        if box.height <= room:
            self._put(box)
            return None
        alone = self._empty or (len(self._pages[-1].placed) == 1 and box.repeat is not None)
        divided = box.divide(room, alone)
        if divided is not None:
            self._put(divided[0])
            return divided[1]
        if alone:
            self._put(box)
            return None
        return box

    def _put(self, box: Box) -> None:
        y = self._y + self._gap(box)
        self._pages[-1].placed.append(Placed(box, self._x, y))
        self._y, self._space = y + box.height, box.after

    def _next_page(self) -> None:
        self._pages.append(Page())
        self._start = self._y = self._top
        self._space = 0.0
