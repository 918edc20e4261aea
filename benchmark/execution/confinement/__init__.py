"""The process in which code of a plug-in runs: a fresh interpreter that can reach little else.

Of this package only `plugin_process` and `server_client` are used by the benchmark; all other
modules run in the confined processes and import nothing of the simulator or of the truth.
"""
