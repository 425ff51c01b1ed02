"""What belongs to the step Brev: the forms of the kinds, and its dialogs."""
