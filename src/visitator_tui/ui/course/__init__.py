"""The kinds of events of a course, as data: what they are called, what is written of them, how they are listed."""
