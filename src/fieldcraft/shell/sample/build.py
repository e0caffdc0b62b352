def is_built():
    return False


def build_sample():
    pass
