"""No number and no name of a person is shown or stored."""
