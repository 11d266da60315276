"""The second step of signing in, and which browser is signed in"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Columns are added in place: SQLite must not make these tables anew while others point at them.
    op.add_column(
        "organisations",
        sa.Column(
            "two_step",
            sa.Text(),
            sa.CheckConstraint("two_step IN ('nobody', 'owners', 'everybody')", name=op.f("ck_organisations_two_step")),
            server_default="owners",
            nullable=False,
        ),
    )
    op.execute("UPDATE organisations SET two_step = 'nobody' WHERE is_example")
    op.add_column("sign_in_sessions", sa.Column("browser", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "second_steps",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_second_steps_accounts")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_second_steps")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_recovery_codes_accounts")),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "waiting_sign_ins",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_waiting_sign_ins_accounts")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_waiting_sign_ins")),
    )
    op.create_index(op.f("ix_waiting_sign_ins_account_id"), "waiting_sign_ins", ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_waiting_sign_ins_account_id"), table_name="waiting_sign_ins")
    op.drop_table("waiting_sign_ins")
    op.drop_table("recovery_codes")
    op.drop_table("second_steps")
    op.drop_column("sign_in_sessions", "browser")
    op.drop_column("organisations", "two_step")
