"""Options that cannot be are refused before an engine starts, with the name, what is known, and a suggestion."""

import os
import struct
import unittest

from bl1_bridge.doom.engine import check_shared_memory
from bl1_bridge.doom.features import Features
from bl1_bridge.doom.scenario import SCENARIOS
from bl1_bridge.doom.settings import configure
from bl1_bridge.doom.wads import GameFile
from doom_support import RGB, DoomTest, options

BASIC_WAD = os.path.join(SCENARIOS, "basic.wad")


class Names(DoomTest):
    def test_unknown_names_get_a_suggestion(self) -> None:
        for asked, kind, suggestion in (
            ({"scenario": "basc"}, "scenario", "basic"),
            ({"buttons": ["ATACK"]}, "button", "ATTACK"),
            ({"variables": ["HEALTHY"]}, "variable", "HEALTH"),
            ({"resolution": "RES_320x241"}, "resolution", "RES_320X240"),
            ({"mode": "PLAYR"}, "mode", "PLAYER"),
            ({"automap": {"mode": "WHOL"}}, "automapMode", "WHOLE"),
            ({"render": {"hudd": True}}, "render", "hud"),
            ({"reward": {"kills": 1}}, "reward", "kill"),
        ):
            data = self.refused("doom/name", lambda: configure(options(**asked))).data
            self.assertEqual((data["kind"], data["suggestion"]), (kind, suggestion))

    def test_a_button_named_twice_would_shift_the_others(self) -> None:
        self.refused("doom/name", lambda: configure(options(buttons=["ATTACK", "USE", "ATTACK"])))

    def test_values_out_of_range(self) -> None:
        for asked in (
            {"skill": 0},
            {"skill": 6},
            {"ticrate": 0},
            {"timeoutTics": -1},
            {"startTic": 0},
            {"buttons": []},
            {"reward": {"kill": float("nan")}},
            {"seed": -1},
            {"ticsPerStep": 0},
            {"skill": True},
        ):
            self.refused("doom/option", lambda: configure(options(**asked)))

    def test_screens_that_leave_nothing(self) -> None:
        for screen in (
            {**RGB, "crop": [200, 40, 0, 0]},
            {**RGB, "crop": [0, 0, -1, 0]},
            {**RGB, "size": [0, 10]},
            {**RGB, "format": "hsv"},
        ):
            self.refused("doom/option", lambda: self.make(screen=screen))

    def test_features_of_the_wrong_kind(self) -> None:
        game = configure(options()).game
        for asked in ({"enemies": -1}, {"rays": 1000}, {"names": []}, {"names": ["DoomImp", 3]}):
            self.refused("doom/option", lambda: Features(game, asked))
        self.assertIn("did you mean 'DoomImp'?", Features(game, {"names": ["Doomimpp"]}).warnings[0]["reason"])


class Files(DoomTest):
    def test_maps_that_do_not_exist_would_hang_the_engine(self) -> None:
        self.assertIn("MAP02", self.refused("doom/map", lambda: configure(options(map="map77"))).data["known"])
        self.refused("doom/map", lambda: configure(options(scenario=self.cfg("doom_map = map77"))))

    def test_missing_files(self) -> None:
        self.assertEqual(self.refused("doom/file", lambda: configure(options(wad="/no.wad"))).data["kind"], "wad")
        self.assertEqual(self.refused("doom/file", lambda: configure(options(iwad="/no.wad"))).data["kind"], "iwad")
        # The wheel has doom.cfg, but the game itself is sold.
        self.assertEqual(self.refused("doom/file", lambda: configure(options(scenario="doom"))).data["kind"], "iwad")

    def test_files_that_are_no_wads(self) -> None:
        with open(BASIC_WAD, "rb") as file:
            good = file.read()
        outside = good[:12] + struct.pack("<ii8s", 2**30, 16, b"MAP01") * 3
        for content in (
            b"",
            b"hello",
            b"PWAD" + struct.pack("<ii", 5, 100),
            b"PWAD" + struct.pack("<ii", -1, 12),
            good[: len(good) // 2],
            b"PWAD" + struct.pack("<ii", 3, 12) + outside[12:],
            b"PK\x03\x04 no zip",
        ):
            path = self.write("broken.wad", content)
            self.refused("doom/file", lambda: configure(options(wad=path)))

    def test_a_scenario_is_no_game(self) -> None:
        self.refused("doom/file", lambda: configure(options(iwad=BASIC_WAD)))

    def test_maps_and_their_starts(self) -> None:
        self.assertEqual(GameFile(BASIC_WAD, "wad").maps, ["MAP01"])
        self.assertFalse(GameFile(BASIC_WAD, "wad").lacks_start("map01"))
        self.assertTrue(GameFile(os.path.join(SCENARIOS, "cig.wad"), "wad").lacks_start("map01"))

    def test_the_first_map_where_map01_does_not_exist(self) -> None:
        settings = configure(options(scenario="freedoom1"))
        self.assertEqual(settings.game.get_doom_map(), "E1M1")
        self.assertIn("E1M1", settings.warnings[0]["text"])


class SharedMemory(unittest.TestCase):
    def test_a_missing_and_a_full_folder(self) -> None:
        test = DoomTest()
        self.assertIn(
            "no such folder",
            test.refused("doom/no-shared-memory", lambda: check_shared_memory(1, "/no/such/folder")).message,
        )
        self.assertEqual(
            test.refused("doom/no-shared-memory", lambda: check_shared_memory(2**60)).data["neededBytes"], 2**60
        )


if __name__ == "__main__":
    unittest.main()
