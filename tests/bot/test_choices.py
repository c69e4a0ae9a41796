"""What was chosen of the log stands in the id of a button, and comes back from there as it was."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.filter_arguments import WORDS, FilterButton, FilterPosition, digest

LONGEST = 100 - len("quoth:recent:")  # characters that Discord leaves for a place
DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
NUMBERS = st.integers(1, 2**63 - 1)
IDS = st.text(DIGITS, min_size=16, max_size=16)
MOMENTS = st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2200, 1, 1)).map(  # noqa: DTZ001 - made so below
    lambda moment: moment.replace(microsecond=0, tzinfo=datetime.UTC)
)
CHOICES = st.builds(
    FilterButton,
    unanswered=st.booleans(),
    voted_down=st.booleans(),
    person=st.none() | NUMBERS,
    channel=st.none() | NUMBERS,
    since=st.none() | MOMENTS,
    source=st.just("") | st.text().map(digest),
)
SEARCHES = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=WORDS).filter(str.isprintable)
PLACES = st.builds(
    FilterPosition, CHOICES | st.builds(FilterButton, words=SEARCHES), before=st.none() | IDS
) | st.builds(FilterPosition, CHOICES, after=IDS)


@given(PLACES)
def test_a_place_comes_back_as_it_was_written_and_fits(place: FilterPosition) -> None:
    assert FilterPosition.read(str(place)) == place
    assert len(str(place)) <= LONGEST


@given(
    st.text(max_size=100) | st.from_regex(r"[+-]?[0-9a-z]{0,17}\.u?d?\.[0-9a-f]*\.[0-9a-f]*\.[0-9a-f]*\.[0-9a-f]*\..*")
)
def test_what_somebody_made_up_is_a_place_like_any_or_none(argument: str) -> None:
    place = FilterPosition.read(argument)

    assert place is None or FilterPosition.read(str(place)) == place
