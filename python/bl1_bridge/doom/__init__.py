"""Doom behind the bridge: a host that drives one ViZDoom engine and answers with plain arrays."""
