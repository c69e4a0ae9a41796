"""Languages as packs: one module each in packs/, found by their codes in all_packs.py."""
