"""Tries to break a running server by its own description: `python -m tests.fuzz ST [SECONDS]`.

ST is the `st` of schemathesis, which lives in an environment of its own (`make fuzz`). Ends with
its status: 0 if no request was answered with a fault, or otherwise than the description says.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import SEED
from tests.serving import ROOT, serve, wait_until_ready

# What a schema cannot say is left out: whether an article exists, or a question is a question.
CHECKS = """not_a_server_error status_code_conformance content_type_conformance
response_headers_conformance response_schema_conformance unsupported_method ignored_auth
missing_required_header use_after_free""".split()


def main(program: str, seconds: str = "300") -> int:
    """Serve an archive of the seeds, with a token, and send it requests for so long."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        archive, config = folder / "archive", folder / "verbatim.toml"
        config.write_text("[limits]\nper_minute = 1000000\n", encoding="utf-8")
        add = [sys.executable, "-m", "index", "add", "--archive", str(archive), str(SEED.parent)]
        subprocess.run(add, cwd=ROOT, check=True)
        arguments = ("--archive", str(archive), "--port", "0", "--config", str(config))
        with serve(folder, "app.py", *arguments) as server:
            assert server.process.stdout
            token = server.process.stdout.readline().rpartition("=")[2].strip()
            wait_until_ready(server)
            command = [program, "run", f"{server.url}openapi.json", "--max-time", seconds]
            command += ["--phases", "coverage,fuzzing", "--checks", ",".join(CHECKS)]
            command += ["--header", f"Authorization: Bearer {token}", "--continue-on-failure"]
            status = subprocess.run(command, cwd=folder).returncode
            sys.stdout.write((folder / "stderr").read_text(encoding="utf-8"))
            return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
