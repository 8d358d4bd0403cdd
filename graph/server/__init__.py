"""A graph as a local web application: the page, the documents, a SPARQL editor, and a SPARQL 1.1 endpoint.

Takes the folder of a build or a Turtle file; serves it, reading only, until it is stopped.
"""
