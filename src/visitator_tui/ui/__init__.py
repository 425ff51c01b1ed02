"""The app: Textual screens over the use cases. Imports no store, no letters, no catalogue files."""
