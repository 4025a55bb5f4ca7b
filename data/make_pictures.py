"""Draws the pictures in data/pictures, which chapter 22 classifies: silhouettes with shading.

Run it where the package is installed, python data/make_pictures.py, and put the new checksums into
SHA256SUMS and README.md. The drawings do not depend on chance; another version of Pillow may
compress the same pixels to other bytes.

Coordinates run from 0 to 100, to the right and down. An outline is a list of corners, which
`smooth` rounds; clothes are drawn as right halves and mirrored.
"""

from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

FOLDER = Path(__file__).with_name("pictures")
FINE = 3  # everything is drawn this many times larger, then reduced: smooth edges
SIZE = 400


def smooth(points, rounds=3):
    """Corners of a closed outline, cut off three times (Chaikin's method)."""
    points = np.array(points, dtype=float)
    for _ in range(rounds):
        after = np.roll(points, -1, axis=0)
        points = np.stack([0.75 * points + 0.25 * after, 0.25 * points + 0.75 * after], axis=1)
        points = points.reshape(-1, 2)
    return points


def mirrored(half):
    """The right half of a symmetric outline, from top to bottom -> the whole outline."""
    return [*half, *((100 - x, y) for x, y in reversed(half))]


def mask(*outlines, holes=()):
    """Where the outlines are, 255, and elsewhere 0: a grey Pillow picture."""
    picture = Image.new("L", (SIZE * FINE, SIZE * FINE))
    draw = ImageDraw.Draw(picture)
    for color, shapes in ((255, outlines), (0, holes)):
        for outline in shapes:
            draw.polygon([tuple(p * SIZE * FINE / 100) for p in smooth(outline)], fill=color)
    return picture


def strokes(lines, width):
    """Open curves as a mask, `width` in the units of the coordinates."""
    picture = Image.new("L", (SIZE * FINE, SIZE * FINE))
    draw, scale = ImageDraw.Draw(picture), SIZE * FINE / 100
    for line in lines:
        points = [(x * scale, y * scale) for x, y in line]
        draw.line(points, fill=255, width=round(width * scale), joint="curve")
        for x, y in points:
            r = width * scale / 2
            draw.ellipse((x - r, y - r, x + r, y + r), fill=255)
    return picture


def arc(center, radii, start, stop):
    """Points on a piece of an ellipse, angles in degrees, 0 at the right, 90 below."""
    angles = np.radians(np.linspace(start, stop, 40))
    return [(center[0] + radii[0] * np.cos(a), center[1] + radii[1] * np.sin(a)) for a in angles]


def shade(shape, color, folds=0.0, depth=0.35):
    """A colour for the whole frame, darker towards the edge of the shape, with soft folds."""
    blurred = shape.filter(ImageFilter.GaussianBlur(6 * FINE))
    inside = np.asarray(blurred, dtype=float)[..., None] / 255  # 0.5 at the edge, 1 far inside
    y, x = np.mgrid[: SIZE * FINE, : SIZE * FINE] / (SIZE * FINE)
    waves = folds * np.sin(40 * x + 6 * np.sin(5 * y))[..., None]
    light = 1 - depth * 2 * (1 - inside) + waves
    return Image.fromarray(np.clip(np.array(color) * light, 0, 255).astype(np.uint8), "RGB")


def paint(background, *layers):
    """Layers (colour or picture, mask) one over the other on a background: a Pillow picture."""
    picture = Image.new("RGB", (SIZE * FINE, SIZE * FINE), background)
    for color, where in layers:
        picture.paste(color, mask=where)
    return picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


# Outlines

T_SHIRT = mirrored([(54, 12), (58, 6), (60, 5), (74, 10), (80, 15), (92, 36), (91, 39), (79, 45),
                    (75, 42), (72, 34), (73, 60), (74, 94), (73, 96), (54, 97)])  # fmt: skip
T_SHIRT_SEAMS = [[(73, 12), (70, 22), (72, 36)], [(27, 12), (30, 22), (28, 36)],
                 arc((50, 5), (12, 10), 5, 175), [(27, 93), (50, 94), (73, 93)]]  # fmt: skip
TROUSERS = mirrored([(52, 3), (64, 3), (65, 4), (68, 24), (68, 50), (66, 96), (65, 97), (55, 97),
                     (54, 96), (53, 60), (51, 33), (51, 32)])  # fmt: skip
DRESS = mirrored([(53, 13), (57, 10), (59, 4), (63, 4), (63, 12), (66, 22), (63, 32), (60, 41),
                  (63, 52), (70, 74), (77, 94), (75, 96), (54, 98)])  # fmt: skip
PULLOVER = mirrored([(54, 9), (59, 5), (62, 5), (74, 10), (80, 17), (86, 50), (90, 92), (89, 95),
                     (79, 96), (78, 94), (75, 60), (72, 38), (73, 60), (73, 92), (72, 95),
                     (54, 96)])  # fmt: skip
BAG = mirrored([(54, 40), (74, 40), (80, 42), (86, 84), (84, 89), (80, 90), (54, 90)])
SNEAKER = [(4, 66), (8, 60), (20, 56), (32, 51), (44, 42), (52, 33), (58, 31), (62, 35), (72, 40),
           (84, 36), (92, 28), (96, 30), (95, 46), (96, 60), (96, 70), (4, 70)]  # fmt: skip
SOLE = [(2, 66), (4, 65), (50, 66), (97, 63), (98, 64), (98, 74), (96, 76), (6, 76), (2, 73)]
BOOT = [(5, 74), (7, 66), (22, 60), (38, 54), (48, 44), (51, 30), (50, 12), (52, 10), (86, 10),
        (88, 12), (87, 40), (91, 60), (93, 80), (5, 80)]  # fmt: skip
BOOT_SOLE = [(4, 76), (50, 77), (93, 76), (93, 92), (92, 93), (72, 93), (70, 92), (66, 84),
             (56, 83), (6, 83), (4, 81)]  # fmt: skip
PENGUIN = [(46, 8), (52, 5), (60, 7), (64, 14), (66, 24), (74, 40), (78, 60), (74, 80), (66, 92),
           (70, 96), (46, 97), (44, 94), (40, 90), (34, 76), (32, 58), (36, 40), (44, 26),
           (44, 20), (30, 17), (44, 13)]  # fmt: skip


# Pictures, each of another kind


def t_shirt():
    """A line drawing, filled with a flat colour, dark on white."""
    shape = mask(T_SHIRT)
    edge = ImageChops.subtract(shape.filter(ImageFilter.MaxFilter(15)), shape)
    return paint("white", ((118, 150, 142), shape), ("black", edge),
                 ("black", strokes(T_SHIRT_SEAMS, 0.8)))  # fmt: skip


def trousers():
    """Blue jeans with seams, in colour on white."""
    shape = mask(TROUSERS)
    seams = strokes([[(35, 8), (65, 8)], [(50, 8), (50, 34)], *(
        [(x, 8), (50 + (x - 50) * 1.3, 19)] for x in (38, 62))], 0.8)  # fmt: skip
    return paint("white", (shade(shape, (62, 84, 140), folds=0.06), shape), ((30, 42, 80), seams))


def dress():
    """A little black dress on a transparent background, whose invisible pixels are black."""
    shape = mask(DRESS)
    picture = paint("black", (shade(shape, (44, 38, 48), folds=0.10), shape),
                    ((14, 12, 16), strokes([[(41, 41), (59, 41)]], 1.6)))  # fmt: skip
    picture.putalpha(shape.resize((SIZE, SIZE), Image.Resampling.LANCZOS))
    return picture


def pullover():
    """Photo-like, light wool on a dark background."""
    shape = mask(PULLOVER)
    rows = np.sin(np.arange(SIZE * FINE) * 0.35)[:, None, None]  # knitted rows
    wool = np.asarray(shade(shape, (205, 198, 186), folds=0.05), dtype=float) + 7 * rows
    wool = Image.fromarray(np.clip(wool, 0, 255).astype(np.uint8), "RGB")
    lines = strokes([*T_SHIRT_SEAMS[:3], [(27, 90), (73, 90)]], 0.9)
    return paint((24, 26, 30), (wool, shape), ((120, 114, 104), lines))


def sneaker():
    """A dark shoe with a light sole, off the centre of a wide frame."""
    upper, sole = mask(SNEAKER), mask(SOLE)
    laces = strokes([[(40, 46), (48, 50)], [(45, 41), (53, 45)], [(50, 36), (58, 41)]], 1.4)
    stripe = strokes([[(52, 64), (60, 50), (70, 44)], [(62, 64), (69, 52), (78, 46)]], 2.2)
    shoe = paint("white", (shade(upper, (58, 64, 74)), upper), (shade(sole, (196, 196, 190)), sole),
                 ((225, 225, 225), laces), ((170, 60, 50), stripe))  # fmt: skip
    wide = Image.new("RGB", (900, 500), "white")
    wide.paste(shoe.crop((0, 90, 400, 320)), (470, 230))
    return wide


def bag():
    """A brown bag, small in a large frame, as a JPEG photograph."""
    body = mask(BAG)
    handle = strokes([arc((50, 42), (21, 28), 180, 360)], 3.2)
    flap = strokes([[(24, 44), (34, 64), (66, 64), (76, 44)]], 1.0)
    lock = strokes([[(50, 63), (50, 66)]], 4)
    picture = paint((236, 232, 226), ((96, 58, 36), handle), (shade(body, (134, 84, 52)), body),
                    ((78, 46, 28), flap), ((214, 184, 110), lock))  # fmt: skip
    large = Image.new("RGB", (1000, 750), (236, 232, 226))
    large.paste(picture.resize((240, 240), Image.Resampling.LANCZOS), (330, 280))
    return large


def ankle_boot():
    """A photo-like boot, dark on a light grey background."""
    upper, sole = mask(BOOT), mask(BOOT_SOLE)
    elastic = mask([(58, 14), (74, 14), (72, 40), (66, 48), (60, 40)])
    upper_leather = shade(upper, (66, 52, 46), folds=0.04)
    return paint((226, 226, 228), (upper_leather, upper), (shade(sole, (34, 30, 30)), sole),
                 ((38, 32, 30), elastic))  # fmt: skip


def outline():
    """The T-shirt again, as an outline without a fill."""
    shape = mask(T_SHIRT)
    edge = ImageChops.subtract(shape.filter(ImageFilter.MaxFilter(15)), shape)
    return paint("white", ("black", edge), ("black", strokes(T_SHIRT_SEAMS, 0.8)))


def penguin():
    """No piece of clothing."""
    body = mask(PENGUIN)
    belly = mask([(48, 30), (58, 28), (66, 44), (68, 66), (62, 86), (52, 88), (46, 70), (44, 46)])
    return paint("white", (shade(body, (40, 44, 52)), body), ((232, 232, 228), belly),
                 ("white", strokes([[(54, 14), (54.2, 14)]], 2.4)))  # fmt: skip


def seven():
    """No piece of clothing either: a digit."""
    return paint("white", ("black", strokes([[(24, 14), (76, 14), (42, 92)]], 9)))


PICTURES = {
    "t-shirt.png": t_shirt, "trousers.png": trousers, "dress.png": dress,
    "pullover.png": pullover, "sneaker.png": sneaker, "bag.jpg": bag,
    "ankle-boot.png": ankle_boot, "outline.png": outline, "penguin.png": penguin,
    "seven.png": seven,
}  # fmt: skip


def main():
    FOLDER.mkdir(exist_ok=True)
    for name, draw in PICTURES.items():
        draw().save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
