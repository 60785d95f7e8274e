"""Python's side of `bl1 bench doom`: the loop one writes with vizdoom itself, without any bridge.

The argument is a JSON object: the scenario, the screen, tics a step, the actions (one bit a button) and for each game the engine's seeds, all of them
taken round and round. Prints one line with the versions when ready. Each line on stdin is a number of steps; the answer is a line with the seconds they
took, the resets among them and the sum of the rewards, by which it can be seen that both sides played the same games.
"""

import json
import os
import platform
import signal
import sys
from itertools import cycle
from tempfile import TemporaryDirectory
from threading import Thread
from time import perf_counter

import numpy as np
import vizdoom as vzd

# What the environment of the other side reads after every step, to tell what happened in it.
TRACKED = [
    getattr(vzd.GameVariable, name)
    for name in (
        "KILLCOUNT HEALTH ARMOR DAMAGECOUNT DAMAGE_TAKEN HITCOUNT HITS_TAKEN ITEMCOUNT SECRETCOUNT DEATHCOUNT FRAGCOUNT SELECTED_WEAPON "
        "SELECTED_WEAPON_AMMO AMMO0 AMMO1 AMMO2 AMMO3 AMMO4 AMMO5 AMMO6 AMMO7 AMMO8 AMMO9 POSITION_X POSITION_Y ANGLE"
    ).split()
]
FORMATS = {"grey": vzd.ScreenFormat.GRAY8, "rgb": vzd.ScreenFormat.RGB24}


class Game:
    """One game, which begins a new episode by itself."""

    def __init__(self, setup: dict, seeds: list[int]):
        self.tics = setup["tics"]
        self.seeds = cycle(seeds)
        self.episodes = 0
        self.reward = 0.0
        self.game = vzd.DoomGame()
        self.game.load_config(f"{vzd.scenarios_path}/{setup['scenario']}.cfg")
        self.game.set_window_visible(False)
        self.game.set_mode(vzd.Mode.PLAYER)
        self.game.set_screen_resolution(getattr(vzd.ScreenResolution, setup["resolution"]))
        self.game.set_screen_format(FORMATS[setup["format"]])
        # Handed over together with the scenario's own: faster than a call for each.
        self.read = list(dict.fromkeys([*self.game.get_available_game_variables(), *TRACKED]))
        self.game.set_available_game_variables(self.read)
        self.game.init()
        buttons = self.game.get_available_buttons_size()
        self.actions = cycle([[float(mask >> k & 1) for k in range(buttons)] for mask in setup["actions"]])
        self.reset()

    def reset(self) -> None:
        self.game.set_seed(next(self.seeds))
        self.game.new_episode()
        self.episodes += 1
        self.observe()

    def observe(self):
        """What the agent is given: the picture (none after the end, where there is none) and numbers. Both are copies, its own to keep."""
        state = self.game.get_state()
        if state is None:
            return None, np.array([self.game.get_game_variable(one) for one in self.read])
        return state.screen_buffer, state.game_variables

    def play(self, steps: int) -> None:
        for _ in range(steps):
            self.reward += self.game.make_action(next(self.actions), self.tics)
            self.observe()
            if self.game.is_episode_finished():
                self.reset()


def play_all(games: list[Game], steps: int) -> None:
    """All at once: the engine works without Python's lock."""
    if len(games) == 1:
        games[0].play(steps)
        return
    threads = [Thread(target=game.play, args=(steps,), daemon=True) for game in games]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def measure(games: list[Game], steps: int) -> dict:
    """One round."""
    each = -(-steps // len(games))
    episodes = sum(game.episodes for game in games)
    for game in games:
        game.reward = 0.0
    started = perf_counter()
    play_all(games, each)
    seconds = perf_counter() - started
    resets = sum(game.episodes for game in games) - episodes
    return {"steps": each * len(games), "seconds": seconds, "resets": resets, "reward": sum(game.reward for game in games)}


def main() -> None:
    setup = json.loads(sys.argv[1])
    games: list[Game] = []
    # Told to end, it ends its engines.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # The engine leaves a settings file where it runs.
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            games.extend(Game(setup, seeds) for seeds in setup["seeds"])
            versions = {"python": platform.python_version(), "vizdoom": vzd.__version__, "numpy": np.__version__}
            print(json.dumps({"ready": versions}), flush=True)
            for line in sys.stdin:
                print(json.dumps(measure(games, int(line))), flush=True)
        finally:
            for game in games:
                game.game.close()
            os.chdir("/")


if __name__ == "__main__":
    main()
