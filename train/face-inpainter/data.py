"""Pictures of one face each, and random crops of them as the program cuts them: a square of 1.7 times the face's longer side."""
import json
import math
import os

import numpy as np
import torch
from PIL import Image
from torch.nn import functional as F

from network import SIDE

STORED = 160  # longest side of a face's surroundings in memory
AROUND = 2.6  # how much around a face is kept, in longer sides of its box: room for turns and shifts
CROP = 1.7


def read(regions, folder):
    """Yields (picture 3 x h x w uint8, box, five points) of each file with exactly one face; coordinates are the picture's."""
    with open(regions, encoding="utf-8") as file:
        items = json.load(file)["items"]
    for item in items:
        faces = [region for frame in item["frames"] for region in frame["regions"] if region["kind"] == "face"]
        if len(faces) != 1 or len(faces[0].get("landmarks", [])) != 5:
            continue
        picture = Image.open(os.path.join(folder, item["file"])).convert("RGB")
        box, points = np.array(faces[0]["box"], np.float32), np.array(faces[0]["landmarks"], np.float32)
        size = max(box[2] - box[0], box[3] - box[1])
        half = AROUND / 2 * size
        middle = (box[:2] + box[2:]) / 2
        left, top = (max(0, math.floor(v)) for v in middle - half)
        right, bottom = min(picture.width, math.ceil(middle[0] + half)), min(picture.height, math.ceil(middle[1] + half))
        picture = picture.crop((left, top, right, bottom))
        scale = min(1.0, STORED * CROP / AROUND / (CROP * size) * AROUND / CROP)
        small = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))), Image.LANCZOS) if scale < 1 else picture
        ratio = np.array([small.width / picture.width, small.height / picture.height], np.float32)
        moved = (box.reshape(2, 2) - [left, top]) * ratio
        yield np.asarray(small).transpose(2, 0, 1).copy(), moved.reshape(4).astype(np.float32), ((points - [left, top]) * ratio).astype(np.float32)


class Faces:
    def __init__(self, sources):
        """sources: (regions file, folder, how often each of its pictures counts)."""
        self.all, weights = [], []
        for regions, folder, weight in sources:
            found = list(read(regions, folder))
            self.all += found
            weights += [weight] * len(found)
        self.weights = np.array(weights, np.float64) / sum(weights)

    def batch(self, random, count, plain=False):
        """
        (crops N x 3 x S x S 0..1, masks N x 1 x S x S, keypoints N x 5 x 2 in 0..1, unknown N x 1 x S x S); plain: as cut,
        neither turned nor tinted. Unknown is the mask and what lies beyond the picture: nothing of it may serve as context.
        """
        chosen = random.choice(len(self.all), count, p=self.weights)
        samples = [self.sample(random, self.all[i], plain) for i in chosen]
        return tuple(torch.stack(part) for part in zip(*samples))

    def sample(self, random, face, plain):
        picture, box, points = face
        _, height, width = picture.shape
        longer = max(box[2] - box[0], box[3] - box[1])
        cx, cy = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        angle, zoom, flip, ax, ay = 0.0, 1.0, False, 0.0, 0.0
        if not plain:
            angle = math.radians(float(random.normal(0, 10)))
            zoom = math.exp(float(random.normal(0.09, 0.09)))
            flip = bool(random.integers(2))
            ax, ay = (float(v) * longer for v in random.normal(0, 0.03, 2))
        side = CROP * longer * zoom
        # A place in the crop, -1..1, to a place in the picture.
        c, s = math.cos(angle) * side / 2, math.sin(angle) * side / 2
        sign = -1.0 if flip else 1.0
        theta = np.array([[sign * c, -s, cx + ax], [sign * s, c, cy + ay]], np.float32)
        grid = torch.from_numpy(theta[None] * np.array([[[2 / width], [2 / height]]], np.float32)).clone()
        grid[:, 0, 2] -= 1
        grid[:, 1, 2] -= 1
        lattice = F.affine_grid(grid, [1, 1, SIDE, SIDE], align_corners=False)
        crop = F.grid_sample(torch.from_numpy(picture)[None].float() / 255, lattice, "bilinear", "border", align_corners=False)[0]
        inside = F.grid_sample(torch.ones(1, 1, height, width), lattice, "nearest", "zeros", align_corners=False)[0]
        inverse = np.linalg.inv(theta[:, :2])
        five = ((points - theta[:, 2]) @ inverse.T + 1) / 2
        if flip:
            five = five[[1, 0, 2, 4, 3]]
        corners = np.array([[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]], np.float32)
        placed = ((corners - theta[:, 2]) @ inverse.T + 1) / 2
        mask = self.mask(random, placed, plain)
        if not plain:
            five = five + random.normal(0, 0.004, five.shape)
            crop = tint(random, crop)
        unknown = torch.maximum(mask, 1 - inside)
        if not plain and random.random() < 0.15:
            # Somebody else's face, or a bar, that is covered as well.
            left, top = (int(v) for v in random.integers(0, SIDE, 2))
            right, bottom = (int(v) for v in random.integers(8, 48, 2))
            unknown[:, top : top + bottom, left : left + right] = 1
        return crop, mask, torch.from_numpy(five.astype(np.float32)), unknown

    @staticmethod
    def mask(random, corners, plain):
        """An ellipse or a box somewhat larger than the face's."""
        growth = 1.45 if plain else float(random.uniform(1.0, 1.75))
        power = 2.0 if plain else float(random.choice([2.0, 2.0, 2.5, 4.0, 20.0]))
        middle = corners.mean(0)
        width, height = np.ptp(corners[:, 0]) / 2 * growth, np.ptp(corners[:, 1]) / 2 * growth
        if not plain:
            middle = middle + random.normal(0, 0.012, 2)
        at = (np.arange(SIDE) + 0.5) / SIDE
        x, y = np.abs(at[None] - middle[0]) / width, np.abs(at[:, None] - middle[1]) / height
        return torch.from_numpy((x**power + y**power <= 1).astype(np.float32))[None]


def tint(random, crop):
    """Light, white balance and sharpness of pictures that were not taken in a studio."""
    if random.random() < 0.8:
        gamma = math.exp(float(random.normal(0, 0.25)))
        gain = torch.tensor(np.exp(random.normal(0, 0.1, (3, 1, 1)) + random.normal(0, 0.12)), dtype=torch.float32)
        crop = (crop.clamp(0, 1) ** gamma * gain).clamp(0, 1)
    if random.random() < 0.25:
        # Light from a side.
        a = float(random.uniform(0, 2 * math.pi))
        at = torch.linspace(-1, 1, SIDE)
        slope = 1 + float(random.uniform(0, 0.45)) * (math.cos(a) * at[None] + math.sin(a) * at[:, None])
        crop = (crop * slope).clamp(0, 1)
    if random.random() < 0.08:
        crop = (crop * torch.tensor([0.299, 0.587, 0.114])[:, None, None]).sum(0, keepdim=True).expand(3, -1, -1).contiguous()
    if random.random() < 0.25:
        small = int(random.integers(40, 112))
        crop = F.interpolate(F.interpolate(crop[None], (small, small), mode="area"), (SIDE, SIDE), mode="bilinear", align_corners=False)[0]
    return crop
