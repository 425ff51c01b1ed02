"""Sign-in for development: a file that says whose each token is."""

from __future__ import annotations

import json
from pathlib import Path

from .principal import Principal
from .refusal import Refusal


class TokenFile:
    """Knows the tokens of a JSON file: token -> tenant, user, name, device, roles."""

    def __init__(self, path: Path | None) -> None:
        told = json.loads(path.read_text("utf-8")) if path else {}
        self._known = {
            token: Principal(who["tenant"], who["user"], who["name"], who["device"], frozenset(who["roles"]))
            for token, who in told.items()
        }

    def principal(self, token: str, device: str = "") -> Principal:
        """Whose token this is. Raises Refusal 401."""
        if token not in self._known:
            raise Refusal(401, "unauthenticated")
        return self._known[token]
