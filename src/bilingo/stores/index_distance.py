"""The Levenshtein distance of a few texts, where importing rapidfuzz would take longer.

Importing it takes 10 ms, half of all that a look-up in a million segments takes from a cold start;
most look-ups have a handful of texts to compare. Many texts are rapidfuzz's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

PART = 16  # characters between two looks at whether a text can still be near


def distances(query: str, texts: Iterable[str], most: int) -> Iterator[int]:
    """The distance of each text from `query`, which is not empty; if it is more than `most`, any
    number that is.

    A text is given up when its rest, of which a character takes off one at most, cannot bring it
    near. A column of the matrix is two integers: where it goes up, where down (Myers, J. ACM 46,
    1999, in the form of Hyyrö, Nordic J. Computing 10, 2003).
    """
    size = len(query)
    whole, last = (1 << size) - 1, 1 << (size - 1)
    places: dict[str, int] = {}
    for place, character in enumerate(query):
        places[character] = places.get(character, 0) | 1 << place
    for text in texts:
        distance, up, down = size, whole, 0
        for start in range(0, len(text), PART):
            if distance - (len(text) - start) > most:
                break
            for character in text[start : start + PART]:
                same = places.get(character, 0) | down
                level = ((up + (same & up)) ^ up) | same
                less, more = up & level, down | (whole & ~(up | level))
                if more & last:
                    distance += 1
                elif less & last:
                    distance -= 1
                more = more << 1 | 1
                up, down = (less << 1 | ~(more | level)) & whole, more & level & whole
        yield distance
