"""Writes the trained generator as an ONNX file that Veil loads (docs/generators.md), with weights in 16 bits, which halves it.

    python3 export.py STATE.pt FOLDER/face-inpainter.onnx [--check CHECK.json]

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

from network import KEYPOINTS, LATENT, SIDE, Generator

OPERATORS = 13
SMALL = 64  # weights with fewer numbers stay as they are
NAMES = ["picture", "mask", "latent", "keypoints"]


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
    options.add_argument("--check", help="where to write the reference values")
    args = options.parse_args()

    generator = Generator().eval()
    generator.load_state_dict({name: value.float() for name, value in torch.load(args.state, map_location="cpu")["average"].items()})
    rounded(generator)
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
