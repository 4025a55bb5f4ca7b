"""Models as files: one .safetensors file, tensors and a JSON description, never pickle.

The file's metadata have one entry: the format's version, a SHA-256 sum of description and tensors,
and the description (architecture and loss; in a checkpoint also optimizer, history, generators).
"""

import hashlib
import inspect
import json
import os
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save as to_safetensors

import nnfs_helpers

from .checks import check_rng
from .layers import Layer, slots
from .losses import Loss, Penalty
from .optimizers import Optimizer

FORMAT = "neural-networks-from-scratch"
VERSION = 1


@contextmanager
def refusing(message):
    """Turn any error inside into one ValueError: `message`, and what was wrong. Chapter 21."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"{message}: {error}") from error
    except Exception as error:  # whatever is wrong with it, the reader needs one clear answer
        raise ValueError(f"{message}: {error!r}") from error


def known_class(name, kind):
    """The package's class `name`, a subclass of `kind`; ValueError if there is none. Chapter 21."""
    cls = getattr(nnfs_helpers, name, None)
    if not (isinstance(cls, type) and issubclass(cls, kind)):
        raise ValueError(f"nnfs_helpers has no {kind.__name__} called {name!r}.")
    return cls


def settings(thing):
    """Constructor arguments by name, without generators and child layers. Chapter 21.

    Rests on the package's rule: a constructor argument is kept as the attribute of the same name.
    """
    arguments = inspect.signature(type(thing)).parameters.values()
    names = [a.name for a in arguments if a.name != "rng" and a.kind != a.VAR_POSITIONAL]
    return {name: getattr(thing, name) for name in names}


def describe(thing, kind, values, tensors, path=""):
    """A package object of class `kind` as a dictionary for JSON, with its `values`. Chapter 21.

    NumPy values go to the dictionary `tensors`, their places taken by {"tensor": name}.
    ValueError for a class that is not the package's: a file with it could not be read back.
    """
    name = type(thing).__name__
    cls = known_class(name, kind)
    if not isinstance(thing, cls) or inspect.signature(type(thing)) != inspect.signature(cls):
        raise ValueError(f"This {name} is not the package's class of that name.")
    packed = {}
    for key, value in values.items():
        if isinstance(value, (np.ndarray, np.generic)):
            tensors[path + key] = np.asarray(value)
            value = {"tensor": path + key}
        packed[key] = value
    return {"class": name, "values": packed}


def describe_layer(layer, tensors, path=""):
    """A layer and all layers inside it as a dictionary for JSON. Chapter 21."""
    children = [describe_layer(c, tensors, f"{path}{i}.") for i, c in enumerate(layer.children)]
    return describe(layer, Layer, settings(layer), tensors, path) | {"children": children}


def restore_value(value, tensors):
    """A setting as `describe` found it: a number, None, or NumPy's from `tensors`. Chapter 21."""
    if isinstance(value, dict):
        return tensors[value["tensor"]][()]  # [()] makes an array without axes a number again
    if value is not None and not isinstance(value, (int, float)):
        raise ValueError(f"{value!r} is not a number.")
    return value


def restore(description, kind, tensors, children=()):
    """What `describe` described: built by its class, then given its values. Chapter 21."""
    cls = known_class(description["class"], kind)
    values = {key: restore_value(v, tensors) for key, v in description["values"].items()}
    names = inspect.signature(cls).parameters
    arguments = {name: values[name] for name in names if name in values}
    if "rng" in names:
        arguments["rng"] = np.random.default_rng(0)  # its draws are overwritten by the file's
    thing = cls(*children, **arguments)
    if values.keys() - vars(thing).keys():
        raise ValueError(f"{cls.__name__} has no {values.keys() - vars(thing).keys()}.")
    vars(thing).update(values)
    return thing


def restore_layer(description, tensors):
    """The layer, with all layers inside it, that `describe_layer` described. Chapter 21."""
    children = [restore_layer(child, tensors) for child in description["children"]]
    return restore(description, Layer, tensors, children)


def saved_slots(net):
    """(path, layer, name) of every array that makes up a trained network. Chapter 21."""
    return [*slots(net), *slots(net, "buffers")]


def pack_model(model):
    """(description, tensors) of a model's network and loss. Chapter 21."""
    tensors = {path: getattr(layer, name) for path, layer, name in saved_slots(model.net)}
    net = describe_layer(model.net, tensors)
    loss = describe(model.loss, Loss, settings(model.loss), tensors, "loss.")
    return {"net": net, "loss": loss}, tensors


@refusing("No model can be built from this file")
def unpack_model(cls, description, tensors, metrics=()):
    """The model, an instance of `cls`, that `pack_model` packed. Chapter 21."""
    net = restore_layer(description["net"], tensors)
    for path, layer, name in saved_slots(net):
        if tensors[path].shape != getattr(layer, name).shape:
            raise ValueError(f"Tensor {path}, shape {tensors[path].shape}, does not fit {layer!r}.")
        setattr(layer, name, tensors[path])
    return cls(net, restore(description["loss"], Loss, tensors), metrics=metrics)


def random_layers(layer):
    """Yield every layer that draws random numbers as it runs. Chapter 21."""
    if hasattr(layer, "rng"):
        yield layer
    for child in layer.children:
        yield from random_layers(child)


def pack_generators(rng, net):
    """The states of all generators, and which one each user has: rng, then layers. Chapter 21."""
    users = [check_rng(rng), *(layer.rng for layer in random_layers(net))]
    distinct = list({id(user): user for user in users}.values())
    states = [generator.bit_generator.state for generator in distinct]
    if any(state["bit_generator"] != "PCG64" for state in states):
        raise ValueError("A checkpoint keeps generators made by np.random.default_rng only.")
    which = [[user is generator for generator in distinct].index(True) for user in users]
    return {"states": states, "which": which}


def unpack_generators(packed, net):
    """Give every random layer of `net` its generator back; returns rng. Chapter 21."""
    generators = [np.random.default_rng(0) for _ in packed["states"]]
    for generator, state in zip(generators, packed["states"]):
        generator.bit_generator.state = state
    rng, *others = [generators[i] for i in packed["which"]]
    for layer, generator in zip(random_layers(net), others, strict=True):
        layer.rng = generator
    return rng


def pack_checkpoint(model, rng):
    """(description, tensors) of a model and of all that its training needs to go on. Chapter 21."""
    if model.optimizer is None:
        raise ValueError("A checkpoint is for a model in training, with an optimizer; use save.")
    description, tensors = pack_model(model)
    state = vars(model.optimizer)
    description["optimizer"] = describe(model.optimizer, Optimizer, state, tensors, "optimizer.")
    description["penalties"] = [
        describe(penalty, Penalty, settings(penalty), tensors, f"penalty.{i}.")
        for i, penalty in enumerate(model.penalties)
    ]
    if model.best is not None:
        tensors["best"] = model.best
    description["history"] = model.history
    description["generators"] = pack_generators(rng, model.net)
    return description, tensors


def check_shape(name, value, like):
    """ValueError for an array `value` that does not have the shape of `like`. Chapter 21."""
    if isinstance(value, np.ndarray) and value.shape != like.shape:
        raise ValueError(f"{name}, shape {value.shape}, does not fit this network: {like.shape}.")


@refusing("No training can be resumed from this file")
def unpack_checkpoint(cls, description, tensors, metrics=()):
    """(model, rng) that `pack_checkpoint` packed. Chapter 21."""
    if "optimizer" not in description:
        raise ValueError("This file holds a model but no checkpoint: open it with Model.load.")
    model = unpack_model(cls, description, tensors, metrics)
    model.optimizer = restore(description["optimizer"], Optimizer, tensors)
    model.penalties = tuple(restore(p, Penalty, tensors) for p in description["penalties"])
    model.best = tensors.get("best")
    model.history.update(description["history"])
    check_shape("best", model.best, model.snapshot())
    for thing in (model.optimizer, *model.penalties):
        for name, value in vars(thing).items():
            check_shape(name, value, model.parameters.theta)
    return model, unpack_generators(description["generators"], model.net)


def checksum(text, tensors):
    """SHA-256 of a description's JSON text and of names, types, shapes and bytes. Chapter 21."""
    total = hashlib.sha256(text.encode())
    for name in sorted(tensors):
        array = tensors[name]
        total.update(f"{name} {array.dtype} {array.shape}".encode() + array.tobytes())
    return total.hexdigest()


def replace_file(path, content):
    """Write bytes to `path`; a crash leaves the old file or the new one, whole. Chapter 21."""
    temporary = Path(f"{path}.{os.getpid()}.part")  # in the same folder: a rename is one step
    try:
        with open(temporary, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # on the disk before the name points to it
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_model(path, description, tensors):
    """Write what `pack_model` or `pack_checkpoint` returned to one file. Chapter 21."""
    text = json.dumps(description, default=float)
    note = f"{VERSION} {checksum(text, tensors)} {text}"
    replace_file(path, to_safetensors(tensors, {FORMAT: note}))  # the same bytes every time


def read_model(path):
    """(description, tensors) of a file of `write_model`; ValueError for any other. Chapter 21."""
    with refusing(f"{path} cannot be read as a .safetensors file"):
        with safe_open(path, "numpy") as file:
            note = (file.metadata() or {}).get(FORMAT)
            tensors = {name: file.get_tensor(name) for name in file.keys()}
    if note is None:
        raise ValueError(f"{path} is a .safetensors file, but not one that this course wrote.")
    version, _, rest = note.partition(" ")
    if version != str(VERSION):
        raise ValueError(f"{path} has format version {version!r}, this package reads version "
                         f"{VERSION}: update the package.")
    digest, _, text = rest.partition(" ")
    if checksum(text, tensors) != digest:
        raise ValueError(f"{path} has been altered since it was written: its checksum is wrong.")
    with refusing(f"{path} holds no description of a model"):
        return json.loads(text), tensors
