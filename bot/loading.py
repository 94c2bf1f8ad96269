"""Importing what takes long to import."""

import gc
from importlib import import_module
from types import ModuleType


def load(name: str) -> ModuleType:
    """Import a module with all it needs.

    What is loaded stays: to look through it for garbage again and again is a third of the work.
    """
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.enable()
