from a import files, reserve

path = reserve(files)
