"""The parts of a report: each turns findings into blocks of a document."""
