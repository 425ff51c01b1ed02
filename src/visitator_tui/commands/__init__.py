"""The headless commands: the program's work without its screens, for scripts, tests and hand-over."""
