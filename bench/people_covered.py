#!/usr/bin/env python3
"""How much of people is covered by the regions that `veil detect` found, and how much of what is covered is people.

  veil detect PICTURES -o regions.json --find bodies [--masks] [-d DETECTOR]
  bench/people_covered.py regions.json annotations/instances_val2017.json

  veil detect PICTURES -o regions.json --find heads
  bench/people_covered.py regions.json annotations/person_keypoints_val2017.json

Bodies: each marked person is matched with the free region that overlaps its box most (by half at least); polygons are compared
with the region's mask, or its box, grown by 4 % of the box as the default policy does. Heads: people whose marked eyes, nose and
ears lie all in one region, before growth. Crowds are left out. Needs numpy and OpenCV (Debian: python3-opencv).
"""
import json
import sys

import cv2
import numpy as np

GROWTH = 0.04


def overlap(a, b):
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    common = max(0, width) * max(0, height)
    return common / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - common)


def marked(person, height, width):
    mask = np.zeros((height, width), np.uint8)
    for polygon in person["segmentation"]:
        cv2.fillPoly(mask, [np.round(np.array(polygon).reshape(-1, 2)).astype(np.int32)], 1)
    return mask > 0


def covered_box(region, height, width):
    left, top, right, bottom = region["box"]
    across, along = (right - left) * GROWTH, (bottom - top) * GROWTH
    mask = np.zeros((height, width), bool)
    mask[max(0, int(np.floor(top - along))):int(np.ceil(bottom + along)), max(0, int(np.floor(left - across))):int(np.ceil(right + across))] = True
    return mask


def covered(region, height, width):
    if "mask" not in region:
        return covered_box(region, height, width)
    left, top, right, bottom = region["mask"]["bounds"]
    runs = region["mask"]["runs"]
    values = np.repeat(np.array(runs[1::2], np.uint8), runs[0::2]).reshape(bottom - top, right - left)
    mask = np.zeros((height, width), np.uint8)
    mask[top:bottom, left:right] = values > 0
    box = region["box"]
    spread = (2 * round((box[2] - box[0]) * GROWTH) + 1, 2 * round((box[3] - box[1]) * GROWTH) + 1)
    return cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, spread)) > 0


def bodies(people, pictures, regions):
    rows, used = [], set()
    for person in people:
        picture = pictures[person["image_id"]]
        height, width = picture["height"], picture["width"]
        x, y, w, h = person["bbox"]
        free = [region for region in regions.get(picture["file_name"], []) if id(region) not in used]
        best = max(free, key=lambda region: overlap(region["box"], (x, y, x + w, y + h)), default=None)
        if best is None or overlap(best["box"], (x, y, x + w, y + h)) < 0.5:
            continue
        used.add(id(best))
        truth = marked(person, height, width)
        rows.append(("mask" in best, truth.sum(), *(part for area in (covered(best, height, width), covered_box(best, height, width)) for part in ((area & truth).sum(), area.sum()))))
    for name, chosen in (("all found", rows), ("with a mask", [row for row in rows if row[0]])):
        for what, at in (("as found", 2), ("their boxes", 4)):
            if chosen:
                recall = np.array([row[at] / row[1] for row in chosen])
                precision = sum(row[at] for row in chosen) / sum(row[at + 1] for row in chosen)
                print(f"{name} ({len(chosen)}), {what}: recall {recall.mean():.3f}, worst tenth {np.percentile(recall, 10):.3f}, worst {recall.min():.3f}, "
                      f"at least .95 covered {np.mean(recall >= 0.95):.2f}; precision {precision:.3f}")


def heads(people, pictures, regions):
    whole = count = 0
    for person in people:
        points = np.array(person["keypoints"]).reshape(-1, 3)[:5]
        points = points[points[:, 2] > 0]
        if len(points):
            count += 1
            whole += any(all(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y, _ in points)
                         for box in (region["box"] for region in regions.get(pictures[person["image_id"]]["file_name"], [])))
    print(f"people whose eyes, nose and ears lie in one region: {whole} of {count}")


found, truth = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
by_picture = {item["file"]: [region for frame in item["frames"] for region in frame["regions"]] for item in found["items"]}
by_id = {picture["id"]: picture for picture in truth["images"]}
people = [entry for entry in truth["annotations"] if entry["category_id"] == 1 and not entry["iscrowd"]]
(heads if "keypoints" in people[0] else bodies)(people, by_id, by_picture)
