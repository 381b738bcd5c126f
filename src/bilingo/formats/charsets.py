"""Character sets a file may declare, and strict decoding with a place for what does not decode.

Only text encodings that contain ASCII and in which a newline is always the byte 0x0A: a declared
name never reaches Python's codec machinery, where `zlib_codec` is a name too.
"""

from __future__ import annotations

from bilingo.errors import BilingoError

_CODECS = {
    "ascii": "ascii",
    "us-ascii": "ascii",
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "big5": "big5",
    "big5-hkscs": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp950": "cp950",
    "gb2312": "gb2312",
    "euc-cn": "gb2312",
    "gbk": "gbk",
    "cp936": "gbk",
    "gb18030": "gb18030",
    "euc-jp": "euc_jp",
    "shift-jis": "shift_jis",
    "euc-kr": "euc_kr",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    **{f"iso-8859-{part}": f"iso8859_{part}" for part in range(1, 17) if part != 12},
    **{f"windows-{page}": f"cp{page}" for page in range(1250, 1259)},
    **{f"cp{page}": f"cp{page}" for page in range(1250, 1259)},
}


def codec(charset: str, *, where: str = "") -> str:
    """Python's name of the codec for a declared charset, in any case, with `_` or `-`.

    Raises BilingoError for a name that is not on the list.
    """
    name = charset.lower().replace("_", "-")
    if name in _CODECS:
        return _CODECS[name]
    hint = "use UTF-8, Big5, Big5-HKSCS, GB18030, GBK, GB2312 or an ISO-8859 part"
    raise BilingoError(f"unusable charset {charset!a}", where=where, hint=hint)


def decode(raw: bytes, python_codec: str, charset: str) -> str:
    """`raw` as text. Raises BilingoError (`where` is `line:column`) for bytes that are not."""
    try:
        return raw.decode(python_codec)
    except UnicodeDecodeError as error:
        start = raw.rfind(b"\n", 0, error.start) + 1
        line = raw.count(b"\n", 0, error.start) + 1
        column = len(raw[start : error.start].decode(python_codec, "replace")) + 1
        raise BilingoError(
            f"byte 0x{raw[error.start]:02x} is not {charset}",
            where=f"{line}:{column}",
            hint="declare the charset the file is really in, or restore it from version control",
        ) from None
