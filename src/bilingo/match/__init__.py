"""Weighing, ordering, assembling: pure functions of candidates somebody else fetched.

Members: `rank`.
"""
