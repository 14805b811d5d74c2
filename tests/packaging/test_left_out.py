"""What the bundle leaves out of matplotlib is never asked for by what the program draws."""

import shutil
import subprocess
import sys
from pathlib import Path

import bundle_contents as contents
import matplotlib as mpl

DRAW = """
import warnings
warnings.simplefilter("error")
import logging
logging.getLogger("matplotlib").addHandler(logging.StreamHandler())
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from PySide6.QtWidgets import QApplication
import matplotlib
print(matplotlib.__file__)
application = QApplication([])
for canvas in (FigureCanvasAgg, FigureCanvasQTAgg):
    figure = Figure(layout="constrained")
    canvas = canvas(figure)
    axes = figure.add_subplot()
    axes.set_xscale("log")
    axes.plot([1, 10, 100], [0, 1, 2], label="loss")
    formula = "\\u6f22 $x^2 \\\\pm \\\\sum_i \\\\frac{1}{i}$"
    axes.set_title(formula, fontstyle="italic", fontweight="bold")
    axes.legend()
    canvas.draw()
"""


def test_matplotlib_draws_without_what_the_bundle_leaves_out(tmp_path):
    whole = Path(mpl.__file__).parent

    def left_out(folder, names):
        places = [(Path("matplotlib") / Path(folder).relative_to(whole) / name) for name in names]
        kept = contents.used([(place.as_posix(), "", "DATA") for place in places])
        return set(names) - {Path(place).name for place, _, _ in kept} | {"tests", "__pycache__"}

    shutil.copytree(whole, tmp_path / "matplotlib", ignore=left_out)
    fonts = {path.name for path in (tmp_path / "matplotlib/mpl-data/fonts/ttf").glob("*.ttf")}
    assert "DejaVuSans.ttf" in fonts
    assert "DejaVuSerif.ttf" not in fonts
    environment = {"PYTHONPATH": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8",
                   "HOME": str(tmp_path), "MPLCONFIGDIR": str(tmp_path / "config")}  # fmt: skip
    done = subprocess.run([sys.executable, "-c", DRAW], env=environment, capture_output=True,
                          text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert str(tmp_path) in done.stdout
    assert "not found" not in done.stderr
