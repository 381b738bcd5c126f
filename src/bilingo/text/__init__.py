"""Functions of strings and small values: no files, no state, no one file format.

Members: `aside` (what holds digits and is no value), `fold` (what equality means to the memory),
`icu` (ICU regular expressions as Python's), `locales` (language tags and the names other programs
give them), `scripts` (Han, Latin, Traditional, Simplified), `show` (text on a screen), `srx`
(sentences), `tags` (inline codes as numbered tags), `valueless` (whether a text can have a value at
all), `values` (numbers, dates, money and doses compared by value).
"""
