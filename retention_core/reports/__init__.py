"""Answers on paper: a document that holds a page, and a slide that holds a chart."""
