"""Surveys with what the example survey does not have: a required and a sensitive question, a long scale, under-18s."""

from __future__ import annotations

from typing import Any

SHAPES: dict[str, Any] = {
    "svvoice": 1,
    "slug": "shapes",
    "default_language": "en",
    "languages": ["en", "ur"],
    "title": {"en": "Getting about", "ur": "آنا جانا"},
    "questions": [
        {
            "id": "walk",
            "kind": "yes_no",
            "required": True,
            "text": {"en": "Do you walk to school or work?", "ur": "کیا آپ پیدل اسکول یا کام پر جاتے ہیں؟"},
        },
        {
            "id": "week",
            "kind": "scale",
            "min": 0,
            "max": 10,
            "text": {"en": "How was your week?", "ur": "آپ کا ہفتہ کیسا رہا؟"},
            "min_label": {"en": "very bad", "ur": "بہت برا"},
            "max_label": {"en": "very good", "ur": "بہت اچھا"},
        },
        {
            "id": "health",
            "kind": "single_choice",
            "sensitive": True,
            "text": {"en": "Does your health make it hard to get about?", "ur": "کیا صحت کی وجہ سے آنا جانا مشکل ہے؟"},
            "why": {"en": "So that we plan for everyone.", "ur": "تاکہ ہم سب کا خیال رکھیں۔"},
            "options": [
                {"id": "a_lot", "text": {"en": "Yes, a lot", "ur": "ہاں، بہت"}},
                {"id": "a_little", "text": {"en": "Yes, a little", "ur": "ہاں، تھوڑا"}},
                {"id": "no", "text": {"en": "No", "ur": "نہیں"}},
            ],
        },
    ],
}

YOUNG: dict[str, Any] = {
    "svvoice": 1,
    "slug": "young",
    "default_language": "en",
    "languages": ["en"],
    "audience": "under_18",
    "promise": "anonymous",
    "title": {"en": "Your youth club"},
    "questions": [{"id": "like", "kind": "yes_no", "text": {"en": "Do you like the club?"}}],
}

SHUT: dict[str, Any] = {
    "svvoice": 1,
    "slug": "shut",
    "default_language": "en",
    "languages": ["en"],
    "title": {"en": "Last year"},
    "questions": [{"id": "near", "kind": "yes_no", "text": {"en": "Do you live near the park?"}}],
}
