"""The figures of the course: what all chapters use, and drawings of single chapters."""

from .core import (
    COLORS,
    LIGHT,
    MARKERS,
    axes,
    curves,
    pictures,
    plt,
    png,
    points,
    regions,
    show,
    show_animation,
)
from .ch01 import bare_network, classified, course_map, named_network, named_neuron
from .ch01 import timeline, training_loop
from .ch02 import layer_line, pocket_network, product_cell, projections
from .ch04 import gallery, growing_sum, pieces, score_bars, tents
from .ch05 import accuracy_and_loss, loss_maps, samples_on_curve
from .ch06 import dots_and_curves, landscape, luck_curves, luck_frame, relief, seed_bands
from .ch07 import descent_and_heights, descents, error_valleys, functions_and_slopes
from .ch07 import secant_frame, tangent_and_slope
from .ch08 import contours, costs, flowing_back, gradient_at, gradient_field
from .ch08 import neuron_graph, pocket_graph, slopes_by_angle
from .ch09 import check_scatter, lost_gradients, shape_diagram, sweep, two_routes
from .ch10 import moments, race_frame, rank_lines, ravine_paths, walk_and_distance
from .ch11 import error_by_width, funnel, shifted_frame, touches, train_and_test
from .ch12 import best_so_far, coverage, fold_picture, one_search_and_winners
from .ch12 import promise_and_truth, search_result, stopped_curve
from .ch13 import landscapes, path_and_losses
from .ch14 import gap_curves, pruned_accuracy, shrinkage, touching, weight_sizes
from .ch15 import doubt_map, mean_and_spread, rate_and_width, scatter_ensembles, thinned_network
from .ch16 import compared_models, cost_curves, pairs_board, scores_roc_reliability
from .ch16 import sigmoid_and_losses, tumours_and_log_odds
from .ch17 import bell_and_slope, fit_and_year, fit_frame, losses_and_outlier, outside
from .ch17 import residuals, spread_by_scale, starts
from .ch18 import history_panels, house, patience_result
from .ch20 import class_scores, confusion, noise_lines, reliability_panels, robustness
from .ch22 import coverage_curves, latency, pipeline, unsure
from .ch21 import crash_table, file_bytes, flipped_bit, resumed_curves
from .b1 import cliff, column_lines, rate_tolerance, schedule_and_losses, spread_panels
from .b2 import class_responses, filter_wall, patches_diagram, receptive_cone, sliding_step
from .b3 import channel_view, evidence, feature_rows, progress_by_time, shift_curves
from .b4 import clipped_runs, fading_and_forecast, learned_by_lag, message_panels
from .b4 import scores_by_window, states_and_message, unrolled_graph
from .b5 import bits_curves, bits_ladder, gate_map, letter_map, lstm_cell
from .b5 import message_and_steps, name_sheet
from .b6 import depth_contest, growth, knock_out, latent_and_picture, latent_map
from .b6 import path_lengths, residual_block, rows_of_pictures, start_panels, unrolled
from .b7 import head_maps, position_panels, saturation, weight_grid
