"""The JSON Schema of a catalogue file, with Danish descriptions, for whoever writes one in an editor."""

from __future__ import annotations

from typing import Any, Final

from visitator_tui.domain.standard import Standard

from .schema_words import DESCRIPTIONS, described

SCHEMA_FILE: Final = "visitator-catalogue-1.schema.json"
"""What the schema's file is called beside a catalogue; templates name it in their first line."""

FIRST_LINE: Final = f"# yaml-language-server: $schema={SCHEMA_FILE}"
"""What tells an editor where the schema is."""


def catalogue_schema() -> dict[str, Any]:
    """The catalogue file's JSON Schema (2020-12)."""
    schema = Standard.model_json_schema(by_alias=True)
    for name, model in [*schema["$defs"].items(), ("Standard", schema)]:
        model["description"] = DESCRIPTIONS.get(name, "")
        for key, held in model["properties"].items():
            held["description"] = described(name, key)
            held.pop("title", None)
            if held.get("default") in (None, [], {}) or isinstance(held["default"], dict):
                held.pop("default", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "visitator-catalogue/1",
    }
