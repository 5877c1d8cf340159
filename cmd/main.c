#include <stdio.h>

int main(void)
{
    puts("tmpguard " TMPGUARD_VERSION);
    return 0;
}
