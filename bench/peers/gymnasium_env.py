"""Gymnasium's side of `bl1 bench env`: steps one environment on request and says how long it took.

The argument is a JSON object: the environment, its wrappers from the inside out, and whether there are many of it. Prints one line with the
versions when ready. Each line on stdin is a number of steps; the answer is a line with the seconds they took and the resets among them.
"""

import json
import platform
import sys
from itertools import cycle, islice
from time import perf_counter

import gymnasium as gym
import numpy as np
from gymnasium.vector import AsyncVectorEnv, AutoresetMode, SyncVectorEnv

ACTIONS = 4096
BATCHES = 256


class EmptyEnv(gym.Env):
    """Nothing but the calls: what is left is the cost of the framework."""

    observation_space = gym.spaces.Box(-1.0, 1.0, (4,), np.float32)
    action_space = gym.spaces.Discrete(2)

    def __init__(self):
        self.observation = np.zeros(4, np.float32)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        return self.observation, {}

    def step(self, action):
        return self.observation, 0.0, False, False, {}


class SlowEnv(EmptyEnv):
    """About a millisecond of computing a step: the logistic map."""

    def __init__(self, iterations):
        super().__init__()
        self.iterations = iterations

    def step(self, action):
        x = 0.3
        for _ in range(self.iterations):
            x = 3.9 * x * (1.0 - x)
        self.observation[0] = x
        return self.observation, 0.0, False, False, {}


def make_env(setup):
    """One environment with its wrappers."""
    kind = setup["env"]
    if kind == "empty":
        env = EmptyEnv()
    elif kind == "slow":
        env = SlowEnv(setup["iterations"])
    elif kind == "cart-pole as made":
        env = gym.make("CartPole-v1")
    else:
        env = gym.make("CartPole-v1").unwrapped
    for name, arguments in setup["wrappers"]:
        env = getattr(gym.wrappers, name)(env, **arguments)
    return env


def make_vector(setup):
    """Many environments that reset themselves."""
    if setup["vector"] == "batch":
        return gym.make_vec("CartPole-v1", setup["count"], vectorization_mode="vector_entry_point")
    kind = SyncVectorEnv if setup["vector"] == "sync" else AsyncVectorEnv
    return kind([lambda: make_env(setup)] * setup["count"], autoreset_mode=AutoresetMode.SAME_STEP)


def step_one(env, actions, steps):
    """Seconds and resets."""
    resets = 0
    started = perf_counter()
    for action in islice(cycle(actions), steps):
        _, _, terminated, truncated, _ = env.step(action)
        if terminated or truncated:
            env.reset()
            resets += 1
    return perf_counter() - started, resets


def step_vector(env, batches, turns):
    """Seconds and resets."""
    resets = 0
    started = perf_counter()
    for batch in islice(cycle(batches), turns):
        _, _, terminated, truncated, _ = env.step(batch)
        resets += int(np.count_nonzero(terminated | truncated))
    return perf_counter() - started, resets


def main():
    setup = json.loads(sys.argv[1])
    rng = np.random.default_rng(setup["seed"])
    count = setup["count"]
    if setup["vector"] is None:
        env, run = make_env(setup), step_one
        # Plain ints: the fastest kind of action Gymnasium accepts.
        actions = rng.integers(0, 2, ACTIONS).tolist()
    else:
        env, run = make_vector(setup), step_vector
        actions = list(rng.integers(0, 2, (BATCHES, count)))
    env.reset(seed=setup["seed"])
    versions = {"python": platform.python_version(), "gymnasium": gym.__version__, "numpy": np.__version__}
    print(json.dumps({"ready": versions}), flush=True)
    for line in sys.stdin:
        turns = -(-int(line) // count)
        seconds, resets = run(env, actions, turns)
        print(json.dumps({"steps": turns * count, "seconds": seconds, "resets": resets}), flush=True)
    env.close()


if __name__ == "__main__":
    main()
