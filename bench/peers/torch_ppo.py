"""PyTorch's side of `bl1 bench train`: the PPO update of bl1 written in PyTorch, on the same rollout and from the same weights.

The argument is the word `check`, or a JSON object: a file of float32 numbers with the names, shapes and places of the tensors in it (weights and
the rollout), what the policy is made of, the settings of PPO under the names that bl1 gives them, and the `threads` of torch. Prints one line with
the versions when ready, or one that says what is missing. Each line on stdin is a number of updates; the answer is a line with the seconds that
they took and what the last of them reported.
"""

import platform
import sys
from time import perf_counter

import numpy as np
from peer_common import start

ADAM_BETAS = (0.9, 0.999)
LEAST_U = 1e-6
LARGEST_FEATURE = 5


def tensors_of(setup):
    """Name to tensor."""
    import torch

    numbers = np.fromfile(setup["file"], "<f4")
    found = {}
    for one in setup["tensors"]:
        size = int(np.prod(one["shape"]))
        values = numbers[one["first"] : one["first"] + size].reshape(one["shape"])
        found[one["name"]] = torch.from_numpy(values.copy())
    return found


class Mlp:
    """Matrix products with an activation between each two; weights under `name/k/weights`, [inputs, outputs]."""

    def __init__(self, tensors, name, activation):
        import torch

        self.bend = {"tanh": torch.tanh, "silu": torch.nn.functional.silu, "relu": torch.relu}[activation]
        self.layers = []
        while f"{name}/{len(self.layers)}/weights" in tensors:
            k = len(self.layers)
            weights = tensors[f"{name}/{k}/weights"].requires_grad_()
            biases = tensors.get(f"{name}/{k}/biases")
            self.layers.append((weights, None if biases is None else biases.requires_grad_()))
        self.parameters = [one for layer in self.layers for one in layer if one is not None]

    def __call__(self, x):
        for k, (weights, biases) in enumerate(self.layers):
            x = x @ weights if biases is None else x @ weights + biases
            if k < len(self.layers) - 1:
                x = self.bend(x)
        return x


class NetworkPolicy:
    """A network from observations to one choice of several."""

    def __init__(self, tensors, setup):
        self.network = Mlp(tensors, "policy", setup["activation"])
        self.groups = [{"params": self.network.parameters, "scale": 1.0}]
        self.columns = ["observation", "action"]

    def evaluate(self, batch):
        import torch

        choice = torch.distributions.Categorical(logits=self.network(batch["observation"]), validate_args=False)
        return choice.log_prob(batch["action"][:, 0]), choice.entropy()


class CulturePolicy:
    """An encoder with Beta distributions of the stimulation, and a linear decoder of spikes that are data."""

    def __init__(self, tensors, setup):
        self.encoder = Mlp(tensors, "encoder", setup["activation"])
        self.decoder = Mlp(tensors, "decoder", setup["activation"])
        self.low, self.high = tensors["stimulationLow"], tensors["stimulationHigh"]
        self.means, self.gains = tensors["featureMeans"], tensors["featureGains"]
        self.groups = [
            {"params": self.encoder.parameters, "scale": setup["encoderLearningRateScale"]},
            {"params": self.decoder.parameters, "scale": 1.0},
        ]
        self.columns = ["observation", "stimulation", "spikes", "action"]

    def evaluate(self, batch):
        import torch

        alpha, beta = (torch.nn.functional.softplus(self.encoder(batch["observation"])) + 1).chunk(2, dim=1)
        stimulation = torch.distributions.Beta(alpha, beta, validate_args=False)
        u = ((batch["stimulation"] - self.low) / (self.high - self.low)).clamp(LEAST_U, 1 - LEAST_U)
        encoded = (stimulation.log_prob(u) - torch.log(self.high - self.low)).sum(1)
        features = ((batch["spikes"] - self.means) * self.gains).clamp(-LARGEST_FEATURE, LARGEST_FEATURE)
        choice = torch.distributions.Categorical(logits=self.decoder(features), validate_args=False)
        return encoded + choice.log_prob(batch["action"][:, 0]), choice.entropy()


class Ppo:
    """The learner: values and old probabilities over the rollout, advantages, then epochs of minibatches."""

    def __init__(self, setup):
        import torch

        self.torch = torch
        self.settings = settings = setup["settings"]
        tensors = tensors_of(setup)
        kinds = {"network": NetworkPolicy, "culture": CulturePolicy}
        self.policy = kinds[setup["policy"]["kind"]](tensors, setup["policy"])
        self.critic = Mlp(tensors, "critic", setup["policy"]["criticActivation"])
        self.data = {name: tensors[name] for name in self.policy.columns}
        self.next = tensors["next"]
        self.steps, self.envs = setup["steps"], setup["envs"]
        self.rewards = tensors["rewards"].reshape(self.steps, self.envs).numpy()
        self.ended = tensors["terminated"].reshape(self.steps, self.envs).numpy()
        rate = settings["learningRate"]
        groups = [{"params": one["params"], "lr": rate * one["scale"]} for one in self.policy.groups]
        self.policy_parameters = [parameter for one in groups for parameter in one["params"]]
        critic_rate = rate * settings["criticLearningRateScale"]
        how = {"betas": ADAM_BETAS, "eps": settings["adamEpsilon"]}
        self.policy_optimiser = torch.optim.Adam(groups, **how)
        self.critic_optimiser = torch.optim.Adam(self.critic.parameters, lr=critic_rate, **how)

    def advantages(self, values, following):
        """Generalised advantage estimation (Schulman et al. 2016)."""
        gamma, weight = self.settings["gamma"], self.settings["lambda"]
        advantages = np.zeros_like(self.rewards)
        total = np.zeros(self.envs, np.float32)
        for step in reversed(range(self.steps)):
            lives = 1 - self.ended[step]
            delta = self.rewards[step] + gamma * lives * following - values[step]
            total = delta + gamma * weight * lives * total
            advantages[step] = total
            following = values[step]
        return advantages

    def update(self):
        torch, settings = self.torch, self.settings
        observations = self.data["observation"]
        rows = observations.shape[0]
        with torch.no_grad():
            values = self.critic(observations)[:, 0].numpy().reshape(self.steps, self.envs)
            following = self.critic(self.next)[:, 0].numpy()
            old, _ = self.policy.evaluate(self.data)
        advantages = self.advantages(values, following)
        returns = torch.from_numpy((advantages + values).reshape(-1))
        advantages = torch.from_numpy(advantages.reshape(-1))
        value_loss = float(((returns - torch.from_numpy(values.reshape(-1))) ** 2).mean())
        losses, entropies, norms, divergences = [], [], [], []
        for _ in range(settings["epochs"]):
            divergences = []
            for picked in torch.randperm(rows).chunk(settings["minibatches"]):
                batch = {name: values[picked] for name, values in self.data.items()}
                chosen = advantages[picked]
                if settings["normaliseAdvantages"]:
                    chosen = (chosen - chosen.mean()) / (chosen.std() + 1e-8)
                now, entropy = self.policy.evaluate(batch)
                log_ratio = now - old[picked]
                ratio = log_ratio.exp()
                clipped = ratio.clamp(1 - settings["clip"], 1 + settings["clip"])
                objective = -torch.min(ratio * chosen, clipped * chosen).mean()
                entropy = entropy.mean()
                norms.append(self.step(self.policy_optimiser, self.policy_parameters, objective - settings["entropyCoefficient"] * entropy))
                error = (self.critic(batch["observation"])[:, 0] - returns[picked]) ** 2
                self.step(self.critic_optimiser, self.critic.parameters, 0.5 * error.mean())
                losses.append(objective.item())
                entropies.append(entropy.item())
                divergences.append((ratio.detach() - 1 - log_ratio.detach()).mean().item())
        report = {"policyLoss": losses, "entropy": entropies, "gradientNorm": norms, "approxKl": divergences, "valueLoss": [value_loss]}
        return {name: float(np.mean(values)) for name, values in report.items()}

    def step(self, optimiser, parameters, loss):
        """One step down the gradient, which is clipped; its norm before."""
        optimiser.zero_grad()
        loss.backward()
        norm = self.torch.nn.utils.clip_grad_norm_(parameters, self.settings["maxGradientNorm"])
        optimiser.step()
        return norm.item()


def measure(learner, updates):
    """One round."""
    started = perf_counter()
    report = {}
    for _ in range(updates):
        report = learner.update()
    seconds = perf_counter() - started
    return {"steps": updates, "seconds": seconds, "resets": 0, "report": report}


def main():
    setup, answer = start("torch")
    import torch

    # 0: as many as torch would take by itself.
    if setup["threads"] > 0:
        torch.set_num_threads(setup["threads"])
    learner = Ppo(setup)
    versions = {"python": platform.python_version(), "torch": torch.__version__}
    answer({"ready": versions, "threads": torch.get_num_threads()})
    for line in sys.stdin:
        answer(measure(learner, int(line)))


if __name__ == "__main__":
    main()
