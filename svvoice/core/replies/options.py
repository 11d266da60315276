"""The options of a question as people may name them: number, label, letter, number word, a part of it, a slip of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from svvoice.core.replies.heard import found_in, phrase_at
from svvoice.core.replies.inflection import says_in_other_forms
from svvoice.core.replies.normalise import Parts, bare, is_number, is_sign, is_word, key, phrase
from svvoice.core.replies.numbers import word_number
from svvoice.core.replies.words import MEANINGS, ReplyWords, base_language, documents, words_of
from svvoice.core.survey import Language, Option, Question

OUT_OF_RANGE = "out_of_range"
LEAST_PREFIX = 3
"""Letters that the beginning of a label must have to stand for it."""


@dataclass(frozen=True)
class Match:
    """The options that a rule found, by place from 0: one is a reading, more are ambiguous. None: a number too high."""

    places: frozenset[int]
    rule: str


@dataclass(frozen=True)
class OptionTable:
    ids: tuple[str, ...]
    labels: Mapping[str, frozenset[int]]
    """Every exact name, with accents and without, and the language's words that an option borrows."""
    plain_labels: tuple[tuple[str, int], ...]
    """The survey's own names for the options, without accents and articles: parts and slips are read by these only."""
    exclusive: frozenset[int]
    words: ReplyWords

    def label(self, pieces: Parts) -> frozenset[int]:
        """The options with exactly this label, with accents or, where none has it so, without."""
        name = key(pieces)
        return self.labels.get(name) or self.labels.get(bare(name)) or frozenset()


def option_table(question: Question, language: Language) -> OptionTable:
    return _table(language, tuple(_pieces(option) for option in question.choices))


_Pieces = tuple[str, bool, tuple[tuple[Language, str], ...]]


def _pieces(option: Option) -> _Pieces:
    """An option as a hashable thing: its id, whether it stands alone, and all its names."""
    names = [*option.text.items(), *option.sms_text.items()]
    names += [(language, alias) for language, aliases in option.aliases.items() for alias in aliases]
    return option.id, option.exclusive, tuple(names)


@lru_cache(maxsize=1024)
def _table(language: Language, options: tuple[_Pieces, ...]) -> OptionTable:
    words = words_of(language)
    own = _collected((place, phrase(name)) for place, name in _named(options, language, own=True))
    borrowed = _collected(_borrowed(options, language, words))
    others = _collected((place, phrase(name)) for place, name in _named(options, language, own=False))
    known = {name: places for name, places in others.items() if name not in words.not_english}
    labels = {**known, **borrowed, **own}
    named = [(name, place) for name, places in [*known.items(), *own.items()] for place in places]
    bare_labels = _collected((place, bare(name)) for name, places in labels.items() for place in places)
    return OptionTable(
        ids=tuple(option_id for option_id, _, _ in options),
        labels={**bare_labels, **labels},
        plain_labels=tuple(sorted({(without_articles(bare(name), words), place) for name, place in named})),
        exclusive=frozenset(place for place, (_, alone, _) in enumerate(options) if alone),
        words=words,
    )


def _named(options: tuple[_Pieces, ...], language: Language, own: bool) -> Iterator[tuple[int, str]]:
    code = base_language(language)
    for place, (_, _, names) in enumerate(options):
        for spoken, name in names:
            if (base_language(spoken) == code) is own:
                yield place, name


def _borrowed(options: tuple[_Pieces, ...], language: Language, words: ReplyWords) -> Iterator[tuple[int, str]]:
    """The language's words for yes, no, not sure and the like, for options that mean them by id or by label."""
    for place, (option_id, _, names) in enumerate(options):
        meaning = option_id if option_id in MEANINGS else _meaning(names, language)
        if meaning is not None:
            yield from ((place, name) for name in words.meanings[meaning] if len(name) > 1)


def _meaning(names: tuple[tuple[Language, str], ...], language: Language) -> str | None:
    spoken = (words_of(code).labelled(phrase(name)) for code, name in names if base_language(code) in documents())
    return next((meaning for meaning in spoken if meaning is not None), None)


def _collected(pairs: Iterator[tuple[int, str]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for place, name in pairs:
        if name:
            found.setdefault(name, set()).add(place)
    return {name: frozenset(places) for name, places in found.items()}


def match(pieces: Parts, table: OptionTable) -> Match | None:
    """The first rule that finds exactly one option; else the first that finds several, else None."""
    several: Match | None = None
    for rule in (_by_number, _by_label, _by_letter, _by_number_word, _by_part, _by_inflection, _by_slip):
        found = rule(pieces, table)
        if found is not None and len(found.places) == 1:
            return found
        if found is not None and not (found.rule == OUT_OF_RANGE and table.label(pieces)):
            if found.rule == OUT_OF_RANGE or rule is _by_number or rule is _by_label:
                return found
            several = several or found
    return several


def without_option_words(pieces: Parts, words: ReplyWords) -> Parts:
    """`option 2` and `no. 2` as `2`; `the second one` as `second`."""
    spoken = tuple(piece for piece in pieces if not is_sign(piece))
    while (length := _introduction(spoken, words)) and length < len(spoken):
        spoken = spoken[length:]
    while len(spoken) > 1 and found_in(spoken[-1], words["option_tail"]):
        spoken = spoken[:-1]
    return spoken


def _introduction(spoken: Parts, words: ReplyWords) -> int:
    """The parts of an option word or article in front. "a c" keeps its "a": it may be two letters."""
    length = phrase_at(spoken, 0, lambda name: found_in(name, words["option"]))
    if length or not spoken or not found_in(spoken[0], words["articles"]):
        return length
    return 1 if len(spoken) > 1 and len(spoken[1]) > 1 else 0


def without_articles(name: str, words: ReplyWords) -> str:
    kept = [word for word in name.split(" ") if not found_in(word, words["articles"])]
    return " ".join(kept) or name


def _by_number(pieces: Parts, table: OptionTable) -> Match | None:
    spoken = without_option_words(pieces, table.words)
    numbers = [piece for piece in spoken if is_number(piece)]
    if not numbers or "+" in pieces:
        return None
    digits = numbers[0].lstrip("-")
    if len(numbers) != 1 or not digits.isdigit():
        return None
    place = _place(int(digits[:9]), table)
    if len(spoken) == 1:
        return Match(frozenset(place), "number" if place else OUT_OF_RANGE)
    beside = spoken[1:] if spoken[0] == numbers[0] else spoken[:-1] if spoken[-1] == numbers[0] else ()
    labelled = table.label(beside) if beside else frozenset()
    if not labelled or table.label(spoken):
        return None
    agreed = labelled & set(place)
    return Match(agreed or labelled | set(place), "number_and_label")


def _place(number: int, table: OptionTable) -> list[int]:
    return [number - 1] if 1 <= number <= len(table.ids) else []


def _by_label(pieces: Parts, table: OptionTable) -> Match | None:
    places = table.label(pieces)
    return Match(places, "label") if places else None


def _by_letter(pieces: Parts, table: OptionTable) -> Match | None:
    spoken = without_option_words(pieces, table.words)
    if len(spoken) != 1 or len(spoken[0]) != 1 or not ("a" <= spoken[0] <= "z"):
        return None
    place = _place(ord(spoken[0]) - ord("a") + 1, table)
    return Match(frozenset(place), "letter") if place else None


def _by_number_word(pieces: Parts, table: OptionTable) -> Match | None:
    whole, spoken = key(pieces), key(without_option_words(pieces, table.words))
    words = table.words
    if found_in(whole, words["both"]):
        return None
    for name in dict.fromkeys((whole, spoken)):
        number = word_number(name, words) or words.ordinals.get(name) or words.ordinals.get(bare(name))
        if number:
            place = _place(number, table)
            return Match(frozenset(place), "number_word" if place else OUT_OF_RANGE)
        if found_in(name, words["last"]):
            return Match(frozenset({len(table.ids) - 1}), "number_word")
    return None


def _by_part(pieces: Parts, table: OptionTable) -> Match | None:
    """The label without its article, the beginning of it, or words that only it has."""
    name = without_articles(bare(key(pieces)), table.words)
    if not _says_enough(name, table.words):
        return None
    labels = table.plain_labels
    whole = frozenset(place for label, place in labels if label == name)
    if whole:
        return Match(whole, "article")
    began = frozenset(place for label, place in labels if label.startswith(name))
    spoken = set(name.split(" "))
    held = frozenset(place for label, place in labels if _holds(set(label.split(" ")), spoken, table.words))
    found = began | held
    return Match(found, "prefix" if began else "word") if found else None


def _says_enough(name: str, words: ReplyWords) -> bool:
    """Whether there is a word to go by: three letters or more, and no mere "not", "and" or "all"."""
    empty = ("not", "and", "or", "to", "all", "both")
    return any(
        len(word) >= LEAST_PREFIX and not word.isdigit() and not any(found_in(word, words[name]) for name in empty)
        for word in name.split(" ")
    )


def _holds(label: set[str], spoken: set[str], words: ReplyWords) -> bool:
    """Whether a label has all the words said, and no "not" that was left unsaid."""
    return (
        spoken <= label
        and any(len(word) > LEAST_PREFIX for word in spoken)
        and not any(found_in(word, words["not"]) or words.means(word) == "no" for word in label - spoken)
    )


def _by_inflection(pieces: Parts, table: OptionTable) -> Match | None:
    """The label whose words are the words said in another form: "bibliotekę" for "Biblioteki"."""
    name = without_articles(bare(key(pieces)), table.words)
    if not _says_enough(name, table.words):
        return None
    found = frozenset(place for label, place in table.plain_labels if says_in_other_forms(name, label, table.words))
    return Match(found, "inflection") if found else None


def _by_slip(pieces: Parts, table: OptionTable) -> Match | None:
    """The nearest label within a slip or two, if one is nearest; never by words of three letters, never by digits."""
    name = without_articles(bare(key(pieces)), table.words)
    if not all(is_word(piece) or is_sign(piece) for piece in pieces):
        return None
    distances = [(slips(name, label), place) for label, place in table.plain_labels]
    nearest = min((distance for distance, _ in distances if distance is not None), default=None)
    if nearest is None:
        return None
    return Match(frozenset(place for distance, place in distances if distance == nearest), "fuzzy")


def slips(said: str, label: str) -> int | None:
    """Slips of the finger between two phrases, word by word; None where they are too many or make another word."""
    if any(letter.isdigit() for letter in label):
        return None
    if said.replace(" ", "") == label.replace(" ", "") and len(said) > LEAST_PREFIX:
        return 0
    ours, theirs = said.split(" "), label.split(" ")
    if len(ours) != len(theirs):
        return None
    distances = [_word_slips(one, other) for one, other in zip(ours, theirs, strict=True)]
    return None if any(distance is None for distance in distances) else sum(filter(None, distances))


def _word_slips(one: str, other: str) -> int | None:
    if one == other:
        return 0
    shorter = min(len(one), len(other))
    most = 0 if shorter <= LEAST_PREFIX else 1 if shorter <= 6 else 2
    # "happy" is no slip of "unhappy", nor "likely" of "unlikely": a whole word with letters before it is another word
    if not most or one.endswith(other) or other.endswith(one):
        return None
    distance = OSA.distance(one, other, score_cutoff=most)
    return distance if distance <= most else None
