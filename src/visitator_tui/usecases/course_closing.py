"""What is still open in a case that somebody is about to close. It is told, and never stands in the way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from visitator_tui.domain.case import Decision
from visitator_tui.domain.completeness import application_name, item_name, unanswered
from visitator_tui.domain.running_help import stops_on
from visitator_tui.domain.wording import joined, long_date

from .course_overview import given_on
from .letter_names import has_twin, kind_name, letter_day, letter_name
from .my_day_task import Desk, TaskStep
from .ports import LetterRow, QueuedLetter, QueueState

_PRINTED: Final = (QueueState.SENDING, QueueState.SENT, QueueState.PRINTED)


@dataclass(frozen=True)
class StillOpen:
    """One thing: what, and the step and the place in it where it is brought to an end."""

    text: str
    step: TaskStep
    where: str = ""
    said: str = ""
    """What to say there, where the place does not say it itself."""


def still_open(
    desk: Desk,
    today: date,
    letters: Sequence[LetterRow],
    queued: Sequence[QueuedLetter],
    exported: Collection[str],
) -> tuple[StillOpen, ...]:
    """Everything open: help, applications, an unmade decision, complaints, letters.

    ``queued`` is the queue of letters to print with what is done, ``exported`` the ids of exported letters.
    """
    gone = {one.letter_id for one in queued if one.state in _PRINTED} | set(exported)
    waiting = {one.letter_id for one in queued if one.state is QueueState.WAITING}
    left = _letters(desk, letters, gone, waiting)
    return (*_help(desk, today), *_decisions(desk), *_complaints(desk), *left)


def _help(desk: Desk, today: date) -> Iterator[StillOpen]:
    orders = desk.case.course.orders
    ended = {item for one in orders if one.ended_on and one.ended_on <= today for item in one.items}
    again = {item for one in orders if not one.ended_on or one.ended_on > today for item in one.items}
    running = [one for one in given_on(desk, today) if one.delydelse not in ended - again]
    if running:
        names = joined([item_name(one, desk.standard) for one in running])
        said = (
            "N begynder en ny afgørelse. I den stopper O den hjælp, borgeren har."
            if desk.draft is None
            else "Stil markøren på hjælpen: O stopper den i den nye afgørelse."
        )
        yield StillOpen(f"Der gives stadig hjælp: {names}.", "afgoerelse", "_about", said)
    for number, order in enumerate(orders):
        if order.ended_on is None and stops_on(desk.case, order.items):
            what = f"Bestillingen af {desk.names(order.items)} er ikke afsluttet, men hjælpen er stoppet."
            yield StillOpen(what, "forloeb", f"orders.{number}")


def _decisions(desk: Desk) -> Iterator[StillOpen]:
    made = desk.case if desk.case.made else desk.case.model_copy(update={"decision": Decision()})
    for asked in unanswered(made, desk.standard):
        name = application_name(asked, desk.standard)
        yield StillOpen(f"Ansøgningen om »{name}« er ikke afgjort.", "afgoerelse", f"decision:{asked}")
    if desk.draft is not None and (desk.draft.items or desk.case.made):
        yield StillOpen("Afgørelsen er et udkast: den er ikke truffet.", "brev", "afgoerelse")


def _complaints(desk: Desk) -> Iterator[StillOpen]:
    for number, one in enumerate(desk.case.course.complaints):
        if not one.closed:
            day = f" af {long_date(one.received_on)}" if one.received_on else ""
            yield StillOpen(f"Klagen{day} er ikke færdigbehandlet.", "forloeb", f"complaints.{number}")


def _letters(
    desk: Desk, letters: Sequence[LetterRow], gone: Collection[str], waiting: Collection[str]
) -> Iterator[StillOpen]:
    for letter in letters:
        if letter.id not in gone:
            made = desk.case.made
            name = letter_name(letter, made) if has_twin(letter, letters) else kind_name(letter.kind)
            waits = letter.id in waiting
            how = "venter på print" if waits else "er hverken printet eller eksporteret herfra"
            text = f"Brevet »{name}« af {letter_day(letter, letters)} {how}."
            yield StillOpen(text, "brev", letter.kind)
