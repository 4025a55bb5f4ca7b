"""Widgets of chapter 21, saving and loading."""

import numpy as np

from .. import plots
from .core import Explorer, slider


def flip_a_bit(theta, slots, predict):
    """Flip one bit of one entry of theta (n,), float32; `predict(theta)` gives two probabilities.

    `slots` are triples (path, layer, name) of the arrays that theta is made of, in order.
    """
    names = [
        f"{path}[{', '.join(map(str, place))}]"
        for path, layer, name in slots
        for place in np.ndindex(getattr(layer, name).shape)
    ]
    before = predict(theta)

    def draw(number, bit):
        changed = theta.copy()
        changed.view("<u4")[number] ^= np.uint32(1 << (31 - bit))
        with np.errstate(all="ignore"):
            after = predict(changed)
        predict(theta)  # leaves the network as it was
        old, new = (f"{v[number]:.7g}".replace("-", "−") for v in (theta, changed))
        bits = f"{int(changed.view('<u4')[number]):032b}"
        title = f"{names[number]}: {old} becomes {new}"
        return plots.flipped_bit(title, bits, bit, (before, after))

    return Explorer(
        draw,
        "The 32 bits of the parameter 0.W[1, 0]. Its bit 9, the first of the mantissa, is flipped, "
        "and −1 becomes −1.5. Two bars below: the prediction was 0.622 to 0.378, and is now 0.182 "
        "to 0.818. Sliders choose the parameter and the bit.",
        number=slider("parameter, 0 to 16", 0, len(theta) - 1, 3),
        bit=slider("bit, 0 is the sign", 0, 31, 9),
    )
