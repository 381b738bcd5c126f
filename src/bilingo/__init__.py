"""bilingo: articles to catalogs, a fuzzy translation memory, and back to translated pages."""

__version__ = "0.1.0"
