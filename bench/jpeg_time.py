#!/usr/bin/env python3
"""Time of a 12-megapixel JPEG with three faces, beside `jpegtran -copy none` plus one inference, and beside coding it anew.

    bench/jpeg_time.py FACES-FOLDER [ROUNDS]

The picture is composed of three portraits of 400x400 pixels from the folder on a noisy ground; jpegtran writes the kind of
file that Veil keeps (plain, -optimize or -progressive). Veil's times are those of its own report
over several copies in one process with one worker (the first copy, which also compiles code, is left out); one inference is
the report's "detect" with --encode full, where pixels are decoded before. Rounds are taken in turn, and of each quantity the
shortest time counts: what other programs on the machine add is no property of these.
"""
import glob, json, os, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
COPIES = 6


def compose(folder, path, options):
    faces = sorted(f for f in glob.glob(os.path.join(folder, "**", "*"), recursive=True) if f.lower().endswith((".jpg", ".png", ".jpeg")))[:3]
    ground = ["-size", "4000x3000", "gradient:#506070-#a0b0a8", "-attenuate", "0.5", "+noise", "Gaussian"]
    placed = []
    for face, at in zip(faces, ("+500+900", "+1750+1200", "+2900+700")):
        placed += ["(", face, "-resize", "400x400!", ")", "-geometry", at, "-composite"]
    subprocess.run(["convert", *ground, *placed, "-seed", "1", "ppm:" + path + ".ppm"], check=True)
    subprocess.run(["cjpeg", *options, "-outfile", path, path + ".ppm"], check=True)
    os.remove(path + ".ppm")


def veil(folder, out, mode):
    subprocess.run([os.path.join(ROOT, "veil"), "anonymize", folder, "-o", out, "--force", "-j", "1", "--encode", mode], check=True, stderr=subprocess.DEVNULL)
    items = json.load(open(os.path.join(out, "veil-report.json")))["items"][1:]
    regions = [sum(len(frame["regions"]) for frame in item["frames"]) for item in items]
    steps = {step: min(item["milliseconds"].get(step, 0) for item in items) for step in items[0]["milliseconds"]}
    return min(sum(item["milliseconds"].values()) for item in items), steps, regions[0]


def jpegtran(path, process):
    times = []
    for _ in range(COPIES):
        start = time.perf_counter()
        subprocess.run(["jpegtran", "-copy", "none", *process, "-outfile", "/dev/null", path], check=True)
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def main():
    folder, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3
    for name, options in (("4:2:0 baseline", ["-quality", "90"]), ("4:2:0 optimised tables", ["-quality", "90", "-optimize"]), ("4:2:0 progressive", ["-quality", "90", "-progressive"])):
        with tempfile.TemporaryDirectory() as work:
            pictures = os.path.join(work, "in")
            os.makedirs(pictures)
            first = os.path.join(pictures, "0.jpg")
            compose(folder, first, options)
            for copy in range(1, COPIES):
                subprocess.run(["cp", first, os.path.join(pictures, f"{copy}.jpg")], check=True)
            measured = []
            for _ in range(rounds):
                floor = jpegtran(first, options[2:])
                kept, steps, regions = veil(pictures, os.path.join(work, "auto"), "auto")
                full, full_steps, _ = veil(pictures, os.path.join(work, "full"), "full")
                measured.append((kept, floor, full_steps["detect"], full, steps))
            kept, floor, inference, full = (min(m[index] for m in measured) for index in range(4))
            print(f"{name}, {os.path.getsize(first) / 1e6:.1f} MB, {regions} faces: {kept:.0f} ms; jpegtran {floor:.0f} ms + inference {inference:.0f} ms: ratio {kept / (floor + inference):.2f}; coded anew {full:.0f} ms: {full / kept:.2f} times as long")
            print("    " + ", ".join(f"{step} {min(m[4][step] for m in measured):.0f}" for step in steps))


if __name__ == "__main__":
    main()
