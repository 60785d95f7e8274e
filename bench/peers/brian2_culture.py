"""Brian2's side of `bl1 bench culture`: the culture in C++ standalone mode, compiled once and then asked for rounds.

Everything the library's own engine does a step is written out as Brian2 code in the same order, in single precision: a semi-implicit step
of the Izhikevich equation with its conductances. Of Brian2's integrators Euler is unstable at 0.5 ms and the others do more work a step.
`culture_common.py` says what it is told and what it answers.
"""

import math
import os
import signal
import subprocess
import sys
import tempfile
from time import perf_counter

import numpy as np
from culture_common import STEP_MS, Network, drive_for, peak_normalisation, serve, settled

CHUNK_MS = 10.0
# Mean rate in Hz at a drive, of 1,000 calibrated cells over 20 s after 20 s.
DRIVES = (
    (0.39, 0.0),
    (0.60, 1.0),
    (1.09, 2.0),
    (1.66, 3.0),
    (2.64, 4.0),
    (3.26, 5.5),
    (5.86, 8.0),
    (8.50, 12.0),
    (16.2, 20.0),
    (34.1, 40.0),
)

DIFFERENCES = [
    "Brian2: the wiring does not depend on distance; every cell has exactly the mean in-degree, delays are uniform over 0.5 to 3 ms.",
    "Brian2: the slow excitability noise is common to the dish; there are no patches, since the cells have no places.",
    "Brian2: no STDP and no homeostatic scaling; compare with plasticity switched off.",
    "Brian2: a cell that fires twice within the delay of a synapse delivers the second release twice.",
    "Brian2: noise from its own Mersenne Twister by Brian2's randn(), not a counter hash with a sum of bytes.",
    "Brian2: spikes are counted, not recorded.",
    "Brian2: the resources of excitatory cells start where a mean rate of 0.5 Hz leaves them, not full.",
]

MODEL = """
v : 1
u : 1
gAmpa : 1
gNmdaRise : 1
gNmdaDecay : 1
gGabaA : 1
gGabaBRise : 1
gGabaBDecay : 1
gSlow : 1
excitation : 1
inhibition : 1
resources : 1
utilisation : 1
release : 1
lastSpikeMs : 1
noise : 1
a : 1 (constant)
b : 1 (constant)
c : 1 (constant)
d : 1 (constant)
bias : 1 (constant)
slowStep : 1 (constant)
baseUtilisation : 1 (constant)
tauRecMs : 1 (constant)
facilitation : 1 (constant)
slowNoise : 1 (shared)
drive : 1 (shared)
spikeCount : integer
"""

# A loop of its own lets the compiler do better with the other one.
NOISE = "noise = fastSd * randn()"

# g' = g exp(-dt / tau) + arrivals;  v' = (v + dt (0.04 v^2 + 5 v + 140 - u + I + sum g E)) / (1 + dt sum g);  u' = u + dt a (b v - u)
# Every number has a name: Brian2 writes literals in double precision, which costs a tenth of the time.
UPDATE = """
gAmpa = gAmpa * ampaKeep + ampaGain * excitation
gNmdaRise = gNmdaRise * nmdaRiseKeep + nmdaGain * excitation
gNmdaDecay = gNmdaDecay * nmdaDecayKeep + nmdaGain * excitation
gGabaA = gGabaA * gabaAKeep + gabaAGain * inhibition
gGabaBRise = gGabaBRise * gabaBRiseKeep + gabaBGain * inhibition
gGabaBDecay = gGabaBDecay * gabaBDecayKeep + gabaBGain * inhibition
gSlow = gSlow * slowKeep
excitation = zero
inhibition = zero
gExcitatory = gAmpa + (gNmdaDecay - gNmdaRise) / (one + magnesium * exp(magnesiumSlope * v))
gGabaB = gGabaBDecay - gGabaBRise
current = bias + slowNoise + drive + noise
pull = gExcitatory * eExcitatory + gGabaA * eGabaA + gGabaB * eGabaB + gSlow * eSlow
next = (v + stepMs * ((square * v + linear) * v + offset - u + current + pull)) / (one + stepMs * (gExcitatory + gGabaA + gGabaB + gSlow))
u = u + stepMs * a * (b * v - u)
v = next
"""

# Tsodyks-Markram from spike to spike, once a presynaptic cell: its synapses share resources and utilisation.
RESET = """
v = c
u += d
gSlow += slowStep
resources = 1 - (1 - resources) * exp((lastSpikeMs - t / ms) / tauRecMs)
utilisation = baseUtilisation + (utilisation - baseUtilisation) * exp((lastSpikeMs - t / ms) / tauFacMs)
utilisation += facilitation * (1 - utilisation)
release = utilisation * resources
resources -= release
lastSpikeMs = t / ms
spikeCount += 1
"""

# Goes around the run in main(), whose length is one chunk: every line on stdin is a number of chunks and the drive.
BEFORE_RUN = """
long chunks;
double drive;
while (std::cin >> chunks >> drive) {
    _array_cells_drive[0] = drive;
    const auto started = std::chrono::steady_clock::now();
    for (long chunk = 0; chunk < chunks; chunk++) {
"""
AFTER_RUN = """
    }
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - started;
    long long spikes = 0;
    for (int i = 0; i < _num__array_cells_spikeCount; i++) spikes += _array_cells_spikeCount[i];
    std::cout << taken.count() << " " << spikes << std::endl;
}
"""


def constants(culture):
    """What the names in NOISE, UPDATE and RESET stand for."""
    synapses, short_term, slow = culture["synapses"], culture["shortTerm"], culture["afterhyperpolarisation"]

    def keep(tau_ms):
        return math.exp(-STEP_MS / tau_ms)

    rise, decay = synapses["nmdaRiseMs"], synapses["nmdaDecayMs"]
    slow_rise, slow_decay = synapses["gabaBRiseMs"], synapses["gabaBDecayMs"]
    numbers = {
        "zero": 0,
        "one": 1,
        "square": 0.04,
        "linear": 5,
        "offset": 140,
        "stepMs": STEP_MS,
        "ampaKeep": keep(synapses["ampaTauMs"]),
        "nmdaRiseKeep": keep(rise),
        "nmdaDecayKeep": keep(decay),
        "gabaAKeep": keep(synapses["gabaATauMs"]),
        "gabaBRiseKeep": keep(slow_rise),
        "gabaBDecayKeep": keep(slow_decay),
        "slowKeep": keep(slow["tauMs"]),
        "ampaGain": synapses["ampaShare"],
        "nmdaGain": (1 - synapses["ampaShare"]) * peak_normalisation(rise, decay),
        "gabaAGain": synapses["gabaAShare"],
        "gabaBGain": (1 - synapses["gabaAShare"]) * peak_normalisation(slow_rise, slow_decay),
        "magnesiumSlope": -0.062,
        "magnesium": synapses["magnesiumMm"] / 3.57,
        "eExcitatory": synapses["excitatoryReversalMv"],
        "eGabaA": synapses["gabaAReversalMv"],
        "eGabaB": synapses["gabaBReversalMv"],
        "eSlow": slow["reversalMv"],
        "fastSd": culture["noise"]["fastSd"],
        "tauFacMs": short_term["inhibitoryTauFacMs"],
    }
    return {name: np.float32(value) for name, value in numbers.items()}


class Brian2Culture:
    """The compiled program and the pipe to it."""

    differences = DIFFERENCES

    def __init__(self, setup):
        self.folder = tempfile.TemporaryDirectory(prefix="bl1-brian2-")
        self.program = None
        # Ended from outside, it still tidies up after itself.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        self.drive = drive_for(setup["rateHz"], DRIVES)
        self.spikes = 0
        try:
            started = perf_counter()
            device = self.describe(setup)
            device.build(directory=self.folder.name, compile=False, run=False)
            self.build_seconds = perf_counter() - started
            started = perf_counter()
            subprocess.run(["make", "-s", "-j"], cwd=self.folder.name, check=True)
            self.compile_seconds = perf_counter() - started
            self.program = subprocess.Popen(
                [os.path.join(self.folder.name, "main")],
                cwd=self.folder.name,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        except BaseException:
            self.close()
            raise

    def describe(self, setup):
        """The network in Brian2's words."""
        import brian2 as b

        culture = setup["culture"]
        b.set_device("cpp_standalone", build_on_run=False)
        b.prefs.core.default_float_dtype = b.float32
        b.prefs.devices.cpp_standalone.openmp_threads = 0 if setup["threads"] == 1 else setup["threads"]
        b.prefs.codegen.cpp.headers += ["<chrono>"]
        b.defaultclock.dt = STEP_MS * b.ms
        b.seed(setup["seed"])
        network = Network(setup)
        names = constants(culture)
        cells = b.NeuronGroup(network.cells.count, MODEL, threshold="v >= 30", reset=RESET, namespace=names, name="cells")
        self.start(cells, network.cells, setup)
        if culture["noise"]["fastSd"] > 0:
            cells.run_regularly(NOISE, dt=STEP_MS * b.ms, when="before_groups", name="fast_noise")
        cells.run_regularly(UPDATE, dt=STEP_MS * b.ms, when="groups", name="update")
        keep = math.exp(-CHUNK_MS / culture["noise"]["slowTauMs"])
        fresh = culture["noise"]["slowDishSd"] * (1 - keep * keep) ** 0.5
        slow_noise = f"slowNoise = {keep} * slowNoise + {fresh} * randn()"
        if culture["noise"]["slowDishSd"] > 0:
            cells.run_regularly(slow_noise, dt=CHUNK_MS * b.ms, when="before_groups", name="slow_noise")
        pathways = [
            self.connect(cells, network.excitatory, "excitation", b),
            self.connect(cells, network.inhibitory, "inhibition", b),
        ]
        everything = b.Network(cells, *pathways)
        # Spikes are released before they are sent, and what arrives waits for the next update.
        everything.schedule = ["start", "groups", "thresholds", "resets", "synapses", "end"]
        b.device.insert_code("before_network_run", BEFORE_RUN)
        b.device.insert_code("after_network_run", AFTER_RUN)
        everything.run(CHUNK_MS * b.ms)
        return b.device

    @staticmethod
    def start(cells, drawn, setup):
        short_term = setup["culture"]["shortTerm"]
        excitatory = drawn.excitatory
        for name in ("a", "b", "c", "d", "bias"):
            setattr(cells, name, getattr(drawn, name))
        cells.v = drawn.start_mv
        cells.u = drawn.b * drawn.start_mv
        cells.resources = 1
        cells.resources[:excitatory], cells.gSlow[:excitatory] = settled(setup)
        # Resources and utilisation are those of the start, from which they go on.
        cells.lastSpikeMs = 0
        cells.slowStep[:excitatory] = setup["culture"]["afterhyperpolarisation"]["stepConductance"]
        cells.baseUtilisation[:excitatory] = short_term["excitatoryU"]
        cells.baseUtilisation[excitatory:] = short_term["inhibitoryU"]
        cells.utilisation[:excitatory] = short_term["excitatoryU"]
        cells.utilisation[excitatory:] = short_term["inhibitoryU"]
        cells.tauRecMs[:excitatory] = short_term["excitatoryTauRecMs"]
        cells.tauRecMs[excitatory:] = short_term["inhibitoryTauRecMs"]
        cells.facilitation[excitatory:] = short_term["inhibitoryU"]

    @staticmethod
    def connect(cells, projection, target, b):
        synapses = b.Synapses(cells, cells, "weight : 1 (constant)", on_pre=f"{target}_post += weight * release_pre", name=target)
        synapses.connect(i=projection.pre, j=projection.post)
        synapses.weight = projection.weight
        # What arrives is taken up in the step after: one step of the delay has passed by then.
        synapses.delay = (projection.delay_steps - 1) * STEP_MS * b.ms
        return synapses

    def advance(self, span_ms):
        """Simulates at least this long. Returns the simulated time, the seconds it took and the spikes."""
        chunks = max(1, -(-int(span_ms) // int(CHUNK_MS)))
        self.program.stdin.write(f"{chunks} {self.drive}\n")
        self.program.stdin.flush()
        seconds, spikes = self.program.stdout.readline().split()
        fresh, self.spikes = int(spikes) - self.spikes, int(spikes)
        return chunks * CHUNK_MS, float(seconds), fresh

    def close(self):
        if self.program is not None:
            self.program.kill()
            self.program.wait()
        self.folder.cleanup()


def version():
    import brian2

    return brian2.__version__


if __name__ == "__main__":
    serve("brian2", "brian2", version, Brian2Culture, programs=("make", "g++"))
