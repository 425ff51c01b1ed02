"""Signing in to the municipality's service, as the screens use it."""

from __future__ import annotations

from typing import Protocol, TypeVar


class SignedInAs(Protocol):
    """Who this laptop is to the service. ``user`` may be empty until the service has said so."""

    @property
    def tenant(self) -> str:
        """The municipality's id at the service."""

    @property
    def user(self) -> str:
        """The user's id there."""

    @property
    def name(self) -> str:
        """Her name, as far as the service has told it."""


class WaitingSignIn(Protocol):
    """A sign-in that waits for the visitator: she opens ``address`` in a browser and writes ``code`` there."""

    @property
    def code(self) -> str:
        """What to write there."""

    @property
    def address(self) -> str:
        """Where."""

    @property
    def interval(self) -> float:
        """Seconds to wait between two looks."""


Waits = TypeVar("Waits", bound=WaitingSignIn)


class SigningIn(Protocol[Waits]):
    """Signing in to the municipality's service. Methods may take seconds and raise SyncError."""

    def signed_in(self) -> SignedInAs | None:
        """Who we are; None before the first sign-in."""

    def enrol(self, code: str, device_name: str) -> SignedInAs:
        """Become known with a one-time code from the municipality's IT."""

    def begin(self, tenant: str) -> Waits:
        """Begin a sign-in by device code."""

    def look(self, waiting: Waits) -> Waits | None:
        """Whether she has signed in: None when she has, else what to look for next time."""
