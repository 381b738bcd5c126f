"""Functions of strings and small values: no files, no state, no one file format.

Members: `fold` (what equality means to the memory), `locales` (language tags and the names other
programs give them), `scripts` (Han, Latin, Traditional, Simplified), `show` (control characters
made visible, columns), `srx` (sentences), `tags` (inline codes as numbered tags).
"""
