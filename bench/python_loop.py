#!/usr/bin/python3
"""The job of `veil anonymize --method gaussian` as a plain Python + OpenCV loop: what a careful user would write.

Reads every picture of a folder, finds faces with the same RetinaFace model at the same input scales, blurs an ellipse
over each and writes the picture. Needs Debian's python3-opencv. One process; OpenCV may use all its threads. Networks are
made per input size; that is done before the clock starts, and sizes are padded to multiples of 128 so that they are few.

    bench/python_loop.py PICTURES OUT --model FILE
"""
import argparse
import json
import pathlib
import time

import cv2
import numpy as np

STRIDES = {32: (32, 16), 16: (8, 4), 8: (2, 1)}
FINEST_SCALE, FINE_PIXELS, COARSE_PIXELS = 1.35, 1_260_000, 300_000
DIMENSION_640 = b"\x08\x80\x05"  # The two input dimensions as the model file has them: TensorShapeProto.dim_value = 640.


def scales(shape):
    """The scales at which Veil runs RetinaFace with standard effort (see ScalePlan)."""
    area = shape[0] * shape[1]
    fine = min(FINEST_SCALE, (FINE_PIXELS / area) ** 0.5)
    coarse = min(fine, (COARSE_PIXELS / area) ** 0.5)
    return [fine, coarse] if fine / coarse > 1.3 else [fine]


class RetinaFace:
    def __init__(self, path, threshold):
        self.bytes, self.threshold, self.nets = path.read_bytes(), threshold, {}

    def net(self, height, width):
        if (height, width) not in self.nets:
            patched, at = bytearray(self.bytes), self.bytes.find(DIMENSION_640)
            for size in (height, width):
                patched[at + 1 : at + 3] = bytes([(size & 127) | 128, size >> 7])
                at = self.bytes.find(DIMENSION_640, at + 1)
            net = cv2.dnn.readNetFromONNX(np.frombuffer(bytes(patched), np.uint8))
            self.nets[height, width] = net, net.getUnconnectedOutLayersNames()
        return self.nets[height, width]

    @staticmethod
    def input_size(shape, scale):
        return tuple((round(side * scale) + 127) // 128 * 128 for side in shape[:2])

    def detect(self, image, scale):
        size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
        small = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        height, width = self.input_size(image.shape, scale)
        padded = cv2.copyMakeBorder(small, 0, height - small.shape[0], 0, width - small.shape[1], cv2.BORDER_CONSTANT)
        net, names = self.net(height, width)
        net.setInput(cv2.dnn.blobFromImage(padded, swapRB=True))
        outputs = dict(zip(names, net.forward(names)))
        boxes, scores = [], []
        for stride, sizes in STRIDES.items():
            score = outputs[f"face_rpn_cls_prob_reshape_stride{stride}"][0][2:]
            delta = outputs[f"face_rpn_bbox_pred_stride{stride}"][0]
            for anchor, size in enumerate(sizes):
                side = 16 * size
                rows, columns = np.nonzero(score[anchor] >= self.threshold)
                dx, dy, dw, dh = delta[anchor * 4 : anchor * 4 + 4, rows, columns]
                x = columns * stride + 7.5 + dx * side
                y = rows * stride + 7.5 + dy * side
                w, h = np.exp(dw) * side, np.exp(dh) * side
                boxes.append(np.stack([x - w / 2, y - h / 2, w, h], 1) / scale)
                scores.append(score[anchor][rows, columns])
        return np.concatenate(boxes), np.concatenate(scores)


def anonymize(image, boxes):
    for x, y, w, h in boxes:
        x, y, w, h = x - 0.22 * w, y - 0.22 * h, 1.44 * w, 1.44 * h
        left, top = max(0, int(x)), max(0, int(y))
        right, bottom = min(image.shape[1], int(x + w) + 1), min(image.shape[0], int(y + h) + 1)
        if right <= left or bottom <= top:
            continue
        crop = image[top:bottom, left:right]
        blurred = cv2.GaussianBlur(crop, (0, 0), 0.3 * max(w, h))
        mask = np.zeros(crop.shape[:2], np.uint8)
        cv2.ellipse(mask, ((x + w / 2 - left, y + h / 2 - top), (w, h), 0), 255, -1)
        crop[mask > 0] = blurred[mask > 0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pictures", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--threshold", type=float, default=0.35)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    detector = RetinaFace(arguments.model, arguments.threshold)
    files = sorted(arguments.pictures.rglob("*.jpg"))
    for shape in {cv2.imread(str(file)).shape[:2] for file in files}:
        for scale in scales(shape):
            net, names = detector.net(*detector.input_size(shape, scale))
            net.setInput(np.zeros((1, 3, *detector.input_size(shape, scale)), np.float32))
            net.forward(names)
    faces, start = 0, time.perf_counter()
    for file in files:
        image = cv2.imread(str(file))
        boxes, scores = map(np.concatenate, zip(*(detector.detect(image, scale) for scale in scales(image.shape))))
        keep = cv2.dnn.NMSBoxes(boxes.tolist(), scores.tolist(), arguments.threshold, 0.4)
        anonymize(image, boxes[keep])
        faces += len(keep)
        cv2.imwrite(str(arguments.out / file.name), image)
    seconds = time.perf_counter() - start
    if arguments.json:
        print(json.dumps({"pictures": len(files), "faces": faces, "picturesPerSecond": len(files) / seconds}))
        return
    print(f"{len(files)} pictures, {faces} faces, {seconds:.2f} s, {len(files) / seconds:.2f} pictures/s")


if __name__ == "__main__":
    main()
