"""Writes the trained generator as an ONNX file that Veil loads (docs/generators.md), with weights in 16 bits, which halves it.

    python3 export.py STATE.pt FOLDER/face-inpainter.onnx --faces REGIONS.json FOLDER WEIGHT [--faces ...] [--check CHECK.json]

Compares ONNX Runtime with PyTorch where onnxruntime can be imported. --check writes what PyTorch makes of a crop that a formula
gives, for a test that runs the file elsewhere. Prints the lines of the model manifest.
"""
import argparse
import hashlib
import json
import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from data import Faces
from network import LATENT, SIDE, Encoder, Generator

OPERATORS = 13
SMALL = 64  # weights with fewer numbers stay as they are
# How much of the spread of real latents the file's have: beyond it more faces fall apart (README.md).
SPREAD = 0.8
NAMES = ["picture", "mask", "latent", "keypoints"]


class Placed(torch.nn.Module):
    """
    The generator as the file has it: a standard normal latent goes to where the latents of real faces lie. These do not fill the
    normal distribution that training asked them to, and where none of them lies the generator has learnt little.
    """

    def __init__(self, generator, mean, factor):
        super().__init__()
        self.generator = generator
        self.register_buffer("mean", mean)
        self.register_buffer("factor", factor)

    def forward(self, picture, mask, latent, keypoints):
        return self.generator(picture, mask, self.mean + latent @ self.factor, keypoints)


def latents(encoder, faces, batches=12, count=32):
    """Mean and (transposed Cholesky factor of the) covariance of the latents that the encoder tells of pictures as they are."""
    random = np.random.default_rng(0)
    means, variances = [], []
    with torch.no_grad():
        for _ in range(batches):
            crops, masks, _, _ = faces.batch(random, count, plain=True)
            mean, log_variance = encoder(crops, masks)
            means.append(mean)
            variances.append(log_variance.exp())
    means = torch.cat(means)
    covariance = torch.from_numpy(np.cov(means.numpy().T)).float() + torch.diag(torch.cat(variances).mean(0))
    return means.mean(0), SPREAD * torch.linalg.cholesky(covariance).T


def example():
    """A crop without any chance in it: the test in tests/Veil.Onnx.Tests makes the same."""
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    picture = np.stack([(7 * x + 13 * y + 29 * channel) % 256 for channel in range(3)]) / 255.0
    mask = ((x - 64) ** 2 / 40.0**2 + (y - 68) ** 2 / 50.0**2 <= 1).astype(np.float32)
    latent = np.sin(np.arange(1, LATENT + 1))
    points = np.array([[48, 56], [80, 56], [64, 72], [52, 90], [76, 90]]) / SIDE
    return [torch.from_numpy(np.asarray(part, np.float32))[None] for part in (picture, mask[None], latent, points)]


def halve(model):
    """Stores large float weights in 16 bits, each followed by a cast, which ONNX Runtime works out once when it loads the file."""
    graph, casts, kept = model.graph, [], []
    for weight in graph.initializer:
        values = numpy_helper.to_array(weight)
        if weight.data_type != TensorProto.FLOAT or values.size < SMALL:
            kept.append(weight)
            continue
        kept.append(numpy_helper.from_array(values.astype(np.float16), weight.name + ".half"))
        casts.append(helper.make_node("Cast", [weight.name + ".half"], [weight.name], to=TensorProto.FLOAT, name=weight.name + ".cast"))
    nodes = list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(casts + nodes)


def rounded(generator):
    """The generator with the weights that the file will have."""
    with torch.no_grad():
        for weight in generator.parameters():
            if weight.numel() >= SMALL:
                weight.copy_(weight.half().float())


def main():
    options = argparse.ArgumentParser()
    options.add_argument("state")
    options.add_argument("file")
    options.add_argument("--faces", nargs=3, action="append", required=True, metavar=("REGIONS", "FOLDER", "WEIGHT"), help="as for train.py")
    options.add_argument("--check", help="where to write the reference values")
    args = options.parse_args()

    generator = Generator().eval()
    state = torch.load(args.state, map_location="cpu")
    generator.load_state_dict({name: value.float() for name, value in state["average"].items()})
    rounded(generator)
    encoder = Encoder().eval()
    encoder.load_state_dict(state["encoder"])
    faces = Faces([(regions, folder, float(weight)) for regions, folder, weight in args.faces])
    generator = Placed(generator, *latents(encoder, faces)).eval()
    inputs = example()
    torch.onnx.export(
        generator, tuple(inputs), args.file, opset_version=OPERATORS, input_names=NAMES, output_names=["result"],
        dynamic_axes={name: {0: "batch"} for name in [*NAMES, "result"]})
    model = onnx.load(args.file)
    halve(model)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, args.file)

    with torch.no_grad():
        wanted = generator(*inputs)[0].numpy()
        several = generator(*[torch.cat([part, part.flip(1) if part.dim() == 2 else part]) for part in inputs]).numpy()
    assert np.isfinite(wanted).all() and wanted.min() >= 0 and wanted.max() <= 1, "the result is no picture"
    assert np.abs(several[0] - wanted).max() < 1e-4, "a face depends on the others of its batch"
    if args.check:
        with open(args.check, "w", encoding="utf-8") as file:
            json.dump({"step": 8, "values": [round(float(value), 4) for value in wanted[:, 4::8, 4::8].ravel()]}, file)
    try:
        import onnxruntime
    except ImportError:
        print("onnxruntime is not here: the result was not compared with it")
    else:
        session = onnxruntime.InferenceSession(args.file, providers=["CPUExecutionProvider"])
        result = session.run(None, {name: part.numpy() for name, part in zip(NAMES, inputs)})[0][0]
        print("largest difference to PyTorch:", np.abs(result - wanted).max())
        assert np.abs(result - wanted).max() < 2e-3

    with open(args.file, "rb") as file:
        content = file.read()
    print(json.dumps({"file": os.path.basename(args.file), "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}, indent=2))


if __name__ == "__main__":
    main()
