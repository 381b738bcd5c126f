"""`python -m bilingo` is `bilingo`."""

from bilingo.cli import run

run()
