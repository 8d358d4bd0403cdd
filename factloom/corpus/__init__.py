"""From many documents to one graph on disk, whatever their number.

`inputs` reads sources into the cache, `cache` keeps what was read, `reader` reads documents in worker
processes, `joining` makes one set of statements of them, `writing` makes the files. Joined by
`factloom.build`.
"""
