"""How Sphinx builds these pages: one site from the Markdown in this folder, without the network.

uv run --group docs sphinx-build -W --keep-going -b html docs docs/_build/html
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

from simulator import __version__

project = "UNSC simulator"
author = "The UNSC simulator developers"
version = release = __version__
language = "en-GB"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "sphinxcontrib.bibtex",
    "around",
    "docstrings",
    "keys",
    "mathml",
    "offline",
    "rooms",
]
exclude_patterns = ["_build", "_ext"]
nitpicky = False  # docstrings name types that have no page of their own

# Markdown: what a code forge shows as well. Headings get the anchors a forge gives them.
myst_enable_extensions = ["colon_fence", "dollarmath"]
myst_heading_anchors = 3
myst_dmath_double_inline = True

# Notebooks are run at each build, in a kernel of this environment; an exception in one ends the build.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 60
nb_merge_streams = True

# Citations by the key that docstrings use too; see _ext/keys.py.
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "by_key"
bibtex_reference_style = "label"

# The public names, in the order of the page, with their NumPy docstrings.
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = f"UNSC simulator {version}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_favicon = "_static/horseshoe.svg"
html_math_renderer = "mathml"
html_copy_source = False
html_show_copyright = False
html_theme_options = {
    "light_logo": "horseshoe.svg",
    "dark_logo": "horseshoe-dark.svg",
    "light_css_variables": {
        "color-brand-primary": "#1b5e8c",
        "color-brand-content": "#1b5e8c",
        # Dots and bars of the pictures need a font of one width that has them.
        "font-stack--monospace": '"DejaVu Sans Mono", Menlo, Consolas, "Cascadia Mono", "Liberation Mono", monospace',
    },
    "dark_css_variables": {"color-brand-primary": "#7fbde6", "color-brand-content": "#7fbde6"},
}
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_exclude = ".linenos, .gp, .go"
