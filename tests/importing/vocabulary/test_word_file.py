"""The files of words that an office may read and correct: what is wrong in one is said."""

import re
from collections.abc import Iterator
from importlib import resources

import pytest

from tracker.importing import vocabulary
from tracker.importing.vocabulary.word_file import WordFile

FILES = sorted(
    file.name for file in resources.files(vocabulary).iterdir() if file.name.endswith(".toml")
)
PLAIN = ("abbreviations", "answers", "columns", "words")  # sections of words without any sign


def lists(content: object, name: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every list of words of a file, with its name."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from lists(value, f"{name}.{key}" if name else key)
    elif isinstance(content, list) and content and isinstance(content[0], dict):
        for entry in content:
            yield f"{name} {entry['means']}", entry["words"]
    elif isinstance(content, list):
        yield name, content


def test_the_files_are_there() -> None:
    assert FILES == [
        "headings.toml",
        "kinds.toml",
        "meetings.toml",
        "months.toml",
        "names.toml",
        "numbers.toml",
        "statuses.toml",
    ]


@pytest.mark.parametrize("name", FILES)
def test_no_list_says_a_word_twice(name: str) -> None:
    sections = list(lists(WordFile(name).content))
    assert sections
    for section, words in sections:
        assert len(words) == len(set(words)), (name, section)


@pytest.mark.parametrize("name", FILES)
def test_every_word_is_a_regular_expression(name: str) -> None:
    file = WordFile(name)
    for section, words in lists(file.content):
        for word in words if section.split(".")[0] not in PLAIN else ():
            try:
                re.compile(file.expanded(word))
            except re.error as error:
                pytest.fail(f"{name}, {section}: {word!r}: {error}")


def test_every_group_is_used() -> None:
    """A group whose name is misspelt where it is used would leave its words unread."""
    text = resources.files(vocabulary).joinpath("statuses.toml").read_text("utf-8")
    named_by_the_program = {"referred", "to_whom", "merged", "merged_with"}
    groups = WordFile("statuses.toml").section("groups")
    assert groups
    for group in groups:
        assert group in named_by_the_program or f"{{{group}}}" in text, group


def test_a_group_stands_for_any_of_its_words() -> None:
    pattern = WordFile("statuses.toml").expanded("{modified_with} changes")
    assert re.fullmatch(pattern, "avec changes")
    assert not re.fullmatch(pattern, "changes")


def test_a_group_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="no_such_group"):
        WordFile("statuses.toml").expanded("{no_such_group} changes")


def test_a_section_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="no_such_section"):
        WordFile("kinds.toml").section("no_such_section")
