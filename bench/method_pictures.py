#!/usr/bin/env python3
"""Makes the strips of docs/methods.md from generated portraits.

    bench/method_pictures.py PORTRAITS [STRIP ...]

PORTRAITS is a folder with portrait-003.jpg and portrait-016.jpg, generated people of 512×512. Needs Debian's
python3-opencv. A strip is a file of docs/images and the arguments of 'veil' for each of its pictures after the original.
"""
import json, os, subprocess, sys, tempfile

import cv2
import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SIDE, LINE = 176, 22
SOMEBODY = [[400, 0], [394, 60], [384, 110], [392, 200], [400, 250], [400, 300], [426, 345], [468, 392], [512, 424], [512, 0]]
BYSTANDER = {"box": [384, 0, 512, 424], "kind": "body", "outline": SOMEBODY}
STRIPS = {
    "methods-covering": ("portrait-003.jpg", None, [
        ("veil", "-m veil"), ("solid", "-m solid"), ("emoji", "-m emoji")]),
    "methods-filtering": ("portrait-003.jpg", None, [
        ("pixelate", "-m pixelate"), ("gaussian", "-m gaussian"), ("box", "-m box"), ("median", "-m median"),
        ("bilateral", "-m bilateral"), ("closing", "-m closing"), ("blocks", "-m blocks")]),
    "methods-filling": ("portrait-016.jpg", BYSTANDER, [
        ("inpaint", "-m inpaint"), ("inpaint, telea", "-m inpaint --set engine=telea")]),
    "methods-synthetic": ("portrait-003.jpg", None, [
        ("synthetic", "-m synthetic"), ("another seed", "-m synthetic --set seed=2"), ("engine=inpainter", "-m synthetic --set engine=inpainter")]),
}


def run(folder, name, region, arguments):
    result = os.path.join(folder, "result.png")
    if region:
        with open(os.path.join(folder, "regions.json"), "w") as file:
            json.dump({"format": "veil-regions", "version": 1, "items": [{
                "file": name, "width": 512, "height": 512, "frames": [{"index": 0, "regions": [region]}]}]}, file)
        command = ["apply", name, "-r", "regions.json", "--shape", "outline", "--growth", "0.05", "--soft-edge", "0.02"]
    else:
        command = ["anonymize", name]
    subprocess.run(
        [os.path.join(ROOT, "veil"), *command, *arguments.split(), "-o", result, "--format", "png", "--force"],
        cwd=folder, check=True, capture_output=True, timeout=300)
    return cv2.imread(result)


def tile(picture, label):
    small = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    line = np.full((LINE, SIDE, 3), 255, np.uint8)
    cv2.putText(line, label, (4, 16), cv2.FONT_HERSHEY_SIMPLEX, 0.48, (40, 40, 40), 1, cv2.LINE_AA)
    return np.vstack([small, line])


def main():
    for strip, (name, region, pictures) in STRIPS.items():
        if sys.argv[2:] and strip not in sys.argv[2:]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            original = cv2.imread(os.path.join(sys.argv[1], name))
            cv2.imwrite(os.path.join(folder, name + ".png"), original)
            tiles = [tile(original, "original")] + [tile(run(folder, name + ".png", region, arguments), label) for label, arguments in pictures]
            gap = np.full((SIDE + LINE, 6, 3), 255, np.uint8)
            row = [part for one in tiles for part in (one, gap)][:-1]
            half = (len(tiles) + 1) // 2 * 2 if len(tiles) > 4 else 2 * len(tiles)
            rows = [np.hstack(row[:half - 1])] + ([np.hstack(row[half:])] if row[half:] else [])
            width = max(part.shape[1] for part in rows)
            sheet = np.vstack([cv2.copyMakeBorder(part, 0, 0, 0, width - part.shape[1], cv2.BORDER_CONSTANT, value=(255, 255, 255)) for part in rows])
            path = os.path.join(ROOT, "docs", "images", strip + ".jpg")
            cv2.imwrite(path, sheet, [cv2.IMWRITE_JPEG_QUALITY, 82])
            print(f"{path}: {os.path.getsize(path) // 1024} kB")


main()
