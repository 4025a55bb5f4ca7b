"""The widgets of the course: each is built by one call, and its chapter has a module of its own."""

from .core import Explorer, slider
from .ch01 import decision_line, five_sliders
from .ch02 import one_neuron
from .ch03 import untrained_regions
from .ch04 import shape_with_relus, softmax_bars
from .ch05 import move_a_probability
from .ch06 import descend_by_luck
from .ch07 import descent, tangent_line
from .ch08 import gradient_and_level, live_neuron
from .ch09 import pocket_gradients, two_routes
from .ch10 import rate_and_momentum
from .ch11 import capacity
from .ch12 import best_of_many
from .ch13 import batch_descent
from .ch14 import penalty_regions
from .ch15 import thinned_regions
from .ch16 import threshold_and_matrix
from .ch17 import outlier_drag
from .ch18 import patience_on_record
from .ch19 import browse_predictions, prediction_figure
from .ch20 import threshold_and_class
from .ch22 import classify_drawing, classify_upload
from .ch21 import flip_a_bit
from .b1 import one_column
from .b2 import slide_a_kernel
from .b3 import look_inside
from .b4 import steer_the_memory
from .b5 import draw_names
from .b6 import walk_the_latent_space
from .b7 import look_at_heads
