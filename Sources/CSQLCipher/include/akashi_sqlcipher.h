#pragma once
int akashi_sqlcipher_anchor(void);
