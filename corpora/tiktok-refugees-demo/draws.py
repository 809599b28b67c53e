"""Random draws that give the same numbers on every machine and Python version."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """One named stream of random numbers; only ``random.random`` is used, which Python keeps stable."""

    def __init__(self, seed: int, name: str) -> None:
        self._random = random.Random(f"{seed}:{name}").random

    def chance(self, probability: float) -> bool:
        """Say yes with this probability."""
        return self._random() < probability

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """Draw from an interval."""
        return low + (high - low) * self._random()

    def integer(self, low: int, high: int) -> int:
        """Draw a whole number, both ends included."""
        return low + int(self._random() * (high - low + 1))

    def one(self, values: Sequence[T]) -> T:
        """Draw one of several, all alike."""
        return values[int(self._random() * len(values))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """Draw a key by its weight."""
        left = self._random() * sum(weights.values())
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return key

    def normal(self, sd: float) -> float:
        """Draw from a normal distribution about zero (Box and Muller 1958), rounded at the ninth digit."""
        radius = math.sqrt(-2.0 * math.log(1.0 - self._random()))
        return round(sd * radius * math.cos(2.0 * math.pi * self._random()), 9)

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """Return the values in a random order."""
        keyed = [(self._random(), i) for i in range(len(values))]
        return [values[i] for _, i in sorted(keyed)]

    def hexadecimal(self, length: int) -> str:
        """Draw a made-up identifier."""
        return "".join("0123456789abcdef"[int(self._random() * 16)] for _ in range(length))
