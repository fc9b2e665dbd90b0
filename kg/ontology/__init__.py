"""Opens `ontology/`: the terms, names, cues and questions that people keep in files.

`load.py` is the door: `load_ontology()` reads everything, checks it once, and hands out values.
"""
