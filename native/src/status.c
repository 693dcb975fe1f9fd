#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "jpeg.h"

static _Thread_local char text[512];

veil_status veil_fail(veil_status status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return status;
}

int32_t veil_native_abi(void) {
    return VEIL_NATIVE_ABI;
}

const char *veil_native_error(void) {
    return text;
}

void veil_native_free(void *memory) {
    free(memory);
}
