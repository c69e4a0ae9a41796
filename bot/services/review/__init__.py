"""What is made of logged questions afterwards: replays, explanations, gaps, labels, exports."""
