# %%
import tempfile

%time p = tempfile.mktemp()
with open(p, "w") as f:
    f.write("1")
!ls $p
