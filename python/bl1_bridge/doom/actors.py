"""Which things on the screen are enemies and which are items.

The engine itself sorts every class into a category (1.3.2), which also covers classes of other wads. A dead monster is
renamed ('Dead...') and becomes 'Gore'; the player's own weapon is 'Self', other bodies of players 'Player'.
"""

from __future__ import annotations

ENEMY_CATEGORY = "Monster"
ITEM_CATEGORIES = frozenset(("Ammo", "Armor", "Artifact", "Health", "Key", "Power", "Powerup", "Weapon"))
# A thing that hurts, though the engine files it under Health (health_gathering_supreme's vials): nothing to walk to.
NOT_ITEMS = frozenset(("Poison",))
DEAD_PREFIX = "Dead"

# Monsters of Doom as the engine names them (Freedoom's have the same classes), and those of the wheel's scenarios: to
# find slips of the pen.
MONSTERS = (
    "Arachnotron",
    "Archvile",
    "BaronOfHell",
    "Cacodemon",
    "ChaingunGuy",
    "Cyberdemon",
    "Demon",
    "DoomImp",
    "Fatso",
    "HellKnight",
    "LostSoul",
    "MarineChainsawVzd",
    "PainElemental",
    "Revenant",
    "ShotgunGuy",
    "Spectre",
    "SpiderMastermind",
    "WolfensteinSS",
    "Zombieman",
)


def is_enemy(name: str, category: str, names: frozenset[str] | None) -> bool:
    """A living monster; with `names` (lower case) only one of these classes."""
    if name.startswith(DEAD_PREFIX):
        return False
    return category == ENEMY_CATEGORY if names is None else name.lower() in names


def is_item(name: str, category: str) -> bool:
    """Something to pick up."""
    return category in ITEM_CATEGORIES and name not in NOT_ITEMS
