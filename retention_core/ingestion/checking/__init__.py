"""What a person should know before a file is loaded."""
