"""Measuring: what was labelled beside what was said. Pure; reads no file and calls no engine."""
