"""What is measured, and against what: see docs/benchmarks.md, which `python -m benchmarks --write` writes."""
