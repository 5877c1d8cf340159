typedef int tmpguard_cmd_is_empty;
