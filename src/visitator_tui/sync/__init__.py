"""The laptop's side of sync: transport and loop."""
