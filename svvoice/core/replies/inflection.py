"""Words in another form of themselves: endings of case and number, articles that are attached, Welsh mutations.

Rules by the endings and beginnings that a language's data file lists, in place of a dictionary: a form counts as the
same word where what is left without them is the same.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from svvoice.core.replies.heard import found_in
from svvoice.core.replies.normalise import bare
from svvoice.core.replies.words import ReplyWords, WordShapes, words_of
from svvoice.core.survey import Language

LEAST_ROOT = 3
"""Letters that a root must have to be a word."""

ROOT_THAT_BENDS = 6
"""Letters of a root in which one may change: Polish "bibliotec-e", "bibliotek-a"."""


def says_in_other_forms(said: str, label: str, words: ReplyWords) -> bool:
    """Whether every word said is a form of a word of the label, with no "not" of the label left out."""
    theirs = label.split(" ")
    used: set[str] = set()
    for word in said.split(" "):
        forms = [other for other in theirs if _same_word(word, other, words)]
        if not forms:
            return False
        used.update(forms)
    return not any(found_in(word, words["not"]) or words.means(word) == "no" for word in set(theirs) - used)


def _same_word(one: str, other: str, words: ReplyWords) -> bool:
    if one == other:
        return True
    ours, theirs = roots(one, words.language), roots(other, words.language)
    if ours & theirs:
        return True
    return any(_bends(root, another) for root in ours for another in theirs)


def _bends(root: str, other: str) -> bool:
    """Whether two long roots differ in their last letters by one: k and c, o and ó."""
    if min(len(root), len(other)) < ROOT_THAT_BENDS or root[: LEAST_ROOT + 1] != other[: LEAST_ROOT + 1]:
        return False
    return abs(len(root) - len(other)) <= 1 and OSA.distance(root, other, score_cutoff=1) <= 1


@lru_cache(maxsize=8192)
def roots(word: str, language: Language) -> frozenset[str]:
    """What a word may be without its beginnings and endings; nothing for words of digits and very short ones."""
    shapes = words_of(language).shapes
    whole = bare(word)
    if not whole.isalpha() and whole.isascii():
        return frozenset()
    begun = {form for start in _without_article(whole, shapes) for form in _unmutated(start, shapes)}
    ended = {_softened(form, shapes) for start in begun for form in _without_ending(start, shapes)}
    return frozenset(root for root in ended if len(root) >= LEAST_ROOT)


def _without_article(word: str, shapes: WordShapes) -> set[str]:
    cut = {word[len(article) :] for article in shapes.attached_articles if word.startswith(article)}
    return {word, *(rest for rest in cut if len(rest) >= LEAST_ROOT)}


def _unmutated(word: str, shapes: WordShapes) -> set[str]:
    """The word as it may begin by itself. The longest beginning counts: `ngh` is a `c`, no `ng`."""
    begins = next((word[:n] for n in (3, 2, 1) if word[:n] in shapes.mutations), None)
    found = {radical + word[len(begins) :] for radical in shapes.mutations[begins]} if begins else set()
    if "" in shapes.mutations:
        found |= {radical + word for radical in shapes.mutations[""]}
    return {word, *found}


def _without_ending(word: str, shapes: WordShapes) -> set[str]:
    for ending in shapes.endings:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_ROOT:
            return {word[: -len(ending)]}
    return {word}


def _softened(root: str, shapes: WordShapes) -> str:
    soft = next((soft for soft in shapes.softenings if root.endswith(soft)), None)
    return root[: -len(soft)] + shapes.softenings[soft] if soft else root
