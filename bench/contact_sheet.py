#!/usr/bin/python3
"""Makes docs/images/synthetic-sheet.jpg: generated portraits, each beside what a method makes of it.

    bench/contact_sheet.py PORTRAITS [--pairs N] [--method METHOD [--set NAME=VALUE ...]] [--output FILE]

PORTRAITS is a folder of generated people, nobody real. N of them (default 60), evenly spread over the folder, are anonymized in one
run; the sheet has the original on the left and the result on the right of each pair. Needs Debian's python3-opencv. VEIL names another
program than ./veil.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import tempfile

import cv2
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
VEIL = os.environ.get("VEIL", str(ROOT / "veil")).split()
SIDE, GAP, COLUMNS, MOST = 112, 6, 6, 900_000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("portraits", type=pathlib.Path)
    parser.add_argument("--pairs", type=int, default=60)
    parser.add_argument("--method", default="synthetic")
    parser.add_argument("--set", action="append", default=[])
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "docs/images/synthetic-sheet.jpg")
    asked = parser.parse_args()
    files = sorted(asked.portraits.glob("*.jpg"))
    chosen = [files[i * len(files) // asked.pairs] for i in range(min(asked.pairs, len(files)))]
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder, "in"), pathlib.Path(folder, "out")
        source.mkdir()
        for file in chosen:
            shutil.copy(file, source)
        options = [word for setting in asked.set for word in ("--set", setting)]
        subprocess.run([*VEIL, "anonymize", source, "-o", target, "-m", asked.method, *options], check=True)
        pairs = [np.hstack([small(source / file.name), small(target / file.name)]) for file in chosen]
    rows = -(-len(pairs) // COLUMNS)
    sheet = np.full((rows * (SIDE + GAP) - GAP, COLUMNS * (2 * SIDE + GAP) - GAP, 3), 255, np.uint8)
    for number, pair in enumerate(pairs):
        y, x = number // COLUMNS * (SIDE + GAP), number % COLUMNS * (2 * SIDE + GAP)
        sheet[y:y + SIDE, x:x + 2 * SIDE] = pair
    for quality in range(88, 40, -4):
        cv2.imwrite(str(asked.output), sheet, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if asked.output.stat().st_size < MOST:
            break
    print(f"{asked.output}: {len(pairs)} pairs, {sheet.shape[1]}x{sheet.shape[0]}, {asked.output.stat().st_size // 1024} kB at quality {quality}")


def small(file):
    return cv2.resize(cv2.imread(str(file)), (SIDE, SIDE), interpolation=cv2.INTER_AREA)


main()
