"""Times OpenCV on the operations of Veil.Benchmarks.Kernels and prints how much faster Veil's kernels are.

Usage: opencv_kernels.py [BenchmarkDotNet result .json ...]
Best time of both sides; OpenCV on one thread and on its default number of threads. Needs Debian's python3-opencv.
"""
import json
import math
import sys
import time

import cv2
import numpy as np

SIDE = 400


def picture():
    y, x, c = np.meshgrid(np.arange(SIDE), np.arange(SIDE), np.arange(3), indexing="ij")
    smooth = 127.5 + 100 * np.sin(x * 0.05 + c) * np.cos(y * 0.04)
    grain = (x * 7919 + y * 104729 + c * 1299709) % 17 - 8
    return (smooth + grain).astype(np.uint8)


def pixelate(image):
    small = cv2.resize(image, (SIDE // 25, SIDE // 25), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (SIDE, SIDE), interpolation=cv2.INTER_NEAREST)


IMAGE = picture()
CORNER = IMAGE[:128, :128]
OPERATIONS = {
    "Gaussian_21_sigma_7": lambda: cv2.GaussianBlur(IMAGE, (21, 21), 7),
    "Gaussian_43_sigma_7": lambda: cv2.GaussianBlur(IMAGE, (43, 43), 7),
    "Gaussian_99_sigma_30": lambda: cv2.GaussianBlur(IMAGE, (99, 99), 30),
    "Gaussian_301_sigma_50": lambda: cv2.GaussianBlur(IMAGE, (301, 301), 50),
    "Box_15": lambda: cv2.blur(IMAGE, (15, 15)),
    "Box_99": lambda: cv2.blur(IMAGE, (99, 99)),
    "Median_3": lambda: cv2.medianBlur(IMAGE, 3),
    "Median_15": lambda: cv2.medianBlur(IMAGE, 15),
    "Median_99": lambda: cv2.medianBlur(IMAGE, 99),
    "Bilateral_9_75_75": lambda: cv2.bilateralFilter(IMAGE, 9, 75, 75),
    "Bilateral_15_80_80": lambda: cv2.bilateralFilter(IMAGE, 15, 80, 80),
    "Dilate_7_twice": lambda: cv2.dilate(IMAGE, np.ones((7, 7), np.uint8), iterations=2),
    "Erode_31": lambda: cv2.erode(IMAGE, np.ones((31, 31), np.uint8)),
    "Pixelate_25": lambda: pixelate(IMAGE),
    "Area_to_112": lambda: cv2.resize(IMAGE, (112, 112), interpolation=cv2.INTER_AREA),
    "Bilinear_from_128_to_400": lambda: cv2.resize(CORNER, (400, 400), interpolation=cv2.INTER_LINEAR),
}


def best(operation, seconds=1.0):
    operation()
    fastest, end = math.inf, time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        operation()
        fastest = min(fastest, time.perf_counter() - start)
    return fastest * 1e3


def main():
    veil = {}
    for name in sys.argv[1:]:
        with open(name, encoding="utf-8") as file:
            for benchmark in json.load(file)["Benchmarks"]:
                veil[benchmark["Method"]] = benchmark["Statistics"]["Min"] / 1e6

    threads = cv2.getNumThreads()
    print(f"OpenCV {cv2.__version__}, milliseconds on {SIDE}x{SIDE} RGB; ratio = OpenCV / Veil (above 1: Veil is faster)")
    print(f"{'':26}{'Veil':>9}{'OpenCV 1':>10}{'ratio':>8}{f'OpenCV {threads}':>10}{'ratio':>8}")
    for name, operation in OPERATIONS.items():
        cv2.setNumThreads(1)
        one = best(operation)
        cv2.setNumThreads(threads)
        many = best(operation)
        own = veil.get(name, math.nan)
        print(f"{name:26}{own:9.3f}{one:10.3f}{one / own:8.2f}{many:10.3f}{many / own:8.2f}")


if __name__ == "__main__":
    main()
