"""A case's screen that takes in what a sync brings while somebody writes in it.

Not a keystroke is lost: what stands in the field with the focus is the truth about that field, also where
the message that tells of it is still on its way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitator_tui.domain.case import Case
from visitator_tui.usecases.made_apart import apart_told
from visitator_tui.usecases.path_words import changed_places
from visitator_tui.usecases.ports import CaseRecord, CaseStore, NoStandardError, StoreError
from visitator_tui.usecases.session import CaseSession
from visitator_tui.usecases.sync_ports import Applied

from ..here import is_here
from ..in_thread import in_thread
from ..services import Services
from ..widgets.fields import BoundInput, BoundText, Typed
from .saving import SavingScreen

if TYPE_CHECKING:
    from ..syncing import SyncingApp


APART_FOR = 60
"""Seconds that it stands over the case that a colleague has made a decision too; Min dag keeps it until mended."""


class ReceivingScreen(SavingScreen):
    """Shows a colleague's changes where they belong, and says so quietly."""

    def __init__(self, services: Services, store: CaseStore, session: CaseSession) -> None:
        super().__init__(session)
        self.services, self.store = services, store
        self._missed = False

    def received(self, text: str) -> None:
        """The case reads otherwise: show it, and say why."""
        raise NotImplementedError

    @property
    def syncing(self) -> SyncingApp:
        """The app, as it synchronises."""
        return self.app  # type: ignore[return-value]

    # -- what is typed ---------------------------------------------------------------------------------

    def typed_now(self, event: Typed) -> str:
        """What stands in the field by now: letters may have come, or a colleague's words, since it was told."""
        field = self.focused
        if isinstance(field, BoundInput | BoundText) and field.where == event.where:
            return field.value if isinstance(field, BoundInput) else field.text
        return event.raw

    def take_typing(self) -> None:
        """Let the session know what stands in the field with the focus, before anything comes on top of it."""
        field = self.focused
        if isinstance(field, BoundInput):
            self.session.type(field.where, field.value, field.kind)
        elif isinstance(field, BoundText):
            self.session.type(field.where, field.text, field.kind)

    # -- what comes from elsewhere -------------------------------------------------------------------

    def sync_changed(self, applied: Applied | None) -> None:
        """Sync tells how it stands; it may have brought something to this case."""
        self._state()
        if applied is not None and self.session.id in applied.changed:
            self._load()

    @in_thread("receiving", exclusive=True)
    def _load(self) -> None:
        try:
            record = self.store.load(self.session.id)
        except StoreError:  # a colleague has deleted it, or the program ends: the next save tells of it
            return
        self.app.call_later(self._arrived, record)

    def _arrived(self, record: CaseRecord) -> None:
        if not is_here(self):
            return
        if self._saving is not None:  # it is looked at again when the save under way has ended
            self._missed = True
            return
        self.take_typing()
        before = self.session.case
        if self.session.take_in(record):
            self.received(self._told(before, record.changed_by))

    def merged(self, before: Case, saved: CaseRecord) -> None:
        """A save met a colleague's changes and brought them along."""
        self.received(self._told(before, saved.changed_by))

    def saved(self) -> None:
        """A save has ended well."""
        self.syncing.read_sync()
        if self._missed:
            self._missed = False
            self._load()

    def _told(self, before: Case, by: str) -> str:
        if not apart_told(before) and (apart := apart_told(self.session.case)):
            self.notify(apart, severity="warning", timeout=APART_FOR)
        try:
            standard = self.session.standard
        except NoStandardError:
            standard = None
        where = changed_places(before, self.session.case, standard)
        if by in ("", self.services.actor.user):
            return f"Sagen er ændret: {where}"
        return f"{by[:1].upper()}{by[1:]} har ændret sagen: {where}"

    # -- choosing ------------------------------------------------------------------------------------

    def action_conflicts(self) -> None:
        """Choose in the fields that a colleague filled in otherwise."""
        from .sync_conflicts import ConflictsScreen

        if (sync := self.syncing.sync) is None:
            self.notify("Synkronisering er ikke sat op på denne maskine, så der er ingen konflikter.")
        elif self.save_everything():
            self.app.push_screen(ConflictsScreen(self.services, self.store, sync, self.session.id))
