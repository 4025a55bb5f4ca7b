"""Widgets of notebook b3, convolutional networks."""

import ipywidgets

from .. import plots
from .core import Explorer, slider


def look_inside(pictures, look):
    """Choose a picture (n, h, w), a layer and a channel; see its map, and the score's slopes.

    `look(i)` gives a title, the layers' channels {name: (n, h, w)}, and the slopes (h, w).
    """
    seen = {}

    def draw(picture, layer, channel):
        if picture not in seen:
            seen[picture] = look(picture)
        title, layers, slopes = seen[picture]
        maps = layers[layer]
        channel = min(channel, len(maps) - 1)
        return plots.channel_view(pictures[picture], title, maps, channel, slopes)

    layers = look(0)[1]
    most = max(map(len, layers.values()))
    return Explorer(
        draw,
        "A garment, all channels of one layer of the network as small maps with one framed, that "
        "map enlarged, and the size of the score's slope at each pixel. Controls choose the "
        "picture, the layer and the channel.",
        picture=slider("picture", 0, len(pictures) - 1, 0),
        layer=ipywidgets.Dropdown(options=list(layers), value=next(iter(layers)),
                                  description="layer"),
        channel=slider("channel", 0, most - 1, 0),
    )
