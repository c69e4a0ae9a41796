"""Sentence encoders beside which the answers are measured: none of them is a part of Quoth."""
