"""Saved states of a survey"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_drafts",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "survey_id"],
            ["surveys.organisation_id", "surveys.id"],
            name=op.f("fk_survey_drafts_surveys"),
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_survey_drafts_organisations")),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_survey_drafts")),
        sa.UniqueConstraint(
            "organisation_id",
            "survey_id",
            "number",
            name=op.f("uq_survey_drafts_organisation_id_survey_id_number"),
        ),
    )
    op.create_index(
        op.f("ix_survey_drafts_organisation_id_survey_id_revision"),
        "survey_drafts",
        ["organisation_id", "survey_id", "revision"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_survey_drafts_organisation_id_survey_id_revision"), table_name="survey_drafts")
    op.drop_table("survey_drafts")
