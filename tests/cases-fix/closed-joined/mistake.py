import os, shutil, tempfile
for i in range(2):
    fd = i
    fd, p = tempfile.mkstemp(suffix='.bak')
    os.close(fd)
    # over it
    shutil.copyfile(__file__, p)
    print(fd, os.path.splitext(p)[1])
