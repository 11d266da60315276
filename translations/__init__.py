"""The product's own words, one catalogue a language."""
