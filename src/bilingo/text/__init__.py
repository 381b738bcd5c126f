"""Functions of strings and small values: no files, no state, no one file format.

Members: `fold` (what equality means to the memory), `icu` (ICU regular expressions as Python's),
`locales` (language tags and the names other programs give them), `scripts` (Han, Latin,
Traditional, Simplified), `show` (text on a screen), `srx` (sentences), `tags` (inline codes as
numbered tags), `values` (numbers, dates, money and doses compared by value).
"""
