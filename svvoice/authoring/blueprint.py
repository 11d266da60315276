"""The pages of authoring have one name and stand in several files: a survey, its builder, a question, saved states."""

from flask import Blueprint

blueprint = Blueprint("authoring", __name__)
