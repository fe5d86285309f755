"""Papers: a document value in, PDF bytes out."""
