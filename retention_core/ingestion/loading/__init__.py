"""From an understood file to rows of the workspace, and back to the file and row behind a figure."""
