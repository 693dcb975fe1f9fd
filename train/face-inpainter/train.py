"""Trains the face inpainter. README.md says how to get the data, what it takes and what came out.

    python3 train.py --faces REGIONS.json FOLDER WEIGHT [--faces ...] --out FOLDER --minutes 100
"""
import argparse
import copy
import json
import os
import time

import numpy as np
import torch
from PIL import Image
from torch.nn import functional as F

from data import Faces
from network import LATENT, Critic, Encoder, Generator


def sheet(generator, faces, path, seed=7, count=10):
    """Rows: what the network sees, three faces of different latents, the original."""
    random = np.random.default_rng(seed)
    crops, masks, points, unknown = faces.batch(random, count, plain=True)
    torch.manual_seed(seed)
    rows = [crops * (1 - unknown)]
    with torch.no_grad():
        rows += [paint(generator, crops, masks, unknown, torch.randn(count, LATENT), points) for _ in range(3)]
    rows.append(crops)
    grid = torch.cat([torch.cat(list(row), 2) for row in rows], 1)
    Image.fromarray((grid.clamp(0, 1) * 255).round().byte().permute(1, 2, 0).numpy()).save(path)


def paint(generator, crops, masks, unknown, latents, points):
    """What is unknown but not of the face is painted as well, and thrown away: only the face counts."""
    return generator(crops, unknown, latents, points) * masks + crops * (1 - masks)


def hinge(scores, real):
    return F.relu(1 - scores).mean() if real else F.relu(1 + scores).mean()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--faces", nargs=3, action="append", required=True, metavar=("REGIONS", "FOLDER", "WEIGHT"))
    options.add_argument("--out", required=True)
    options.add_argument("--minutes", type=float, default=100)
    options.add_argument("--batch", type=int, default=16)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--rate", type=float, default=3e-4)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = options.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    random = np.random.default_rng(args.seed)
    os.makedirs(args.out, exist_ok=True)

    faces = Faces([(regions, folder, float(weight)) for regions, folder, weight in args.faces])
    print(len(faces.all), "faces", flush=True)
    to = {"memory_format": torch.channels_last, "device": args.device}
    generator, critic, encoder = Generator().to(**to), Critic().to(**to), Encoder().to(**to)
    average = copy.deepcopy(generator).eval()
    painting = torch.optim.Adam([*generator.parameters(), *encoder.parameters()], args.rate, (0.5, 0.99))
    judging = torch.optim.Adam(critic.parameters(), args.rate, (0.5, 0.99))

    state = os.path.join(args.out, "state.pt")
    step, spent = 0, 0.0
    if os.path.exists(state):
        saved = torch.load(state, map_location=args.device)
        for name, part in (("generator", generator), ("critic", critic), ("encoder", encoder), ("average", average), ("painting", painting), ("judging", judging)):
            part.load_state_dict(saved[name])
        step, spent = saved["step"], saved["spent"]
        random = np.random.default_rng(args.seed + step)

    def save():
        torch.save({"generator": generator.state_dict(), "critic": critic.state_dict(), "encoder": encoder.state_dict(), "average": average.state_dict(),
                    "painting": painting.state_dict(), "judging": judging.state_dict(), "step": step, "spent": spent}, state + ".part")
        os.replace(state + ".part", state)
        sheet(average.cpu() if args.device != "cpu" else average, faces, os.path.join(args.out, f"sheet-{step:06}.png"))
        average.to(**to)

    sums, began, last = {}, time.time() - 60 * spent, time.time()
    while True:
        spent = (time.time() - began) / 60
        progress = min(1.0, spent / args.minutes)
        # A third of the time at full rate, then down to nothing along a cosine: the last faces are the smooth ones.
        rate = args.rate * min(1.0, (step + 1) / 100) * (1.0 if progress < 0.35 else 0.5 * (1 + np.cos(np.pi * (progress - 0.35) / 0.65)) + 0.01)
        for optimiser, share in ((painting, 1.0), (judging, 2.0)):
            for group in optimiser.param_groups:
                group["lr"] = rate * share
        crops, masks, points, unknown = (part.to(args.device) for part in faces.batch(random, args.batch))
        crops, masks, unknown = (part.contiguous(memory_format=torch.channels_last) for part in (crops, masks, unknown))
        holes = masks.mean((1, 2, 3))
        invented = progress > 0.6 or step % 2 == 0

        with torch.autocast("cuda" if args.device.startswith("cuda") else "cpu", torch.bfloat16):
            mean, log_variance = encoder(crops, masks)
            latent = mean + torch.randn_like(mean) * torch.exp(log_variance / 2)
            painted = paint(generator, crops, masks, unknown, latent, points)
            # Every other step, and later every step, half of the batch is painted from latents of nobody, which the critic alone can judge.
            if invented:
                half = args.batch // 2
                of_nobody = paint(generator, crops[:half], masks[:half], unknown[:half], torch.randn_like(latent[:half]), points[:half])
                fakes, fake_masks = torch.cat([painted, of_nobody]), torch.cat([masks, masks[:half]])
            else:
                fakes, fake_masks = painted, masks

            local_real, whole_real, _ = critic(crops, masks)
            local_fake, whole_fake, _ = critic(fakes.detach(), fake_masks)
            judged = hinge(local_real.float(), True) + hinge(local_fake.float(), False) + hinge(whole_real.float(), True) + hinge(whole_fake.float(), False)
        judging.zero_grad(set_to_none=True)
        judged.backward()
        judging.step()

        critic.requires_grad_(False)
        with torch.autocast("cuda" if args.device.startswith("cuda") else "cpu", torch.bfloat16):
            local, whole, features = critic(fakes, fake_masks)
            with torch.no_grad():
                _, _, wanted = critic(crops, masks)
        critic.requires_grad_(True)
        difference = (painted - crops).abs()
        pixels = (difference.mean((1, 2, 3)) / holes).mean()
        coarse = (F.avg_pool2d(painted - crops, 8).abs().mean((1, 2, 3)) / holes).mean()
        alike = sum((a[: args.batch].float() - b.float()).abs().mean() for a, b in zip(features, wanted))
        fooled = -local.float().mean() - whole.float().mean()
        divergence = (mean**2 + log_variance.exp() - 1 - log_variance).sum(1).mean() / 2
        loss = 6 * pixels + 6 * coarse + 4 * alike + 0.5 * fooled + 0.04 * divergence
        painting.zero_grad(set_to_none=True)
        loss.backward()
        painting.step()
        with torch.no_grad():
            decay = min(0.998, (step + 1) / (step + 20))
            torch._foreach_mul_(list(average.parameters()), decay)
            torch._foreach_add_(list(average.parameters()), list(generator.parameters()), alpha=1 - decay)

        step += 1
        for name, value in (("pixels", pixels), ("coarse", coarse), ("alike", alike), ("fooled", fooled), ("judged", judged), ("divergence", divergence)):
            sums[name] = sums.get(name, 0.0) + float(value)
        if step % 100 == 0:
            report = {name: round(value / 100, 4) for name, value in sums.items()}
            line = json.dumps({"step": step, "faces": step * args.batch, "minutes": round(spent, 1), **report})
            print(line, flush=True)
            with open(os.path.join(args.out, "log.jsonl"), "a", encoding="utf-8") as file:
                file.write(line + "\n")
            sums = {}
        if time.time() - last > 240 or progress >= 1:
            save()
            last = time.time()
        if progress >= 1:
            break


if __name__ == "__main__":
    main()
