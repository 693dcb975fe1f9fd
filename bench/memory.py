#!/usr/bin/python3
"""Peak memory of `veil anonymize` on 12-megapixel photos. Needs Debian's python3-opencv to enlarge the pictures.

    bench/memory.py PICTURES [WORKERS]
"""
import pathlib
import subprocess
import sys
import tempfile
import time

import cv2

pictures, workers = pathlib.Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "2"
veil = pathlib.Path(__file__).resolve().parent.parent / "veil"
subprocess.run([veil, "--version"], check=True, stdout=subprocess.DEVNULL)  # Builds, when that is still to be done.
with tempfile.TemporaryDirectory() as folder:
    source = pathlib.Path(folder, "in")
    source.mkdir()
    files = sorted(pictures.rglob("*.jpg"))
    for file in files[:: max(1, len(files) // 12)][:12]:
        large = cv2.resize(cv2.imread(str(file)), (4000, 3000), interpolation=cv2.INTER_CUBIC)
        cv2.imwrite(str(source / file.name), large, [cv2.IMWRITE_JPEG_QUALITY, 92])
    process = subprocess.Popen([veil, "anonymize", source, "-o", pathlib.Path(folder, "out"), "--jobs", workers], stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        time.sleep(0.01)
        try:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            peak = max([peak] + [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")])
        except (FileNotFoundError, ProcessLookupError):
            break
    process.wait()
    print(f"{len(list(source.iterdir()))} pictures of 12 megapixels, {workers} workers: peak {peak / 1024:.0f} MiB, exit code {process.returncode}")
