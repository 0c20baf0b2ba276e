// The database library itself (sqlite3.c) is brought by scripts/bootstrap, by a pinned hash.
// Swift calls this once, so that the linker takes SQLite's symbols from here and not from the system's library.
#include "include/akashi_sqlcipher.h"
int akashi_sqlcipher_anchor(void) { return 1; }
