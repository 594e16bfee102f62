#include "CImage.h"
#include <stdlib.h>

void kimage_free(void *buffer) { free(buffer); }
