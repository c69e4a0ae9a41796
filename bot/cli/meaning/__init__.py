"""`quoth meaning`: a sentence encoder beside the words, for whoever wants one."""
