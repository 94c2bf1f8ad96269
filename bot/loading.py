"""Importing what takes long to import."""

import gc
from importlib import import_module
from types import ModuleType


def load(name: str) -> ModuleType:
    """Import a module with all it needs.

    What is loaded stays: to look through it for garbage again and again is a quarter of the work,
    and slows all that follows.
    """
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        gc.enable()
