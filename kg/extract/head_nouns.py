"""Which list of head nouns describes things of which class: "the chip", "the company".

The gate and the arguments both go by it: a noun that one of them did not know would turn away
sentences that the other could read.
"""

from __future__ import annotations

HEAD_NOUNS = {
    "kg:AIModel": "model-nouns",
    "kg:Chip": "chip-nouns",
    "kg:Company": "company-nouns",
    "kg:GovernmentBody": "government-nouns",
    "kg:Rule": "rule-nouns",
}
