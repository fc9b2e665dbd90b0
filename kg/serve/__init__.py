"""A graph over HTTP: the SPARQL 1.1 Protocol, and pages for people."""
