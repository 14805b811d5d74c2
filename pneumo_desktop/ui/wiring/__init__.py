"""What hears whom, one module for each part of the window; only these and `app` connect widgets.

Each module has one function that takes the workplace, complete but for its connections.
"""
