"""The province is put back to an older backup."""
