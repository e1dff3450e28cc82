"""What Gradio writes beside each component when it is imported."""

import os
import subprocess
import sys
from pathlib import Path

from tests.patience import PATIENCE
from tests.serving import ROOT

SERVER = """
from bot.service import Service
from bot.settings import Settings
from bot.web.site import make_app
from tests.echo import Echo
make_app(Service(Echo), Settings())
import tides
"""
COMPONENT = "import gradio\n\n\nclass Tide(gradio.Textbox):\n    pass\n"


def test_the_server_writes_no_type_stubs(tmp_path: Path) -> None:
    (tmp_path / "tides.py").write_text(COMPONENT, "utf-8")
    places = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (ROOT, tmp_path)))}
    subprocess.run([sys.executable, "-c", SERVER], env=places, check=True, timeout=PATIENCE)
    assert sorted(path.name for path in tmp_path.glob("*.py*")) == ["tides.py"]
