#!/usr/bin/env python3
"""Checks with jpegtran, not with Veil's own code, that `veil anonymize` leaves JPEG blocks beside regions as they were.

    bench/jpeg_untouched.py FOLDER [MOST-FILES]

Everything that the regions of the report (grown, with their soft edge, rounded to whole MCUs) do not touch is cut into
rectangles; `jpegtran -crop` cuts each out of the original and of the result without decoding, and both pieces must be the
same file, byte for byte.
"""
import concurrent.futures, glob, json, math, os, re, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GROWTH, SOFT_EDGE = 0.22, 0.12


def read_layout(path):
    """Stored width, height, MCU size and EXIF orientation."""
    text = subprocess.run(["djpeg", "-verbose", "-verbose", "-scale", "1/8", "-outfile", "/dev/null", path], capture_output=True, text=True).stderr
    width, height = map(int, re.search(r"width=(\d+), height=(\d+)", text).groups())
    factors = [tuple(map(int, pair)) for pair in re.findall(r"Component \d+: (\d+)hx(\d+)v", text)]
    # A single component is never interleaved: jpegtran's unit is one block whatever its factors are.
    unit = (8, 8) if len(factors) == 1 else (8 * max(h for h, _ in factors), 8 * max(v for _, v in factors))
    tag = subprocess.run(["exiftool", "-n", "-s3", "-IFD0:Orientation", path], capture_output=True, text=True).stdout.strip()
    return width, height, unit, int(tag) if tag in set("12345678") else 1


def touched(box, layout):
    width, height, unit, orientation = layout
    left, top, right, bottom = box
    w, h = right - left, bottom - top
    left, top, right, bottom = left - GROWTH * w, top - GROWTH * h, right + GROWTH * w, bottom + GROWTH * h
    soft = SOFT_EDGE * max(right - left, bottom - top)
    left, top, right, bottom = math.floor(left - soft) - 1, math.floor(top - soft) - 1, math.ceil(right + soft) + 1, math.ceil(bottom + soft) + 1
    upright = (height, width) if orientation >= 5 else (width, height)
    if orientation in (2, 3, 6, 7):
        left, right = upright[0] - right, upright[0] - left
    if orientation in (3, 4, 7, 8):
        top, bottom = upright[1] - bottom, upright[1] - top
    if orientation >= 5:
        left, top, right, bottom = top, left, bottom, right
    clip = lambda value, most: max(0, min(most, value))
    left, top, right, bottom = clip(left, width), clip(top, height), clip(right, width), clip(bottom, height)
    return left // unit[0] * unit[0], top // unit[1] * unit[1], math.ceil(right / unit[0]) * unit[0], math.ceil(bottom / unit[1]) * unit[1]


def free_rectangles(layout, boxes):
    """Bands between the boxes' edges, and in each the gaps."""
    width, height, _, _ = layout
    boxes = [box for box in boxes if box[0] < box[2] and box[1] < box[3]]
    edges = sorted({0, height, *(min(height, y) for box in boxes for y in (box[1], box[3]))})
    for top, bottom in zip(edges, edges[1:]):
        at = 0
        for left, _, right, _ in sorted(box for box in boxes if box[1] < bottom and box[3] > top):
            if left > at:
                yield at, top, left, bottom
            at = max(at, right)
        if at < width:
            yield at, top, width, bottom


def crop(path, rectangle):
    left, top, right, bottom = rectangle
    done = subprocess.run(["jpegtran", "-copy", "none", "-crop", f"{right - left}x{bottom - top}+{left}+{top}", path], capture_output=True)
    if done.returncode not in (0, 2):  # 2: it warned, e.g. of stray bytes, but wrote
        raise RuntimeError(done.stderr.decode())
    return done.stdout


def check(folder, out, item):
    before, after = os.path.join(folder, item["file"]), os.path.join(out, item["file"])
    layout = read_layout(before)
    boxes = [touched(region["box"], layout) for frame in item["frames"] for region in frame["regions"]]
    pixels = 0
    for rectangle in free_rectangles(layout, boxes):
        if crop(before, rectangle) != crop(after, rectangle):
            return item["file"], pixels, layout, f"{rectangle} differs"
        pixels += (rectangle[2] - rectangle[0]) * (rectangle[3] - rectangle[1])
    return item["file"], pixels, layout, None


def main():
    folder, most = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10**9
    with tempfile.TemporaryDirectory() as work:
        chosen, out = os.path.join(work, "in"), os.path.join(work, "out")
        os.makedirs(chosen)
        found = sorted(f for f in glob.glob(os.path.join(folder, "**", "*"), recursive=True) if os.path.isfile(f) and open(f, "rb").read(3) == b"\xff\xd8\xff")
        for index, path in enumerate(found[:most]):
            os.symlink(os.path.abspath(path), os.path.join(chosen, f"{index:05d}.jpg"))
        copied = os.path.join(work, "copied")
        subprocess.run(["cp", "-rL", chosen, copied], check=True)
        subprocess.run([os.path.join(ROOT, "veil"), "anonymize", copied, "-o", out, "--max-pixels", "50000000"], stderr=subprocess.DEVNULL)
        report = json.load(open(os.path.join(out, "veil-report.json")))
        done = [item for item in report["items"] if item["status"] == "done"]
        kept = [item for item in done if not any("coded anew" in note for note in item.get("notes", []))]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda item: check(copied, out, item), kept))
        for name, _, _, problem in results:
            if problem:
                print("DIFFERS", os.path.realpath(os.path.join(chosen, name)), problem)
        for item in done:
            if item not in kept:
                print("coded anew:", os.path.realpath(os.path.join(chosen, item["file"])), item["notes"])
        total, same = sum(l[0] * l[1] for _, _, l, _ in results), sum(p for _, p, _, _ in results)
        equal = sum(problem is None for _, _, _, problem in results)
        print(f"{len(found[:most])} JPEG files, {len(done)} anonymized, {len(kept)} of them block by block; outside regions equal: {equal} of {len(kept)} files, {same / max(1, total):.1%} of their pixels compared")
        return 0 if equal == len(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
