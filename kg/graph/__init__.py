"""Turns claims into triples and triples into answers; knows no text.

`namespaces` names things, `rdf` makes triples, `background` and `assemble` gather a graph,
`conclude` draws conclusions, `store` keeps it on disk, `query` and `ask` answer, `export` and
`shapes` hand it to others. pyoxigraph does the work; rdflib is loaded only where it is asked for.
"""
