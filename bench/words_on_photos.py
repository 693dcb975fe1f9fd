#!/usr/bin/env python3
"""Draws words on photos with ImageMagick and marks them in Pascal VOC, to measure the detector of writing:

    bench/words_on_photos.py PHOTOS OUT --height 16
    veil evaluate detection --find text --ground-truth OUT

Letters get the height asked for (of a capital, in pixels), one line per photo, at a place that comes from a seed, dark where
the photo is light there and light where it is dark. Needs ImageMagick (convert) and a font; nothing is downloaded.
"""
import argparse
import pathlib
import random
import subprocess

WORDS = ["Anna Meier", "030 1234567", "Hauptstrasse 12", "EXIT", "B 58 DTK", "Dr. Schulz", "open 9-17", "Quality", "Rue de Lyon 4", "KX19 EFG"]
DARK, LIGHT = ["black", "#203080", "#701010"], ["white", "#f0e040", "#d0f0ff"]
CAPITAL = 0.73  # height of a capital by the size of DejaVu Sans


def run(*arguments):
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout


def draw(text, colour, height, target):
    run("convert", "-background", "none", "-fill", colour, "-font", "DejaVu-Sans", "-pointsize", str(height / CAPITAL), "-density", "72",
        f"label:{text}", "-trim", "+repage", str(target))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--height", type=int, default=16)
    parser.add_argument("--limit", type=int, default=40)
    options = parser.parse_args()
    chance = random.Random(options.height)
    for folder in ("images", "annotations"):
        (options.out / folder).mkdir(parents=True, exist_ok=True)
    for number, photo in enumerate(sorted(options.photos.glob("*.jpg"))[:options.limit]):
        text = WORDS[number % len(WORDS)]
        word = options.out / "word.png"
        draw(text, "black", options.height, word)
        width, height = map(int, run("identify", "-format", "%w %h", str(word)).split())
        across, down = map(int, run("identify", "-format", "%w %h", str(photo)).split())
        if width >= across or height >= down:
            continue
        left, top = chance.randrange(across - width), chance.randrange(down - height)
        mean = float(run("convert", str(photo), "-crop", f"{width}x{height}+{left}+{top}", "-colorspace", "Gray", "-format", "%[fx:mean]", "info:"))
        draw(text, chance.choice(DARK if mean > 0.5 else LIGHT), options.height, word)
        name = f"word-{number:03}"
        run("convert", str(photo), str(word), "-geometry", f"+{left}+{top}", "-composite", "-quality", "90", str(options.out / "images" / f"{name}.jpg"))
        (options.out / "annotations" / f"{name}.xml").write_text(
            f"<annotation><filename>{name}.jpg</filename><object><name>text</name><bndbox><xmin>{left + 1}</xmin><ymin>{top + 1}</ymin>"
            f"<xmax>{left + width}</xmax><ymax>{top + height}</ymax></bndbox></object></annotation>\n")
        (options.out / "annotations" / f"{name}.txt").write_text(text + "\n")
        word.unlink()


if __name__ == "__main__":
    main()
