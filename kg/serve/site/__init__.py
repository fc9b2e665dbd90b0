"""The pages of `kg serve`: search, editor, named questions, and a page for every thing."""
