"""How well documents are read, measured on documents that people have labelled."""
