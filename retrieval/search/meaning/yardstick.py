"""What a cosine of a model is worth: one calls .75 near, another far.

Each model has a scale of its own. Questions and the passages that answer them, the same for all models, tell where it
begins (what a question has with a passage about something else) and what one step is (what it has with its answer).
So weights that were learnt with one model hold with another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PAIRS = (
    ("when do you open on saturday", "Opening hours. At weekends the doors are unlocked from nine to four."),
    ("how much is a yearly pass", "Prices > Passes. An adult pays 96 euros for twelve months."),
    ("who is the treasurer", "The board. Money matters are looked after by Ines Falk."),
    ("can I get a refund", "Orders > Returns. Within 30 days we pay back what you spent."),
    ("how do I reset my password", "Account. Choose “Forgotten?” on the page where you log in and follow the mail."),
    ("what does error 41 mean", "Messages (Code, Meaning, Remedy). 41, the disk is full, delete old files"),
    ("is smoking allowed on the balcony", "House rules. Nobody may light a cigarette anywhere in the building."),
    ("where is the first aid kit", "Safety. Plasters and bandages hang on the wall beside the kitchen sink."),
    ("how many people live in the valley", "Geography > Population. About 4,200 inhabitants were counted in 2019."),
    ("why was the match called off", "Report. Heavy rain had left the pitch under water, so no ball was kicked."),
    (
        "which weapon is best against dragons",
        "Equipment > Spears. Nothing hurts winged beasts more than a frost lance.",
    ),
    ("what causes tides", "Oceans. The pull of the moon raises the water on both sides of the earth."),
    ("deadline for the second assignment", "Coursework. Hand in exercise two no later than 14 May at noon."),
    ("how do I install the program on a mac", "Set-up > macOS. Drag the icon into Applications, then start it."),
    ("who wrote the anthem", "Culture > Music. Its words are by a schoolteacher, Anna Lund, who died in 1911."),
    ("what should I feed a hedgehog", "Wild animals. Give them cat food and water, never milk or bread."),
)

LEAST_STEP = 1e-6  # so that a model which tells nothing apart divides by something


class TextEncoder(Protocol):
    """What gives questions and passages vectors of length 1."""

    def question(self, text: str) -> NDArray[np.float32]: ...

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


class Yardstick(NamedTuple):
    """The cosine that says nothing, and how much more one has that says yes."""

    zero: float
    step: float

    @classmethod
    def of(cls, encoder: TextEncoder) -> Yardstick:
        """The yardstick of a model."""
        questions = np.stack([encoder.question(question) for question, _ in PAIRS])
        cosines = questions @ encoder.passages([passage for _, passage in PAIRS]).T
        own = np.eye(len(PAIRS), dtype=np.bool_)
        zero = float(cosines[~own].mean())
        return cls(zero, max(float(cosines[own].mean()) - zero, LEAST_STEP))

    def measured(self, cosines: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cosines on this scale: 0 for what has nothing to do with a question, 1 for what plainly answers it."""
        found: NDArray[np.float32] = (cosines - np.float32(self.zero)) / np.float32(self.step)
        return found
