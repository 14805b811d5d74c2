"""How good is a model, and is it better than another: figures, curves, comparisons, mistakes.

Plain arrays in, frozen values out; films of one patient are never taken for independent ones.
"""
