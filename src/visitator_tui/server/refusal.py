"""What the service answers when it does not do what it is asked: a code for the laptop, a message for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MESSAGES: Final[Mapping[str, str]] = {
    "malformed": "Forespørgslen kan ikke læses. Opdatér programmet, eller sig det til it-afdelingen.",
    "unauthenticated": "Log ind igen.",
    "expired": "Dit login er udløbet. Log ind igen.",
    "forbidden": "Det har du ikke adgang til.",
    "revoked": "Denne maskine er spærret. Tal med it-afdelingen.",
    "no_role": "Du har ikke adgang til Visitator. Bed it-afdelingen om en rolle.",
    "sign_in": "Kommunens log ind svarer ikke lige nu. Prøv igen om lidt.",
    "code": "Koden passer ikke eller er udløbet. Bed it-afdelingen om en ny.",
    "not_found": "Det findes ikke.",
    "method": "Det kan man ikke gøre her.",
    "epoch": "Serverens data er gendannet. Programmet sender det igen, serveren mangler.",
    "batch": "Den samme forsendelse er modtaget før med et andet indhold. Sig det til it-afdelingen.",
    "too_large": "Det, der sendes, er for stort.",
    "rate": "Der kommer for mange forespørgsler fra denne maskine. Programmet prøver selv igen om lidt.",
    "disk_full": "Serverens disk er fuld. Intet er gået tabt. Sig det til it-afdelingen.",
    "busy": "Serveren har travlt. Programmet prøver selv igen om lidt.",
    "unavailable": "Serverens database svarer ikke. Programmet prøver selv igen om lidt.",
    "internal": "Der er sket en fejl på serveren. Programmet prøver selv igen. Sig det til it-afdelingen.",
}


@dataclass
class Refusal(Exception):
    """The request is not carried out and nothing is changed.

    ``code`` is one of MESSAGES; ``more`` goes into the answer (never content of a case); ``retry_after``
    is in seconds. ``why`` is for the service's log: words of ours, nothing that the client sent.
    """

    status: int
    code: str
    more: Mapping[str, Any] = field(default_factory=dict)
    retry_after: int | None = None
    why: str = ""

    def __str__(self) -> str:
        return self.code

    @property
    def answer(self) -> dict[str, Any]:
        """The answer's JSON."""
        return {"error": self.code, "message": MESSAGES[self.code], **self.more}

    @property
    def headers(self) -> dict[str, str]:
        """The answer's headers beside the usual ones."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
