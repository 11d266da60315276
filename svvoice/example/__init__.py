"""The example organisation, whose people are made up: a whole product to look at on the first day."""
