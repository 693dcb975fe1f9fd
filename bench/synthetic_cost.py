#!/usr/bin/env python3
"""What a generated face costs, beside other methods and beside the floor of decoding, one detection and encoding.

    bench/synthetic_cost.py PORTRAITS [METHOD ...]

PORTRAITS is a folder with one face in each picture; the bank of generated faces is made in a folder of its own first, and timed.
Default methods: veil, ksame with PORTRAITS as gallery, synthetic with both engines. Every method is measured on one core with one
worker, the floor in turn with it, so that figures are ratios of one run; a face's time is what is left when the floor's is taken away.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
VEIL = os.environ.get("VEIL", str(ROOT / "veil")).split()


def peak(command, environment):
    """Seconds and peak memory in MiB of a command."""
    start = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        time.sleep(0.02)
        try:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            most = max([most] + [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")])
        except (FileNotFoundError, ProcessLookupError):
            break
    if process.wait() != 0:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {process.returncode}")
    return time.monotonic() - start, most / 1024


def main():
    portraits = pathlib.Path(sys.argv[1]).resolve()
    methods = sys.argv[2:] or ["veil", f"ksame --set gallery={portraits}", "synthetic", "synthetic --set engine=inpainter"]
    one = sorted(portraits.glob("*.jpg"))[0]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        anonymize = [*VEIL, "anonymize", one, "-o", pathlib.Path(folder, "out.jpg"), "--force", "-m"]
        first, making = peak([*anonymize, "synthetic"], environment)
        again, using = peak([*anonymize, "synthetic"], environment)
        plain, without = peak([*anonymize, "veil"], environment)
        kept = sum(file.stat().st_size for file in pathlib.Path(folder).rglob("*") if file.is_file() and file.suffix != ".jpg")
        print(f"bank: {first - again:.0f} s to make, {kept / 2**20:.0f} MiB on disk, peak {making:.0f} MiB")
        print(f"one picture: {again:.1f} s and peak {using:.0f} MiB with synthetic, {plain:.1f} s and {without:.0f} MiB with veil")
        for method in methods:
            name, *options = method.split()
            command = ["taskset", "-c", "0", *VEIL, "bench", portraits, "--jobs", "1", "--rounds", "3", "--json", "--method", name, *options]
            result = json.loads(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout)
            floor = 1000 / result["floorPerSecond"]
            print(f"{name} {' '.join(options)}: {result['ratioToFloor']:.2f} of the floor's throughput, {floor / result['ratioToFloor'] - floor:.0f} ms a face (floor: {floor:.0f} ms a picture)")


main()
