"""How an answer is counted by kind of organisation: under names beside those of the questions."""

KIND = "kind"
"""The field in which somebody says in which kind of organisation they work."""
UNSAID = "unsaid"
"""Who says it rather not."""
BY = "@"
"""Between the id of a question and a kind; alone it counts who answered of each kind. No id has it."""
