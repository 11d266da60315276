"""What the product knows: pure rules about surveys, answers, texts and numbers. No web, no database, no clock."""
