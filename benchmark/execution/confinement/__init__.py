"""The process in which code of a plug-in runs: a fresh interpreter that can reach little else.

Its modules are loaded in the confined processes, so they import nothing of the simulator or of the
truth. The benchmark's side is `shamcrowd.benchmark.execution.plugin_process`.
"""
