"""How many reviews an answer gets, by the size of the group."""

from __future__ import annotations

USUAL = 3


def reviews_per_answer(people: int, wanted: int = USUAL) -> int:
    """Reviews an answer gets where `people` each have one answer and review others.

    Among n people at most (n - 1) // 2 reviews an answer can be had without two people reviewing each other: each of
    the n(n - 1)/2 couples gives one review. So 3 to 4 people give 1, 5 to 6 give 2, and 7 give 3. Two people can only
    review each other; one person has nobody.
    """
    if people < 2:
        return 0
    return max(1, min(wanted, (people - 1) // 2))


def least_reciprocal(people: int, reviews: int) -> int:
    """The fewest couples that review each other where n people each give and get `reviews`: nk less the couples."""
    return max(0, people * reviews - people * (people - 1) // 2)


def least_repeats(people: int, reviews: int, earlier_rounds: int) -> int:
    """The fewest repeated pairs in the next round of a stable group of n people with k reviews each.

    Each person has n - 1 others and has met k of them in every earlier round; what is left is a regular bipartite
    graph, which always holds the reviews that are still new (König).
    """
    fresh = max(0, people - 1 - earlier_rounds * reviews)
    return people * max(0, reviews - fresh)
