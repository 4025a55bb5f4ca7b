"""Widgets of chapter 18, the model object."""

from .. import plots
from .core import Explorer, slider


def patience_on_record(runs, best_and_last):
    """Where patience would have stopped recorded runs, and which epoch it would have kept.

    `runs`: histories of full length with "loss" and "val_loss"; `best_and_last(losses, patience)`
    gives the epoch that is kept and the last one that is run.
    """
    longest = len(runs[0]["loss"])

    def draw(run, patience):
        loss, val_loss = runs[run]["loss"], runs[run]["val_loss"]
        kept, last = best_and_last(val_loss, patience)
        title = (f"patience {patience}: {last + 1} of {longest} epochs, "
                 f"validation loss {val_loss[kept]:.3f}")
        fig, ax = plots.axes(title, "", "", size=(6.6, 3.4))
        plots.patience_result(ax, loss, val_loss, last, kept)
        fig.subplots_adjust(left=0.1, right=0.97, bottom=0.15, top=0.88)
        return fig

    return Explorer(
        draw,
        "Training and validation loss of a recorded run. A star marks the epoch that would have "
        "been kept, a circle the best one of the whole run; what patience would have spared is "
        "grey. Sliders choose one of the runs and the patience.",
        run=slider("seed", 0, len(runs) - 1, 0),
        patience=slider("patience, in epochs", 1, longest // 2, 5),
    )
