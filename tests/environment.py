"""The settings that tests run with."""

ENVIRONMENT = {
    "SECRET_KEY": "a-secret-key-for-tests-0123456789-abcdef",
    "CONTACT_KEY": "a-contact-key-for-tests-9876543210-fedcba",
    "PUBLIC_URL": "http://127.0.0.1:8000",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "a-token-for-tests-0123456789abcdef",
    "TWILIO_FROM": "+447700900142",
    "TWILIO_API_URL": "http://127.0.0.1:1",
}
