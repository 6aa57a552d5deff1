"""Writes the golden files beside this script, or with --check says whether they are what it would write.

    python generate.py [--check] [gymnasium-classic-control | gymnasium-toy-text | optimizers]

README.md says what to install and what the keys mean. To add an optimizer's case, add a line to TORCH, OPTAX or KERAS.
"""

import json
import os
import sys
from pathlib import Path

# Gymnasium

CLASSIC_CONTROL = ["CartPole-v1", "Acrobot-v1", "MountainCar-v0", "MountainCarContinuous-v0", "Pendulum-v1"]
TOY_TEXT = {
    "FrozenLake-v1:slippery": ("FrozenLake-v1", {"is_slippery": True}),
    "FrozenLake-v1:deterministic": ("FrozenLake-v1", {"is_slippery": False}),
    "FrozenLake8x8-v1:slippery": ("FrozenLake8x8-v1", {"is_slippery": True}),
    "CliffWalking-v1": ("CliffWalking-v1", {}),
}


def floats(values):
    return [float(value) for value in values]


def trajectory(name, seed):
    """Random actions from `reset(seed=seed)` to the end of the episode, at most 200."""
    import gymnasium
    import numpy

    env = gymnasium.make(name)
    env.action_space.seed(1000 + seed)
    observation, _ = env.reset(seed=seed)
    start = {"initialState": floats(env.unwrapped.state), "initialObservation": floats(observation)}
    steps = []
    while len(steps) < 200 and not (steps and (steps[-1]["terminated"] or steps[-1]["truncated"])):
        action = env.action_space.sample()
        observation, reward, terminated, truncated, _ = env.step(action)
        steps.append(
            {
                "action": floats(numpy.atleast_1d(action)),
                "state": floats(env.unwrapped.state),
                "observation": floats(observation),
                "reward": float(reward),
                "terminated": bool(terminated),
                "truncated": bool(truncated),
            }
        )
    return {"env": name, "seed": seed, **start, "steps": steps}


def classic_control():
    import gymnasium
    import numpy

    return {
        "gymnasium": gymnasium.__version__,
        "numpy": numpy.__version__,
        "note": "float64 state; observations as returned (float32 widened)",
        "trajectories": [trajectory(name, seed) for name in CLASSIC_CONTROL for seed in range(3)],
    }


def transitions(name, arguments):
    import gymnasium

    table = gymnasium.make(name, **arguments).unwrapped.P
    return {
        str(state): {
            str(action): [[float(p), int(following), float(reward), bool(end)] for p, following, reward, end in outcomes]
            for action, outcomes in actions.items()
        }
        for state, actions in table.items()
    }


def toy_text():
    import gymnasium

    tables = {key: transitions(name, arguments) for key, (name, arguments) in TOY_TEXT.items()}
    return {"gymnasium": gymnasium.__version__, "transitions": tables}


# Optimizers

G = [[1.0, -3.0], [-2.0, 0.01], [3.0, 0.02], [0.5, -0.03], [100.0, 0.0], [0.1, 5.0], [-0.2, 0.0001], [0.3, 2.0]]
P = [1.0, -2.0]

TORCH = [
    ("sgd", {"lr": 0.01}),
    ("sgd", {"lr": 0.01, "momentum": 0.9}),
    ("sgd", {"lr": 0.01, "momentum": 0.9, "dampening": 0.5}),
    ("sgd", {"lr": 0.01, "momentum": 0.9, "nesterov": True, "weight_decay": 0.1}),
    ("rmsprop", {"lr": 0.01, "centered": False, "momentum": 0, "weight_decay": 0}),
    ("rmsprop", {"lr": 0.01, "centered": False, "momentum": 0.9, "weight_decay": 0.1}),
    ("rmsprop", {"lr": 0.01, "centered": True, "momentum": 0, "weight_decay": 0}),
    ("rmsprop", {"lr": 0.01, "centered": True, "momentum": 0.9, "weight_decay": 0.1}),
    ("rmsprop", {}),
    ("rmsprop", {"lr": 0.01, "eps": 0.1}),
    ("adagrad", {}),
    ("adagrad", {"lr": 0.1, "lr_decay": 0.1, "initial_accumulator_value": 0.1}),
    ("adam", {}),
    ("adam", {"lr": 0.01, "eps": 0.1, "weight_decay": 0.1}),
    ("adam", {"lr": 0.01, "amsgrad": True}),
    ("adamw", {}),
    ("adamw", {"lr": 0.01, "weight_decay": 0.5}),
    ("nadam", {}),
    ("nadam", {"lr": 0.01, "weight_decay": 0.1, "decoupled_weight_decay": True}),
    ("radam", {}),
    ("radam", {"lr": 0.01, "betas": [0.9, 0.5]}),
]
OPTAX = [
    ("rmsprop", {"lr": 0.01}),
    ("rmsprop", {"lr": 0.01, "decay": 0.99, "eps": 0.1, "eps_in_sqrt": False}),
    ("rmsprop", {"lr": 0.01, "centered": True}),
    ("rmsprop", {"lr": 0.01, "centered": True, "eps": 0.01, "eps_in_sqrt": False}),
    ("rmsprop", {"lr": 0.01, "momentum": 0.9}),
    ("rmsprop", {"lr": 0.01, "momentum": 0.9, "nesterov": True}),
    ("rmsprop", {"lr": 0.01, "bias_correction": True}),
    ("rmsprop", {"lr": 0.01, "bias_correction": True, "centered": True, "momentum": 0.9}),
    ("rmsprop", {"lr": 0.01, "initial_scale": 1.0, "eps": 1e-10, "momentum": 0.9}),
    ("adam", {"lr": 0.01}),
    ("adam", {"lr": 0.01, "eps_root": 0.1, "eps": 0.1}),
    ("adam", {"lr": 0.01, "nesterov": True}),
    ("adamw", {"lr": 0.01, "weight_decay": 0.5}),
    ("amsgrad", {"lr": 0.01}),
    ("adagrad", {"lr": 0.1}),
    ("radam", {"lr": 0.01, "b2": 0.5}),
    ("sgd", {"lr": 0.01, "momentum": 0.9, "nesterov": True}),
]
KERAS = [
    ("rmsprop", {}),
    ("rmsprop", {"learning_rate": 0.01, "centered": True, "momentum": 0.9, "epsilon": 0.01}),
    ("rmsprop", {"learning_rate": 0.01, "weight_decay": 0.1}),
    ("adam", {}),
    ("adam", {"learning_rate": 0.01, "epsilon": 0.1}),
    ("adam", {"learning_rate": 0.01, "amsgrad": True}),
    ("adamw", {}),
    ("adamw", {"learning_rate": 0.01, "weight_decay": 0.5}),
    ("nadam", {"learning_rate": 0.01}),
    ("sgd", {"learning_rate": 0.01, "momentum": 0.9}),
    ("sgd", {"learning_rate": 0.01, "momentum": 0.9, "nesterov": True}),
    ("adagrad", {"learning_rate": 0.1}),
]


def torch_case(name, kw):
    import torch

    classes = {"sgd": "SGD", "rmsprop": "RMSprop", "adagrad": "Adagrad", "adam": "Adam", "adamw": "AdamW"}
    classes |= {"nadam": "NAdam", "radam": "RAdam"}
    parameters = torch.nn.Parameter(torch.tensor(P, dtype=torch.float64))
    optimizer = getattr(torch.optim, classes[name])([parameters], **kw)
    path = []
    for gradient in G:
        parameters.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
        path.append(parameters.tolist())
    state = [key for key, value in optimizer.state[parameters].items() if value is not None]
    defaults = {key: value for key, value in optimizer.defaults.items() if value is not None}
    return {"fl": "torch", "name": name, "kw": kw, "tr": path, "state": state, "defaults": defaults}


def optax_case(name, kw):
    import jax
    import optax

    jax.config.update("jax_enable_x64", True)
    others = {key: value for key, value in kw.items() if key != "lr"}
    optimizer = getattr(optax, name)(learning_rate=kw["lr"], **others)
    parameters = jax.numpy.array(P)
    state = optimizer.init(parameters)
    path = []
    for gradient in G:
        updates, state = optimizer.update(jax.numpy.array(gradient), state, parameters)
        parameters = optax.apply_updates(parameters, updates)
        path.append(parameters.tolist())
    return {"fl": "optax", "name": name, "kw": kw, "tr": path, "state": str(jax.tree_util.tree_structure(state))}


def keras_case(name, kw):
    os.environ["KERAS_BACKEND"] = "jax"
    import jax

    jax.config.update("jax_enable_x64", True)
    import keras

    keras.config.set_floatx("float64")
    classes = {"rmsprop": "RMSprop", "adam": "Adam", "adamw": "AdamW", "nadam": "Nadam", "sgd": "SGD"}
    classes |= {"adagrad": "Adagrad"}
    parameters = keras.Variable(P, dtype="float64")
    optimizer = getattr(keras.optimizers, classes[name])(**kw)
    path = []
    for gradient in G:
        optimizer.apply([jax.numpy.array(gradient)], [parameters])
        path.append(parameters.numpy().tolist())
    state = [variable.path for variable in optimizer.variables]
    return {"fl": "keras", "name": name, "kw": kw, "tr": path, "state": state}


def optimizers():
    cases = [torch_case(*case) for case in TORCH]
    cases += [optax_case(*case) for case in OPTAX]
    cases += [keras_case(*case) for case in KERAS]
    import jax
    import keras
    import optax
    import torch

    modules = {"torch": torch, "optax": optax, "keras": keras, "jax": jax}
    versions = {name: module.__version__ for name, module in modules.items()}
    return {"versions": versions, "G": G, "P": P, "cases": cases}


FILES = {
    "gymnasium-classic-control": classic_control,
    "gymnasium-toy-text": toy_text,
    "optimizers": optimizers,
}

if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if word != "--check"] or list(FILES)
    same = True
    for name in asked:
        file = Path(__file__).parent / f"{name}.json"
        text = json.dumps(FILES[name]())
        if "--check" in sys.argv:
            equal = file.read_text() == text
            same = same and equal
            print(f"{file.name}: {'as written' if equal else 'differs'}")
        else:
            file.write_text(text)
    sys.exit(0 if same else 1)
