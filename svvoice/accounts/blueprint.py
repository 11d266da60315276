"""The pages of accounts have one name and stand in three files: pages, link_pages, colleague_pages."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
