"""Many laptops, one province, every misfortune, from one seed: see `__main__`."""
