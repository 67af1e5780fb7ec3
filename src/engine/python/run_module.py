"""Runs a module as `python -m` does, and ends with the engine: `run_module.py MODULE ARGUMENTS…`."""

import runpy
import sys

from messages import end_with_parent

end_with_parent()
# The scripts beside this one must not stand for the modules of a library.
sys.path.pop(0)
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
