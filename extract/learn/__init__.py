"""Learning to read a user's relations from examples: candidates, features, weights, decisions."""
