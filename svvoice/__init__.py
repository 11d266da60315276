"""svvoice asks people plain questions by web and by text, and carries their answers into a plan."""
