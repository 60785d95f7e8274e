"""Features mean what they say: left is left, near is small, the dead are no enemies, and nothing stands at a border."""

import unittest

import numpy as np

from bl1_bridge.doom.actors import is_enemy, is_item
from bl1_bridge.doom.features import DEPTH_UNIT, HALF_DISTANCE, share
from bl1_bridge.doom.host import DoomHost
from doom_support import DoomTest, reset, step

ASKED = {"enemies": 2, "items": 2, "rays": 8, "names": None}


class Kinds(unittest.TestCase):
    def test_enemies_and_items(self) -> None:
        self.assertTrue(is_enemy("DoomImp", "Monster", None))
        self.assertFalse(is_enemy("DeadDoomImp", "Gore", None))
        self.assertFalse(is_enemy("DoomPlayer", "Self", None))
        self.assertFalse(is_enemy("DoomImp", "Monster", frozenset(("demon",))))
        self.assertTrue(is_enemy("DoomImp", "Monster", frozenset(("doomimp",))))
        self.assertFalse(is_enemy("DeadDoomImp", "Gore", frozenset(("deaddoomimp",))))
        self.assertTrue(is_item("Medikit", "Health"))
        self.assertFalse(is_item("Poison", "Health"))
        self.assertFalse(is_item("BulletPuff", "Explosive"))


class Seen(DoomTest):
    def features(self, host: DoomHost, values: np.ndarray) -> dict[str, float]:
        names = host.describe()[0]["features"]
        self.assertEqual(values.shape, (len(names),))
        self.assertEqual(values.dtype, np.float32)
        return dict(zip(names, values.tolist()))

    def test_bearing_and_distance_of_the_nearest_enemy(self) -> None:
        # The monster of basic stands still at x = 0, the player at x = -384 and looks along x.
        host = self.make(features=ASKED, peek=["objects"])
        now = self.features(host, reset(host)[1]["features"])
        for _ in range(30):
            things = host.handle("peek", {"what": ["objects"]}, {})[0]["objects"]
            me, it = (next(thing for thing in things if thing["name"] == name) for name in ("DoomPlayer", "Cacodemon"))
            right = (me["positionY"] - it["positionY"]) / (it["positionX"] - me["positionX"])
            # With 90 degrees of view the edges are at tangents of -1 and 1. The box is a few pixels wide of the middle.
            self.assertAlmostEqual(now["enemy0.bearing"], right, delta=0.06)
            far = np.hypot(it["positionX"] - me["positionX"], it["positionY"] - me["positionY"])
            self.assertAlmostEqual(now["enemy0.distance"], share(far, HALF_DISTANCE), places=5)
            self.assertEqual((now["enemy0.visible"], now["enemy1.visible"], now["enemy1.bearing"]), (1, 0, 0))
            now = self.features(host, step(host, "MOVE_LEFT", tics=2)[1]["features"])
        self.assertGreater(now["enemy0.bearing"], 0)

    def test_facing(self) -> None:
        # It has seen the player: whoever stands before it has a cosine near 1.
        host = self.make(features=ASKED, scenario="defend_the_center", skill=1)
        values = [self.features(host, reset(host, seed)[1]["features"]) for seed in range(3)]
        for _ in range(40):
            values.append(self.features(host, step(host, "TURN_LEFT")[1]["features"]))
        facing = [now["enemy0.cosFacing"] for now in values if now["enemy0.visible"] == 1]
        self.assertGreater(len(facing), 20)
        self.assertGreater(float(np.median(facing)), 0.5)
        for now in values:
            if now["enemy0.visible"] == 1:
                self.assertAlmostEqual(now["enemy0.sinFacing"] ** 2 + now["enemy0.cosFacing"] ** 2, 1, places=5)

    def test_velocities_follow_the_buttons(self) -> None:
        host = self.make(
            features=ASKED, buttons=["MOVE_FORWARD", "MOVE_BACKWARD", "MOVE_RIGHT", "MOVE_LEFT", "TURN_LEFT"]
        )
        for turns in (0, 12):
            for button, name, sign in (
                ("MOVE_FORWARD", "velocityForward", 1),
                ("MOVE_BACKWARD", "velocityForward", -1),
                ("MOVE_RIGHT", "velocityRight", 1),
                ("MOVE_LEFT", "velocityRight", -1),
            ):
                reset(host)
                if turns:
                    step(host, "TURN_LEFT", tics=turns)
                now = self.features(host, step(host, button, tics=4)[1]["features"])
                self.assertGreater(sign * now[name], 0.05, (button, turns))
                other = "velocityRight" if name == "velocityForward" else "velocityForward"
                self.assertLess(abs(now[other]), 0.02, (button, turns))

    def test_rays_measure_the_walls(self) -> None:
        # basic's room: the wall behind the monster is at x = 64 or so; the rays are compared with the map's own lines.
        for hud in (True, False):
            host = self.make(
                features={**ASKED, "rays": 5}, peek=["sectors", "objects"], render={"hud": hud, "weapon": True}
            )
            now = self.features(host, reset(host)[1]["features"])
            told = host.handle("peek", {"what": ["sectors", "objects"]}, {})[0]
            me = next(thing for thing in told["objects"] if thing["name"] == "DoomPlayer")
            # Straight ahead: the farthest line along x is the one at the end of the room.
            wall = max(line["x1"] for sector in told["sectors"] for line in sector["lines"]) - me["positionX"]
            far = share(wall, HALF_DISTANCE) / share(DEPTH_UNIT * 255.5, HALF_DISTANCE)
            # One step of depth is 1.6 % of this distance, and the scale is good to 5 %.
            self.assertAlmostEqual(now["ray2"], far, delta=0.03)
            self.assertLess(now["ray0"], now["ray2"] + 0.01)
            host.close()

    def test_player_values_move_and_stay_in_range(self) -> None:
        host = self.make(features=ASKED, scenario="deadly_corridor", skill=1)
        rows = [reset(host)[1]["features"]]
        for _ in range(60):
            body, arrays = step(host, "ATTACK", "TURN_LEFT")
            if body["finished"]:
                break
            rows.append(arrays["features"])
        table = np.array(rows)
        self.assertTrue(np.isfinite(table).all() and (np.abs(table) <= 1).all())
        names = host.describe()[0]["features"]
        for name in ("ammo", "sinAngle", "cosAngle", "ray0", "ray7", "health"):
            self.assertGreater(len(np.unique(table[:, names.index(name)])), 1, name)


if __name__ == "__main__":
    unittest.main()
