"""References to law: an act, a paragraph, and as far as the source goes stk. and nr."""

from __future__ import annotations

from .base import Model

ACT_NAMES = {
    "serviceloven": "serviceloven",
    "sundhedsloven": "sundhedsloven",
    "almenboligloven": "almenboligloven",
    "aeldreloven": "ældreloven",
    "retssikkerhedsloven": "retssikkerhedsloven",
    "forvaltningsloven": "forvaltningsloven",
    "klage_og_erstatningsloven": "klage- og erstatningsloven",
}
"""How an act is written in Danish running text; the key is what catalogues use."""


class LawRef(Model):
    """A reference such as serviceloven § 83, stk. 1, nr. 2."""

    act: str
    paragraph: str | None = None
    stk: str | None = None
    nr: str | None = None

    def covers(self, other: LawRef) -> bool:
        """Whether ``other`` is this rule or a part of it (§ 83 covers § 83, stk. 1; not § 83 a)."""
        return self.act == other.act and all(
            mine is None or mine == theirs
            for mine, theirs in (
                (self.paragraph, other.paragraph),
                (self.stk, other.stk),
                (self.nr, other.nr),
            )
        )

    def __str__(self) -> str:
        parts = [ACT_NAMES.get(self.act, self.act)]
        if self.paragraph:
            parts.append(f" § {self.paragraph}")
        if self.stk:
            parts.append(f", stk. {self.stk}")
        if self.nr:
            parts.append(f", nr. {self.nr}")
        return "".join(parts)
