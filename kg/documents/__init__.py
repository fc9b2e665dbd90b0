"""Files to documents, one format a file: text, Markdown, HTML, JSON lines.

`files.py` finds the files and hands each to its format. A file that cannot be read becomes a
`Skipped` with one line of reason, never an exception and never silence.
"""
