"""How three texts become one, step by step: lines, fields, words, alternatives, their order, flags."""
