"""Tables to rows of items: the cells of one row together, under the mapping that an office may
give. The record is not asked here.
"""
