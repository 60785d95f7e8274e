"""stable-baselines3's side of `bl1 bench learning`: trains PPO once for every line, with the settings that came with it.

The argument is the word `check`, or a JSON object with the `threads` of torch. Prints one line with the versions when ready, or one that says
what is missing. Each line on stdin is a JSON object: the environment, the seed, the settings of PPO under the names that bl1 gives them, how many
steps to train and over how many episodes to evaluate. The answer is a line with every finished episode of the training (at which step, what it
returned), the returns of the evaluation, and the seconds of both.
"""

import platform
import sys
from json import loads
from time import perf_counter

from peer_common import start


class Episodes:
    """Steps at which episodes of the training ended, and what they returned."""

    def __init__(self, base):
        self.steps, self.returns = [], []
        episodes = self

        class Listener(base):
            def _on_step(self):
                for info in self.locals["infos"]:
                    if "episode" in info:
                        episodes.steps.append(self.num_timesteps)
                        episodes.returns.append(float(info["episode"]["r"]))
                return True

        self.listener = Listener()


def train(job):
    """One training from the seed, and what its policy then returns without chance in its actions."""
    import torch
    from gymnasium.wrappers import TransformReward
    from stable_baselines3 import PPO
    from stable_baselines3.common.callbacks import BaseCallback
    from stable_baselines3.common.env_util import make_vec_env
    from stable_baselines3.common.evaluation import evaluate_policy

    settings = job["settings"]
    rate = settings["learningRate"]
    is_linear = settings["schedule"] == "linear"
    rows = settings["steps"] * settings["envs"]
    scale = settings["rewardScale"]
    # Around the monitor: episodes are told with the rewards of the environment itself.
    scaled = {"wrapper_class": TransformReward, "wrapper_kwargs": {"func": lambda reward: scale * reward}}
    envs = make_vec_env(job["environment"], n_envs=settings["envs"], seed=job["seed"], **scaled)
    model = PPO(
        "MlpPolicy",
        envs,
        learning_rate=(lambda left: rate * left) if is_linear else rate,
        n_steps=settings["steps"],
        batch_size=rows // settings["minibatches"],
        n_epochs=settings["epochs"],
        gamma=settings["gamma"],
        gae_lambda=settings["lambda"],
        clip_range=settings["clip"],
        normalize_advantage=True,
        ent_coef=settings["entropyCoefficient"],
        max_grad_norm=settings["maxGradientNorm"],
        policy_kwargs={
            "net_arch": settings["hidden"],
            "activation_fn": {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}[settings["activation"]],
        },
        seed=job["seed"],
        device="cpu",
    )
    episodes = Episodes(BaseCallback)
    started = perf_counter()
    model.learn(job["totalSteps"], callback=episodes.listener)
    trained = perf_counter()
    held_out = make_vec_env(job["environment"], n_envs=1, seed=job["evaluationSeed"])
    returns, _ = evaluate_policy(model, held_out, job["evaluationEpisodes"], deterministic=True, return_episode_rewards=True)
    evaluated = perf_counter()
    envs.close()
    held_out.close()
    return {
        "steps": int(model.num_timesteps),
        "episodeSteps": episodes.steps,
        "episodeReturns": episodes.returns,
        "evaluationReturns": [float(one) for one in returns],
        "trainingSeconds": trained - started,
        "evaluationSeconds": evaluated - trained,
    }


def main():
    setup, answer = start("stable_baselines3")
    import gymnasium
    import stable_baselines3
    import torch

    torch.set_num_threads(setup["threads"])
    versions = {
        "python": platform.python_version(),
        "stable-baselines3": stable_baselines3.__version__,
        "torch": torch.__version__,
        "gymnasium": gymnasium.__version__,
    }
    answer({"ready": versions})
    for line in sys.stdin:
        answer(train(loads(line)))


if __name__ == "__main__":
    main()
