"""Candidates -> the same, scored by learnt features, with a calibrated confidence."""
