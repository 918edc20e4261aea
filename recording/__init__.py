"""The contract between the simulator, the detectors and the benchmark.

Nothing is imported here, so that ``import recording`` never loads the truth.
"""
