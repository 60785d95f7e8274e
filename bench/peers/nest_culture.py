"""NEST's side of `bl1 bench culture`: two of its built-in models, since the culture's own cannot be built from them.

`izhikevich` has the same membrane equation and far simpler synapses, so it does less than the culture; `conductance` (adaptive exponential
cells with five conductances) does about as much. Together they bracket it. `culture_common.py` says what NEST is told and what it answers;
the object has one more entry here, `model`, which is one of the two.
"""

from time import perf_counter

import numpy as np
from culture_common import STEP_MS, Network, drive_for, serve, settled

# About where cells rest, for the pulling force of a synapse whose effect does not depend on the potential.
REST_MV = -65.0
AMPA, NMDA, GABA_A, GABA_B, SLOW = range(1, 6)
# A single exponential, as nearly as a receptor with a rise allows.
SHORT_RISE_MS = 0.1
# Mean rate in Hz at a drive, of 1,000 calibrated cells (conductance: 300) over 5 s after 5 s.
DRIVES = {
    "izhikevich": ((0.001, -1.0), (0.79, 0.0), (2.74, 1.0), (7.85, 2.0), (14.0, 3.0), (17.4, 4.0)),
    "conductance": ((0.005, 0.5), (0.05, 1.0), (0.45, 2.0), (1.51, 3.0), (3.89, 5.0), (25.9, 8.0)),
}

COMMON = [
    "NEST: the wiring does not depend on distance; every cell has exactly the mean in-degree, delays are uniform over 0.5 to 3 ms.",
    "NEST: no slow excitability noise, no STDP and no homeostatic scaling; compare with plasticity switched off.",
    "NEST: short-term plasticity (tsodyks2_synapse) is kept for every synapse, not for every presynaptic cell.",
    "NEST: double precision; spikes are counted, not recorded.",
    "NEST: the utilisation of inhibitory synapses decays to nothing between spikes, ours to U: they release half as much after a long pause.",
    "NEST: the resources of excitatory synapses start where they settle at about the mean rate, not full.",
]
IZHIKEVICH = [
    "NEST izhikevich: a spike moves the potential at once, by what AMPA or GABA_A would bring about in a resting cell; no conductances, so no "
    "NMDA with its magnesium block, no GABA_B, no reversal potentials.",
    "NEST izhikevich: the bias of the driven culture is lowered by 0.75 mV/ms, since without the slow inhibition of GABA_B it would fire at "
    "more than 6 Hz.",
    "NEST izhikevich: no slow after-hyperpolarisation, which the driven culture has switched off.",
    "NEST izhikevich: explicit Euler steps of 0.5 ms.",
]
CONDUCTANCE = [
    "NEST conductance: adaptive exponential cells (aeif_cond_beta_multisynapse) in place of Izhikevich's, with about the same rheobase and "
    "the same reset, adaptation step and time constant.",
    "NEST conductance: calibrated weights and after-hyperpolarisation, and a current common to all cells that gives the rate, in place of "
    "the driven culture's weaker weights and bias.",
    "NEST conductance: NMDA without magnesium block; single exponentials have a rise of 0.1 ms.",
    "NEST conductance: every synapse is two connections, one a receptor; the after-hyperpolarisation is a synapse of a cell onto itself.",
    "NEST conductance: integrated by an adaptive Runge-Kutta-Fehlberg method (GSL), exchanged every 0.5 ms.",
]


class NestCulture:
    """The network, ready to be run for a while again and again."""

    compile_seconds = None

    def __init__(self, setup):
        import nest

        started = perf_counter()
        self.nest = nest
        self.culture = setup["culture"]
        nest.verbosity = nest.VerbosityLevel.ERROR
        nest.ResetKernel()
        nest.resolution = STEP_MS
        nest.local_num_threads = setup["threads"]
        nest.rng_seed = setup["seed"] + 1
        network = Network(setup)
        is_conductance = setup["model"] == "conductance"
        make = self.make_conductance if is_conductance else self.make_izhikevich
        self.differences = COMMON + (CONDUCTANCE if is_conductance else IZHIKEVICH)
        self.resources, self.slow = settled(setup)
        self.name_short_term_synapses()
        neurons = make(network)
        self.drive = drive_for(setup["rateHz"], DRIVES[setup["model"]])
        self.connect_noise(neurons)
        nest.Prepare()
        self.build_seconds = perf_counter() - started

    def name_short_term_synapses(self):
        short_term = self.culture["shortTerm"]
        kinds = (("excitatory", 0.0, self.resources), ("inhibitory", short_term["inhibitoryTauFacMs"], 1.0))
        for kind, tau_fac, resources in kinds:
            use = short_term[f"{kind}U"]
            parameters = {"U": use, "u": use, "x": resources, "tau_rec": short_term[f"{kind}TauRecMs"], "tau_fac": tau_fac}
            self.nest.CopyModel("tsodyks2_synapse", kind, parameters)

    def make_izhikevich(self, network):
        """v' = 0.04 v^2 + 5 v + 140 - u + I, v += weight at a spike."""
        cells, synapses = network.cells, self.culture["synapses"]
        own = {name: getattr(cells, name) for name in "abcd"}
        start = {"V_m": cells.start_mv, "U_m": cells.b * cells.start_mv}
        parameters = {"consistent_integration": True, "V_th": 30.0, "I_e": cells.bias, **own, **start}
        neurons = self.nest.Create("izhikevich", cells.count, params=parameters)
        # The charge of the fast receptor at rest: conductance x force x time constant.
        excitatory_mv = synapses["ampaShare"] * (synapses["excitatoryReversalMv"] - REST_MV) * synapses["ampaTauMs"]
        inhibitory_mv = synapses["gabaAShare"] * (synapses["gabaAReversalMv"] - REST_MV) * synapses["gabaATauMs"]
        self.connect(neurons, network.excitatory, "excitatory", excitatory_mv)
        self.connect(neurons, network.inhibitory, "inhibitory", inhibitory_mv)
        return neurons

    def make_conductance(self, network):
        """C v' = -g_L (v - E_L) + g_L D exp((v - V_T) / D) - w + I + sum g (E - v).

        With C = 1 pF, NEST's nS are 1/ms and its pA are mV/ms, the units of the culture.
        """
        cells, synapses, slow = network.cells, self.culture["synapses"], self.culture["afterhyperpolarisation"]
        same = {
            "C_m": 1.0,
            "g_L": 0.25,
            "E_L": -70.0,
            "V_th": -60.0,
            "Delta_T": 2.0,
            "V_peak": -30.0,
            "t_ref": STEP_MS,
            "gsl_error_tol": 1e-3,
            "E_rev": [
                synapses["excitatoryReversalMv"],
                synapses["excitatoryReversalMv"],
                synapses["gabaAReversalMv"],
                synapses["gabaBReversalMv"],
                slow["reversalMv"],
            ],
            "tau_rise": [SHORT_RISE_MS, synapses["nmdaRiseMs"], SHORT_RISE_MS, synapses["gabaBRiseMs"], SHORT_RISE_MS],
            "tau_decay": [synapses["ampaTauMs"], synapses["nmdaDecayMs"], synapses["gabaATauMs"], synapses["gabaBDecayMs"], slow["tauMs"]],
        }
        neurons = self.nest.Create("aeif_cond_beta_multisynapse", cells.count, params=same)
        neurons.set(V_m=cells.start_mv, V_reset=cells.c, tau_w=1 / cells.a, a=cells.b, b=cells.d, I_e=cells.bias)
        for receptor, share in ((AMPA, synapses["ampaShare"]), (NMDA, 1 - synapses["ampaShare"])):
            self.connect(neurons, network.excitatory, "excitatory", share, receptor)
        for receptor, share in ((GABA_A, synapses["gabaAShare"]), (GABA_B, 1 - synapses["gabaAShare"])):
            self.connect(neurons, network.inhibitory, "inhibitory", share, receptor)
        excitatory = neurons[: cells.excitatory]
        itself = {"weight": slow["stepConductance"], "delay": STEP_MS, "receptor_type": SLOW}
        self.nest.Connect(excitatory, excitatory, "one_to_one", itself)
        # A conductance cannot be given a value at the start: one spike of that weight brings it.
        first_spike = self.nest.Create("spike_generator", params={"spike_times": [STEP_MS]})
        self.nest.Connect(first_spike, excitatory, syn_spec={**itself, "weight": self.slow})
        return neurons

    def connect(self, neurons, projection, model, scale, receptor=0):
        first = neurons[0].global_id
        self.nest.Connect(
            first + projection.pre.astype(np.int64),
            first + projection.post.astype(np.int64),
            "one_to_one",
            {
                "synapse_model": model,
                "weight": projection.weight * scale,
                "delay": projection.delay_steps * STEP_MS,
                "receptor_type": np.full(projection.pre.size, receptor),
            },
        )

    def connect_noise(self, neurons):
        """One line a cell is what NEST offers for independent white noise; it also carries the drive, as its mean."""
        fast_sd = self.culture["noise"]["fastSd"]
        if fast_sd > 0:
            source = self.nest.Create("noise_generator", params={"dt": STEP_MS, "std": fast_sd, "mean": self.drive})
        else:
            source = self.nest.Create("dc_generator", params={"amplitude": self.drive})
        self.nest.Connect(source, neurons, syn_spec={"delay": STEP_MS})

    def advance(self, span_ms):
        """Simulates at least this long. Returns the simulated time, the seconds it took and the spikes."""
        span_ms = max(STEP_MS, np.ceil(span_ms / STEP_MS) * STEP_MS)
        started = perf_counter()
        self.nest.Run(span_ms)
        return span_ms, perf_counter() - started, self.nest.local_spike_counter

    def close(self):
        self.nest.Cleanup()


def version():
    import nest

    return nest.__version__


if __name__ == "__main__":
    serve("nest", "nest", version, NestCulture)
