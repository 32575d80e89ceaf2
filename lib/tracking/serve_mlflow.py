"""Serves one MLflow store from one process, for as long as someone holds its lock of owners.

`mlflow server` imports MLflow twice, in a parent that waits and in a worker that serves: twice the memory and more than
twice the time to start. Here the worker is all there is. The settings that the parent would hand down travel in
environment variables whose names are read from MLflow's own list, before MLflow itself is imported: its server looks at
them at import.

Nothing here is for calling by hand: `mlflow_server.ts` does.
"""

import argparse
import contextlib
import fcntl
import importlib.util
import json
import os
import pathlib
import runpy
import signal
import sqlite3
import sys
import threading
import time
import uuid

arguments = argparse.ArgumentParser()
arguments.add_argument("--store", type=pathlib.Path, required=True)
arguments.add_argument("--port", type=int, required=True)
arguments.add_argument("--log", type=pathlib.Path, required=True)
arguments.add_argument("--endpoint", type=pathlib.Path, required=True)
arguments.add_argument("--owners-lock", type=pathlib.Path, required=True)
arguments.add_argument("--serving-lock", type=pathlib.Path, required=True)
given = arguments.parse_args()

log = os.open(given.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
os.dup2(log, 1)
os.dup2(log, 2)

serving = open(given.serving_lock, "a")
for wait in [0.05] * 20 + [None]:  # someone may just be looking whether the lock is free
    try:
        fcntl.flock(serving, fcntl.LOCK_EX | fcntl.LOCK_NB)
        break
    except BlockingIOError:
        if wait is None:
            sys.exit(f"another server holds {given.serving_lock}")
        time.sleep(wait)

# At once, so that an owner that comes while this server starts finds it, even if the one that started it is gone.
endpoint = {"pid": os.getpid(), "trackingUri": f"http://127.0.0.1:{given.port}"}
written = given.endpoint.with_suffix(".part")
written.write_text(json.dumps(endpoint))
written.replace(given.endpoint)


def end_without_owner() -> None:
    """Ends this process when nobody owns it any more: the kernel frees the lock of an owner that was killed."""
    with open(given.owners_lock, "a") as owners:
        while True:
            time.sleep(0.5)
            try:
                fcntl.flock(owners, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                continue
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(10)
        os._exit(1)


threading.Thread(target=end_without_owner, daemon=True).start()

# A file that is no database is told before the seconds that MLflow takes to import. Write-ahead: a commit syncs one file,
# once, and readers need not wait; a killed server loses no commit either way.
with contextlib.closing(sqlite3.connect(given.store / "mlflow.db")) as connection:
    connection.execute("PRAGMA journal_mode = WAL")

found = importlib.util.find_spec("mlflow")
if found is None:
    sys.exit(f"the package mlflow is not installed for {sys.executable}")
package = pathlib.Path(found.submodule_search_locations[0])
names = runpy.run_path(str(package / "server" / "constants.py"))
database = f"sqlite:///{given.store / 'mlflow.db'}"
artifact_root = "mlflow-artifacts:/"
os.environ |= {
    names["BACKEND_STORE_URI_ENV_VAR"]: database,
    names["REGISTRY_STORE_URI_ENV_VAR"]: database,
    names["ARTIFACT_ROOT_ENV_VAR"]: artifact_root,
    names["ARTIFACTS_DESTINATION_ENV_VAR"]: str(given.store / "artifacts"),
    names["SERVE_ARTIFACTS_ENV_VAR"]: "true",
    "_MLFLOW_SGI_NAME": "uvicorn",
    "_MLFLOW_SERVER_BOOT_ID": uuid.uuid4().hex,
    "_MLFLOW_IN_JOB_EXECUTOR": "false",
}

from mlflow.server.handlers import initialize_backend_stores  # noqa: E402  (after the environment it reads)

initialize_backend_stores(database, database, artifact_root)

import uvicorn  # noqa: E402

uvicorn.run(
    "mlflow.server.fastapi_app:app",
    host="127.0.0.1",
    port=given.port,
    log_config=str(package / "server" / "uvicorn_log_config.yaml"),
    access_log=False,
    timeout_keep_alive=120,
    timeout_graceful_shutdown=5,
)
