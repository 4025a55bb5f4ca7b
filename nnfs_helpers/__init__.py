"""The finished code of *Neural Networks From Scratch, in notebooks*, chapter by chapter.

This page is the map: every public name stands under the chapter that introduces it. The comments
name methods that a later chapter adds. `plots`, `widgets` and `exercises` are the furniture.
"""

# Chapter 3: adding layers
from .layers import Layer, Dense, Sequential  # `backward`: chapter 9
from .data import penguins, spiral, vertical

# Chapter 4: activation functions
from .layers import ReLU, Softmax, softmax  # `backward`: chapter 9

# Chapter 5: loss
from .losses import CrossEntropy, Loss  # `backward`: chapter 9
from .metrics import accuracy

# Chapter 7: derivatives
from .gradcheck import numerical_gradient

# Chapter 9: backpropagation
from .losses import SoftmaxCrossEntropy
from .gradcheck import gradient_check, loss_gradient_check, relative_error
from .layers import slots

# Chapter 10: optimizers
from .optimizers import SGD, AdaGrad, Adam, Optimizer, Parameters, RMSprop, train

# Chapter 12: validation data
from .data import k_fold, split

# Chapter 13: training dataset
from .data import Standardizer, batches

# Chapter 14: L1 and L2 regularization
from .losses import L1, L2, Penalty, weight_mask

# Chapter 15: dropout
from .layers import Dropout, set_training

# Chapter 16: binary logistic regression
from .layers import Sigmoid, sigmoid
from .losses import BinaryCrossEntropy
from .metrics import auc, binary_accuracy, confusion_matrix, roc_curve
from .data import breast_cancer

# Chapter 17: regression
from .layers import Tanh
from .losses import Huber, MeanAbsoluteError, MeanSquaredError
from .metrics import r2, root_mean_squared_error
from .data import seattle_weather, sine

# Chapter 18: model object
from .model import History, Model  # `save`, `load`: chapter 21; `predict`: chapter 22

# Chapter 19: a real dataset
from .data import FASHION_CLASSES, fashion_mnist, pixels_to_inputs

# Chapter 20: model evaluation
from .metrics import bootstrap_interval, expected_calibration_error, mcnemar, precision_recall_f1

# Chapter 22: model predicting inference
from .data import prepare_image

# Beyond the book, b1
from .normalization import BatchNorm, LayerNorm
from .initializers import glorot, orthogonal
from .optimizers import ClippedAdam, clip_gradient, warmup_cosine

# Beyond the book, b2
from .convolution import AveragePool2D, Conv2D, Flatten, MaxPool2D, Pool2D

# Beyond the book, b3
from .data import random_flip, random_shift

# Beyond the book, b4
from .recurrent import RNN, Recurrent
from .sequences import LastStep, pad, set_mask

# Beyond the book, b5
from .recurrent import GRU, LSTM
from .sequences import Embedding, PerStep, SequenceCrossEntropy, next_tokens
from .data import first_names

# Beyond the book, b6
from .residual import Residual

# Beyond the book, b7
from .attention import MultiHeadAttention, PositionalEncoding, attention, transformer_block
