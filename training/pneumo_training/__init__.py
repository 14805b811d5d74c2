"""From a folder of labelled films to a model package: the only code that needs TensorFlow.

recipe -> films -> split -> backbone + head -> fit -> calibrate -> export -> measure -> package.
Films are read by the program's own `read_film` and `model_input`, so that a model learns from
exactly what it will be shown.
"""
