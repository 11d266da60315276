"""The staff pages of the plan share one name; they stand in pages, finding_pages and decision_pages."""

from flask import Blueprint

blueprint = Blueprint("plans", __name__)
