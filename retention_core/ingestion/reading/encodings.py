"""Which encoding a text file is written in: by its marks, by UTF-8, else by the words that it holds.

A file in a code page does not say which. Each candidate is read and weighed: how likely are the words it gives, in the
languages written with it? The likeliest is chosen only on evidence (a word known, or letters standing as they usually
do); others that are nearly as likely and give other words are its rivals, to be asked about.
"""

import codecs
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.letters import BY_CODE_PAGE, CHINESE, JAPANESE, LEAST, Language
from retention_core.words.say import say

SAMPLE_BYTES = 1 << 20
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
USUAL = "windows-1252"
CODE_PAGES = (*BY_CODE_PAGE, "cp932", "gb18030")
# codec -> what people call the encoding, where that is not the codec
_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp932": "Shift-JIS",
    "gb18030": "GB18030",
}
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_CHUNK_BYTES = 1 << 20  # stays in the cache of the processor: a larger one takes four times as long
_PLACES, _PLACE_BYTES = 16, 1 << 17  # looked at besides the first letter beyond ASCII
_LINES, _TOKENS = 2000, 500
_PRIOR = {USUAL: 5.0, "cp850": 0.2}
_NEARLY = math.log(20)  # a candidate less likely than this is no rival
_KNOWN, _TYPICAL = 500.0, 4.0
_SIGNS = frozenset("’‘“”„«»…–—€£°™®©§²³½ºª·±\xa0\u200c\u200d¿¡•×")
_TOKEN = re.compile(r"(?:[^\W\d_]|[^\x00-\x7f\s])+")
_FOREIGN, _ODD_SIGN, _EDGE_SIGN = 1e-5, 1e-5, 1e-3
_NUL_SHARE = 0.2  # a text of more NUL bytes than this is none


@dataclass(frozen=True)
class Encoding:
    """How bytes become letters. name: a Python codec. rivals: codecs that fit as well and read some cells otherwise.

    has_nul: NUL bytes stand between the letters. tokens: for rivals, words that they read differently, as the chosen
    one reads them.
    """

    name: str
    rivals: tuple[str, ...] = ()
    has_nul: bool = False
    tokens: tuple[str, ...] = ()


def find_encoding(path: Path, sample: bytes, chosen: str = "") -> Encoding:
    """Return the encoding of a file: a byte order mark, else UTF-8 where all of it holds, else a code page by its words.

    chosen: the code page that a person chose; it stands where the file is not in Unicode. Raises FileUnreadable where
    the file holds no text, or is not in the chosen one.
    """
    for mark, codec in _BYTE_ORDER_MARKS.items():
        if sample.startswith(mark):
            return Encoding(codec)
    if wide := _wide(sample):
        return Encoding(wide)
    has_nul = _is_stained(sample)
    first, more_nul = _first_not_utf8(path)
    if first < 0:
        return Encoding("utf-8", has_nul=has_nul or more_nul)
    lines = _lines_beyond_ascii(_looked_at(path, first))
    found = _as_chosen(lines, chosen) if chosen else _by_words(lines)
    return Encoding(found.name, found.rivals, has_nul or more_nul, found.tokens)


def _wide(sample: bytes) -> str:
    """Return the codec of UTF-16 without a byte order mark, empty where the sample is none.

    Separators, digits and line ends are ASCII, so one byte of theirs is NUL: the first or the second, always the same.
    """
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most, least = max(even, odd), min(even, odd)
    if most < 4 or most < len(sample) // 20 or least > most // 20:
        return ""
    codec = "utf-16-be" if even > odd else "utf-16-le"
    text = sample[: len(sample) // 2 * 2].decode(codec, errors="replace")
    return codec if text.count("\ufffd") <= 1 and "\0" not in text else ""


def _is_stained(sample: bytes) -> bool:
    """Tell whether a text holds NUL bytes; raise FileUnreadable where it is no text at all."""
    nul = sample.count(0)
    controls = len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", sample)) if nul else 0
    if sample.startswith(b"%PDF") or nul > _NUL_SHARE * len(sample) or controls:
        raise FileUnreadable(
            say("This is not a text file."),
            say("It holds binary data although its name ends like a text file's."),
            say("Upload the spreadsheet itself (.xlsx), or save it as CSV first."),
        )
    return nul > 0


def _first_not_utf8(path: Path) -> tuple[int, bool]:
    """Return the place of the first byte that is not UTF-8, -1 where all are, and whether NUL bytes were met."""
    decoder, place, has_nul = codecs.getincrementaldecoder("utf-8")(), 0, False
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK_BYTES)
            has_nul = has_nul or b"\0" in chunk
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return max(0, place + error.start - 4), has_nul
            if not chunk:
                return -1, has_nul
            place += len(chunk)


def _looked_at(path: Path, first: int) -> list[bytes]:
    """Return whole lines around the first letter beyond ASCII, and at places spread over what follows."""
    size = path.stat().st_size
    step = max(_PLACE_BYTES, (size - first) // _PLACES)
    starts = [(max(0, first - SAMPLE_BYTES // 2), SAMPLE_BYTES)]
    starts += [(place, _PLACE_BYTES) for place in range(first + step, size, step)]
    pieces = []
    with path.open("rb") as file:
        for start, length in starts:
            file.seek(start)
            piece = file.read(length)
            whole = piece if start == 0 else piece[piece.find(b"\n") + 1 :]
            ends = file.tell() >= size
            pieces.append(whole if ends or b"\n" not in whole else whole[: whole.rfind(b"\n") + 1])
    return pieces


def _lines_beyond_ascii(pieces: Sequence[bytes]) -> list[bytes]:
    """Return the distinct lines that hold letters beyond ASCII, some of each piece."""
    share = max(50, _LINES // max(1, len(pieces)))
    found: dict[bytes, None] = {}
    for index, piece in enumerate(pieces):
        lines = [line for line in piece.replace(b"\r", b"\n").split(b"\n") if not line.isascii()]
        found |= dict.fromkeys(lines[: _LINES if index == 0 else share])
    return list(found)


def _as_chosen(lines: Sequence[bytes], chosen: str) -> Encoding:
    """Return the encoding that a person chose, its rivals the others that fit."""
    text = _decoded(lines, chosen)
    if text is None:
        raise FileUnreadable(
            say("The file is not in the encoding that was chosen."),
            say("It holds bytes that no letter has in {encoding}.", encoding=encoding_words(chosen)),
            say("Choose another encoding, or save the file as CSV (UTF-8) and upload that."),
        )
    found = _by_words(lines)
    rivals = tuple(each for each in (found.name, *found.rivals) if each != chosen and _decoded(lines, each) != text)
    return Encoding(chosen, rivals, tokens=_differing(lines, chosen, rivals))


def _by_words(lines: Sequence[bytes]) -> Encoding:
    """Return the code page in which the lines hold the likeliest words, and its rivals."""
    texts = {name: text for name in CODE_PAGES if (text := _decoded(lines, name)) is not None}
    if not texts:
        return Encoding(USUAL)
    weighed = {name: _weighed(name, text) for name, text in texts.items()}
    best = max(weighed, key=lambda name: weighed[name][0])
    chosen = best if weighed[best][1] or USUAL not in texts else USUAL
    near = sorted(weighed, key=lambda name: -weighed[name][0])
    seen, rivals = {texts[chosen]}, list[str]()
    for name in near:
        if weighed[name][0] >= weighed[best][0] - _NEARLY and texts[name] not in seen:
            seen.add(texts[name])
            rivals.append(name)
    return Encoding(chosen, tuple(rivals), tokens=_differing(lines, chosen, rivals))


def _decoded(lines: Iterable[bytes], codec: str) -> str | None:
    try:
        return b"\n".join(lines).decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def _differing(lines: Sequence[bytes], chosen: str, rivals: Sequence[str]) -> tuple[str, ...]:
    """Return words of the lines, as the chosen code page reads them, that a rival reads otherwise."""
    found: dict[str, None] = {}
    for line in lines if rivals else ():
        for token in _TOKEN.findall(line.decode(chosen, errors="replace")):
            if not token.isascii() and any(reread(token, chosen, rival) != token for rival in rivals):
                found[token] = None
        if len(found) >= _TOKENS:
            break
    return tuple(found)


def encoding_words(codec: str) -> str:
    """Return what people call an encoding."""
    return say("DOS code page {number}", number="850") if codec == "cp850" else _NAMES.get(codec, codec)


def reread(text: str, codec: str, other: str) -> str:
    """Return text that was read in one encoding as another one reads its bytes."""
    return text.encode(codec, errors="replace").decode(other, errors="replace")


def _weighed(name: str, text: str) -> tuple[float, int]:
    """Return how likely the words of a text are in the languages of its encoding, and how many of them prove it."""
    tokens = list(dict.fromkeys(token for token in _TOKEN.findall(text) if not token.isascii()))[:_TOKENS]
    prior = math.log(_PRIOR.get(name, 1.0))
    if name not in BY_CODE_PAGE:
        common = JAPANESE if name == "cp932" else CHINESE
        return (
            prior + sum(_east_asian(token, name, common) for token in tokens),
            sum(_is_east_asian(token, common) for token in tokens),
        )
    table = [[_likelihood(token, language) for token in tokens] for language in BY_CODE_PAGE[name]]
    main = max(table, key=lambda row: sum(value for value, _ in row))
    others = [max(values) for values in zip(*([value for value, _ in row] for row in table), strict=True)]
    total = sum(
        math.log(0.85 * math.exp(own - best) + 0.15) + best for (own, _), best in zip(main, others, strict=True)
    )
    return prior + total, sum(proof for _, proof in main)


def _likelihood(token: str, language: Language) -> tuple[float, bool]:
    """Return the logarithm of how likely a word is in a language, and whether it proves the language."""
    total, before = 0.0, ""
    for index, letter in enumerate(token):
        if not letter.isascii():
            total += math.log(_letter(letter, language, is_edge=index in (0, len(token) - 1)))
            if not language.own_script and before and not before.isascii() and before.isalpha() and letter.isalpha():
                total += math.log(0.3)
        if before.islower() and letter.isupper():
            total += math.log(0.01)
        before = letter
    small, is_mixed = token.lower(), any(letter.isascii() for letter in token)
    beyond = [letter for letter in token if not letter.isascii()]
    if language.own_script and is_mixed:
        total += math.log(1e-3)
    if len(token) == 1 and token.isalpha():
        total += math.log(0.1)
    if small in language.words or token in language.words:
        return total + math.log(_KNOWN), True
    if language.own_script:
        return total, len(token) > 2 and not is_mixed and all(_small(each) in language.letters for each in token)
    is_typical = all(_small(each) in language.letters for each in beyond) and bool(language.typical.search(token))
    return total + math.log(_TYPICAL if is_typical else 1 / _TYPICAL), is_typical and len(token) > 3


def _letter(letter: str, language: Language, *, is_edge: bool) -> float:
    share = language.letters.get(_small(letter))
    if share is not None:
        return max(LEAST, share) * (1.0 if language.own_script else 0.08)
    if letter.isalpha() and letter not in _SIGNS:
        return _FOREIGN
    if letter in _SIGNS:
        return 0.01 if is_edge or letter in "’\xa0\u200c" else _ODD_SIGN
    return _EDGE_SIGN if is_edge else _ODD_SIGN


def _small(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter


def _east_asian(token: str, codec: str, common: frozenset[str]) -> float:
    """Return the logarithm of how likely a run of Chinese or Japanese letters is."""
    total = sum(_east_asian_letter(letter, codec, common) for letter in token if not letter.isascii())
    is_mixed, is_alone = any(letter.isascii() for letter in token), len(token) == 1
    return total + math.log((0.01 if is_mixed else 1) * (0.1 if is_alone else 1))


def _east_asian_letter(letter: str, codec: str, common: frozenset[str]) -> float:
    if letter in common:
        return math.log(1 / 300)
    if "\u3041" <= letter <= "\u30ff":
        return math.log(1 / 100 if codec == "cp932" else 1e-5)
    if "\u3000" <= letter <= "\u3020" or "\uff01" <= letter <= "\uff60":
        return math.log(1e-3)
    if "\uff61" <= letter <= "\uff9f":
        return math.log(1 / 300)
    coded = letter.encode(codec, errors="replace")
    if codec == "cp932":
        return math.log(1e-4 if 0x88 <= coded[0] <= 0x97 else 1e-6)
    return math.log(1e-4 if len(coded) == 2 and 0xB0 <= coded[0] <= 0xD7 and coded[1] >= 0xA1 else 1e-6)


def _is_east_asian(token: str, common: frozenset[str]) -> bool:
    """Tell whether a run of letters proves Chinese or Japanese: two common letters, or kana."""
    kana = sum("\u3041" <= letter <= "\u30ff" for letter in token)
    half_width = sum("\uff66" <= letter <= "\uff9f" for letter in token)
    return sum(letter in common for letter in token) > 1 or kana > 1 or half_width > 2
