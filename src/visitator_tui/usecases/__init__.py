"""What a visitator does, without knowing how it is shown or stored."""
