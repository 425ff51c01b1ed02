"""Boxes flow over pages: nothing alone at a page's end, headings with their text, table heads again."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from .boxes import Box, Gap, Page, PageBreak, Piece, Placed

LOOK_AHEAD = 60
"""More boxes than this never stand on one page, so no more need be looked at."""


LEAST_LAST = 90.0
"""A last page holds at least this much (six lines), unless there is no way to it."""
STRETCH = 8.5
"""So much further down (3 mm) the pages may reach, if that spares a last page with next to nothing."""
STEP = 15.0
MOST_STEPS = 20
"""Else the page before the last ends earlier, in steps of a line, so that more goes over to the last."""


def paginate(flow: Iterable[Piece], x: float, first_top: float, top: float, bottom: float) -> list[Page]:
    """The pages that hold the boxes in order.

    ``first_top`` is where the first page's text begins, ``top`` that of the others, ``bottom`` where all
    of them end; points from the page's upper edge. What begins a new page is a part of its own, and each
    part's last page is filled by the pages before it where it would hold next to nothing.
    """
    pages: list[Page] = []
    for part in _parts(flow):
        start = top if pages else first_top
        pages += _balanced(part, x, start, top, bottom)
    return pages or [Page()]


def _parts(flow: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces between the page breaks; parts without a box are none."""
    part: list[Piece] = []
    for piece in flow:
        if isinstance(piece, PageBreak):
            if any(not isinstance(one, Gap) for one in part):
                yield part
            part = []
        else:
            part.append(piece)
    if part:
        yield part


def _balanced(part: list[Piece], x: float, first_top: float, top: float, bottom: float) -> list[Page]:
    pages = _Pagination(x, first_top, top, bottom).run(part)
    if len(pages) == 1 or _filled(pages[-1], top) >= LEAST_LAST:
        return pages
    closer = _Pagination(x, first_top, top, bottom + STRETCH).run(part)
    if len(closer) < len(pages):
        return closer
    last_but_one = len(pages) - 2
    for step in range(1, MOST_STEPS + 1):
        shorter = {last_but_one: bottom - step * STEP}
        looser = _Pagination(x, first_top, top, bottom, shorter).run(part)
        if len(looser) > len(pages):
            break
        if _filled(looser[-1], top) >= LEAST_LAST:
            return looser
    return pages


def _filled(page: Page, top: float) -> float:
    """How far down a page its boxes reach."""
    return max((placed.y + placed.box.height - top for placed in page.placed), default=0.0)


class _Pagination:
    """One way of breaking the pieces into pages; ``shorter`` names pages that end earlier than the rest."""

    def __init__(
        self,
        x: float,
        first_top: float,
        top: float,
        bottom: float,
        shorter: Mapping[int, float] | None = None,
    ) -> None:
        self._x, self._top, self._lowest = x, top, bottom
        self._shorter = shorter or {}
        self._pages = [Page()]
        self._start = self._y = first_top
        self._space = 0.0

    def run(self, flow: Iterable[Piece]) -> list[Page]:
        waiting = deque(flow)
        while waiting:
            box = waiting.popleft()
            if isinstance(box, Gap | PageBreak):
                self._space = max(self._space, box.height if isinstance(box, Gap) else 0.0)
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
    def _bottom(self) -> float:
        return self._shorter.get(len(self._pages) - 1, self._lowest)

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
        fits_a_page = together <= self._lowest - self._top
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
