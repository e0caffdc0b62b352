"""Side-by-side benchmarks; `make bench CORPORA=FOLDER` runs them all and prints the report."""
