"""Weighing, ordering, assembling: pure functions of candidates somebody else fetched.

Members: `carry` (vanished entries to changed units), `rank` (matches and their scores), `scan`
(every text above a threshold).
"""
