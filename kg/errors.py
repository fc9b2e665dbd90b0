"""What can go wrong, and whose turn it is to act.

* KGError
  + DocumentError    a document cannot be read: mend the file
  + OntologyError    a file under ontology/ is wrong: mend that file
  + ClaimError       a claim breaks its own rules: mend the extractor
  + GraphError       a graph folder cannot be used: build it anew, or wait for the other build
  + QueryError       a query or a question is unknown or malformed: mend the query

Every message is one line that says what, where, and what there is instead.
"""

from __future__ import annotations


class KGError(Exception):
    """Base of every error that this package raises on purpose."""


class DocumentError(KGError):
    """A document could not be read. The message names the file and, if known, the line."""


class OntologyError(KGError):
    """A file of the ontology is wrong. The message names the file, the row and the term."""


class ClaimError(KGError):
    """A claim breaks its own rules. The message quotes the claim's words."""


class GraphError(KGError):
    """A graph folder is missing, corrupt, of another version, or being built by someone else."""


class QueryError(KGError):
    """A query or a question is unknown or malformed. The message says what there is instead."""
