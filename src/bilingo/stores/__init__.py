"""Paths, locks and transactions: the only room that writes to disk. No parsing, no ranking.

Members: `files`, the one atomic writer.
"""
