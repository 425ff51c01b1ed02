"""Three themes: dark, light and high contrast. State is never told by colour alone."""

from __future__ import annotations

from textual.theme import Theme

THEMES = (
    Theme(
        name="visitator-moerk",
        primary="#7fb3e6",
        secondary="#9cc8f0",
        accent="#f2c14e",
        warning="#f2a65a",
        error="#ff8a80",
        success="#8fd19e",
        foreground="#e8eef4",
        background="#10202f",
        surface="#142738",
        panel="#1d3549",
        dark=True,
        variables={"primary-background": "#24527a", "text-muted": "#b4c4d2"},
    ),
    Theme(
        name="visitator-lys",
        primary="#14467c",
        secondary="#0d5a8c",
        accent="#14467c",
        warning="#8a4b00",
        error="#a11212",
        success="#1c6b34",
        foreground="#16202a",
        background="#ffffff",
        surface="#f6f8fa",
        panel="#e6edf4",
        dark=False,
        variables={"primary-background": "#cfe1f3", "text-muted": "#445566"},
    ),
    Theme(
        name="visitator-kontrast",
        primary="#ffff00",
        secondary="#00ffff",
        accent="#ffff00",
        warning="#ffb000",
        error="#ff6060",
        success="#00ff60",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#202020",
        dark=True,
        variables={"primary-background": "#0000a0", "text-muted": "#ffffff"},
    ),
)
