"""Staff see what texting needs of them: texts that belong to nothing, texts in doubt, and whether texts go out."""
