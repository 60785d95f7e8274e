"""Records what the gymnasium package does: the golden trajectories of test/conformance/classicControl.test.ts.

    npx bl1 bench setup    # gymnasium 1.4.0 and its numpy, into .venv
    .venv/bin/python python/golden/classic_control.py

Writes test/fixtures/classic-control/<id>.json, one step a line: [action, state, observation, reward, terminated].
States are the environment's own, in its precision; observations are float32, written with as many digits as tell them apart.
An episode stops when it terminates, after STEPS steps at the latest (no time limit is applied).
"""

import json
import math
import pathlib
import random

import gymnasium
import numpy

STEPS = 200
COMMAND = "python python/golden/classic_control.py"
FOLDER = pathlib.Path(__file__).resolve().parents[2] / "test" / "fixtures" / "classic-control"


def float32(value):
    """The shortest decimal number that is this float32."""
    return float(str(numpy.float32(value)))


def exact(value):
    """The shortest decimal number that is this value in its own precision."""
    return float32(value) if isinstance(value, numpy.float32) else float(value)


def write_row(values):
    return json.dumps(values, separators=(",", ":"))


def record(env_id, name, policy, *, seed=None, start=None, steps=STEPS, attributes=None, ours=None, **options):
    """Plays one episode. `attributes` are set on the environment, `options` are its own; `ours` is what both are called here."""
    env = gymnasium.make(env_id, **options).unwrapped
    for key, value in (attributes or {}).items():
        setattr(env, key, value)
    first, _ = env.reset(seed=seed or 0)
    if start is not None:
        env.state = numpy.array(start, dtype=numpy.float64)
        first = None
    rng = random.Random(name)
    begin = [float(x) for x in env.state]
    rows = []
    for step in range(steps):
        action = policy([float(x) for x in env.state], step, rng)
        given = action if isinstance(action, int) else numpy.array([action], dtype=numpy.float32)
        observation, reward, terminated, _, _ = env.step(given)
        shown = action if isinstance(action, int) else float32(action)
        state = [exact(x) for x in env.state]
        rows.append(write_row([shown, state, [float32(x) for x in observation], float(reward), int(terminated)]))
        if terminated:
            break
    head = {
        "name": name,
        "options": ours or {},
        "start": begin,
        "first": None if first is None else [float32(x) for x in first],
    }
    return head, rows


def write(env_id, episodes):
    versions = {"gymnasium": gymnasium.__version__, "numpy": numpy.__version__}
    parts = []
    for head, rows in episodes:
        text = json.dumps(head)[:-1]
        parts.append(text + ', "steps": [\n' + ",\n".join(rows) + "\n]}")
        print(env_id, head["name"], len(rows), "steps")
    header = json.dumps({"id": env_id, "command": COMMAND, **versions})[:-1]
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{env_id}.json").write_text(header + ', "episodes": [\n' + ",\n".join(parts) + "\n]}\n")


def two(_state, _step, rng):
    return rng.randrange(2)


def three(_state, _step, rng):
    return rng.randrange(3)


def balance(state, _step, rng):
    """Pushes under the falling pole, with one push in ten at random."""
    if rng.random() < 0.1:
        return rng.randrange(2)
    x, x_dot, theta, theta_dot = state
    return int(theta + 0.3 * theta_dot + 0.02 * x + 0.05 * x_dot > 0)


def alternate(_state, step, _rng):
    return step % 2


def constant(action):
    return lambda _state, _step, _rng: action


def pump(state, _step, _rng):
    """Pushes the car the way it already moves."""
    return 2 if state[1] >= 0 else 0


def pump_softly(state, _step, rng):
    return math.copysign(rng.uniform(0.5, 1.0), state[1])


def any_force(_state, _step, rng):
    return rng.uniform(-1.0, 1.0)


def any_torque(_state, _step, rng):
    return rng.uniform(-2.0, 2.0)


def swing(state, _step, _rng):
    """Adds energy at full torque while the pendulum hangs."""
    return math.copysign(2.0, state[1])


def swing_up(state, _step, _rng):
    """Torque with the swing of the upper link: reaches the goal."""
    return 0 if state[2] > 0 else 2


def main():
    cart = "CartPole-v1"
    write(
        cart,
        [
            record(cart, "balanced", balance, seed=1),
            record(cart, "balanced again", balance, seed=2),
            record(cart, "random", two, seed=3),
            record(cart, "to the right", constant(1), seed=4),
            record(cart, "alternating", alternate, seed=5),
            record(cart, "off the track", balance, start=[2.3, 1.5, 0.1, 0.3]),
            record(
                cart, "reward of Sutton and Barto", two, seed=6, sutton_barto_reward=True, ours={"suttonBartoReward": True}
            ),
        ],
    )
    car = "MountainCar-v0"
    write(
        car,
        [
            record(car, "random", three, seed=1),
            record(car, "up the hill", pump, seed=2),
            record(car, "against the wall", constant(0), start=[-1.0, -0.05], steps=60),
            record(car, "random again", three, seed=3, steps=100),
            record(car, "goal at speed", pump, start=[0.4, 0.02], steps=60, goal_velocity=0.03, ours={"goalVelocity": 0.03}),
        ],
    )
    smooth_car = "MountainCarContinuous-v0"
    write(
        smooth_car,
        [
            record(smooth_car, "random", any_force, seed=1),
            record(smooth_car, "up the hill", pump_softly, seed=2),
            record(smooth_car, "against the wall", constant(-1.0), start=[-1.0, -0.05], steps=60),
            record(smooth_car, "downhill at the limit of speed", constant(1.0), start=[-1.2, 0.0699], steps=40),
        ],
    )
    pendulum = "Pendulum-v1"
    write(
        pendulum,
        [
            record(pendulum, "random", any_torque, seed=1),
            record(pendulum, "swung round", swing, seed=2),
            record(pendulum, "random at 9.81 m/s^2", any_torque, seed=3, steps=120, g=9.81, ours={"g": 9.81}),
        ],
    )
    acrobot = "Acrobot-v1"
    write(
        acrobot,
        [
            record(acrobot, "random", three, seed=1),
            record(acrobot, "random again", three, seed=2),
            record(acrobot, "swung up", swing_up, seed=3),
            record(acrobot, "at the limit of speed", three, start=[0.5, -0.5, 12.0, 28.0], steps=12),
            record(
                acrobot, "equations of 1996", three, seed=5, steps=60, attributes={"book_or_nips": "nips"}, ours={"dynamics": "nips"}
            ),
        ],
    )


main()
