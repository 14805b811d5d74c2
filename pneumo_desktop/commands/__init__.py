"""The commands: each module adds its parser and does one job without a screen."""
