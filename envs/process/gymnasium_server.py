"""A Gymnasium environment as a program that ringdown steps (README.md beside this file).

    python3 gymnasium_server.py CartPole-v1 --parameter gravity --parameter force_mag

Parameters are attributes of the unwrapped environment that hold a number; what the environment has derived
from one when it was made does not follow it.
"""

import argparse
import json
import sys

import gymnasium
import numpy

PROTOCOL = 1


def describe(space):
    if isinstance(space, gymnasium.spaces.Discrete):
        return {"kind": "discrete", "n": int(space.n), "start": int(space.start)}
    if isinstance(space, gymnasium.spaces.Box):
        low, high = numpy.float64(space.low).ravel(), numpy.float64(space.high).ravel()
        finite = lambda bounds: [float(bound) if numpy.isfinite(bound) else None for bound in bounds]
        return {"kind": "box", "low": finite(low), "high": finite(high)}
    raise ValueError(f"expected a Discrete or a Box space, found {space}")


def written(observation):
    if isinstance(observation, (int, numpy.integer)):
        return int(observation)
    return numpy.asarray(observation, dtype=numpy.float64).ravel().tolist()


class Server:
    def __init__(self, name, parameters):
        self.name = name
        self.parameters = parameters

    def make(self, protocol, copies):
        if protocol != PROTOCOL:
            raise ValueError(f"expected protocol {PROTOCOL}, found {protocol}")
        self.envs = [gymnasium.make(self.name) for _ in range(copies)]
        self.last = [None] * copies
        self.over = [False] * copies
        env = self.envs[0]
        attributes = {name: float(getattr(env.unwrapped, name)) for name in self.parameters}
        return {
            "protocol": PROTOCOL,
            "name": self.name,
            "version": f"gymnasium {gymnasium.__version__}",
            "observationSpace": describe(env.observation_space),
            "actionSpace": describe(env.action_space),
            "maxEpisodeSteps": env.spec.max_episode_steps,
            "parameters": {name: {"default": value} for name, value in attributes.items()},
        }

    def reset(self, copy, seed):
        observation, _ = self.envs[copy].reset(seed=seed)
        self.last[copy], self.over[copy] = written(observation), False
        return {"observation": self.last[copy]}

    def step(self, actions):
        rows = [self.step_one(copy, action) for copy, action in enumerate(actions)]
        names = ("observations", "rewards", "terminated", "truncated")
        return dict(zip(names, map(list, zip(*rows))))

    def step_one(self, copy, action):
        if self.over[copy]:
            return self.last[copy], 0.0, True, False
        env = self.envs[copy]
        if isinstance(action, list):
            space = env.action_space
            action = numpy.asarray(action, dtype=space.dtype).reshape(space.shape)
        observation, reward, terminated, truncated, _ = env.step(action)
        self.last[copy], self.over[copy] = written(observation), bool(terminated or truncated)
        return self.last[copy], float(reward), bool(terminated), bool(truncated)

    def set(self, parameters):
        for env in self.envs:
            for name, value in parameters.items():
                setattr(env.unwrapped, name, value)
        return {}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("environment")
    parser.add_argument("--parameter", action="append", default=[])
    options = parser.parse_args()
    server = Server(options.environment, options.parameter)
    # Whatever an environment prints goes where it does no harm.
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        try:
            request = json.loads(line)
            operation = request.pop("op")
            if operation not in ("make", "reset", "step", "set"):
                raise ValueError(f"unknown operation {operation}")
            answer = json.dumps(getattr(server, operation)(**request), allow_nan=False)
        except Exception as error:
            answer = json.dumps({"error": f"{type(error).__name__}: {error}"})
        print(answer, file=answers, flush=True)


main()
