"""The console script; `python -m bilingo` is the same."""

from __future__ import annotations

import gc


def run() -> None:
    """Run one command and exit with its code."""
    # A run makes many values and no cycles; modules are values too, so before anything is imported.
    gc.set_threshold(100_000)
    try:
        from bilingo.cli import run

        run()
    except KeyboardInterrupt:  # before there is a command to answer it
        raise SystemExit(130) from None
    finally:
        # Nor does anybody wait while the collector looks at all of them once more, at the end.
        gc.freeze()


if __name__ == "__main__":
    run()
