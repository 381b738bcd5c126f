"""The verbs: read, decide, write, return what was done. One module each; no printing, no clock."""
