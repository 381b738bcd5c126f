"""The verbs: read, decide, write, return what was done. One module a verb; no printing, no clock."""
