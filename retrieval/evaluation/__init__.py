"""Labelled questions -> figures."""
