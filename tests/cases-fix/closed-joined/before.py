import os, shutil, tempfile
for i in range(2):
    fd = i
    p = tempfile.mktemp() + '.bak'
    # over it
    shutil.copyfile(__file__, p)
    print(fd, os.path.splitext(p)[1])
