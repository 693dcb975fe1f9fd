#!/usr/bin/env python3
"""Compares the presets with what their sources do, written in OpenCV and numpy alone.

    bench/presets.py PICTURE

For each preset with a recipe that fits into a few lines: the largest and the mean difference of all values that the recipe
covers, and of all others, which must be 0. The face is a box in the picture's middle. Needs Debian's python3-opencv.
"""
import json, os, subprocess, sys, tempfile

import cv2
import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def picture_of(function):
    """A recipe for the whole picture."""
    return "image", lambda picture, box: function(picture)


def face_of(function):
    """A recipe for the face box."""
    def recipe(picture, box):
        left, top, right, bottom = box
        result = picture.copy()
        result[top:bottom, left:right] = function(picture[top:bottom, left:right].copy())
        return result
    return "face", recipe


def pixelate(across, down):
    """Reduced to a grid by bilinear interpolation, nearest up: face-replace."""
    def function(face):
        height, width = face.shape[:2]
        small = cv2.resize(face, (across or width // 10, down or height // 10))
        return cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)
    return function


def aligned(source, height, width):
    """Bilinear with aligned corners, as torch's interpolate has it."""
    y, x = np.linspace(0, source.shape[0] - 1, height), np.linspace(0, source.shape[1] - 1, width)
    top, left = np.minimum(y.astype(int), source.shape[0] - 2), np.minimum(x.astype(int), source.shape[1] - 2)
    fy, fx = (y - top)[:, None, None], (x - left)[None, :, None]
    upper = source[top][:, left] * (1 - fx) + source[top][:, left + 1] * fx
    lower = source[top + 1][:, left] * (1 - fx) + source[top + 1][:, left + 1] * fx
    return upper * (1 - fy) + lower * fy


def smooth(grid):
    """DeepPrivacy2's pixelation."""
    return lambda face: np.rint(aligned(aligned(face.astype(float), grid, grid), *face.shape[:2])).astype(np.uint8)


def resized_blur(width, height):
    """A Gaussian of sigma 7 and kernel 21 on the resized crop."""
    def function(face):
        small = cv2.resize(face, (width, height), interpolation=cv2.INTER_AREA)
        return cv2.resize(cv2.GaussianBlur(small, (21, 21), 7), face.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return function


def block_means(grid):
    def function(face):
        height, width = face.shape[:2]
        rows = np.floor((np.arange(height) + .5) * grid / height).astype(int)
        columns = np.floor((np.arange(width) + .5) * grid / width).astype(int)
        for j in range(grid):
            for i in range(grid):
                cell = np.ix_(rows == j, columns == i)
                face[cell] = np.floor(face[cell].reshape(-1, 3).mean(0) + .5)
        return face
    return function


def blocks(picture):
    """Blocking & Merging: four sets of cells by parity, Telea on the whole picture, the pixels nearest to ORB's keypoints."""
    cell, result = 12, np.zeros_like(picture)
    rows, columns = np.indices(picture.shape[:2]) // cell % 2
    for down in (0, 1):
        for right in (0, 1):
            blank = (rows == down) & (columns == right)
            missing = picture.copy()
            missing[blank] = 255
            result[blank] = cv2.inpaint(missing, blank.astype(np.uint8) * 255, 5, cv2.INPAINT_TELEA)[blank]
    for point in cv2.ORB_create(nfeatures=1500).detect(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), None):
        x, y = round(point.pt[0]), round(point.pt[1])
        result[y, x] = picture[y, x]
    return result


ONES = np.ones((7, 7), np.uint8)
RECIPES = {
    "face-replace/black-bar": face_of(lambda face: face * 0),
    "face-replace/blur": face_of(lambda face: cv2.GaussianBlur(face, (99, 99), 30)),
    "face-replace/pixelate": face_of(pixelate(0, 0)),
    "face-replace/pixelate-16": face_of(pixelate(16, 16)),
    "techniques/gaussian": face_of(lambda face: cv2.GaussianBlur(face, (75, 75), 30)),
    "techniques/box": face_of(lambda face: cv2.blur(face, (75, 75))),
    "techniques/median": face_of(lambda face: cv2.medianBlur(face, 75)),
    "techniques/bilateral": face_of(lambda face: cv2.bilateralFilter(face, 9, 75, 75)),
    "techniques/pixelate": face_of(block_means(10)),
    "deepprivacy2/mask-out": face_of(lambda face: face * 0 + 128),
    "deepprivacy2/pixelate-8": face_of(smooth(8)),
    "deepprivacy2/pixelate-16": face_of(smooth(16)),
    "deepprivacy2/gaussian-face": face_of(resized_blur(128, 128)),
    "deepprivacy2/gaussian-face-256": face_of(resized_blur(256, 256)),
    "data-anonymization/gaussian": picture_of(lambda picture: cv2.GaussianBlur(picture, (0, 0), 7)),
    "data-anonymization/closing": picture_of(lambda picture: cv2.erode(cv2.dilate(picture, ONES, iterations=2), ONES)),
    "data-anonymization/closing-true": picture_of(lambda picture: cv2.morphologyEx(picture, cv2.MORPH_CLOSE, ONES, iterations=2)),
    "data-anonymization/blocks": picture_of(blocks),
}


def run(folder, preset, kind, box, picture):
    name = "picture.png"
    cv2.imwrite(os.path.join(folder, name), picture)
    height, width = picture.shape[:2]
    region = {"box": box if kind == "face" else [0, 0, width, height], "kind": kind}
    with open(os.path.join(folder, "regions.json"), "w") as file:
        json.dump({"format": "veil-regions", "version": 1, "items": [{
            "file": name, "width": width, "height": height, "frames": [{"index": 0, "regions": [region]}]}]}, file)
    result = os.path.join(folder, preset.replace("/", "-") + ".png")
    subprocess.run(
        [os.path.join(ROOT, "veil"), "apply", name, "-r", "regions.json", "--preset", preset, "-o", result],
        cwd=folder, check=True, capture_output=True, timeout=600)
    return cv2.imread(result)


def main():
    picture = cv2.imread(sys.argv[1])
    height, width = picture.shape[:2]
    box = [width // 4 + 3, height // 5, width // 4 + 3 + width // 2 // 10 * 10, height // 5 + height // 2 // 10 * 10]
    print("| preset | largest difference | mean | values that differ by more than 1 | outside |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for preset, (kind, recipe) in RECIPES.items():
            difference = np.abs(run(folder, preset, kind, box, picture).astype(int) - recipe(picture, box).astype(int))
            inside = np.zeros(picture.shape[:2], bool)
            inside[box[1]:box[3], box[0]:box[2]] = True
            inside |= kind == "image"
            covered = difference[inside]
            outside = difference[~inside].max(initial=0)
            print(f"| `{preset}` | {covered.max()} | {covered.mean():.3f} | {(covered > 1).mean():.2%} | {outside} |", flush=True)


main()
