"""Measures Rollcall, as ratios taken in one run: `scripts/bench server`."""
