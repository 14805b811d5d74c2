"""A model of one's own: from labelled films to a model in use."""
