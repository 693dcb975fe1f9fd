#!/usr/bin/python3
"""The job of `veil anonymize CLIP --method gaussian` as one writes it first: OpenCV reads each frame, the same RetinaFace model
finds faces at the same input scales, a Gaussian blurs an ellipse over each, ffmpeg encodes with the same settings. Sound and
timestamps are lost, and nothing is remembered between frames. Needs Debian's python3-opencv.

    bench/python_video_loop.py CLIP OUTPUT --model FILE
"""
import argparse
import pathlib
import subprocess
import sys

import cv2
import numpy as np

from python_loop import RetinaFace, anonymize, scales


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("clip")
    parser.add_argument("output")
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--threshold", type=float, default=0.35)
    arguments = parser.parse_args()
    capture = cv2.VideoCapture(arguments.clip)
    width, height = int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)), int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT))
    detector = RetinaFace(arguments.model, arguments.threshold)
    encoder = subprocess.Popen(
        ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{width}x{height}", "-r", str(capture.get(cv2.CAP_PROP_FPS)),
         "-i", "pipe:0", "-c:v", "libx264", "-crf", "18", "-preset", "medium", "-pix_fmt", "yuv420p", arguments.output],
        stdin=subprocess.PIPE)
    while True:
        read, frame = capture.read()
        if not read:
            break
        boxes, scores = map(np.concatenate, zip(*(detector.detect(frame, scale) for scale in scales(frame.shape))))
        anonymize(frame, boxes[cv2.dnn.NMSBoxes(boxes.tolist(), scores.tolist(), arguments.threshold, 0.4)])
        encoder.stdin.write(frame.tobytes())
    encoder.stdin.close()
    sys.exit(encoder.wait())


if __name__ == "__main__":
    main()
