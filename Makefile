# `make run` needs nothing but Python 3.11, 3.12 or 3.13; everything else goes into .venv.

PYTHON ?= python3
BIN := .venv/bin
PY := $(BIN)/python
LOCK = uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-strip-extras --no-emit-index-url --no-emit-find-links -c requirements/limits.in --custom-compile-command "make lock" $(UPGRADE)
BENCH_REFERENCE := build/bench-reference

.DEFAULT_GOAL := help
.PHONY: help run train-setup test check format lint types contracts coverage bench bench-sandbox fuzz kill kill-training long-day mixed-folder bundle bundle-trainer deb \
	portable smoke footprint demo-films morning-list training-walk lock clean for-run for-train for-dev
export PATH := $(CURDIR)/$(BIN):$(PATH)

help:  ## this list
	@sed -n 's/^\([a-z -]*\):[^#]*## /  make \1\t/p' Makefile | expand -t 20

run: for-run  ## the window with the demo films; without a display a table and a screenshot
	@$(PY) -m pneumo_desktop demo

train-setup: for-train  ## what the Training tab and `pneumo-desktop train` need (TensorFlow)

test: for-dev  ## the tests
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2 -o faulthandler_timeout=300 $(TESTS)

check: for-dev format lint types contracts coverage  ## what CI runs, the tests last

format: for-dev
	@$(PY) -m ruff format --check .
lint: for-dev
	@$(PY) -m ruff check .
types: for-dev
	@$(PY) -m mypy
	@MYPYPATH=packaging $(PY) -m mypy $(filter-out packaging/bootstrap.py,$(wildcard packaging/*.py))
	@$(PY) -m mypy packaging/bootstrap.py tests/benchmarks/bench.py tests/benchmarks/reference_vgg16.py \
		tests/survival/long_day.py
contracts: for-dev
	@lint-imports
coverage: for-dev
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2 -o faulthandler_timeout=300 --cov --cov-report=term

bench: for-dev  ## ratios against the reference pipeline, in one run; FILMS=DIR chooses the films
	@$(PYTHON) packaging/bootstrap.py reference $(BENCH_REFERENCE)
	@$(PY) -m tests.benchmarks.bench --reference $(BENCH_REFERENCE) $(if $(FILMS),--films $(FILMS))

bench-sandbox: for-dev  ## what decoding in a child costs: handing over a film, and starting again
	@$(PY) -m tests.benchmarks.sandbox_cost

fuzz: for-dev  ## COUNT (20000) damaged files of every format; prints what became of them
	@$(PY) -m tests.fuzz.fuzz $(if $(COUNT),--count $(COUNT))

kill: for-dev  ## kill the program at ROUNDS (200) random moments; prints what was lost
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.survival.kill $(if $(ROUNDS),--rounds $(ROUNDS))

long-day: for-dev  ## 20,000 films answered and 2000 read in one process; prints what grew
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.survival.long_day

mixed-folder: for-dev  ## 500 files, a third of them hostile: do the good ones keep their answers?
	@$(PY) -m tests.fuzz.mixed_folder $(if $(COUNT),--count $(COUNT))

FREEZE = $(PY) -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build/pyinstaller

kill-training: for-dev  ## COUNT (30) kills of the training program at random moments: is anything finished lost?
	@nice -n 5 $(PY) -m tests.training.kills $(if $(COUNT),--count $(COUNT))

bundle: for-dev  ## the program as one folder, dist/pneumo-desktop
	@$(FREEZE) packaging/pneumo_desktop.spec

bundle-trainer: for-dev  ## the training program as another, dist/pneumo-trainer (takes minutes)
	@$(FREEZE) packaging/pneumo_trainer.spec

deb portable: for-dev  ## the bundles that lie in dist as Debian packages, or as archives
	@for bundle in dist/pneumo-desktop $(wildcard dist/pneumo-trainer); do \
		$(PY) packaging/linux_package.py $@ $$bundle || exit 1; done

SMOKE ?= $(firstword $(wildcard dist/pneumo-desktop_*.deb) dist/pneumo-desktop)
smoke: for-dev  ## install the package in dist (else take the folder), use it as a user would under Xvfb, remove it
	@$(PY) packaging/smoke.py $(SMOKE)

footprint: for-dev  ## size, starts and memory of the bundle beside the checkout's own
	@$(PY) packaging/footprint.py dist/pneumo-desktop

demo-films: for-run  ## draw the demo films again from DATA=DIR, the radiographs they are modelled on
	@OPENBLAS_NUM_THREADS=1 $(PY) packaging/demo_films.py $(DATA)

morning-list: for-run  ## make the page docs/a-mornings-list.md and its pictures again
	@QT_QPA_PLATFORM=offscreen $(PY) packaging/morning_list.py

training-walk: for-train  ## make the page docs/a-model-of-ones-own.md; FILMS=DIR goes the same way with films of yours
	@QT_QPA_PLATFORM=offscreen $(PY) packaging/training_walk.py $(if $(FILMS),--films $(FILMS)) \
		$(if $(RECIPE),--recipe $(RECIPE))

lock:  ## pin the requirements again; UPGRADE=--upgrade takes newer ones
	@command -v uv >/dev/null || { echo "uv is missing; run: $(PY) -m pip install uv"; exit 1; }
	@$(LOCK) requirements/build.in -o requirements/build.txt
	@$(LOCK) pyproject.toml --extra train --extra dev -o requirements/dev.txt
	@$(LOCK) pyproject.toml --extra train -c requirements/dev.txt -o requirements/train.txt
	@$(LOCK) pyproject.toml -c requirements/dev.txt -o requirements/run.txt

clean:  ## remove what was built and measured; .venv stays
	@rm -rf build dist .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

for-run for-train for-dev: for-%:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON). On Debian and Ubuntu run: \
	sudo apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) packaging/bootstrap.py $*
