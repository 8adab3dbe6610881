"""A folder of CSV files becomes rows whose cells were read as the format says."""
