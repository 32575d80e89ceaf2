# Each verb sets up what it needs, then calls one pipeline. The logic lives there, not here. Values reach it through the
# environment ("$$OUT"), so that they may hold spaces and quotes.
.DEFAULT_GOAL := help
.PHONY: help setup reproduce elsewhere record test ok notebook fetch features f4 f4-audit ledger lab mlflow leaderboard wasm xgboost tensorflow lock clean
export DENO_DIR := $(CURDIR)/.tools/deno-dir
export DENO_TLS_CA_STORE := mozilla,system
RUN := .tools/python/bin/deno run -A --quiet

help: ## Show this list
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | awk -F'@' '{ printf "%-20s %s\n", $$1, $$2 }'

setup: ## Install everything into this folder (every other verb does it too)
	@command -v python3 >/dev/null || { echo "Cannot set up: python3 (3.10 or later) must be in PATH. On Debian or Ubuntu: apt-get install python3 python3-venv"; exit 1; }
	@python3 pipelines/setup/setup.py

reproduce: setup xgboost ## Run the studies, judge them, compare with what is recorded. STUDY=panel BARS=folder FAST=1 FRESH=1 CORES=2 MEMORY=8000
	@$(RUN) pipelines/reproduce.ts $(if $(STUDY),--study="$$STUDY") $(if $(BARS),--bars="$$BARS") $(if $(filter-out 0,$(FAST)),--fast) $(if $(filter-out 0,$(FRESH)),--fresh) \
	  $(if $(CORES),--cores="$$CORES") $(if $(MEMORY),--memory="$$MEMORY")

elsewhere: setup ## Run a step under other locales, cores, processors: the same bytes? STEP=bars/horizon_5
	@$(RUN) pipelines/elsewhere.ts $(if $(STEP),--step="$$STEP")

record: setup ## Accept new results as the recorded ones, as a readable diff. STUDY=panel
	@$(RUN) pipelines/record.ts $(if $(STUDY),--study="$$STUDY")

test: setup ## Run all tests
	@$(RUN) pipelines/run_tests.ts

ok: setup ## Everything a change must pass: format, lint, types, notebooks, floors, docs, tests
	@$(RUN) pipelines/ok.ts

notebook: setup ## Run notebooks, many at once. NB='a.ipynb b.ipynb' PARAMS='horizonDays=1|5' OUT=folder CORES=2 MEMORY=8000
	@$(RUN) pipelines/notebook.ts --notebook="$$NB" --out="$$OUT" --parameters="$$PARAMS" $(if $(CORES),--cores="$$CORES") $(if $(MEMORY),--memory="$$MEMORY")

fetch: setup ## Fetch bars for BARS=folder, or news, series, filings, options. SOURCE=yahoo SYMBOLS=AAPL,MSFT FROM=2015-01-01 TO=day OUT=folder
	@$(RUN) pipelines/fetch.ts --source="$$SOURCE" --symbols="$$SYMBOLS" $(if $(FROM),--from="$$FROM") $(if $(TO),--to="$$TO") $(if $(OUT),--out="$$OUT")

features: setup ## Compute features of your own bars. BARS=folder OUT=file.parquet FEATURES=rsi_14,momentum_20
	@$(RUN) pipelines/features.ts --bars="$$BARS" --out="$$OUT" $(if $(FEATURES),--features="$$FEATURES")

tensorflow: setup ## Set up TensorFlow's native library, which trains networks faster than WebAssembly. GPU=1 ZIG=1
	@$(RUN) pipelines/tensorflow.ts $(if $(filter-out 0,$(GPU)),--gpu) $(if $(filter-out 0,$(ZIG)),--zig)

f4: setup ## Judge forecasts or a book from anywhere. FORECASTS=file.csv OUT=folder HORIZON=5 (f4 --help: all others)
	@$(RUN) pipelines/f4.ts --forecasts="$$FORECASTS" --out="$$OUT" $(if $(HORIZON),--horizon-days="$$HORIZON") $(if $(KIND),--kind="$$KIND") $(if $(JUDGED),--columns="$$JUDGED") \
	  $(if $(RETURNS),--returns="$$RETURNS") $(if $(FACTORS),--factors="$$FACTORS") $(if $(BASELINES),--baselines="$$BASELINES") \
	  $(if $(TRIALS),--trials="$$TRIALS") $(if $(FINAL),--final="$$FINAL") $(if $(LEDGER),--ledger="$$LEDGER")

f4-audit: setup ## Put the judge itself on trial, on markets whose truth is known. SHARE=0.1 OUT=folder CORES=2
	@$(RUN) pipelines/f4_audit.ts $(if $(SHARE),--share="$$SHARE") $(if $(OUT),--out="$$OUT") $(if $(CORES),--cores="$$CORES")

ledger: setup ## Show what has been tried, and what it costs the next claim. LAST=0 LEDGER=folder; ADMIT=60 WHAT=book MARKET=panel WORDS='...'
	@$(if $(LEDGER),LAB_LEDGER="$$LEDGER") $(RUN) pipelines/ledger.ts $(if $(LAST),--last="$$LAST") $(if $(ADMIT),--admit="$$ADMIT") $(if $(WHAT),--what="$$WHAT") \
	  $(if $(MARKET),--market="$$MARKET") $(if $(TIER),--tier="$$TIER") $(if $(WORDS),--words="$$WORDS")

lab: setup ## Open JupyterLab on the Deno kernel
	@$(RUN) pipelines/lab.ts

mlflow: setup ## Open the MLflow UI on the recorded runs
	@$(RUN) pipelines/mlflow.ts

leaderboard: setup ## Write the result tables from the recorded runs
	@$(RUN) pipelines/leaderboard.ts

wasm: setup ## Compile LightGBM to WebAssembly, the package .tools/lightgbm-wasm. TWICE=1 CORES=2
	@$(RUN) pipelines/wasm.ts $(if $(filter-out 0,$(TWICE)),--twice) $(if $(CORES),--cores="$$CORES")

xgboost: setup ## Install XGBoost, which only its comparison with LightGBM needs
	@$(RUN) pipelines/xgboost.ts

lock: setup ## Resolve the Python locks again, after a change of pipelines/setup/*.in
	@$(RUN) pipelines/lock.ts

clean: ## Remove what set-up installed and what runs left (not the data you brought, not the records)
	@rm -rf .tools node_modules experiments/runs data/derived
