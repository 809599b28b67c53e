"""People check the instrument: samples are drawn, coded by hand, compared with each other and with it.

A sample is a folder; :mod:`discourse.coding.sample` says what is in it, :mod:`discourse.coding.codes` how
codes are kept, :mod:`discourse.coding.codebook` what coders are asked.
"""
