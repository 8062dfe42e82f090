"""Which colour a text needs so that everybody can read it on its ground (WCAG 2.1: at least 4.5 to 1)."""

from functools import lru_cache

from retention_core.figures.palette import Palette

READABLE = 4.5


def contrast(first: str, second: str) -> float:
    """Return how far two colours stand apart, 1 to 21. Source: WCAG 2.1, "contrast ratio"."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=4096)
def ink(ground: str, palette: Palette) -> str:
    """Return the colour of text on a ground: one of the page's own where it can be read, else black or white."""
    own = (palette.text, palette.background)
    return next((each for each in own if contrast(each, ground) >= READABLE), _starkest(ground))


@lru_cache(maxsize=4096)
def hatching(text: str, palette: Palette) -> str:
    """Return the colour of lines under a text that they leave as readable as it was: on its ground's side, not on its."""
    own = (palette.quiet, palette.faint, palette.ramp[-1], palette.ramp[0], palette.background, palette.text)
    return next(each for each in own if contrast(each, text) >= READABLE)


@lru_cache(maxsize=4096)
def mixed(under: str, over: str, opacity: float) -> str:
    """Return the colour of one over another. opacity: of the upper one, 0 to 1."""
    pairs = zip(_parts(under), _parts(over), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * opacity):02x}" for low, high in pairs)


@lru_cache(maxsize=4096)
def on_ramp(place: float, palette: Palette) -> str:
    """Return the colour of a place on the ramp, from nothing (0) to much (1)."""
    steps = len(palette.ramp) - 1
    at = min(1.0, max(0.0, place)) * steps
    lower = min(int(at), steps - 1)
    return mixed(palette.ramp[lower], palette.ramp[lower + 1], round(at - lower, 2))


def _starkest(ground: str) -> str:
    return max("#000000", "#ffffff", key=lambda each: contrast(each, ground))


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@lru_cache(maxsize=4096)
def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
