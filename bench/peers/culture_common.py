"""What the peers of `bl1 bench culture` share: the network, the aim at a rate, and the answers to rounds.

A peer is started with one argument: the word `check`, or a JSON object with

    culture    the complete parameters of a culture, as the library itself completes them
    threads    of the simulation
    rateHz     mean rate to aim at, or null: the culture as it is calibrated
    warmUpMs   simulated time before the first round
    seed       of the wiring and the cells

It prints one line when it is ready, or one that says what is missing, and ends. Each line on stdin is a simulated time in ms; the answer is
a line with the time that was simulated, the seconds it took and the spikes in it.
"""

import math
import platform
import sys

import numpy as np
from peer_common import start

STEP_MS = 0.5
TYPES = ("regularSpiking", "intrinsicallyBursting", "chattering", "fastSpiking", "lowThresholdSpiking")
EXCITATORY_TYPES = 3
# Inputs of a cell for which the total weights are given.
REFERENCE_IN_DEGREE = {"excitatory": 24, "inhibitory": 6}
LONGEST_DELAY_STEPS = 6
# Mean rate of the calibrated culture, and how much of a mean rate its excitatory cells have.
SPONTANEOUS_HZ = 0.5
EXCITATORY_SHARE_OF_RATE = 0.5


def peak_normalisation(rise_ms, decay_ms):
    """Factor that makes exp(-t / decay) - exp(-t / rise) peak at 1."""
    peak_ms = decay_ms * rise_ms / (decay_ms - rise_ms) * math.log(decay_ms / rise_ms)
    return 1 / (math.exp(-peak_ms / decay_ms) - math.exp(-peak_ms / rise_ms))


class Cells:
    """The five types in blocks, the excitatory ones first, each cell with constants of its own."""

    def __init__(self, culture, rng):
        cells = culture["cells"]
        self.count = culture["neurons"]
        shares = np.array([cells[name]["share"] for name in TYPES])
        counts = np.round(shares / shares.sum() * self.count).astype(int)
        counts[0] = self.count - counts[1:].sum()
        self.excitatory = int(counts[:EXCITATORY_TYPES].sum())

        def column(key):
            return np.repeat([cells[name][key] for name in TYPES], counts)

        def normal():
            return rng.standard_normal(self.count)

        mean_bias = np.repeat([cells["bias"]] * 4 + [cells["biasLowThreshold"]], counts)
        self.a = column("a") * (1 + cells["variability"] * normal())
        self.b = column("b")
        self.c = column("c") + cells["resetSdMv"] * normal()
        self.d = column("d") * (1 + cells["variability"] * normal())
        self.bias = mean_bias + cells["biasSd"] * normal()
        self.start_mv = rng.uniform(cells["startLowMv"], cells["startHighMv"], self.count)
        sigma = culture["synapses"]["sensitivitySigma"]
        self.sensitivity = np.exp(sigma * normal() - sigma**2 / 2)


class Projection:
    """Synapses of one class, sorted by presynaptic cell: `pre`, `post`, `weight` (of full release), `delay_steps`."""

    def __init__(self, culture, cells, kind, rng):
        synapses = culture["synapses"]
        first, end = (0, cells.excitatory) if kind == "excitatory" else (cells.excitatory, cells.count)
        degree = round(culture["wiring"]["meanInDegree"] * (end - first) / cells.count)
        post = np.repeat(np.arange(cells.count, dtype=np.int32), degree)
        # No autapses: a cell of this class draws among the others and steps over itself.
        own = (post >= first) & (post < end)
        pre = first + (rng.random(post.size) * (end - first - own)).astype(np.int32)
        pre += own & (pre >= post)
        order = np.argsort(pre, kind="stable")
        self.pre, self.post = pre[order], post[order]
        self.delay_steps = rng.integers(1, LONGEST_DELAY_STEPS + 1, post.size)
        reference = REFERENCE_IN_DEGREE[kind]
        mean = synapses[f"{kind}Total"] / reference * (reference / max(1, degree)) ** synapses["inDegreeExponent"]
        relative = np.maximum(0, 1 + synapses["weightSd"] * rng.standard_normal(post.size))
        self.weight = mean * relative * (cells.sensitivity[self.post] if kind == "excitatory" else 1)


class Network:
    """What is simulated."""

    def __init__(self, setup):
        rng = np.random.default_rng(setup["seed"])
        self.cells = Cells(setup["culture"], rng)
        self.excitatory = Projection(setup["culture"], self.cells, "excitatory", rng)
        self.inhibitory = Projection(setup["culture"], self.cells, "inhibitory", rng)


def drive_for(rate_hz, measured):
    """Current common to all cells, mV/ms, for a mean rate: read off `measured` pairs of rate and drive (nothing is added for None)."""
    if rate_hz is None:
        return 0.0
    rates, drives = zip(*measured)
    return float(np.interp(math.log(rate_hz), np.log(rates), drives))


def settled(setup):
    """Where the slow variables of excitatory cells stand at the rate asked for: resources, and after-hyperpolarisation (1/ms).

    Started from rest, all cells burst together, and it takes a quarter of a minute of their time until that is forgotten: hours of ours
    with 100,000 cells in some peers. Cells are taken to fire evenly: x = 1 / (1 + U rate tau_rec), g = step rate tau.
    """
    short_term, slow = setup["culture"]["shortTerm"], setup["culture"]["afterhyperpolarisation"]
    mean_hz = SPONTANEOUS_HZ if setup["rateHz"] is None else setup["rateHz"]
    per_ms = EXCITATORY_SHARE_OF_RATE * mean_hz / 1000
    resources = 1 / (1 + short_term["excitatoryU"] * per_ms * short_term["excitatoryTauRecMs"])
    return resources, slow["stepConductance"] * per_ms * slow["tauMs"]


def serve(name, package, version, build, programs=()):
    """The program: `build(setup)` makes the peer (`advance`, `close`, `drive`, `build_seconds`, `compile_seconds`, `differences`)."""
    setup, answer = start(package, programs)
    peer = build(setup)
    try:
        peer.advance(setup["warmUpMs"] / 2)
        simulated_ms, _, spikes = peer.advance(setup["warmUpMs"] / 2)
        versions = {"python": platform.python_version(), "numpy": np.__version__, name: version()}
        answer(
            {
                "ready": versions,
                "buildSeconds": peer.build_seconds,
                "compileSeconds": peer.compile_seconds,
                "rateHz": spikes / setup["culture"]["neurons"] / simulated_ms * 1000,
                "drive": peer.drive,
                "differences": peer.differences,
            }
        )
        for line in sys.stdin:
            simulated_ms, seconds, spikes = peer.advance(float(line))
            answer({"simulatedMs": simulated_ms, "seconds": seconds, "spikes": spikes})
    finally:
        peer.close()
