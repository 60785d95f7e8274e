"""The Python side of BL-1's bridge: one process that holds one host (a game, an environment) and answers its parent's calls.

Started by the parent as ``python -m bl1_bridge``; see ``server.py`` for what it does and ``errors.py`` for what a host may raise.
"""
