"""The words of the full-text index: made alike one text at a time and many at once."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.bigrams import all_bigrams, bigrams, fold

TEXT = st.text(st.one_of(st.sampled_from("补贴（１）“”[2023]Ａａ \n\t\u3000\x00\x7f𠮷"), st.characters()), max_size=40)


@given(st.lists(st.one_of(st.none(), TEXT), max_size=8))
def test_many_texts_at_once_give_the_words_of_each(texts: list[str | None]) -> None:
    """A clause is taken out of the index by the words it was put in with: the two must agree on any text."""
    assert all_bigrams(texts) == [bigrams(text) for text in texts]


@given(TEXT)
def test_words_are_the_neighbours_of_the_folded_text(text: str) -> None:
    """Two characters a word, none of them white space or control, in the order of the text."""
    folded = fold(text)
    pairs = [folded[at : at + 2] for at in range(len(folded) - 1)]
    kept = [pair for pair in pairs if all(c > " " and c not in "\u3000\x7f" for c in pair)]

    assert bigrams(text) == " ".join(kept)
