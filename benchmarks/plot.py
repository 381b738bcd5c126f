"""Latency against the size of the memory, as an SVG of our own: two logarithmic axes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Points = Sequence[tuple[int, float]]
"""Sizes, and milliseconds."""

_COLOURS = ("#0b6e4f", "#c1440e", "#3b5b92", "#8a6d00", "#7b2d8b", "#555555", "#b3003c")
_WIDTH, _HEIGHT, _LEFT, _TOP = 520, 360, 60, 30


def svg(title: str, lines: Mapping[str, Points]) -> str:
    """A picture of one line a system."""
    points = [point for line in lines.values() for point in line]
    sizes = [math.log10(size) for size, _ in points]
    times = [math.log10(max(ms, 0.01)) for _, ms in points]
    low_x, high_x = math.floor(min(sizes)), math.ceil(max(sizes))
    low_y, high_y = math.floor(min(times)), math.ceil(max(times))

    def x(size: float) -> float:
        return _LEFT + (math.log10(size) - low_x) / max(1, high_x - low_x) * _WIDTH

    def y(ms: float) -> float:
        return _TOP + (high_y - math.log10(max(ms, 0.01))) / max(1, high_y - low_y) * _HEIGHT

    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" font-size="12"',
        f'width="{_LEFT + _WIDTH + 260}" height="{_TOP + _HEIGHT + 50}">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{_LEFT}" y="18" font-weight="bold">{title}</text>',
    ]
    for power in range(low_y, high_y + 1):
        at = y(10**power)
        parts.append(f'<path d="M{_LEFT} {at:.0f}H{_LEFT + _WIDTH}" stroke="#ddd"/>')
        parts.append(f'<text x="4" y="{at + 4:.0f}">{10.0**power:g} ms</text>')
    for power in range(low_x, high_x + 1):
        at = x(10**power)
        parts.append(f'<path d="M{at:.0f} {_TOP}V{_TOP + _HEIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{at - 20:.0f}" y="{_TOP + _HEIGHT + 20}">{10**power:,}</text>')
    for place, (name, line) in enumerate(sorted(lines.items())):
        colour = _COLOURS[place % len(_COLOURS)]
        path = " ".join(f"{x(size):.1f},{y(ms):.1f}" for size, ms in sorted(line))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += (
            f'<circle cx="{x(size):.1f}" cy="{y(ms):.1f}" r="3" fill="{colour}"/>'
            for size, ms in line
        )
        row = _TOP + 14 + 18 * place
        parts.append(f'<text x="{_LEFT + _WIDTH + 12}" y="{row}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])
