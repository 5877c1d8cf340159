import os, shutil, tempfile
for i in range(2):
    fd = i
    tmp_fd, p = tempfile.mkstemp(suffix='.bak')
    os.close(tmp_fd)
    # over it
    shutil.copyfile(__file__, p)
    print(fd, os.path.splitext(p)[1])
