"""One equation of the theory by mixed models, on the data that ours estimates all eight from."""

import importlib.util
import shutil
import statistics
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.theory_worlds import NAMES, answers, truth
from fieldcraft.engine.causal.lagged import fit, sums_of

PEOPLE, WEEKS, TIMES = 100, 26, 6
OUTCOME = NAMES.index("learning")
CAUSES = [at for at in range(8) if at != OUTCOME]
LME4 = """
suppressMessages(library(lme4)); d <- read.csv(commandArgs(TRUE)[1]); began <- proc.time()[[3]]
m <- suppressWarnings(suppressMessages(lmer(y ~ x0+x1+x2+x3+x4+x5+x6+x7 + (1+x0+x1+x2+x3+x4+x5+x6+x7 || who), d)))
cat(proc.time()[[3]] - began, coef(summary(m))[-1, 1], "\\n")
"""
Estimate = tuple[float, Any]


def beside() -> None:
    """Seconds, error and the bias of the own lag, for 'learning' a week later."""
    print(f"### Beside mixed models: 'learning' from all eight, {PEOPLE} people × {WEEKS} weeks, {TIMES} replicates\n")
    print("| | seconds | RMSE of links | bias of own lag | furthest from ours |\n|---|---|---|---|---|")
    methods: dict[str, Callable[[int], Estimate]] = {"ours (all eight equations, both runs)": _ours}
    if importlib.util.find_spec("statsmodels"):
        methods["statsmodels MixedLM, own slopes"] = _mixedlm
    if _has_lme4():
        methods["lme4, own slopes"] = _lme4
    found = {name: [method(one) for one in range(TIMES)] for name, method in methods.items()}
    ours = np.array([effects for _seconds, effects in found["ours (all eight equations, both runs)"]])
    for name, results in found.items():
        effects = np.array([one for _seconds, one in results])
        off = effects - truth()[OUTCOME]
        print(
            f"| {name} | {statistics.median(seconds for seconds, _one in results):.2f} | "
            f"{np.sqrt((off[:, CAUSES] ** 2).mean()):.3f} | {off[:, OUTCOME].mean():+.3f} | "
            f"{np.abs(effects - ours)[:, CAUSES].max():.3f} |",
            flush=True,
        )
    for library in ("statsmodels MixedLM", "lme4"):
        if not any(name.startswith(library) for name in methods):
            print(f"\n{library} is not installed here, so it was not measured.")
    print()


def _rows(seed: int) -> Any:
    return answers(people=PEOPLE, weeks=WEEKS, seed=400 + seed)


def _ours(seed: int) -> Estimate:
    began = time.perf_counter()
    fitted = fit(sums_of(_rows(seed)), seed=seed)
    seconds = time.perf_counter() - began
    return seconds, [
        fitted.own_lags[OUTCOME] if at == OUTCOME else fitted.link(name, NAMES[OUTCOME]).as_exact.effect
        for at, name in enumerate(NAMES)
    ]


def _pairs(seed: int) -> tuple[Any, Any, Any]:
    """(who, causes, outcome) of each usable pair, in usual swings, causes about the person's own mean."""
    sums = sums_of(_rows(seed))
    swing = np.sqrt(sums.squares.sum(axis=0) / sums.freedom.sum(axis=0))
    who, week = np.nonzero(sums.paired)
    rows = sums.weekly[who, week] / np.concatenate([swing, swing])
    return who, rows[:, :8], rows[:, 8 + OUTCOME]


def _mixedlm(seed: int) -> Estimate:
    import pandas
    import statsmodels.formula.api as formulas

    who, causes, outcome = _pairs(seed)
    names = [f"x{at}" for at in range(8)]
    table = pandas.DataFrame(causes, columns=names).assign(y=outcome, who=who)
    model = formulas.mixedlm(
        "y ~ " + "+".join(names), table, groups="who", re_formula="1", vc_formula={name: f"0+{name}" for name in names}
    )
    began = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = model.fit(reml=True, method=["lbfgs"], maxiter=200)
    return time.perf_counter() - began, fitted.fe_params.values[1:]


def _has_lme4() -> bool:
    if not shutil.which("Rscript"):
        return False
    return subprocess.run(["Rscript", "-e", "library(lme4)"], capture_output=True, check=False).returncode == 0


def _lme4(seed: int) -> Estimate:
    who, causes, outcome = _pairs(seed)
    with tempfile.TemporaryDirectory() as folder:
        file, script = Path(folder) / "d.csv", Path(folder) / "fit.R"
        head = ",".join(["who", "y", *(f"x{at}" for at in range(8))])
        np.savetxt(file, np.column_stack([who, outcome, causes]), delimiter=",", header=head, comments="")
        script.write_text(LME4)
        run = subprocess.run(["Rscript", str(script), str(file)], capture_output=True, text=True, check=True)
    seconds, *effects = (float(word) for word in run.stdout.split())
    return seconds, effects
