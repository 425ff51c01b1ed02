"""Whom a case can be handed over to, by the municipality's list of users (``users.json``)."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from visitator_tui.domain.published import User


def unknown_colleague(user: str, users: Sequence[User]) -> str:
    """Why a case cannot be given to a user id, in Danish; empty when it can, or when there is no list."""
    if not users or any(one.id == user for one in users):
        return ""
    by_word = {one.id.casefold(): one for one in users} | {one.name.casefold(): one for one in users}
    near = get_close_matches(user.casefold(), by_word, n=1, cutoff=0.5)
    said = f"»{user}« står ikke i kommunens liste over brugere, så sagen er ikke givet videre."
    if not near:
        return f"{said} Spørg kollegaen om sit bruger-id."
    one = by_word[near[0]]
    return f"{said} Mente du {one.id} ({one.name})?"
