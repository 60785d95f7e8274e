"""Lines of a cfg that the engine would ignore or change are refused with their number; what it takes is taken."""

import unittest

from bl1_bridge.doom.cfg import Cfg
from bl1_bridge.doom.scenario import SCENARIOS, scenario_names
from bl1_bridge.doom.settings import configure
from doom_support import DoomTest, options


class Lines(unittest.TestCase):
    def problem(self, text: str) -> str:
        found = Cfg(text).problems
        self.assertEqual(len(found), 1, found)
        return f"{found[0]['line']}: {found[0]['reason']}"

    def test_unknown_keys_get_a_suggestion(self) -> None:
        self.assertIn(
            "2: 'episode_timeut' is not a key of the engine, did you mean 'episode_timeout'?",
            self.problem("\nepisode_timeut = 4"),
        )

    def test_underscores_that_the_engine_does_not_know(self) -> None:
        self.assertIn("only as 'episode_timeout'", self.problem("episode__time_out = 4"))
        self.assertEqual(Cfg("EpisodeTimeout = 4\nEPISODE_TIMEOUT=5").problems, [])

    def test_values_of_the_wrong_kind(self) -> None:
        for line in (
            "render_hud = yes",
            "doom_skill = 3.5",
            "living_reward = much",
            "episode_timeout = 10 # tics",
            "episode_timeout = -1",
            "living_reward = 1e39",
            'doom_scenario_path = "a.wad"',
            "episode_timeout =",
            "doom_skill += 1",
            "doom_map map01",
        ):
            self.problem(line)

    def test_names_of_enums(self) -> None:
        self.assertIn("did you mean 'ATTACK'?", self.problem("available_buttons = { MOVE_LEFT ATACK }"))
        self.assertIn("did you mean 'RES_320X240'?", self.problem("screen_resolution = RES_321X240"))
        self.assertIn("'ACTIVATE_SELECTED_WEAPON'", self.problem("available_buttons = { ACTIVATE_SELECTED_ITEM }"))

    def test_lists(self) -> None:
        cfg = Cfg("available_buttons =\n\n# why\n{\n  ATTACK\n  # not this\n  use\n}\navailable_buttons += { SPEED }")
        self.assertEqual(cfg.problems, [])
        self.assertEqual([entry.items for entry in cfg.entries], [["ATTACK", "use"], ["SPEED"]])
        for line in (
            "available_buttons = ATTACK",
            "available_buttons = { ATTACK } # shoot",
            "available_buttons = { ATTACK",
            "available_buttons = { A, B }",
        ):
            self.problem(line)

    def test_a_forgotten_brace_does_not_eat_the_next_lines(self) -> None:
        cfg = Cfg("available_buttons = { ATTACK\nrender_hud = maybe")
        self.assertEqual([problem["line"] for problem in cfg.problems], [1, 2])


class Loaded(DoomTest):
    def test_every_cfg_of_the_wheel_is_read_without_complaint(self) -> None:
        for name in scenario_names():
            with open(f"{SCENARIOS}/{name}.cfg", encoding="utf-8") as file:
                self.assertEqual(Cfg(file.read()).problems, [], name)

    def test_values_that_the_engine_changes(self) -> None:
        error = self.refused("doom/config", lambda: configure(options(scenario=self.cfg("doom_skill = 9"))))
        self.assertEqual(error.data["lines"][0]["text"], "doom_skill = 9")
        self.assertIn("made 5 of it", error.data["lines"][0]["reason"])

    def test_all_bad_lines_at_once_with_their_numbers(self) -> None:
        path = self.write("bad.cfg", "living_reward = 1\nfoo = 2\nmode = PLAYR\n")
        error = self.refused("doom/config", lambda: configure(options(scenario=path)))
        self.assertEqual([line["line"] for line in error.data["lines"]], [2, 3])

    def test_later_lines_win_and_lists_append(self) -> None:
        cfg = self.cfg(
            "doom_skill = 2\ndoom_skill = 4\n"
            "available_buttons += { USE ATTACK }\navailable_game_variables += { HEALTH }"
        )
        game = configure(options(scenario=cfg)).game
        self.assertEqual(game.get_doom_skill(), 4)
        self.assertEqual(
            [button.name for button in game.get_available_buttons()], ["MOVE_LEFT", "MOVE_RIGHT", "ATTACK", "USE"]
        )

    def test_files_that_are_no_cfg(self) -> None:
        for path in ("/nowhere/at.cfg", self.folder, self.write("noise.cfg", bytes(range(256)))):
            self.assertEqual(self.refused("doom/file", lambda: configure(options(scenario=path))).data["kind"], "cfg")


if __name__ == "__main__":
    unittest.main()
