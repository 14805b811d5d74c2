"""Where a classifier keeps its features and the one linear layer that turns them into a logit.

For a pooled head (Zhou et al., CVPR 2016, class activation) and for a flattened one the logit is
a sum over positions: logit = bias + sum over (row, column) of features[row, column] . weights.
"""

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray

from pneumo_training.failure import TrainingError

_IDLE = (layers.Dropout, layers.SpatialDropout2D)
_ADVICE = (
    "It needs one Dense layer with 1 sigmoid or 2 softmax outputs (normal, pneumonia) directly "
    "after GlobalAveragePooling2D or Flatten."
)


@dataclass(frozen=True, slots=True, eq=False)
class Anatomy:
    """A classifier taken apart.

    `features` maps the network's input to (n, rows, columns, channels); `weights`, of the same
    shape without n, and `bias` turn them into the logit of pneumonia against normal.
    """

    features: Any
    weights: NDArray[np.float32]
    bias: float

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns of the evidence map."""
        return int(self.weights.shape[0]), int(self.weights.shape[1])


def dissect(network: Any) -> Anatomy:
    """Take a classifier apart; of several outputs `probability` is meant, else the first.

    Raises:
        TrainingError: Its head is of another kind.
    """
    output = _classifier_output(network)
    dense, output = _dense_above(output)
    head = _operation(output)
    while isinstance(head, _IDLE):
        output = head.input
        head = _operation(output)
    if not isinstance(head, layers.GlobalAveragePooling2D | layers.Flatten):
        raise TrainingError(
            f"This network cannot be converted: before its last layer stands "
            f"{type(head).__name__}. {_ADVICE}"
        )
    features = head.input
    shape = tuple(features.shape[1:])
    if len(shape) != 3 or None in shape:
        raise TrainingError(
            f"This network cannot be converted: its features are {shape}, not "
            f"rows x columns x channels of known size. {_ADVICE}"
        )
    kernel, bias = _one_logit(dense)
    if isinstance(head, layers.Flatten):
        weights = kernel.reshape(shape)
    else:
        weights = np.broadcast_to(kernel / (shape[0] * shape[1]), shape)
    inputs = network.inputs[0] if len(network.inputs) == 1 else network.inputs
    return Anatomy(keras.Model(inputs, features), weights.astype(np.float32), bias)


def _classifier_output(network: Any) -> Any:
    names = list(getattr(network, "output_names", []))
    place = names.index("probability") if "probability" in names else 0
    return network.outputs[place]


def _operation(tensor: Any) -> Any:
    return tensor._keras_history.operation  # noqa: SLF001 - Keras has no public way back


def _dense_above(output: Any) -> tuple[Any, Any]:
    """Return the last Dense layer, whatever activation follows, and the tensor it takes."""
    layer = _operation(output)
    activation = getattr(layer, "activation", None)
    if isinstance(layer, layers.Activation | layers.Softmax):
        activation = keras.activations.softmax if activation is None else activation
        layer = _operation(layer.input)
    if not isinstance(layer, layers.Dense):
        raise TrainingError(
            f"This network cannot be converted: it ends in {type(layer).__name__}. {_ADVICE}"
        )
    wanted = {1: keras.activations.sigmoid, 2: keras.activations.softmax}.get(layer.units)
    if wanted is None or activation is not wanted:
        found = getattr(activation, "__name__", str(activation))
        raise TrainingError(
            f"This network cannot be converted: its last layer has {layer.units} outputs with "
            f"{found}. {_ADVICE}"
        )
    return layer, layer.input


def _one_logit(dense: Any) -> tuple[NDArray[np.float32], float]:
    """Return kernel (inputs,) and bias of pneumonia minus normal."""
    values = [np.asarray(value) for value in dense.get_weights()]
    kernel = values[0]
    bias = values[1] if len(values) > 1 else np.zeros(dense.units, np.float32)
    if dense.units == 1:
        return kernel[:, 0], float(bias[0])
    return kernel[:, 1] - kernel[:, 0], float(bias[1] - bias[0])
