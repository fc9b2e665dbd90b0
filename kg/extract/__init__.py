"""Text to claims. The stages, in order; each takes values and gives values.

segment -> mentions -> link -> gate -> parse -> relations (roles, coreference) -> modality

spaCy lives here and nowhere else, and nothing here knows RDF.
"""
