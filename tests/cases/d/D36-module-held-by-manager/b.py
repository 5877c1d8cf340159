from a import held

with held() as module:
    path = module.mktemp()
