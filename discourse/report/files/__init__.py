"""The tables of a run as files for other programs: a workbook, and fragments for LaTeX and Markdown."""
