"""The window, the only package that knows Qt; `app` builds it and connects its parts.

Importing this package loads no Qt, so that the command line stays a program without a screen.

Values come up from the core as frozen cases and go down into widgets by plain calls; what a reader
does comes back as signals. `background` is the only place with threads, `trainer` the only one
with a process, `theme` the one table of colours, `wording` the only one with medical sentences.
"""
