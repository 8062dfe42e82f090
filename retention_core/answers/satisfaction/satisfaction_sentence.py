"""Whether satisfied customers came back more often than less satisfied ones like them, in one sentence."""

from retention_core.analyses.satisfaction.satisfaction_return import SatisfactionReturn
from retention_core.answers.shares import share_words
from retention_core.words.numbers import ends_apart, points, whole
from retention_core.words.say import say, sentence

_SAYS = {
    "more": sentence(
        "Among customers alike in purchases, time and recency, satisfied ones came back within {days} days more often "
        "than less satisfied ones, by {low} to {high} points (n = {n}).\nOf all it was {satisfied} and {dissatisfied}. "
        "Who answers differs: whether it is satisfaction, or what else sets those who answer so apart, cannot be told "
        "apart here."
    ),
    "fewer": sentence(
        "Among customers alike in purchases, time and recency, satisfied ones came back within {days} days less often "
        "than less satisfied ones, by {low} to {high} points (n = {n}).\nOf all it was {satisfied} and {dissatisfied}. "
        "Who answers differs: whether it is satisfaction, or what else sets those who answer so apart, cannot be told "
        "apart here."
    ),
    "as_often": sentence(
        "Among customers alike in purchases, time and recency, satisfied ones came back within {days} days as often as "
        "less satisfied ones ({range} points, n = {n}).\nOf all it was {satisfied} and {dissatisfied}."
    ),
    "not_shown": sentence(
        "Whether satisfied customers come back more often than less satisfied ones cannot be told: among customers "
        "alike no difference can be shown within {days} days ({range} points, n = {n}).\nOf all it was {satisfied} and "
        "{dissatisfied}."
    ),
}
_THIN = sentence(
    "Whether satisfied customers come back more or less often than others like them cannot be told apart.\n{satisfied} "
    "of them came back within {days} days and {dissatisfied} of the less satisfied, but most had bought only once "
    "before, so that nothing says whether they are alike."
)
_NOT_ALIKE = sentence(
    "{satisfied} of the satisfied came back within {days} days, and {dissatisfied} of the less satisfied; too few of "
    "them are alike in purchases, time and recency to be compared."
)
_FEW = sentence(
    "Too few customers can be followed for {days} days after their answer to compare satisfied with less satisfied "
    "ones: {satisfied} and {dissatisfied}."
)


def satisfaction_sentence(told: SatisfactionReturn) -> str:
    """Say whether satisfied customers came back more often than less satisfied ones like them."""
    satisfied, dissatisfied, alike = told.share(True), told.share(False), told.alike
    shares = {"satisfied": share_words(satisfied), "dissatisfied": share_words(dissatisfied)}
    places = {"days": told.question.days, **shares}
    if not satisfied.is_headline or not dissatisfied.is_headline:
        return say(_FEW, **places)
    if not alike.is_known:
        return say(_NOT_ALIKE, **places)
    if alike.is_claimed and alike.history_is_thin:
        return say(_THIN, **places)
    figures = {"range": points(alike.low, alike.high), "n": whole(alike.compared)}
    return say(_SAYS[alike.says], **places, **figures, **ends_apart(alike.low, alike.high))
